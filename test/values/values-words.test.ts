import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {splitWords, type Splitting} from '../../src/values/words.ts'

const texts = (value: string, splitting: Splitting): string[] =>
  splitWords(value, splitting).words.map((word) => word.text)

describe('words', () => {
  test.each<[Splitting, string, string[]]>([
    ['plain', ' a  b\tc ', ['a', 'b', 'c']],
    ['plain', '', []],
    ['plain', '"a b"', ['"a', 'b"']],
    ['plain', String.raw`a\ b \c \\`, ['a b', 'c', '\\']],
    ['quotes', `"a b" c'd e'f ''`, ['a b', 'cd ef', '']],
    ['quotes', String.raw`"a\"b" \"`, ['a"b', '"']],
    ['quotes', String.raw`\n`, ['n']],
    ['escapes', String.raw`\n\x41\101\u00e4\U0001F600\s`, ['\nAAä😀 ']],
    ['escapes', String.raw`\xc3`, ['\udcc3']],
    ['exec', String.raw`\q "\q" \x4`, [String.raw`\q`, String.raw`\q`, String.raw`\x4`]],
    ['exec', 'a\\', ['a\\']],
    ['plain', 'a\u00a0b\fc', ['a\u00a0b\fc']],
  ])('%s: %j', (splitting, value, expected) => {
    expect(texts(value, splitting)).toEqual(expected)
    expect(splitWords(value, splitting).fault).toBeUndefined()
  })

  test.each<[Splitting, string, string]>([
    ['quotes', `a "b c`, 'open-quote'],
    ['quotes', `a 'b"`, 'open-quote'],
    ['quotes', 'a \\', 'open-escape'],
    ['escapes', String.raw`a \q`, 'unknown-escape'],
    ['escapes', String.raw`a \x00`, 'unknown-escape'],
    ['escapes', String.raw`a \ud800`, 'unknown-escape'],
    ['escapes', String.raw`a \400`, 'unknown-escape'],
    ['exec', `a "b`, 'open-quote'],
  ])('%s: %j has a fault', (splitting, value, kind) => {
    expect(splitWords(value, splitting)).toMatchObject({
      words: [{text: 'a', start: 0, end: 1}],
      fault: {kind},
    })
  })

  test('a word at fault ends with the value', () => {
    expect(splitWords('a "b c', 'quotes').fault?.word).toEqual({text: 'b c', start: 2, end: 6})
  })

  test('words follow each other, with white space between and around them', () => {
    const value = fc.string({
      unit: fc.constantFrom('a', 'b', ' ', '\t', '"', "'", '\\', 'x', '4', 'ü'),
    })
    fc.assert(
      fc.property(
        value,
        fc.constantFrom<Splitting>('plain', 'quotes', 'escapes', 'exec'),
        (text, splitting) => {
          const {words, fault} = splitWords(text, splitting)
          let at = 0
          for (const word of words) {
            expect(text.slice(at, word.start).trim()).toBe('')
            expect(word.end).toBeGreaterThan(word.start)
            at = word.end
          }
          expect(text.slice(at, fault ? fault.word.start : text.length).trim()).toBe('')
        },
      ),
    )
  })
})
