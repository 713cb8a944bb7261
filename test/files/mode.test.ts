import {chmodSync} from 'node:fs'
import type {statfsSync} from 'node:fs'
import process from 'node:process'
import {expect, it, test} from 'vitest'
import {readText} from '../../src/files/read.ts'
import {makeFolder} from './folder.ts'
import {withSystem} from './system.ts'

/** The mode of a file that is read, by its own and that of its folder. */
function read(mode: number, folderMode = 0o755, name = 'a.service'): number | undefined {
  const folder = makeFolder({'in/a.service': '[Unit]\n', 'in/link.service': {link: 'a.service'}})
  chmodSync(`${folder}/in/a.service`, mode)
  chmodSync(`${folder}/in`, folderMode)
  const found = readText(`${folder}/in/${name}`)
  return 'mode' in found ? found.mode : undefined
}

test.each([0o644, 0o600, 0o755, 0o777, 0o666, 0o664])(
  'the mode %o is read with the file',
  (mode) => {
    expect(read(mode)).toBe(mode)
    expect(read(mode, 0o755, 'link.service')).toBe(mode)
  },
)

it('is nobody’s decision where all may do what they like', () => {
  expect(read(0o666, 0o777)).toBeUndefined()
  expect(read(0o777, 0o777)).toBeUndefined()
  expect(read(0o755, 0o777)).toBe(0o755)
  expect(read(0o644, 0o777)).toBe(0o644)
  expect(read(0o666, 0o1777)).toBe(0o666)
})

it.runIf(process.platform === 'linux')('is nobody’s decision where files have none', () => {
  const readOn = (type: number): number | undefined =>
    withSystem({statfsSync: (() => ({type})) as unknown as typeof statfsSync}, () => read(0o755))
  expect([0x4d_44, 0xff_53_4d_42 | 0, 0xef_53].map(readOn)).toEqual([undefined, undefined, 0o755])
})
