import {CompletionItemKind, CompletionItemTag, MarkupKind} from 'vscode-languageserver'
import type {CompletionItem, CompletionList} from 'vscode-languageserver'
import {directiveNames} from '../../facts/directives.ts'
import type {ValueFacts} from '../../facts/directives.ts'
import {directivePage} from '../../explain/directive.ts'
import {markdown} from '../../explain/markdown.ts'
import {execPrefixes} from '../../explain/prefixes.ts'
import {rulePage} from '../../explain/rule.ts'
import {specifierMeanings} from '../../explain/specifiers.ts'
import {rules} from '../../../rules/index.ts'
import {summaryOf} from '../../facts/summaries.ts'
import {callsNamed} from '../../values/syscalls.ts'
import {dialectOf} from '../../values/dialect.ts'
import {specifierSince} from '../../values/specifiers.ts'
import type {Span} from '../../syntax/tree.ts'
import {unitFile} from '../names.ts'
import {spotAt} from '../subject.ts'
import type {Spot, Subject} from '../subject.ts'
import {candidates} from './candidates.ts'
import type {Candidate} from './candidates.ts'

/** What could be written at an offset. */
export function completion(subject: Subject, offset: number): CompletionList {
  const spot = spotAt(subject.its, offset)
  const items =
    spot.kind === 'header'
      ? sections(subject, spot.line)
      : spot.kind === 'comment'
        ? comments(subject, spot.line, offset)
        : spot.kind === 'key'
          ? keys(subject, spot)
          : values(subject, spot, offset)
  if (items.length <= mostItems) return {isIncomplete: false, items}
  // Those that have what is typed in them, and no more than anybody looks at: the client asks again
  // as one types on.
  const typed =
    spot.kind === 'value'
      ? subject.its.text
          .slice(spot.word.start, offset)
          .replace(/^[~-]+/, '')
          .toLowerCase()
      : ''
  return {
    isIncomplete: true,
    items: items.filter(({label}) => label.toLowerCase().includes(typed)).slice(0, mostItems),
  }
}

/** So many items are sent at most. */
const mostItems = 800

/** What an item is about, kept by the client for `resolve`. */
interface About {
  readonly section?: string
  readonly key?: string
  readonly value?: string
  readonly rule?: string
}

function item(
  subject: Subject,
  span: Span,
  {
    label,
    text = label,
    rank,
    kind,
    detail,
    about,
    isOld = false,
  }: {
    readonly label: string
    readonly text?: string
    readonly rank: number
    readonly kind: CompletionItemKind
    readonly detail?: string | undefined
    readonly about?: About
    readonly isOld?: boolean
  },
): CompletionItem {
  return {
    label,
    kind,
    sortText: String(rank).padStart(5, '0'),
    filterText: text,
    textEdit: {range: subject.its.places.rangeOf(span), newText: text},
    ...(detail !== undefined && {detail}),
    ...(about && {data: about}),
    ...(isOld && {tags: [CompletionItemTag.Deprecated]}),
  }
}

/** The sections that the unit may have and has not yet. */
function sections(subject: Subject, line: Span): CompletionItem[] {
  const {its, type, newest} = subject
  const written = new Set(
    its.tree.children.flatMap((child) =>
      child.type === 'section' && (child.position.start.offset ?? 0) !== line.start
        ? [child.name]
        : [],
    ),
  )
  const known = dialectOf(newest).types[type] ?? []
  return [
    ...known.filter((name) => !written.has(name)),
    ...known.filter((name) => written.has(name)),
  ].map((name, rank) =>
    item(subject, line, {
      label: `[${name}]`,
      rank,
      kind: CompletionItemKind.Module,
      detail: written.has(name) ? 'is there already' : undefined,
    }),
  )
}

function keys(
  subject: Subject,
  {section, word, hasEquals}: Extract<Spot, {kind: 'key'}>,
): CompletionItem[] {
  const {its, type} = subject
  const isEmpty = word.start === word.end
  const headers = isEmpty || section === undefined ? sections(subject, word) : []
  if (section === undefined || !(dialectOf(subject.newest).types[type] ?? []).includes(section))
    return headers
  const written = new Set(
    its.tree.children.flatMap((child) =>
      child.type === 'section' && child.name === section
        ? child.children.flatMap((entry) => (entry.type === 'directive' ? [entry.key] : []))
        : [],
    ),
  )
  const found = directivesIn(section, subject).map(({key, facts, isOld}) => {
    const isAgain = written.has(key) && facts.repeat === 'replace'
    return item(subject, word, {
      label: key,
      text: hasEquals ? key : `${key}=`,
      rank: (isOld ? 20_000 : 0) + (isAgain ? 10_000 : 0) + 1,
      kind: CompletionItemKind.Property,
      detail: detailOf(facts, subject),
      about: {section, key},
      isOld,
    })
  })
  return [...found, ...headers]
}

function detailOf({since = 0}: ValueFacts, {oldest}: Subject): string | undefined {
  return since > oldest.version ? `since ${since}` : undefined
}

/** The directives that a section has in one of the systemds that the unit may meet. */
function directivesIn(
  section: string,
  {oldest, newest}: Subject,
): ReadonlyArray<{readonly key: string; readonly facts: ValueFacts; readonly isOld: boolean}> {
  const {row} = dialectOf(newest)
  return directiveNames().flatMap((key) => {
    const facts = row(section, key, newest.version) ?? row(section, key, oldest.version)
    if (!facts || facts.unsupportedInThisSection) return []
    return [
      {
        key,
        facts,
        isOld:
          facts.removedSince !== undefined ||
          facts.obsolete === true ||
          facts.type === 'obsolete' ||
          facts.legacy === true,
      },
    ]
  })
}

