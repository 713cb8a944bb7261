import {describe, expect, test} from 'vitest'
import {parse} from '../../src/syntax/parse.ts'
import {
  offsetsOf,
  pointAt,
  positionOf,
  spanOf,
  valueOffset,
  valueSpan,
} from '../../src/syntax/place.ts'
import {linesOf} from '../../src/syntax/stringify.ts'
import type {Directive} from '../../src/syntax/tree.ts'

function directiveIn(text: string): Directive {
  return [...linesOf(parse(text))].find((line) => line.type === 'directive')!
}

test('a point is counted from the start of its line', () => {
  const starts = [0, 3, 4, 9]
  expect([0, 2, 3, 4, 8, 9, 30].map((offset) => pointAt(starts, offset))).toEqual([
    {line: 1, column: 1, offset: 0},
    {line: 1, column: 3, offset: 2},
    {line: 2, column: 1, offset: 3},
    {line: 3, column: 1, offset: 4},
    {line: 3, column: 5, offset: 8},
    {line: 4, column: 1, offset: 9},
    {line: 4, column: 22, offset: 30},
  ])
})

test('a span has a start and an end, and comes back from them', () => {
  const position = positionOf(parse('a\nbc\nd'), {start: 3, end: 5})
  expect(position).toEqual({
    start: {line: 2, column: 2, offset: 3},
    end: {line: 3, column: 1, offset: 5},
  })
  expect(offsetsOf(position)).toEqual({start: 3, end: 5})
})

describe.each([
  ['in one line', '[S]\nKey = one two\n'],
  ['in several', '[S]\nKey = one \\\n  two\\\n# c\n\\\n\tthree\n'],
  ['with nothing in the first', '[S]\nKey=\\\n  two\n'],
  ['that is empty', '[S]\nKey=\n'],
])('a value %s', (_what, text) => {
  const directive = directiveIn(text)
  const {value} = directive

  test('has each of its characters in the file, and back', () => {
    for (let at = 0; at < value.length; at++) {
      const {start, end} = valueSpan(directive, at, at + 1)
      expect(end).toBe(start + 1)
      // A backslash at the end of a line is the space that it stands for.
      expect(text.slice(start, end).replace('\\', ' ')).toBe(value[at])
      expect(valueOffset(directive, start)).toBe(at)
    }
  })

  test('has runs from their first to their last character', () => {
    for (let from = 0; from <= value.length; from++) {
      for (let to = from + 1; to <= value.length; to++) {
        const {start, end} = valueSpan(directive, from, to)
        expect(start).toBe(valueSpan(directive, from, from + 1).start)
        expect(end).toBe(valueSpan(directive, to - 1, to).end)
      }
      const nothing = valueSpan(directive, from, from)
      expect(nothing.end).toBe(nothing.start)
    }
  })
})

test('only what is not empty of a line is a piece of its value', () => {
  expect(directiveIn('[S]\nKey=\\\n  two\n').pieces).toEqual([{at: 0, offset: 12, length: 3}])
  expect(directiveIn('[S]\nKey=one\\\n\\\ntwo\n').pieces).toEqual([
    {at: 0, offset: 8, length: 4},
    {at: 4, offset: 13, length: 1},
    {at: 5, offset: 15, length: 3},
  ])
  expect(directiveIn('[S]\nKey=one\n').pieces).toBeUndefined()
})

test('what is made of no pieces stands at the start', () => {
  expect(spanOf([], 3, 5)).toEqual({start: 0, end: 1})
})
