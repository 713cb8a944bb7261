import {unescapeAt} from './escapes.ts'
import {isBlank, skipBlank, wordAt, type Word} from './words.ts'
import {expand, specifierFault} from './expansion.ts'
import type {Fault, Validator, ValueContext} from './fault.ts'
import {fieldAt, isText, splittingFault} from './fields.ts'
import {byteLength, longestPath} from './path-form.ts'
import {quote} from './quote.ts'

/** Command lines: `ExecStart=` and its like (systemd.service(5), "command lines"). */
export const execCommand: Validator = function* (value, context) {
  let at = skipBlank(value, 0)
  while (at < value.length) {
    const first = yield* nextWord(value, at, context, 'line')
    if (!first) return
    at = skipBlank(value, first.end)
    if (first.text === ';') continue
    const {prefixes, start} = prefixesOf(first, context.version)
    const effect = prefixes.includes('-') ? 'line' : 'unit'
    if (context.version >= 258 && prefixes.includes('!!')) {
      yield {from: first.start, to: first.end, message: 'Unexpected `!!`, which is without effect, expected `!`', effect: 'notice', kind: 'deprecated-value'}
    }
    const head = faultOfHead(value, first, prefixes, start, context)
    if (head) {
      yield head
      return
    }
    const end = yield* faultsOfArguments(value, at, effect, prefixes.includes('@') && !prefixes.includes('|'), context)
    if (end === undefined) return
    at = end
  }
}

/** The word at an offset, with a notice of unknown escapes; undefined behind a fault. */
function* nextWord(value: string, at: number, {version}: ValueContext, effect: Fault['effect']): Generator<Fault, Word | undefined> {
  const strict = fieldAt(value, at, version, {quotes: true, backslash: 'c'})
  if (strict && !('fault' in strict)) return {text: strict.text, start: strict.start, end: endOfWord(value, strict.end)}
  const {word, fault} = wordAt(value, at, 'exec')
  if (fault !== undefined) {
    yield splittingFault({fault: 'open-quote', start: word.start, end: word.end}, effect)
    return undefined
  }
  const message = 'Unexpected escape sequence, expected one of C such as `\\x20`, or `\\\\` for a backslash'
  yield {from: word.start, to: word.end, message, effect: 'notice', meant: escaped(value.slice(word.start, word.end), version)}
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

function endOfWord(value: string, end: number): number {
  return Math.min(end, value.length)
}

/** Go through the words behind a program; the offset of the next command, undefined behind a fault. */
function* faultsOfArguments(
  value: string,
  start: number,
  effect: Fault['effect'],
  needsArgument: boolean,
  context: ValueContext,
): Generator<Fault, number | undefined> {
  let at = start
  let count = 0
  const isAlone = (length: number): boolean => at + length === value.length || isBlank(value[at + length])
  while (at < value.length) {
    if (value[at] === ';' && isAlone(1)) {
      at = skipBlank(value, at + 1)
      break
    }
    if (value.startsWith('\\;', at) && isAlone(2)) {
      at = skipBlank(value, at + 2)
      count++
      continue
    }
    const word = yield* nextWord(value, at, context, effect)
    if (!word) return undefined
    if (expand(word.text, context, 'full') === undefined) {
      yield specifierFault(value, word, context, effect)
      return undefined
    }
    at = skipBlank(value, word.end)
    count++
  }
  if (needsArgument && count === 0) {
    yield {from: start, to: start, message: 'Expected a zeroth argument behind `@`', effect}
    return undefined
  }
  return at
}

/** Prefixes stand in any order, each once; `+` and `!` exclude each other, `!!` is one prefix. */
function prefixesOf(word: Word, version: number): {prefixes: string; start: number} {
  const {text} = word
  let length = 0
  const has = (character: string): boolean => text.slice(0, length).includes(character)
  for (; length < text.length && length < mostPrefixes; length++) {
    const character = text[length] ?? ''
    if (character === '|' ? version < 258 : !'-@:+!'.includes(character)) break
    if (character === '!') {
      if (has('+') || text.slice(0, length).split('!').length > 2) break
    } else if (has(character) || (character === '+' && has('!'))) break
  }
  return {prefixes: text.slice(0, length), start: length}
}

const mostPrefixes = 8

function faultOfHead(value: string, word: Word, prefixes: string, start: number, context: ValueContext): Fault | undefined {
  // A shell gets it as it stands.
  if (prefixes.includes('|')) return undefined
  const effect = prefixes.includes('-') ? 'line' : 'unit'
  const path = expand(word.text.slice(start), context, 'path')
  if (path === undefined) return specifierFault(value, word, context, effect)
  const message = faultOfPath(path, context.version)
  return message === undefined ? undefined : {from: word.start, to: word.end, message, effect}
}

function faultOfPath(path: string, version: number): string | undefined {
  if (path === '') return 'Expected a program'
  if (/[\x01-\x1f\x7f"'\\]/.test(path) || (version >= 261 && (/[*?[]/.test(path) || !isText(path))))
    return `Unexpected ${quote(path)}, expected a program without quotes, backslashes and control characters in its path`
  if (path.endsWith('/') || (version >= 255 && /\/\.{1,2}$/.test(path))) return `Unexpected ${quote(path)}, expected a program, not a folder`
  const names = path.split('/')
  if (version >= 248 && (byteLength(path) > longestPath || names.some((name) => byteLength(name) > 255)))
    return `Unexpected ${quote(path)}, expected a shorter path`
  if (path.startsWith('/') || (names.length === 1 && path !== '.' && path !== '..')) return undefined
  return `Unexpected ${quote(path)}, expected an absolute path or a plain name`
}
