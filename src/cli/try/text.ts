import {printable} from '../../reporters/printable.ts'
import {count} from '../../reporters/summary.ts'
import {formatExposure} from '../../security/index.ts'
import {lineOf} from '../../try/candidate.ts'
import {leftOut} from './run-try.ts'
import type {TrialOutcome} from './run-try.ts'

/** What is told of a trial. */
export interface TrialReport {
  readonly unit: string
  /** The name of the target. */
  readonly systemd: string
  readonly date: string
  /** How many lines there were to try. */
  readonly tried: number
  /** In tenths. */
  readonly before: number | undefined
  readonly after: number | undefined
  readonly outcome: TrialOutcome
  readonly keep: string
}

/** A trial for people, in lines. */
export function shownText(tried: TrialReport): readonly string[] {
  const {systemd, outcome} = tried
  const {lines, found} = outcome
  const instead = found.culprits.flatMap(({line, instead: other}) =>
    other ? [`${lineOf(other)} in the place of ${lineOf(line)}`] : [],
  )
  const unvouched = found.kept.filter(({evidence}) => evidence === 'withheld')
  const doubted = unvouched.length === 0 ? [] : [unvouched.map(lineOf).join(', ')]
  return [
    ...(lines.length === 0
      ? [nothingWorks(tried)]
      : listOf(
          `Works with, by the check (systemd ${systemd}):`,
          lines.map(([key, value]) => `${key}=${value}`),
        )),
    ...listOf(
      'Left out:',
      leftOut(outcome).map(({line, because}) => `${line}: ${because}`),
    ),
    ...listOf('Weaker ones work:', instead),
    ...listOf(
      'Kept though evidence says that it may need it, so that all hangs on the check:',
      doubted,
    ),
    '',
    summary(tried),
  ].map((line) => printable(line))
}

/** Lines below their title; none where there is nothing below it. */
function listOf(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [title, ...items.map((item) => `  ${item}`)]
}

function nothingWorks({tried}: TrialReport): string {
  return tried === 0
    ? 'Nothing is left to try: the service has it, or evidence says that it breaks it'
    : 'Nothing that was tried works'
}

function summary({unit, tried, before, after, outcome: {file, starts}, keep}: TrialReport): string {
  const exposures =
    before === undefined || after === undefined
      ? ''
      : `, exposure ${formatExposure(before)} to ${formatExposure(after)}`
  const none = keep === 'none' ? 'nothing was kept' : 'nothing to keep'
  const where = file === undefined ? none : `kept in ${file}`
  return `${unit}: ${count(tried, 'line')} tried in ${count(starts, 'start')}${exposures}, ${where}`
}

/** The same for programs; exposures in tenths. */
export function trialJson({
  unit,
  systemd,
  date,
  tried,
  before,
  after,
  outcome,
  keep,
}: TrialReport): string {
  const {lines, file, starts, found} = outcome
  const because = new Map(leftOut(outcome).map((one) => [one.line, one.because]))
  return JSON.stringify(
    {
      unit,
      systemd,
      date,
      tried,
      starts,
      exposure: {before, after},
      keep,
      file,
      lines: lines.map(([key, value]) => `${key}=${value}`),
      kept: found.kept.map(lineOf),
      culprits: found.culprits.map(({line, beside, isSure, instead}) => ({
        line: lineOf(line),
        because: because.get(lineOf(line)),
        beside: beside.map(lineOf),
        isSure,
        instead: instead && lineOf(instead),
      })),
      unknown: found.unknown.map(lineOf),
    },
    undefined,
    2,
  )
}
