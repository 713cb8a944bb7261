import fc from 'fast-check'
import {expect, test} from 'vitest'
import {printable} from '../../src/reporters/printable.ts'
import {anyText} from './arbitraries.ts'

test.each([
  ['PrivateTmp=yes', 'PrivateTmp=yes'],
  ['a\tb\nc\r', 'a\\x09b\\x0ac\\x0d'],
  ['\u001B[2J\u007F\u009B', '\\x1b[2J\\x7f\\x9b'],
  ['\u202Egnp.\u2069\u200F\u061C', '\\u{202e}gnp.\\u{2069}\\u{200f}\\u{61c}'],
  ['\u2028\u2029', '\\u{2028}\\u{2029}'],
  ['\uD83D\uDE42 \uDE42 \uD83D', '🙂 \\u{de42} \\u{d83d}'],
  ['dev-disk-by\\x2duuid.swap', 'dev-disk-by\\x2duuid.swap'],
  ['größe 日本 عربي', 'größe 日本 عربي'],
])('%j', (text, shown) => {
  expect(printable(text)).toBe(shown)
})

test('leaves nothing that a terminal obeys, and is done at once', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const shown = printable(text)
      expect(shown).not.toMatch(
        /[\u0000-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/,
      )
      expect(new TextDecoder().decode(new TextEncoder().encode(shown))).toBe(shown)
      expect(printable(shown)).toBe(shown)
    }),
  )
})
