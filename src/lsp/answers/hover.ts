import {MarkupKind} from 'vscode-languageserver'
import type {Hover} from 'vscode-languageserver'
import {rules} from '../../../rules/index.ts'
import {directivePage} from '../../explain/directive.ts'
import {markdown} from '../../explain/markdown.ts'
import {list} from '../../explain/page.ts'
import type {Page, PageBlock} from '../../explain/page.ts'
import {rulePage} from '../../explain/rule.ts'
import {specifierMeanings} from '../../explain/specifiers.ts'
import {timeParts} from '../../explain/time.ts'
import {whyNot} from '../../explain/why-not.ts'
import {isHardening} from '../../facts/hardening.ts'
import {manualOf} from '../../facts/manual.ts'
import {assess, formatExposure} from '../../security/index.ts'
import {offsetsOf} from '../../syntax/place.ts'
import type {Span} from '../../syntax/tree.ts'
import {effectiveUnit} from '../../unit/effective.ts'
import type {EffectiveValue} from '../../unit/effective-value.ts'
import {reading} from '../../unit/read/reading.ts'
import type {Line} from '../../unit/read/reading.ts'
import {query} from '../../unit/query.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import type {Assignment} from '../../unit/unit.ts'
import type {Unit} from '../../rule/unit.ts'
import {expandSpecifiers} from '../../values/specifiers.ts'
import {valueOf} from '../../unit/value.ts'
import {ruleNamesIn, unitNameAt} from '../names.ts'
import {spotAt} from '../subject.ts'
import type {Spot, Subject} from '../subject.ts'
import {machineNow, unitNow} from '../workspace.ts'
import {findingsIn} from './diagnostics.ts'

/** What is shown of what stands at an offset; undefined where there is nothing to show. */
export function hover(subject: Subject, offset: number, now: number): Hover | undefined {
  const spot = spotAt(subject.its, offset)
  const shown = shownAt(spot, subject, offset, now)
  if (!shown || shown.page.length === 0) return undefined
  const manual = shown.manual === undefined ? [] : [`[systemd's manual](${shown.manual})`]
  const value = [markdown(shown.page), ...manual].join('\n\n')
  return {
    contents: {kind: MarkupKind.Markdown, value},
    range: subject.its.places.rangeOf(shown.span),
  }
}

interface PageAt {
  readonly span: Span
  readonly page: Page
  /** Where there is more to read, on the web. */
  readonly manual?: string | undefined
}

function shownAt(spot: Spot, subject: Subject, offset: number, now: number): PageAt | undefined {
  if (spot.kind === 'comment') return ruleAt(subject, spot.line, offset)
  if (spot.kind === 'header') return headerAt(subject, spot.line)
  const {text} = subject.its
  const key = spot.kind === 'key' ? text.slice(spot.word.start, spot.word.end).trim() : spot.key
  const {section} = spot
  if (section === undefined || key === '') return undefined
  const line = lineAt(subject, offset)
  if (spot.kind === 'key') {
    const page = directivePage({section, key, value: undefined}, rules)
    return (
      page && {
        span: spot.word,
        page: [...page, ...inForce(subject, section, key, line)],
        manual: manualOf(key),
      }
    )
  }
  const named = unitNameAt(subject, offset)
  if (named) return {span: named.span, page: unitPage(subject, named.name)}
  const specifier = specifierAt(subject, spot.word, offset)
  if (specifier) return specifier
  const value = line?.assignment.value ?? text.slice(spot.word.start, spot.word.end)
  const span = line ? line.assignment.directive.valueSpan : spot.word
  const page = value === '' ? undefined : directivePage({section, key, value}, rules)
  if (!page) return undefined
  return {
    span,
    manual: manualOf(key),
    page: [
      ...page,
      ...timeParts({section, key, value}, {since: now, count: 3}),
      ...inForce(subject, section, key, line),
      ...evidence(subject, key, value),
      ...found(subject, offset),
    ],
  }
}

/** The line of the unit that an offset of the document is in. */
function lineAt({its, unit}: Subject, offset: number): Line | undefined {
  const file = unit?.files.find(({absolute}) => absolute === its.path)
  if (!unit || !file) return undefined
  return reading(unitNow(unit)).lines.find(
    ({assignment}) => assignment.file.path === file.path && isIn(assignment, offset),
  )
}

function isIn({directive: {position}}: Assignment, offset: number): boolean {
  return position.start.offset <= offset && offset <= position.end.offset
}

const effective = query((unit: LoadedUnit) => effectiveUnit(unit, {defaults: true}).values)

/** What a unit has of a directive, where from, and what becomes of the line. */
function inForce(
  subject: Subject,
  section: string,
  key: string,
  line: Line | undefined,
): PageBlock[] {
  if (!subject.unit) return []
  const unit = unitNow(subject.unit)
  const its = effective(unit.itself ?? unit).filter(
    (one) => one.section === section && one.key === key,
  )
  const fate = line && fates[line.state]
  const by = line?.by && ` by ${placeOf(line.by)}`
  return [
    ...(line && fate !== undefined
      ? [{kind: 'text', text: `This line is ${fate}${by ?? ''}.`} as const]
      : []),
    ...list(
      `In force in ${unit.name}, as systemd ${unit.target.name} reads it`,
      its.slice(0, mostShown).map(valueText),
    ),
  ]
}

