import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {judge} from '../../src/engine/judge.ts'
import {presetOptions} from '../../configs/options.ts'
import {applyEdits} from '../../src/syntax/edit.ts'
import type {Edit} from '../../src/syntax/edit.ts'
import {offsetsOf} from '../../src/syntax/place.ts'
import {region} from '../../src/syntax/region.ts'
import type {Region} from '../../src/syntax/region.ts'
import {stringify} from '../../src/syntax/stringify.ts'
import type {Span} from '../../src/syntax/tree.ts'
import {times} from '../times.ts'

/**
 * The unit between `<<` and `>>`, behind the same prefix in each line; in lines that are empty it
 * may be missing.
 */
function regionOf(host: string, prefix: string): Region {
  const places: Span[] = []
  let [at, isInside] = [0, false]
  for (const line of host.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    if (line.startsWith('>>')) break
    if (isInside)
      places.push({
        start: at + (line.startsWith(prefix) ? prefix.length : 0),
        end: at + line.length,
      })
    if (line.startsWith('<<')) isInside = true
    at += line.length
  }
  const [first, ...rest] = places
  if (!first) throw new Error('Expected a line')
  return region(host, [first, ...rest])
}

/** A host, its unit's lines behind a prefix. */
function hostOf(lines: readonly string[], prefix: string, end = '\n'): string {
  return `a: 1\n<<${end}${lines.map((line) => (line === '' ? end : prefix + line + end)).join('')}>>\nb\n`
}

const prefixes = fc.constantFrom('', '  ', '\t', '# ', '    ')
const content = fc.constantFrom(
  '[Service]',
  'ExecStart=/bin/a',
  'PrivateTmp=no',
  'A=\\',
  ' b',
  '',
  'é=\u{1F600}',
  '; c',
  'x\ry',
)
const anyHost = fc.record({
  lines: fc.array(content, {minLength: 1, maxLength: 8}),
  prefix: prefixes,
  end: fc.constantFrom('\n', '\r\n'),
})

describe('a unit in another document', () => {
  test('is all of its lines, without what stands in front of them', () => {
    fc.assert(
      fc.property(anyHost, ({lines, prefix, end}) => {
        const {tree} = regionOf(hostOf(lines, prefix, end), prefix)
        expect(tree.text).toBe(lines.map((line) => line + end).join(''))
        expect(stringify(tree)).toBe(tree.text)
      }),
    )
  })

  test('has its words where they stand in the host', () => {
    fc.assert(
      fc.property(anyHost, fc.nat(60), fc.nat(10), ({lines, prefix, end}, start, length) => {
        const host = hostOf(lines, prefix, end)
        const {tree, spanIn} = regionOf(host, prefix)
        const span = {
          start: Math.min(start, tree.text.length),
          end: Math.min(start + length, tree.text.length),
        }
        const its = spanIn(span)
        const shown = host.slice(its.start, its.end)
        const expected = tree.text.slice(span.start, span.end)
        // Over several lines there is the prefix of each between.
        if (!expected.slice(0, -1).includes('\n')) expect(shown).toBe(expected)
        expect(shown.replaceAll(`\n${prefix}`, '\n')).toBe(expected.replaceAll(`\n${prefix}`, '\n'))
      }),
    )
  })

  test('is edited as it would be alone', () => {
    const texts = fc.constantFrom('', 'x', 'A=b\n', 'A=b\n\nC=d\n', 'b\nC=', '\n', 'é')
    const edits = fc.array(fc.tuple(fc.nat(80), fc.nat(30), texts), {maxLength: 4})
    fc.assert(
      fc.property(anyHost, edits, ({lines, prefix, end}, all) => {
        const host = hostOf(lines, prefix, end)
        const {tree, editIn} = regionOf(host, prefix)
        const made: Edit[] = []
        for (const [from, length, text] of all) {
          const start = Math.min(from, tree.text.length)
          const edit: Edit = {range: [start, Math.min(start + length, tree.text.length)], text}
          // What touches is one edit, and nobody edits half a line end.
          if (edit.range.some((at) => tree.text.slice(at - 1, at + 1) === '\r\n')) continue
          if (made.every(({range}) => edit.range[1] < range[0] || range[1] < edit.range[0]))
            made.push(edit)
        }
        const after = applyEdits(host, made.map(editIn))
        expect(after).toMatch(/^a: 1\n<<\r?\n[^]*>>\nb\n$/)
        const alone = applyEdits(tree.text, made)
        const ended = (text: string): string =>
          (text === '' || text.endsWith('\n') ? text : text + end).replaceAll('\r\n', '\n')
        if (/<<\r?\n>>/.test(after)) expect(ended(alone)).toBe('')
        else expect(ended(regionOf(after, prefix).tree.text)).toBe(ended(alone))
      }),
      {numRuns: times(3000)},
    )
  })
})

