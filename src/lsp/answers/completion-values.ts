import {CompletionItemKind} from 'vscode-languageserver'
import type {CompletionItem, CompletionList} from 'vscode-languageserver'
import type {ValueFacts} from '../../facts/directives.ts'
import {execPrefixes} from '../../explain/prefixes.ts'
import {specifierMeanings} from '../../explain/specifiers.ts'
import {dialectOf} from '../../values/dialect.ts'
import {specifierSince} from '../../values/specifiers.ts'
import type {Span} from '../../syntax/tree.ts'
import type {Spot, Subject} from '../subject.ts'
import {possibleWords} from './possible-words.ts'
import type {PossibleWord} from './possible-words.ts'
import {item} from './completion-item.ts'

const kinds: Readonly<Record<PossibleWord['kind'], CompletionItemKind>> = {
  word: CompletionItemKind.EnumMember,
  unit: CompletionItemKind.Reference,
  capability: CompletionItemKind.Constant,
  call: CompletionItemKind.Function,
  group: CompletionItemKind.Class,
  family: CompletionItemKind.Constant,
  user: CompletionItemKind.Variable,
  example: CompletionItemKind.Value,
}

/** What a value may have at a place. */
export function values(
  subject: Subject,
  {section, key, word, isFirst}: Extract<Spot, {kind: 'value'}>,
  offset: number,
): CompletionList {
  const {its, newest, oldest} = subject
  const {row} = dialectOf(newest)
  const facts =
    section === undefined
      ? undefined
      : (row(section, key, newest.version) ?? row(section, key, oldest.version))
  if (!facts || section === undefined) return whole([])
  const text = its.text.slice(word.start, word.end)
  const behind = its.text.slice(word.start, offset)
  const percent = /(?:^|[^%])(?:%%)*(%[A-Za-z]?)$/.exec(behind)
  if (percent?.[1] !== undefined && facts.specifiers !== undefined)
    return whole(specifiers(subject, facts, {start: offset - percent[1].length, end: offset}))
  if (facts.type === 'exec-command') return whole(isFirst ? prefixes(subject, behind, offset) : [])
  if (facts.type === 'syscall-filter' && /^~?[\w@-]+:[A-Z]*$/.test(behind))
    return whole(errors(subject, {start: word.start + behind.indexOf(':') + 1, end: word.end}))
  const span = {start: startBehindMarks(facts, its.text, {word, isFirst}, offset), end: word.end}
  const known = wordsBefore(its.text, word.start)
  const all = possibleWords(facts, section, subject)
  const isIncomplete = all.length > mostItems
  const some = isIncomplete ? withTyped(all, behind) : all
  const found = some.map(({word: label, kind, detail, rank}) =>
    item(subject, span, {
      label,
      rank: rank + (known.has(label) ? 50_000 : 0),
      kind: kinds[kind],
      detail,
      about: {section, key, value: label},
    }),
  )
  const inverting =
    facts.invert !== undefined && isFirst && text === '' ? [item(subject, span, inversion)] : []
  return {isIncomplete, items: [...found, ...inverting]}
}

const inversion = {
  label: '~',
  rank: 99_998,
  kind: CompletionItemKind.Operator,
  detail: 'all but these',
} as const

/**
 * Where what is typed of a word starts: what turns a list round, marks a word of it, or opens
 * quotes is no part of the word.
 */
function startBehindMarks(
  facts: ValueFacts,
  text: string,
  {word, isFirst}: Pick<Extract<Spot, {kind: 'value'}>, 'word' | 'isFirst'>,
  offset: number,
): number {
  const marks =
    facts.invert === undefined && !isNegated(facts)
      ? (facts.prefix ?? facts.prefixes ?? '')
      : isFirst || isNegated(facts)
        ? '~'
        : ''
  const end = Math.min(offset, word.end)
  let start = word.start
  while (start < end && marks.includes(text[start] ?? '\0')) start++
  return /^["']/.test(text.slice(start, offset)) ? start + 1 : start
}

/** The words that stand before an offset in its line. */
function wordsBefore(text: string, offset: number): ReadonlySet<string> {
  return new Set(
    text
      .slice(0, offset)
      .split('\n')
      .at(-1)
      ?.split(/[\s=~]+/),
  )
}

/** The first of the words that have in them what is typed. */
function withTyped(all: readonly PossibleWord[], behind: string): readonly PossibleWord[] {
  const typed = behind.replace(/^[~-]+/, '').toLowerCase()
  return all.filter(({word}) => word.toLowerCase().includes(typed)).slice(0, mostItems)
}

/**
 * So many items are sent at most, of those that have what is typed in them: nobody looks at more,
 * and the client asks again as one types on.
 */
const mostItems = 800

function whole(items: CompletionItem[]): CompletionList {
  return {isIncomplete: false, items}
}

/** Lists of which each word may be turned round. */
function isNegated({type}: ValueFacts): boolean {
  return (
    type === 'capability-set' ||
    type === 'boolean-or-namespace-list' ||
    type === 'syscall-filter' ||
    type === 'address-family-list' ||
    type === 'filesystem-list'
  )
}

function specifiers(
  subject: Subject,
  {specifiers: table}: ValueFacts,
  span: Span,
): CompletionItem[] {
  const known = Object.entries(specifierMeanings).filter(
    ([letter]) => (specifierSince(letter, table ?? 'full') ?? Infinity) <= subject.newest.version,
  )
  const its = known.map(([letter, detail], rank) =>
    item(subject, span, {
      label: `%${letter}`,
      rank,
      kind: CompletionItemKind.Variable,
      detail: detail.replaceAll('`', ''),
    }),
  )
  return [
    ...its,
    item(subject, span, {
      label: '%%',
      rank: its.length,
      kind: CompletionItemKind.Variable,
      detail: 'a percent sign',
    }),
  ]
}

function prefixes(subject: Subject, behind: string, offset: number): CompletionItem[] {
  if (!/^[-@:+!|]*$/.test(behind)) return []
  const known = execPrefixes.filter(
    ({mark, since = 0}) =>
      since <= subject.newest.version && !(behind.includes(mark) && mark !== '!'),
  )
  return known.map(({mark, meaning, since}, rank) =>
    item(
      subject,
      {start: offset, end: offset},
      {
        label: mark,
        rank,
        kind: CompletionItemKind.Operator,
        detail: `${meaning.replaceAll('`', '')}${since === undefined ? '' : `, since ${since}`}`,
      },
    ),
  )
}

function errors(subject: Subject, span: Span): CompletionItem[] {
  const names = ['EPERM', 'EACCES', 'ENOSYS', 'EINVAL', 'EAGAIN', 'ENOENT', 'EOPNOTSUPP', 'kill']
  return names.map((label, rank) =>
    item(subject, span, {label, rank, kind: CompletionItemKind.Constant}),
  )
}
