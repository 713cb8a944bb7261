import {isBlank, skipBlank, wordAt, type Word} from './words.ts'
import {expandSpecifiers, type Named} from './specifiers.ts'

/** One command of an `Exec…=` line. */
export interface Command {
  /** The characters before the path, such as `-@`. */
  readonly prefixes: string
  /** The program, absolute or to be found in the search path; empty where `|` stands alone. */
  readonly path: string
  /** The first word as it stands, prefixes and all. */
  readonly word: Word
  /** What follows the program, the zeroth argument of `@` included; specifiers and variables are not expanded. */
  readonly arguments: readonly Word[]
}

/** The commands of a line. */
export interface CommandLine {
  /** Those before a fault. */
  readonly commands: readonly Command[]
  /** Why the rest of the line is not a command, in words. */
  readonly fault?: string
  /** Whether the fault refuses the unit: it does unless the command starts with `-`. */
  readonly isFatal: boolean
}

/** Read the commands of a line; `;` as a word of its own separates them (systemd.service(5), "command lines"). */
export function parseCommandLine(value: string, unit: Named): CommandLine {
  const commands: Command[] = []
  let at = skipBlank(value, 0)
  while (at < value.length) {
    const first = wordAt(value, at, 'exec')
    if (first.fault !== undefined) return {commands, fault: faultWords(first.fault), isFatal: true}
    at = skipBlank(value, first.word.end)
    if (first.word.text === ';') continue
    const head = parseHead(first.word, unit)
    if (head.fault !== undefined) return {commands, fault: head.fault, isFatal: !head.prefixes.includes('-')}
    const rest = parseArguments(value, at, unit)
    if (rest.fault !== undefined) return {commands, fault: rest.fault, isFatal: !head.prefixes.includes('-')}
    if (head.prefixes.includes('@') && rest.words.length === 0) {
      return {commands, fault: 'no zeroth argument behind `@`', isFatal: !head.prefixes.includes('-')}
    }
    commands.push({prefixes: head.prefixes, path: head.path, word: first.word, arguments: rest.words})
    at = rest.end
  }
  return {commands, isFatal: false}
}

function faultWords(fault: NonNullable<ReturnType<typeof wordAt>['fault']>): string {
  return fault === 'open-quote' ? 'a quote is not closed' : 'a bad escape'
}

function parseHead(word: Word, unit: Named): {prefixes: string; path: string; fault?: string} {
  const prefixes = prefixesOf(word.text, unit.target.version)
  const path = expandSpecifiers(word.text.slice(prefixes.length), unit)
  if (path === undefined) return {prefixes, path: '', fault: 'an unknown specifier'}
  const fault = path === '' && prefixes.includes('|') ? undefined : pathFault(path, unit.target.version)
  return fault === undefined ? {prefixes, path} : {prefixes, path, fault}
}

/** Prefixes stand in any order, each once; `+` and `!` exclude each other, `!!` is one prefix. */
function prefixesOf(text: string, version: number): string {
  let length = 0
  const has = (character: string): boolean => text.slice(0, length).includes(character)
  for (; length < text.length; length++) {
    const character = text[length] ?? ''
    if (character === '|' ? version < 258 : !'-@:+!'.includes(character)) break
    if (character === '!') {
      const marks = text.slice(0, length).split('!').length - 1
      if (has('+') || marks === 2) break
    } else if (has(character) || (character === '+' && has('!'))) break
  }
  return text.slice(0, length)
}

function pathFault(path: string, version: number): string | undefined {
  if (path === '') return 'no program'
  if (/[\x00-\x1f\x7f"'\\]/.test(path) || (version >= 261 && /[*?[]/.test(path))) return 'a character that no program path may have'
  if (path.endsWith('/') || (version >= 257 && /\/\.\.?$/.test(path))) return 'a folder instead of a program'
  if (path.startsWith('/')) return undefined
  return path.includes('/') || path === '.' || path === '..' ? 'a path that is neither absolute nor a plain name' : undefined
}

function parseArguments(value: string, start: number, unit: Named): {words: readonly Word[]; end: number; fault?: string} {
  const words: Word[] = []
  let at = start
  while (at < value.length) {
    const isAlone = (length: number): boolean => at + length === value.length || isBlank(value[at + length])
    if (value[at] === ';' && isAlone(1)) return {words, end: skipBlank(value, at + 1)}
    const {word, fault} = value.startsWith('\\;', at) && isAlone(2) ? {word: {text: ';', start: at, end: at + 2}} : wordAt(value, at, 'exec')
    if (fault !== undefined) return {words, end: at, fault: faultWords(fault)}
    if (expandSpecifiers(word.text, unit) === undefined) return {words, end: at, fault: 'an unknown specifier'}
    words.push(word)
    at = skipBlank(value, word.end)
  }
  return {words, end: at}
}
