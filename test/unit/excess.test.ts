import {expect, test} from 'vitest'
import {excess} from '../../src/unit/excess.ts'

/** The greatest number of pieces that is not too much, and what is said of one more. */
function most(piece: string, count: number): string | undefined {
  expect(excess([piece.repeat(count)])).toBeUndefined()
  // In whatever files of the unit they are.
  const half = Math.floor(count / 2)
  expect(excess([piece.repeat(half), piece.repeat(count + 1 - half)])).toBe(
    excess([piece.repeat(count + 1)]),
  )
  return excess([piece.repeat(count + 1)])
}

test('too much of a unit is told by what there is too much of', () => {
  expect(most('x', 65_536)).toBe('Too much for one unit: 65537 characters, expected at most 65536')
  const words = ', expected at most 4000'
  expect(most('a\n', 2000)).toBe(
    `Too much for one unit: 4002 words, percent signs and lines${words}`,
  )
  expect(most('a\r', 2000)).toBe(
    `Too much for one unit: 4002 words, percent signs and lines${words}`,
  )
  expect(most('a\0', 2000)).toBe(
    `Too much for one unit: 4002 words, percent signs and lines${words}`,
  )
  expect(most('a\tb\n', 1333)).toBe(
    `Too much for one unit: 4002 words, percent signs and lines${words}`,
  )
  expect(most('a#b #c\n', 1333)).toBe(
    `Too much for one unit: 4002 words, percent signs and lines${words}`,
  )
  expect(most('a%%\n', 1000)).toBe(
    `Too much for one unit: 4004 words, percent signs and lines${words}`,
  )
  expect(excess(['a '.repeat(3999)])).toBeUndefined()
  expect(excess(['a '.repeat(4000)])).toBe(
    `Too much for one unit: 4001 words, percent signs and lines${words}`,
  )
})

test('lines count also where nothing is on them', () => {
  const words =
    'Too much for one unit: 8001 lines with comments and empty ones, expected at most 8000'
  expect(
    ['\n', '\r', '\0'].map((end) => [excess([end.repeat(7999)]), excess([end.repeat(8000)])]),
  ).toEqual([
    [undefined, words],
    [undefined, words],
    [undefined, words],
  ])
})

test('words of comments and empty lines do not', () => {
  expect(['#a b % c\n', ' ;a b % c\n', ' \t\n'].map((line) => excess([line.repeat(5000)]))).toEqual(
    [undefined, undefined, undefined],
  )
})