const mostShown = 12

const fates: Readonly<Partial<Record<Line['state'], string>>> = {
  resets: 'read, and takes back what stood before',
  idle: 'read, and does nothing',
  overridden: 'overridden',
  'taken-back': 'taken back',
  refused: 'not taken by systemd',
  unread: 'not read',
}

function valueText({key, value, expanded, origin}: EffectiveValue): string {
  const its = `\`${key}=${value.replaceAll('`', "'")}\`${expanded === undefined || expanded === value ? '' : `, that is \`${expanded.replaceAll('`', "'")}\``}`
  if (origin.kind === 'default') return `${its}, the default`
  return origin.kind === 'written'
    ? `${its}, ${placeOf(origin.assignment)}`
    : `${its}, implied by \`${origin.by}\`, ${placeOf(origin.assignment)}`
}

function placeOf({file, directive}: Assignment): string {
  return `${file.path}:${directive.position.start.line}`
}

/** What speaks for and against a value that hardens, and who runs the program so. */
function evidence({unit}: Subject, key: string, value: string): PageBlock[] {
  if (unit?.identity.type !== 'service' || !isHardening(key)) return []
  return whyNot(unitNow(unit), key, value).flatMap(({title, reasons}) => [
    {kind: 'text', text: title} as const,
    ...reasons.flatMap((its) =>
      list(
        its.title,
        its.items
          .slice(0, mostShown)
          .map(({text, at}) => (at ? `${at.path}:${at.line}: ${text}` : text)),
      ),
    ),
  ])
}

/** What is found here, with what a message of a line has no room for. */
function found(subject: Subject, offset: number): PageBlock[] {
  const here = findingsIn(subject.space, subject.its).filter(({finding}) => {
    const {start, end} = offsetsOf(finding.position)
    return finding.note !== undefined && start <= offset && offset <= end
  })
  return list(
    'Notes',
    here.map(({finding: {ruleId, note}}) => `${ruleId}: ${note ?? ''}`),
  )
}

function ruleAt({its}: Subject, line: Span, offset: number): PageAt | undefined {
  const named = ruleNamesIn(its.text.slice(line.start, line.end), line.start).find(
    ({span}) => span.start <= offset && offset <= span.end,
  )
  const rule = named && rules.find(({id}) => id === named.text)
  return rule && named && {span: named.span, page: rulePage(rule, [])}
}

/** The worst of what a service is exposed to. */
function headerAt({its, unit}: Subject, line: Span): PageAt | undefined {
  if (
    unit?.identity.type !== 'service' ||
    !/^\s*\[Service\]/.test(its.text.slice(line.start, line.end))
  )
    return undefined
  const assessed = assess(unitNow(unit))
  if (assessed.refused)
    return {
      span: line,
      page: [
        {
          kind: 'text',
          text: `Not loaded by systemd ${unitNow(unit).target.name}: ${assessed.refused.reason}`,
        },
      ],
    }
  const rows = assessed.rows.filter(({exposure}) => exposure !== null).slice(0, mostShown)
  return {
    span: line,
    page: [
      {kind: 'heading', text: `Exposure ${formatExposure(assessed.total)} ${assessed.level}`},
      {
        kind: 'table',
        rows: rows.map(({name, exposure, description}) => [
          `${exposure ?? ''} ${name}`,
          description,
        ]),
      },
    ],
  }
}

function unitPage({unit}: Subject, name: string): Page {
  const machine = unit && machineNow(unit)
  const its = machine?.find(name)
  if (its === 'masked')
    return [
      {kind: 'heading', text: name},
      {kind: 'text', text: 'It is masked.'},
    ]
  if (!its)
    return [
      {kind: 'heading', text: name},
      {kind: 'text', text: 'It is not in sight.'},
    ]
  const description = valueOf(its, 'Description')?.value
  const starters = machine?.activators(its.name).map((other) => other.name) ?? []
  return [
    {kind: 'heading', text: its.name},
    ...(description === undefined ? [] : [{kind: 'text', text: description} as const]),
    ...list(
      'Files',
      its.files.map((file) => file.path),
    ),
    ...list('Started by', starters.slice(0, mostShown)),
  ]
}

function specifierAt(
  {its, newest, name, manager, unit}: Subject,
  word: Span,
  offset: number,
): PageAt | undefined {
  const text = its.text.slice(word.start, word.end)
  for (const {0: written, index} of text.matchAll(/%[A-Za-z%]/g)) {
    const span = {start: word.start + index, end: word.start + index + 2}
    const meaning = specifierMeanings[written[1] ?? '']
    if (offset < span.start || offset > span.end || meaning === undefined) continue
    const loaded: Unit | undefined = unit && unitNow(unit)
    const expanded = expandSpecifiers(written, loaded ?? {name, manager, target: newest})
    return {
      span,
      page: [
        {kind: 'heading', text: written},
        {kind: 'text', text: `${meaning}${expanded === undefined ? '' : `: here \`${expanded}\``}`},
      ],
    }
  }
  return undefined
}
