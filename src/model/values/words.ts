/** A word of a value and where it stands. */
export interface Word {
  /** Unquoted and unescaped. */
  readonly text: string
  /** Offset in the logical value of its first character, quotes included. */
  readonly start: number
  /** Offset behind its last character, quotes included. */
  readonly end: number
}

/**
 * How a value is split (the `words` column of the directives).
 *
 * - `plain`: quotes are ordinary characters, a backslash protects the next character;
 * - `quotes`: `"` and `'` group and vanish, also inside a word;
 * - `escapes`: as `quotes`, and backslashes are C escapes, of which an unknown one is a fault;
 * - `exec`: as `escapes`, but an unknown escape is kept as it stands.
 */
export type Splitting = 'plain' | 'quotes' | 'escapes' | 'exec'

/** The words of a value. */
export interface Words {
  readonly words: readonly Word[]
  /** Why the splitting stopped, and the word that it was at, taken as ending there. */
  readonly fault?: {readonly kind: 'open-quote' | 'open-escape' | 'unknown-escape'; readonly word: Word}
}

/** Split a value at white space, as systemd does (systemd.syntax(7), "quoting"). */
export function splitWords(value: string, splitting: Splitting): Words {
  const words: Word[] = []
  let at = skipBlank(value, 0)
  while (at < value.length) {
    const {word, fault} = wordAt(value, at, splitting)
    if (fault !== undefined) return {words, fault: {kind: fault, word}}
    words.push(word)
    at = skipBlank(value, word.end)
  }
  return {words}
}

/** The offset of the first character at or behind `at` that is no white space. */
export function skipBlank(value: string, at: number): number {
  let index = at
  while (index < value.length && isBlank(value[index])) index++
  return index
}

/** White space between words. */
export function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r'
}

/** The word that starts at an offset where no white space stands; with a fault, as far as it goes. */
export function wordAt(value: string, start: number, splitting: Splitting): {word: Word; fault?: NonNullable<Words['fault']>['kind']} {
  let text = ''
  let quote = ''
  let at = start
  const word = (): Word => ({text, start, end: at})
  while (at < value.length) {
    const character = value[at] ?? ''
    if (character === '\\') {
      if (at + 1 === value.length) {
        at++
        if (splitting !== 'exec' || quote !== '') return {word: word(), fault: 'open-escape'}
        text += character
        break
      }
      const escape = splitting === 'plain' || splitting === 'quotes' ? {text: value[at + 1] ?? '', length: 1} : unescape(value, at + 1)
      if (escape) text += escape.text
      else if (splitting === 'exec') text += value.slice(at, at + 2)
      else return {word: word(), fault: 'unknown-escape'}
      at += 1 + (escape?.length ?? 1)
    } else if (quote === '' && isBlank(character)) {
      break
    } else if (splitting !== 'plain' && (quote === '' ? character === '"' || character === "'" : character === quote)) {
      quote = quote === '' ? character : ''
      at++
    } else {
      text += character
      at++
    }
  }
  return quote === '' ? {word: word()} : {word: word(), fault: 'open-quote'}
}

const singleEscapes: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['s', ' '],
  ['\\', '\\'],
  ['"', '"'],
  ["'", "'"],
])

const numericEscape = /x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2})/y

/** What the characters behind a backslash stand for, and how many they are; bytes above 127 become U+DC80 to U+DCFF, as in undecodable text. */
function unescape(value: string, at: number): {text: string; length: number} | undefined {
  const single = singleEscapes.get(value[at] ?? '')
  if (single !== undefined) return {text: single, length: 1}
  numericEscape.lastIndex = at
  const match = numericEscape.exec(value)
  if (!match) return undefined
  const [all, byte, short, long, octal] = match
  const code = octal === undefined ? Number.parseInt(byte ?? short ?? long ?? '', 16) : Number.parseInt(octal, 8)
  const isByte = byte !== undefined || octal !== undefined
  if (code === 0 || code > 0x10ffff || (!isByte && code >= 0xd800 && code <= 0xdfff)) return undefined
  return {text: String.fromCodePoint(isByte && code > 0x7f ? 0xdc00 + code : code), length: all.length}
}
