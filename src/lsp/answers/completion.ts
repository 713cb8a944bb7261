import {CompletionItemKind, MarkupKind} from 'vscode-languageserver'
import type {CompletionItem, CompletionList} from 'vscode-languageserver'
import {directiveNames} from '../../facts/directives.ts'
import type {ValueFacts} from '../../facts/directives.ts'
import {directivePage} from '../../explain/directive.ts'
import {markdown} from '../../explain/markdown.ts'
import {rulePage} from '../../explain/rule.ts'
import {rules} from '../../../rules/index.ts'
import {summaryOf} from '../../facts/summaries.ts'
import {callsNamed} from '../../values/syscalls.ts'
import {dialectOf} from '../../values/dialect.ts'
import type {Span} from '../../syntax/tree.ts'
import {unitFile} from '../names.ts'
import {spotAt} from '../subject.ts'
import type {Spot, Subject} from '../subject.ts'
import {item} from './completion-item.ts'
import type {ItemSubject} from './completion-item.ts'
import {values} from './completion-values.ts'

/** What could be written at an offset. */
export function completion(subject: Subject, offset: number): CompletionList {
  const spot = spotAt(subject.its, offset)
  // Behind a backslash, and before a name that is indented, there is nothing to write.
  if ('word' in spot && (offset < spot.word.start || offset > spot.word.end))
    return {isIncomplete: false, items: []}
  if (spot.kind === 'value') return values(subject, spot, offset)
  const items =
    spot.kind === 'header'
      ? sections(subject, spot.line)
      : spot.kind === 'comment'
        ? comments(subject, spot.line, offset)
        : keys(subject, spot)
  return {isIncomplete: false, items}
}

/** The sections that the unit may have and has not yet. */
function sections(subject: Subject, line: Span): CompletionItem[] {
  const {its, type, newest} = subject
  const written = new Set(
    its.tree.children.flatMap((child) =>
      child.type === 'section' && child.position.start.offset !== line.start ? [child.name] : [],
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
  } = (typeof its.data === 'object' && its.data !== null ? its.data : {}) as ItemSubject
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
