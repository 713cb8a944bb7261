import {expect, test} from 'vitest'
import {relativePath} from '../../src/reporters/relative-path.ts'

test.each([
  ['a.service', '/repository', 'a.service', true],
  ['./units/../a.service', '/repository', 'a.service', true],
  ['/repository/units/a.service', '/repository', 'units/a.service', true],
  ['/repository/units/a.service', '/', 'repository/units/a.service', true],
  ['/repositories/a.service', '/repository', '/repositories/a.service', false],
  ['../a.service', '/repository', '/a.service', false],
  ['..a.service', '/repository', '..a.service', true],
  ['dev-disk-by\\x2duuid.swap', '/repository', 'dev-disk-by\\x2duuid.swap', true],
  ['units\\a.service', 'C:\\repository', 'units/a.service', true],
  ['c:\\repository\\units\\a.service', 'C:\\repository', 'units/a.service', true],
  ['units/a.service', 'C:/repository', 'units/a.service', true],
  ['D:\\a.service', 'C:\\repository', 'D:/a.service', false],
  ['..\\a.service', '\\\\server\\share\\repository', '//server/share/a.service', false],
])('%s in %s', (path, cwd, expected, isRelative) => {
  expect(relativePath(path, cwd)).toEqual({path: expected, isRelative})
})