describe('edits of such a unit', () => {
  const host = 'units:\n<<\n    [Service]\n    ExecStart=/bin/a\n\n    Nice=5\n>>\n'
  const text = '[Service]\nExecStart=/bin/a\n\nNice=5\n'
  const after = (from: number, to: number, its: string): string =>
    applyEdits(host, [regionOf(host, '    ').editIn({range: [from, to], text: its})])
  const [exec, nice] = [text.indexOf('Exec'), text.indexOf('Nice')]

  test.each([
    ['a word', exec + 10, exec + 16, '/bin/b', 'ExecStart=/bin/a', 'ExecStart=/bin/b'],
    ['a line', exec, exec, 'User=a\n', '    ExecStart', '    User=a\n    ExecStart'],
    ['a line at an empty one', nice - 1, nice - 1, 'User=a\n', '\n\n', '\n    User=a\n\n'],
    [
      'a line behind all',
      text.length,
      text.length,
      'User=a',
      '    Nice=5\n',
      '    Nice=5\n    User=a\n',
    ],
    ['lines for one', nice, nice + 7, 'A=1\nB=2\n', '    Nice=5\n', '    A=1\n    B=2\n'],
    ['nothing for a line', exec, nice - 1, '', '    ExecStart=/bin/a\n', ''],
    ['nothing for all to the end', nice, text.length, '', '    Nice=5\n', ''],
    ['a word for the end', nice + 5, text.length, '6', 'Nice=5\n', 'Nice=6\n'],
  ])('%s', (_, from, to, its, was, is) => expect(after(from, to, its)).toBe(host.replace(was, is)))
})

test.each([
  ['ends with its line', 'a: |\n  [A]\n  B=1\n', 'a: |\n  [A]\n  C=2\n'],
  ['ends within it', 'a: |\n  [A]\n  B=1', 'a: |\n  [A]\n  C=2'],
])('the last line of a host that %s can become another', (_what, host, expected) => {
  const places = [...host.matchAll(/^ {2}(.*\n?)/gm)].map(({index, 0: line}) => ({
    start: index + 2,
    end: index + line.length,
  }))
  const {tree, editIn} = region(host, [places[0]!, ...places.slice(1)])
  const edit = {range: [tree.text.indexOf('B'), tree.text.length], text: 'C=2'} as const
  expect(applyEdits(host, [editIn(edit)])).toBe(expected)
})

test('a new line at an empty one is behind the prefix of the first that is not', () => {
  const host = 'a:\n<<\n\n \n    [Service]\n      Nice=5\n>>\n'
  const its = regionOf(host, '    ')
  expect(applyEdits(host, [its.editIn({range: [0, 0], text: '# c\n'})])).toBe(
    host.replace('<<\n', '<<\n    # c\n'),
  )
  expect(its.tree.text).toBe('\n \n[Service]\n  Nice=5\n')
})

test('a unit in a block of YAML is judged, and mended there', () => {
  const yaml =
    'units:\n  - name: a.service\n    contents: |\n      [Service]\n      ExecStart=/bin/a\n\n      PrivatTmp=yes\n  - name: b\n'
  const places = [...yaml.matchAll(/^(?: {6}|(?=\n))(.*\n)/gm)].map(
    ({index, 0: whole, 1: its = ''}) => ({
      start: index + whole.length - its.length,
      end: index + whole.length,
    }),
  )
  const [first, ...rest] = places
  const {tree, spanIn, editIn} = region(yaml, [first!, ...rest])
  const unit = {files: [{path: 'a.service', text: tree.text}]} as const
  const found = judge(unit, presetOptions('all')!).files[0]!.findings.find(
    ({ruleId}) => ruleId === 'no-unknown-directive',
  )!
  const span = spanIn(offsetsOf(found.position))
  expect(yaml.slice(span.start, span.end)).toBe('PrivatTmp')
  expect(applyEdits(yaml, found.fix!.edits.map(editIn))).toBe(
    yaml.replace('PrivatTmp', 'PrivateTmp'),
  )
})
