import stringWidth from 'fast-string-width'
import fc from 'fast-check'
import {expect, test} from 'vitest'
import {wrap} from '../../src/reporters/wrap.ts'

test.each([
  ['one two three', 7, 7, ['one two', 'three']],
  ['one two three', 20, 5, ['one', 'two three']],
  ['one two three', 13, 13, ['one two three']],
  ['abcdefghij kl', 4, 4, ['abcd', 'efgh', 'ij', 'kl']],
  ['abcdefghij kl', 6, 4, ['abcd', 'efghij', 'kl']],
  ['k abcdefghij', 5, 5, ['k', 'abcde', 'fghij']],
  ['k abcdefghij', 10, 5, ['k', 'abcdefghij']],
  ['日本語 です', 6, 6, ['日本語', 'です']],
  ['日本語です', 5, 5, ['日本', '語で', 'す']],
  ['a  b', 10, 10, ['a  b']],
  ['', 10, 10, ['']],
])('%j in %i columns, the first line in %i', (text, width, firstWidth, lines) => {
  expect(wrap(text, width, firstWidth)).toEqual(lines)
})

test('colours end with a line, and begin anew with the next', () => {
  expect(wrap('one \u001B[36mtwo three\u001B[39m', 7)).toEqual([
    'one \u001B[36mtwo\u001B[39m',
    '\u001B[36mthree\u001B[39m',
  ])
})

test('loses nothing, and fits', () => {
  const words = fc.array(fc.string({unit: 'grapheme-ascii', maxLength: 30}), {maxLength: 20})
  fc.assert(
    fc.property(
      words,
      fc.integer({min: 8, max: 40}),
      fc.integer({min: 8, max: 40}),
      (pieces, width, firstWidth) => {
        const lines = wrap(pieces.join(' '), width, firstWidth)
        expect(lines.join('').replaceAll(' ', '')).toBe(pieces.join('').replaceAll(' ', ''))
        for (const [index, line] of lines.entries())
          expect(stringWidth(line)).toBeLessThanOrEqual(
            index === 0 ? Math.min(firstWidth, width) : width,
          )
      },
    ),
  )
})
