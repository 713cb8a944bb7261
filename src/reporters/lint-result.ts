import type {Position} from 'unist'
import type {VFile} from 'vfile'
import type {Choice} from '../needs/kind.ts'
import type {Exposure, FindingFix, FindingSeverity} from '../engine/finding.ts'
import {decode} from '../syntax/bytes.ts'

/** A message as reporters see it. */
export interface Message {
  readonly ruleId: string | undefined
  readonly severity: FindingSeverity
  /** Not about the unit: its file cannot be read, or a rule failed. */
  readonly fatal: boolean
  readonly text: string
  /** Undefined when it is about the file as a whole. */
  readonly place: Position | undefined
  readonly note: string | undefined
  readonly url: string | undefined
  readonly fix: FindingFix | undefined
  readonly cause: unknown
}

/** A file and what was found in it. */
export interface LintResult {
  /** As the user gave it; `<stdin>` for standard input. */
  readonly path: string
  /** By place, then by rule. */
  readonly messages: readonly Message[]
  readonly exposure: Exposure | undefined
  /** The profile that evidence chose, where that was left to it. */
  readonly choice: Choice | undefined
  /** The rules whose fixes were made. */
  readonly applied: readonly string[]
  /** The text between two offsets; empty when the text is not known. */
  slice(start: number, end: number): string
}

/** How many messages there are, by severity and by what mends them. */
interface Tally {
  readonly errors: number
  readonly warnings: number
  /** Mended by `--fix`. */
  readonly fixableErrors: number
  readonly fixableWarnings: number
  /** Mended by `--fix --unsafe-fixes` only. */
  readonly unsafelyFixable: number
}

/** The path under which standard input is reported. */
export const standardInput = '<stdin>'

/** What a VFile says to reporters; with `quiet`, errors alone. */
export function lintResult(file: VFile, quiet: boolean): LintResult {
  const {exposure, choice, applied = []} = file.data.unitlint ?? {}
  const messages = file.messages.map(message).filter(({severity}) => !quiet || severity === 2)
  return {
    path: file.path === undefined || file.path === '-' ? standardInput : file.path,
    messages: messages.toSorted(byPlace),
    exposure,
    choice,
    applied,
    slice: (start, end) =>
      (typeof file.value === 'string' ? file.value : decode(file.value ?? new Uint8Array())).slice(
        start,
        end,
      ),
  }
}

/**
 * What two groups of units said of one file: each thing once, but what the same group says twice.
 */
export function mergedEntry(one: LintResult, other: LintResult): LintResult {
  const identityOf = ({ruleId, place, text}: Message): string =>
    `${ruleId}\n${place?.start.line}\n${place?.start.column}\n${text}`
  const said = new Set(one.messages.map(identityOf))
  const added = other.messages.filter((message) => !said.has(identityOf(message)))
  return {...one, messages: [...one.messages, ...added].toSorted(byPlace)}
}

/** What reports call severities. */
export const severityNames = {0: 'info', 1: 'warning', 2: 'error'} as const satisfies Readonly<
  Record<FindingSeverity, string>
>

/** Count messages. */
export function tally(messages: readonly Message[]): Tally {
  const count = (test: (message: Message) => boolean): number =>
    messages.reduce((sum, one) => (test(one) ? sum + 1 : sum), 0)
  return {
    errors: count(({severity}) => severity === 2),
    warnings: count(({severity}) => severity === 1),
    fixableErrors: count(({severity, fix}) => severity === 2 && fix?.applicability === 'safe'),
    fixableWarnings: count(({severity, fix}) => severity === 1 && fix?.applicability === 'safe'),
    unsafelyFixable: count(({fix}) => fix?.applicability === 'unsafe'),
  }
}

function message(said: VFile['messages'][number]): Message {
  const fatal = said.fatal === true
  return {
    ruleId: said.ruleId ?? undefined,
    severity: fatal ? 2 : (said.severity ?? (said.fatal === false ? 1 : 0)),
    fatal,
    text: said.reason,
    place:
      said.place && ('start' in said.place ? said.place : {start: said.place, end: said.place}),
    note: said.note ?? undefined,
    url: said.url ?? undefined,
    fix: said.fix,
    cause: said.cause,
  }
}

function byPlace(one: Message, other: Message): number {
  const [a, b] = [one.place?.start, other.place?.start]
  return (
    (a?.line ?? 0) - (b?.line ?? 0) ||
    (a?.column ?? 0) - (b?.column ?? 0) ||
    compare(one.ruleId ?? '', other.ruleId ?? '')
  )
}

/** The order of two texts, by the numbers of their characters. */
export function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
