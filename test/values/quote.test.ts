import {expect, test} from 'vitest'
import {quote} from '../../src/values/quote.ts'

test('what is quoted is told in backquotes, cut when it is long, and by words where it is empty', () => {
  expect(quote('a b')).toBe('`a b`')
  expect(quote('')).toBe('empty text')
  expect(quote('x'.repeat(60))).toBe(`\`${'x'.repeat(60)}\``)
  expect(quote('x'.repeat(61))).toBe(`\`${'x'.repeat(60)}…\``)
})
