import {readFileSync, statSync} from 'node:fs'
import {expect, test} from 'vitest'
import {createText} from '../../src/files/create.ts'
import {makeFolder} from './folder.ts'

test('a new file, with its folders', async () => {
  const file = `${makeFolder()}/a/b/c.conf`
  expect(await createText(file, 'x \uDCE9\n')).toBeUndefined()
  expect(readFileSync(file)).toEqual(Buffer.from([0x78, 0x20, 0xe9, 0x0a]))
  expect(statSync(file).mode & 0o7777).toBe(0o644)
})

test('never in the place of another', async () => {
  const folder = makeFolder({'a.conf': 'mine'})
  expect(await createText(`${folder}/a.conf`, 'x')).toBe('Not written: the file has been written since it was looked for')
  expect(readFileSync(`${folder}/a.conf`, 'utf8')).toBe('mine')
})

test('or why not', async () => {
  expect(await createText(`${makeFolder({a: ''})}/a/b.conf`, 'x')).toBe('Not written: No such file')
  expect(await createText('/proc/nope/b.conf', 'x')).toMatch(/^Not written: /)
})
