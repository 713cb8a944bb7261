import {SemanticTokensBuilder} from 'vscode-languageserver'
import type {SemanticTokens, SemanticTokensLegend} from 'vscode-languageserver'
import {offsetsOf, valueSpan} from '../../syntax/place.ts'
import type {Comment, Directive, Span} from '../../syntax/tree.ts'
import {dialectOf} from '../../values/dialect.ts'
import type {Document} from '../document.ts'
import {unitFile} from '../names.ts'
import type {Subject} from '../subject.ts'

const types = [
  'namespace',
  'property',
  'operator',
  'string',
  'number',
  'comment',
  'macro',
  'variable',
  'class',
  'enumMember',
  'keyword',
] as const
type TokenType = (typeof types)[number]
const modifiers = ['deprecated'] as const

export const legend: SemanticTokensLegend = {tokenTypes: [...types], tokenModifiers: [...modifiers]}

interface Token extends Span {
  readonly type: TokenType
  readonly isOld?: boolean
}

/** What the words of a document are; of a range only those in it. */
export function tokens(subject: Subject, range?: Span): SemanticTokens {
  const builder = new SemanticTokensBuilder()
  for (const token of allTokens(subject)) {
    if (range && (token.end <= range.start || token.start >= range.end)) continue
    push(builder, token, subject.its)
  }
  return builder.build()
}

/** A token is in one line. */
function push(
  builder: SemanticTokensBuilder,
  {start, end, type, isOld}: Token,
  {places}: Document,
): void {
  for (let line = places.lineAt(start); line <= places.lineAt(Math.max(start, end - 1)); line++) {
    const its = places.lineSpan(line)
    const [from, to] = [
      places.positionAt(Math.max(start, its.start)),
      places.positionAt(Math.min(end, its.end)),
    ]
    if (to.character > from.character)
      builder.push(
        line,
        from.character,
        to.character - from.character,
        types.indexOf(type),
        isOld ? 1 : 0,
      )
  }
}

function allTokens(subject: Subject): readonly Token[] {
  const {tree} = subject.its
  const found: Token[] = []
  const comment = ({position}: Comment): void =>
    void found.push({...offsetsOf(position), type: 'comment'})
  for (const child of tree.children) {
    if (child.type === 'comment') comment(child)
    if (child.type !== 'section') continue
    found.push({...child.header.nameSpan, type: 'namespace'})
    for (const entry of child.children) {
      if (entry.type === 'comment') comment(entry)
      if (entry.type === 'directive')
        for (const token of ofDirective(entry, child.name, subject)) found.push(token)
    }
  }
  return found.toSorted((one, other) => one.start - other.start)
}

function* ofDirective(
  entry: Directive,
  section: string,
  {its: {text}, newest}: Subject,
): Iterable<Token> {
  const {keySpan, value, comments} = entry
  const facts = dialectOf(newest).row(section, entry.key, newest.version)
  yield {...keySpan, type: 'property', ...(facts?.removedSince !== undefined && {isOld: true})}
  const equals = text.indexOf('=', keySpan.end)
  if (equals !== -1) yield {start: equals, end: equals + 1, type: 'operator'}
  for (const {position} of comments) yield {...offsetsOf(position), type: 'comment'}
  const words = facts?.values?.map((its) => its.value) ?? []
  const isCommand = facts?.type === 'exec-command'
  for (const {0: word, index} of value.matchAll(/\S+/g)) {
    const at = (from: number, to: number, type: TokenType): Token => ({
      ...valueSpan(entry, index + from, index + to),
      type,
    })
    const prefix =
      isCommand && index === 0
        ? (/^[-@:+!|]+/.exec(word)?.[0].length ?? 0)
        : /^[~!]/.test(word)
          ? 1
          : 0
    if (prefix > 0) yield at(0, prefix, 'keyword')
    const rest = word.slice(prefix)
    const whole = wholeType(rest, words, facts?.type)
    if (whole) {
      yield at(prefix, word.length, whole)
      continue
    }
    let last = prefix
    for (const {0: part, index: from} of word.matchAll(/%[A-Za-z%]|\$\{\w+\}|\$\w+/g)) {
      if (from < prefix) continue
      if (from > last) yield at(last, from, 'string')
      yield at(from, from + part.length, part.startsWith('%') ? 'macro' : 'variable')
      last = from + part.length
    }
    if (last < word.length) yield at(last, word.length, 'string')
  }
}

function wholeType(
  word: string,
  words: readonly string[],
  type: string | undefined,
): TokenType | undefined {
  if (words.includes(word) || /^(?:yes|no|true|false|on|off)$/i.test(word)) return 'enumMember'
  if ((type === 'unit-list' || type === 'unit-name') && unitFile(word) && !word.includes('%'))
    return 'class'
  if (/^(?:CAP_|AF_|SIG)[A-Z0-9_+]+$/.test(word) || /^@[\w-]+$/.test(word)) return 'enumMember'
  return /^\d+(?:\.\d+)?(?:[KMGTPE]|%|[a-z]{1,7})?$/.test(word) ? 'number' : undefined
}
