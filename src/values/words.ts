import type {ValueFacts} from '../facts/directives.ts'
import {newestVersion} from '../facts/targets.ts'
import {fieldAt, fieldsOf, type FieldFault, type FieldForm} from './fields.ts'

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
 * - `verbatim`: quotes and backslashes are ordinary characters;
 * - `quotes`: `"` and `'` group and vanish, also inside a word;
 * - `kept`: as `quotes`, and backslashes are ordinary characters;
 * - `escapes`: as `quotes`, and backslashes are C escapes, of which an unknown one is a fault;
 * - `exec`: as `escapes`, but an unknown escape is kept as it stands.
 */
export type Splitting = 'plain' | 'verbatim' | 'quotes' | 'kept' | 'escapes' | 'exec'

/** How systemd splits the values of a directive. */
export function splittingOf({type, words = ''}: ValueFacts): Splitting {
  if (type === 'exec-command') return 'exec'
  if (words === 'quotes+escapes') return 'escapes'
  if (words === 'quotes, backslashes kept') return 'kept'
  if (words.startsWith('quotes')) return 'quotes'
  return words.startsWith('backslashes kept') ? 'verbatim' : 'plain'
}

/** The words of a value. */
export interface Words {
  readonly words: readonly Word[]
  /** Why the splitting stopped, and the word that it was at, taken as ending there. */
  readonly fault?: {readonly kind: FieldFault['fault']; readonly word: Word}
}

/** Split a value at white space, as systemd does (systemd.syntax(7), "quoting"). */
export function splitWords(value: string, splitting: Splitting, version = newestVersion): Words {
  const {fields, fault} = fieldsOf(value, version, forms[splitting])
  const words = fields.map(wordOf)
  return fault ? {words, fault: {kind: fault.fault, word: begunWord(fault)}} : {words}
}

/** The offset of the first character at or behind `at` that is no white space. */
export function skipBlank(value: string, at: number): number {
  let index = at
  while (index < value.length && isBlank(value[index])) index++
  return index
}

/**
 * A text without the white space at its ends that systemd knows; others, such as a no-break space,
 * are part of words.
 */
export function stripped(text: string): string {
  return text.replace(/^[ \t\n\r]+/, '').replace(/(?<![ \t\n\r])[ \t\n\r]+$/, '')
}

/** White space between words. */
export function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r'
}

/**
 * The word of a command line that starts at an offset where no white space stands; with a fault, as
 * far as it goes.
 */
export function wordAt(
  value: string,
  start: number,
  version = newestVersion,
): {word: Word; fault?: FieldFault['fault']} {
  const field = fieldAt(value, start, version, forms.exec)
  if (!field) return {word: {text: '', start, end: start}}
  return 'fault' in field ? {word: begunWord(field), fault: field.fault} : {word: wordOf(field)}
}

const forms: Readonly<Record<Splitting, FieldForm>> = {
  plain: {},
  verbatim: {backslash: 'keep'},
  quotes: {quotes: true},
  kept: {quotes: true, backslash: 'keep'},
  escapes: {quotes: true, backslash: 'c'},
  exec: {quotes: true, backslash: 'lenient'},
}

function wordOf({text, start, end}: Word): Word {
  return {text, start, end}
}

function begunWord({begun, start, end}: FieldFault): Word {
  return {text: begun, start, end}
}
