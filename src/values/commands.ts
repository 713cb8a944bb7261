import {contextOf, type Typed} from './context.ts'
import {unescapeAt} from './escapes.ts'
import {expand, specifierFault} from './expansion.ts'
import type {ValueFault, Validator, ValueContext} from './fault.ts'
import {fieldAt, isText, splittingFault} from './fields.ts'
import {pathLength, longestPath} from './paths.ts'
import {quote} from './quote.ts'
import {isBlank, skipBlank, wordAt, type Word} from './words.ts'

/** One command of an `Exec…=` line. */
export interface ExecCommand {
  /** The characters before the path, such as `-@`. */
  readonly prefixes: string
  /**
   * The program, absolute or to be found in the search path; with `|`, what a shell gets, maybe
   * nothing.
   */
  readonly path: string
  /** The first word as it stands, prefixes and all. */
  readonly word: Word
  /**
   * What follows the program, the zeroth argument of `@` included; specifiers and variables are not
   * expanded.
   */
  readonly arguments: readonly Word[]
}

/** The commands of a line. */
export interface CommandLine {
  /** Those before what spoils the rest of the line. */
  readonly commands: readonly ExecCommand[]
  /** What is wrong with the line, notices included. */
  readonly faults: readonly ValueFault[]
}

/** Command lines: `ExecStart=` and its like (systemd.service(5), "command lines"). */
export const execCommand: Validator = (value, context) => readCommands(value, context).faults

/** Read the commands of a line; `;` as a word of its own separates them. */
export function readCommands(value: string, context: ValueContext): CommandLine {
  const commands: ExecCommand[] = []
  const faults: ValueFault[] = []
  let at = skipBlank(value, 0)
  while (at < value.length) {
    const first = nextWord(value, at, context, 'line', faults)
    if (!first) break
    at = skipBlank(value, first.end)
    if (first.text === ';') continue
    const prefixes = prefixesOf(first.text, context.version)
    if (context.version >= 258 && prefixes.includes('!!')) faults.push(doubleMark(first))
    const path = pathOf(value, first, prefixes, context, faults)
    const rest =
      path === undefined ? undefined : readArguments(value, at, prefixes, context, faults)
    if (path === undefined || !rest) break
    commands.push({prefixes, path, word: first, arguments: rest.words})
    at = rest.end
  }
  return {commands, faults}
}

/** The commands that a line of a unit has. */
export function commandsIn(value: string, unit: Typed): readonly ExecCommand[] {
  // All `Exec…=` are read alike.
  const context = contextOf(unit, 'Service', 'ExecStart')
  return context ? readCommands(value, context).commands : []
}

/** The word at an offset, with a notice of unknown escapes; undefined behind a fault. */
function nextWord(
  value: string,
  at: number,
  {version}: ValueContext,
  effect: ValueFault['effect'],
  faults: ValueFault[],
): Word | undefined {
  const strict = fieldAt(value, at, version, {quotes: true, backslash: 'c'})
  if (strict && !('fault' in strict))
    return {text: strict.text, start: strict.start, end: strict.end}
  const {word, fault} = wordAt(value, at, version)
  if (fault !== undefined) {
    faults.push(splittingFault({fault: 'open-quote', start: word.start, end: word.end}, effect))
    return undefined
  }
  const message =
    'Unexpected escape sequence, expected one of C such as `\\x20`, or `\\\\` for a backslash'
  const meant = escaped(value.slice(word.start, word.end), version)
  faults.push({from: word.start, to: word.end, message, effect: 'notice', meant})
  return word
}

/** The word with a backslash more where one was kept for want of an escape: it means the same. */
function escaped(word: string, version: number): string {
  let text = ''
  for (let at = 0; at < word.length;) {
    const escape = word[at] === '\\' ? unescapeAt(word, at + 1, version) : undefined
    const length = escape ? 1 + escape.length : 1
    text += (word[at] === '\\' && !escape ? '\\' : '') + word.slice(at, at + length)
    at += length
  }
  return text
}

