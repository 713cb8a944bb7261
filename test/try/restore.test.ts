import {expect, test} from 'vitest'
import {self} from '../../src/cli/try/restore.ts'

test.each([
  [
    'a script',
    {
      execPath: '/usr/bin/node',
      argv0: 'node',
      argv: ['/usr/bin/node', '/opt/unitlint/dist/cli.js', 'try'],
    },
    ['/usr/bin/node', '/opt/unitlint/dist/cli.js'],
  ],
  [
    'the executable, by its name',
    {
      execPath: '/usr/bin/unitlint',
      argv0: 'unitlint',
      argv: ['/usr/bin/unitlint', 'unitlint', 'try'],
    },
    ['/usr/bin/unitlint'],
  ],
  [
    'the executable, by a path',
    {execPath: '/opt/unitlint', argv0: './unitlint', argv: ['/opt/unitlint', './unitlint', 'try']},
    ['/opt/unitlint'],
  ],
])('what puts back after a kill starts as this has been: %s', (_, given, words) => {
  expect(self(given)).toEqual(words)
})
