import {newestVersion} from '../facts/targets.ts'
import {unescapeAt} from './escapes.ts'

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
      const escape = splitting === 'plain' || splitting === 'quotes' ? {text: value[at + 1] ?? '', length: 1} : unescapeAt(value, at + 1, newestVersion)
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