const kinds: Readonly<Record<Candidate['kind'], CompletionItemKind>> = {
  word: CompletionItemKind.EnumMember,
  unit: CompletionItemKind.Reference,
  capability: CompletionItemKind.Constant,
  call: CompletionItemKind.Function,
  group: CompletionItemKind.Class,
  family: CompletionItemKind.Constant,
  user: CompletionItemKind.Variable,
  example: CompletionItemKind.Value,
}

function values(
  subject: Subject,
  {section, key, word, isFirst}: Extract<Spot, {kind: 'value'}>,
  offset: number,
): CompletionItem[] {
  const {its, newest, oldest} = subject
  const {row} = dialectOf(newest)
  const facts =
    section === undefined
      ? undefined
      : (row(section, key, newest.version) ?? row(section, key, oldest.version))
  if (!facts || section === undefined) return []
  const text = its.text.slice(word.start, word.end)
  const behind = its.text.slice(word.start, offset)
  const percent = /(?:^|[^%])(?:%%)*(%[A-Za-z]?)$/.exec(behind)
  if (percent?.[1] !== undefined && facts.specifiers !== undefined)
    return specifiers(subject, facts, {start: offset - percent[1].length, end: offset})
  if (facts.type === 'exec-command') return isFirst ? prefixes(subject, behind, offset) : []
  if (facts.type === 'syscall-filter' && /^~?[\w@-]+:[A-Z]*$/.test(behind))
    return errors(subject, {start: word.start + behind.indexOf(':') + 1, end: word.end})
  // What turns a list round, or marks a word of it, is no part of the word.
  const marks =
    facts.invert === undefined && !isNegated(facts)
      ? (facts.prefix ?? facts.prefixes ?? '')
      : isFirst || isNegated(facts)
        ? '~'
        : ''
  let start = word.start
  while (start < Math.min(offset, word.end) && marks.includes(text[start - word.start] ?? '\0'))
    start++
  if (/^["']/.test(its.text.slice(start, offset))) start++
  const known = new Set(
    its.text
      .slice(0, word.start)
      .split('\n')
      .at(-1)
      ?.split(/[\s=~]+/),
  )
  const found = candidates(facts, section, subject).map(({word: label, kind, detail, rank}) =>
    item(
      subject,
      {start, end: word.end},
      {
        label,
        rank: rank + (known.has(label) ? 50_000 : 0),
        kind: kinds[kind],
        detail,
        about: {section, key, value: label},
      },
    ),
  )
  const inverting =
    facts.invert !== undefined && isFirst && text === ''
      ? [
          item(
            subject,
            {start, end: word.end},
            {label: '~', rank: 99_998, kind: CompletionItemKind.Operator, detail: 'all but these'},
          ),
        ]
      : []
  return [...found, ...inverting]
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

const instructions = ['unitlint-disable-next-line', 'unitlint-disable', 'unitlint-enable']

/** Comments that turn rules off, and the rules that these name. */
function comments(subject: Subject, line: Span, offset: number): CompletionItem[] {
  const {text} = subject.its
  const before = text.slice(line.start, offset)
  const [, , list] =
    /^\s*[#;]\s*unitlint-(disable-next-line|disable|enable)\s+((?:[\w/-]+,?\s*)*)$/.exec(before) ??
    []
  if (list !== undefined) {
    const start = offset - (/[\w/-]*$/.exec(before)?.[0].length ?? 0)
    const end = offset + (/^[\w/-]*/.exec(text.slice(offset, line.end))?.[0].length ?? 0)
    return rules.map(({id, summary}, rank) =>
      item(
        subject,
        {start, end},
        {label: id, rank, kind: CompletionItemKind.Reference, detail: summary, about: {rule: id}},
      ),
    )
  }
  const [, word] = /^\s*[#;]\s*([\w-]*)$/.exec(before) ?? []
  if (word === undefined) return []
  return instructions.map((label, rank) =>
    item(
      subject,
      {start: offset - word.length, end: offset},
      {label, rank, kind: CompletionItemKind.Keyword},
    ),
  )
}

/** An item with its documentation. */
export function resolved(its: CompletionItem): CompletionItem {
  // What was sent is what comes back, or anything.
  const {
    section,
    key,
    value,
    rule: id,
  } = (typeof its.data === 'object' && its.data !== null ? its.data : {}) as About
  const rule = id === undefined ? undefined : rules.find((candidate) => candidate.id === id)
  if (rule)
    return {...its, documentation: {kind: MarkupKind.Markdown, value: markdown(rulePage(rule, []))}}
  if (typeof key !== 'string') return its
  const calls = typeof value === 'string' && value.startsWith('@') ? callsNamed(value, 262) : []
  const page = directivePage({section, key, value: calls.length > 0 ? undefined : value}, rules)
  const summary = section === undefined ? undefined : summaryOf(section, key)
  const text =
    calls.length > 0
      ? `${value}: ${calls.join(' ')}`
      : unitFile(value)
        ? (summary ?? '')
        : page && markdown(page)
  return text === undefined || text === ''
    ? its
    : {...its, documentation: {kind: MarkupKind.Markdown, value: text}}
}