function doubleMark({start, end}: Word): ValueFault {
  const message = 'Unexpected `!!`, which is without effect, expected `!`'
  return {from: start, to: end, message, effect: 'notice', kind: 'deprecated-value'}
}

/** The words behind a program, and where the next command begins; undefined behind a fault. */
function readArguments(
  value: string,
  start: number,
  prefixes: string,
  context: ValueContext,
  faults: ValueFault[],
): {words: readonly Word[]; end: number} | undefined {
  const effect = effectOf(prefixes)
  const words: Word[] = []
  let at = start
  const isAlone = (length: number): boolean =>
    at + length === value.length || isBlank(value[at + length])
  while (at < value.length) {
    if (value[at] === ';' && isAlone(1)) {
      at = skipBlank(value, at + 1)
      break
    }
    const isEscaped = value.startsWith('\\;', at) && isAlone(2)
    const word = isEscaped
      ? {text: ';', start: at, end: at + 2}
      : nextWord(value, at, context, effect, faults)
    if (!word) return undefined
    if (expand(word.text, context, 'full') === undefined) {
      faults.push(specifierFault(value, word, context, effect))
      return undefined
    }
    at = skipBlank(value, word.end)
    words.push(word)
  }
  if (prefixes.includes('@') && !prefixes.includes('|') && words.length === 0) {
    const message = 'Expected a zeroth argument behind `@`'
    faults.push({from: start, to: start, message, effect})
    return undefined
  }
  return {words, end: at}
}

/** Prefixes stand in any order, each once; `+` and `!` exclude each other, `!!` is one prefix. */
function prefixesOf(text: string, version: number): string {
  let length = 0
  const has = (character: string): boolean => text.slice(0, length).includes(character)
  for (; length < text.length && length < mostPrefixes; length++) {
    const character = text[length] ?? ''
    if (character === '|' ? version < 258 : !'-@:+!'.includes(character)) break
    if (character === '!') {
      if (has('+') || text.slice(0, length).split('!').length > 2) break
    } else if (has(character) || (character === '+' && has('!'))) break
  }
  return text.slice(0, length)
}

const mostPrefixes = 8

/** What a fault behind prefixes spoils: the unit, unless the command may fail. */
function effectOf(prefixes: string): ValueFault['effect'] {
  return prefixes.includes('-') ? 'line' : 'unit'
}

/** The program of a command; undefined behind a fault. */
function pathOf(
  value: string,
  word: Word,
  prefixes: string,
  context: ValueContext,
  faults: ValueFault[],
): string | undefined {
  const text = word.text.slice(prefixes.length)
  const path = expand(text, context, 'path')
  // A shell gets it as it stands.
  if (prefixes.includes('|')) return path ?? text
  const effect = effectOf(prefixes)
  if (path === undefined) {
    faults.push(specifierFault(value, word, context, effect))
    return undefined
  }
  const message = faultOfPath(path, text, context.version)
  if (message === undefined) return path
  faults.push({from: word.start, to: word.end, message, effect})
  return undefined
}

/** What is wrong with the path of a program, which is named as it is written. */
function faultOfPath(path: string, written: string, version: number): string | undefined {
  if (path === '') return 'Expected a program'
  if (/[\x01-\x1f\x7f"'\\]/.test(path) || (version >= 261 && (/[*?[]/.test(path) || !isText(path))))
    return `Unexpected ${quote(written)}, expected a program without quotes, backslashes and control characters in its path`
  if (path.endsWith('/') || (version >= 255 && /\/\.{1,2}$/.test(path)))
    return `Unexpected ${quote(written)}, expected a program, not a folder`
  const names = path.split('/')
  const isTooLong = pathLength(path) > longestPath || names.some((name) => pathLength(name) > 255)
  if (version >= 248 && isTooLong) return `Unexpected ${quote(written)}, expected a shorter path`
  if (path.startsWith('/') || (names.length === 1 && path !== '.' && path !== '..'))
    return undefined
  return `Unexpected ${quote(written)}, expected an absolute path or a plain name`
}
