import type {Position} from 'unist'
import {groupAdditions} from './additions.ts'
import type {Additions} from './additions.ts'
import {choiceWords} from './choice.ts'
import {severityNames} from './lint-result.ts'
import type {LintResult, Message} from './lint-result.ts'
import {exposureWords} from './exposure.ts'
import type {Paint} from './exposure.ts'
import {textLineOf} from './fingerprint.ts'
import type {ReportContext} from './formatter.ts'
import {withHints} from './hints.ts'
import {printable} from './printable.ts'

/** What is shown at one place of a file; all text is printable. */
export interface ReportRow {
  readonly severity: 'error' | 'warning' | 'info'
  readonly place?: Position | undefined
  readonly ruleId?: string | undefined
  readonly text: string
  /** Where it helps to see the line that it is about. */
  readonly excerpt?: Excerpt | undefined
  /** Shown below the text. */
  readonly lists: readonly List[]
  /** The stack of the error behind it. */
  readonly stack?: string | undefined
}

/** A line of a file, not printable yet, and what of it is meant. */
export interface Excerpt {
  readonly line: string
  readonly from: number
  readonly to: number
}

/** Things and what they are. */
export interface List {
  readonly label: string
  readonly items: readonly string[]
}

/** A message longer than this is cut: nobody reads a value of a thousand words here. */
const maximumLength = 600

/**
 * How the messages of a file are shown: the worst first, what many rules say about one place in one
 * row. No rows for a file with nothing to say.
 */
export function rowsOf(
  entry: LintResult,
  {fixed, fixing = false, quiet, run}: Pick<ReportContext, 'fixed' | 'fixing' | 'quiet' | 'run'>,
  paint: Paint,
): ReportRow[] {
  const {messages, hint} = withHints(entry, {fixing}, paint)
  const sorted = withoutCommonTargets(messages, run?.targets ?? []).toSorted(
    (one, other) => other.severity - one.severity,
  )
  const rows = withoutRepeats(
    groupAdditions(sorted).map((item) =>
      'safe' in item ? additionsRow(item, entry) : messageRow(item, entry),
    ),
  )
  const mended = fixed ? entry.applied.length : 0
  if (quiet || (rows.length === 0 && mended === 0)) return rows
  const exposure =
    entry.exposure &&
    exposureWords({...entry.exposure, target: printable(entry.exposure.target)}, fixed, paint)
  const news = [
    mended > 0 ? `${mended} fixed` : undefined,
    hint === undefined || fixing ? exposure : undefined,
    hint,
  ].filter((part) => part !== undefined)
  const choice = entry.choice ? [printable(choiceWords(entry.choice))] : []
  const told = [...choice, ...(news.length > 0 ? [news.join('; ')] : [])]
  return [...rows, ...told.map((text): ReportRow => ({severity: 'info', text, lists: []}))]
}

/** Messages of which each names the targets that it holds for, without those that hold for all. */
function withoutCommonTargets(
  messages: readonly Message[],
  targets: readonly string[],
): readonly Message[] {
  if (targets.length < 2) return messages
  const isCommon = (names: string): boolean => {
    const named = new Set(names.split(', '))
    return targets.every((target) => named.has(target))
  }
  return messages.map((message) => {
    const [end, names] = / \(([^`()]+)\)$/.exec(message.text) ?? []
    return end !== undefined && names !== undefined && isCommon(names)
      ? {...message, text: message.text.slice(0, -end.length)}
      : message
  })
}

/** Rows of which those that follow one about the same place do not show it again. */
function withoutRepeats(rows: readonly ReportRow[]): ReportRow[] {
  return rows.map((row, index) => {
    const before = rows[index - 1]
    const [one, other] = [row.place?.start, before?.place?.start]
    return before?.excerpt && one?.line === other?.line && one?.column === other?.column
      ? {...row, excerpt: undefined}
      : row
  })
}

function messageRow(message: Message, entry: LintResult): ReportRow {
  const {severity, place, ruleId, text, cause} = message
  return {
    severity: severityNames[severity],
    place,
    ruleId: ruleId === undefined ? undefined : printable(ruleId),
    text: printable(shorten(text)),
    excerpt: excerptOf(message, entry),
    lists: [],
    stack: stackOf(cause),
  }
}

/** The longest line of which a part is shown. */
const longestLine = 4_000

/**
 * The line of a problem, where its words do not quote all of it and it is no header, of which
 * others only hang.
 */
function excerptOf(message: Message, entry: LintResult): Excerpt | undefined {
  const {start, end} = message.place ?? {}
  if (message.severity === 0 || !start || !end) return undefined
  const line = textLineOf(message, entry, longestLine)?.text
  const from = start.column - 1
  if (
    line === undefined ||
    from >= line.length ||
    /^\s*\[[^\]]*\]\s*$/.test(line) ||
    message.text.includes(`\`${line.trim()}\``)
  )
    return undefined
  const to = end.line === start.line ? Math.max(end.column - 1, from + 1) : line.length
  const indentation = Math.min(line.length - line.trimStart().length, from)
  return {line: line.slice(indentation), from: from - indentation, to: to - indentation}
}

function additionsRow(
  {severity, place, safe, unsafe, open}: Additions,
  entry: LintResult,
): ReportRow {
  const lists = [
    {label: `--fix adds ${safe.length}:`, items: safe},
    {
      label:
        safe.length > 0
          ? `--unsafe-fixes adds ${unsafe.length} more:`
          : `--fix --unsafe-fixes adds ${unsafe.length}:`,
      items: unsafe,
    },
    {label: `left to you, ${open.length}:`, items: open},
  ]
  return {
    severity: severityNames[severity],
    place,
    text: `Expected ${safe.length + unsafe.length + open.length} more options${sectionAt(place, entry)}`,
    lists: lists
      .filter(({items}) => items.length > 0)
      .map(({label, items}) => ({label, items: items.map(printable)})),
  }
}

/** The header at a place, in words. */
function sectionAt({start, end}: Position, entry: LintResult): string {
  if (start.offset === undefined || end.offset === undefined || end.offset - start.offset > 64)
    return ''
  const text = entry.slice(start.offset, end.offset)
  return /^\[[^\]\r\n]+\]$/.test(text) ? ` in \`${printable(text)}\`` : ''
}

function shorten(text: string): string {
  if (text.length <= maximumLength) return text
  const cut = text.slice(0, maximumLength)
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`
}

/**
 * Where a fault of ours comes from. What the operating system says needs no more than its message.
 */
function stackOf(cause: unknown): string | undefined {
  if (!(cause instanceof Error) || 'code' in cause || cause.stack === undefined) return undefined
  return cause.stack
    .split(/\r\n|[\r\n]/)
    .slice(0, 8)
    .map((line) => printable(shorten(line)))
    .join('\n')
}
