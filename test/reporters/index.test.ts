import {expect, test} from 'vitest'
import {formats, report} from '../../src/reporters/index.ts'
import {context} from './files.ts'

test('the formats, the default first', () => {
  expect(formats).toEqual([
    'stylish',
    'compact',
    'json',
    'github',
    'sarif',
    'gitlab',
    'junit',
    'checkstyle',
    'rdjson',
    'markdown',
    'html',
  ])
})

test.each(['', 'xml', '__proto__', 'constructor', '../index'])('no format %j', async (format) => {
  await expect(report(format, [], context())).rejects.toThrow(
    new RangeError(
      `Unexpected format \`${format}\`, expected one of ${formats.map((name) => `\`${name}\``).join(', ')}`,
    ),
  )
})
