import fc from 'fast-check'
import {expect, test} from 'vitest'
import {parse} from '../../src/syntax/parse.ts'
import {plainLines} from '../../src/syntax/plain-lines.ts'
import {times} from '../times.ts'

const wanted = new Map([
  ['Service', new Set(['ExecStart', 'Nice'])],
  ['Unit', new Set(['After'])],
])

/** The assignments as `[SECTION] KEY=VALUE`; undefined where the text is not plain. */
function told(text: string): string[] | undefined {
  return plainLines(text, wanted)?.map(({section, key, value}) => `[${section}] ${key}=${value}`)
}

test.each<[string, string[]]>([
  ['', []],
  ['[Service]\nNice=1\n', ['[Service] Nice=1']],
  ['[Service]\nNice=1', ['[Service] Nice=1']],
  [
    '# c\n; d=e\n\n[Unit]\nAfter=a\n[Service] \t\n \tNice \t= \t1 2\t \nUser=x\n',
    ['[Unit] After=a', '[Service] Nice=1 2'],
  ],
  ['[Service]\nNice=\nNice=a=b\n', ['[Service] Nice=', '[Service] Nice=a=b']],
  ['[Service]\nAfter=a\n[Install]\nNice=1\n[Unit]\nAfter=b\n', ['[Unit] After=b']],
  ['[Service]\nUser=\\\n# c\nNice=2\\\n\nNice=1\n', ['[Service] Nice=1']],
  ['[Service]\n# c\\\nNice=1\\\\\n', ['[Service] Nice=1\\\\']],
  [
    '[Service]\nExecStart= a \\\n# c\n\t b \\\n  ;d\\\n c\t\nNice=1\n',
    ['[Service] ExecStart=a  \t b   c', '[Service] Nice=1'],
  ],
  ['[Service]\nNice=1 \\\n\nNice=2\n', ['[Service] Nice=1', '[Service] Nice=2']],
  ['[Service]\nNice=1\\\n[Unit]\n', ['[Service] Nice=1 [Unit]']],
])('%j says plainly', (text, lines) => {
  expect(told(text)).toEqual(lines)
})

test.each([
  'Nice=1\n',
  '[Service]\nNice\n',
  '[Service]\nNice\nUser=a\n',
  '[Service]\n=1\n',
  '[Service]\n =1\n',
  '[Service]\nNice=1\\\n',
  '[Service]\nNice=1\\\n2\\',
  '[Service\nNice=1\n',
  '[Service] x\nNice=1\n',
  '[1Service]\n',
  '[]\n',
  '[Service]\r\nNice=1\n',
  '\uFEFF[Service]\n',
  '[Service]\nNice=\0\n',
  '[Service]\nNice=\uDCE9\n',
  '[Service]\nNice=\uFDD0\uFFFF\n',
])('%j does not', (text) => {
  expect(told(text)).toBeUndefined()
})

test('what is said plainly is what the tree has', () => {
  const runs = times(2_000)
  let plain = 0
  const piece = fc.constantFrom(
    '[Service]',
    '[Unit]',
    '[X-a]',
    'Nice=',
    'ExecStart =',
    'After=',
    'User=',
    'a',
    ' b',
    '\t',
    '\\',
    '\\\n',
    '\\\n# c\n',
    '\n',
    '\n',
    '\n',
    '#',
    ';',
    ' ',
    '[',
    '"',
  )
  fc.assert(
    fc.property(fc.array(piece, {maxLength: 14}), (pieces) => {
      const text = `[Service]\n${pieces.join('')}`
      const seen = told(text)
      if (!seen) return
      plain++
      const lines = parse(text).children.flatMap((section) =>
        section.type === 'section'
          ? section.children.flatMap((line) =>
              line.type === 'directive' && wanted.get(section.name)?.has(line.key)
                ? [`[${section.name}] ${line.key}=${line.value}`]
                : [],
            )
          : [],
      )
      expect(seen).toEqual(lines)
    }),
    {numRuns: runs},
  )
  expect(plain).toBeGreaterThan(runs / 10)
})
