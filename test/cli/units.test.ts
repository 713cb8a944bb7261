import {rmSync} from 'node:fs'
import path from 'node:path'
import {expect, it} from 'vitest'
import {configs} from '../../src/config/configs.ts'
import {findUnits} from '../../src/cli/units.ts'
import {runOptions} from '../../src/cli/unit-configs.ts'
import {makeFolder} from '../files/folder.ts'

it('reads each unit when its turn comes, and says then what is wrong with it', async () => {
  const cwd = makeFolder({
    'a.service': '[Service]\n',
    'b.service': '[Service]\n',
    'c.service': '[Service]\n',
  })
  const configOf = configs({rules: [], presets: {}}, {config: false, presets: []}, cwd)
  const {planned, units, faults} = await findUnits(['.'], {
    cwd,
    configOf,
    optionsOf: runOptions({}),
  })
  expect(planned.length).toBe(3)
  const read: string[] = []
  for (const {files} of units) {
    read.push(files[0].path)
    rmSync(path.join(cwd, 'b.service'), {force: true})
  }
  expect([read, [...faults]]).toEqual([['a.service', 'c.service'], ['b.service: No such file']])
})
