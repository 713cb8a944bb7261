import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {parse} from '../../src/syntax/parse.ts'
import {linesOf} from '../../src/syntax/stringify.ts'
import {
  byteLength,
  endsInBackslash,
  firstNonBlank,
  isTooLong,
  isUnicode,
  lastNonBlank,
  longLineMax,
  nextLine,
  upTo,
} from '../../src/syntax/text.ts'
import {times} from '../times.ts'

const runs = times(1000)

test.each([
  ['\n', 1],
  ['\r', 1],
  ['\0', 1],
  ['\r\n', 2],
  ['\n\r', 2],
  ['\n\n', 1],
  ['\r\r\n', 1],
  ['\r\n\r', 2],
  ['\n\0\r', 2],
  ['\r\n\0\n', 3],
  ['\0\n', 1],
  ['\0\0', 1],
  ['\nx\r', 1],
  ['x', 0],
  ['', 0],
])('behind %j the next line starts at %i', (text, next) => {
  expect(nextLine(text, 0)).toBe(next)
  expect(nextLine(`ab${text}`, 2)).toBe(2 + next)
})

test('blanks are spaces and tabs, looked for within a range alone', () => {
  const text = 'x \t a\u00a0\v \t y'
  expect(firstNonBlank(text, 1, text.length)).toBe(4)
  expect(firstNonBlank(text, 1, 3)).toBe(3)
  expect(firstNonBlank(text, 0, text.length)).toBe(0)
  expect(lastNonBlank(text, 0, text.length - 1)).toBe(7)
  expect(lastNonBlank(text, 1, 4)).toBe(1)
  expect(lastNonBlank(text, 2, 4)).toBe(2)
  expect(lastNonBlank(text, 0, text.length)).toBe(text.length)
})

test.each([
  ['', false],
  ['a', false],
  ['\\', true],
  ['\\\\', false],
  ['a\\\\\\', true],
  ['\\a', false],
])('whether %j ends in a backslash: %s', (text, is) => {
  expect(endsInBackslash(text, 0, text.length)).toBe(is)
  // What is before the range escapes nothing.
  expect(endsInBackslash(`\\${text}`, 1, text.length + 1)).toBe(is)
})

describe('bytes', () => {
  test('of a range are those that its file has', () => {
    const whole = fc.string({
      unit: fc.constantFrom(
        ...'\u007f\u0080\u07ff\u0800\ud7ff\u{10000}\u{10fc00}\u{10ffff}\ue000\uffff',
      ),
      maxLength: 20,
    })
    const property = fc.property(whole, whole, whole, (before, text, after) => {
      expect(byteLength(before + text + after, before.length, before.length + text.length)).toBe(
        Buffer.byteLength(text),
      )
    })
    fc.assert(property, {numRuns: runs})
  })

  test('of a line may be fewer than a mebibyte', () => {
    for (const [unit, bytes] of [
      ['x', 1],
      ['é', 2],
      ['€', 3],
      ['😀', 4],
    ] as const) {
      const count = Math.floor((longLineMax - 1) / bytes)
      const most = unit.repeat(count) + 'x'.repeat(longLineMax - 1 - count * bytes)
      expect(isTooLong(most, 0, most.length)).toBe(false)
      expect(isTooLong(`${most}x`, 0, most.length + 1)).toBe(true)
      // Bytes in front of the line are not its own.
      expect(isTooLong(`${most}x`, unit.length, most.length + 1)).toBe(false)
    }
  })
})

test('a comment that is too long ends the line that it stands in', () => {
  const comment = `#${'x'.repeat(longLineMax)}`
  const faults = (text: string): unknown =>
    [...linesOf(parse(text))].map((line) =>
      line.type === 'junk' ? [line.fault, line.position.start.line] : line.type,
    )
  expect(faults(`[S]\nA=b \\\n${comment}\nC=d\n`)).toEqual([
    'header',
    ['line-too-long', 2],
    'directive',
  ])
  expect(faults(`[S]\n${comment}\nC=d\n`)).toEqual(['header', ['line-too-long', 2], 'directive'])
})

test.each([
  ['a é € 😀 \u{10fffd}', true],
  ['\ud800', false],
  ['\udc80', false],
  ['\ufdd0', false],
  ['\uffff', false],
  ['\u{1fffe}', false],
  ['\ufdcf \ufdf0 \ufffd', true],
])('whether systemd takes %j for Unicode: %s', (text, is) => {
  expect(isUnicode(text)).toBe(is)
})

test('a line that the end of the file cuts short counts as one behind the last', () => {
  const lines = (text: string): number[] =>
    [...linesOf(parse(text))].flatMap((line) => ('line' in line ? [line.line] : []))
  expect([lines('[S]\nA=b \\'), lines('[S]\nA=b \\\nc'), lines('[S]\nA=b')]).toEqual([
    [1, 3],
    [1, 3],
    [1, 2],
  ])
})

test.each([
  ['a:b:c', ':', 'a'],
  ['a:b', /[=:]/, 'a'],
  [':b', ':', ''],
  ['ab', ':', 'ab'],
  ['', ':', ''],
])('%j up to %s is %j', (text, end, expected) => {
  expect(upTo(text, end)).toBe(expected)
})
