import {printable} from '../../reporters/printable.ts'
import {count} from '../../reporters/summary.ts'
import {formatExposure} from '../../security/index.ts'
import {lineOf} from '../../try/candidate.ts'
import {leftOut} from './run-try.ts'
import type {Outcome} from './run-try.ts'

/** What is told of a trial. */
export interface Tried {
  readonly unit: string
  /** The name of the target. */
  readonly systemd: string
  readonly date: string
  /** How many lines there were to try. */
  readonly tried: number
  /** In tenths. */
  readonly before: number | undefined
  readonly after: number | undefined
  readonly outcome: Outcome
  readonly keep: string
}

/** A trial for people, in lines. */
export function shownText({
  unit,
  systemd,
  tried,
  before,
  after,
  outcome,
  keep,
}: Tried): readonly string[] {
  const {lines, file, starts, found} = outcome
  const left = leftOut(outcome)
  const unvouched = found.kept.filter(({evidence}) => evidence === 'withheld')
  const works = [
    `Works with, by the check (systemd ${systemd}):`,
    ...lines.map(([key, value]) => `  ${key}=${value}`),
  ]
  const without =
    left.length === 0
      ? []
      : ['Left out:', ...left.map(({line, because}) => `  ${line}: ${because}`)]
  const instead = found.culprits.flatMap(({line, instead: other}) =>
    other ? [`  ${lineOf(other)} in the place of ${lineOf(line)}`] : [],
  )
  const doubted =
    unvouched.length === 0
      ? []
      : [
          'Kept though evidence says that it may need it, so that all hangs on the check:',
          `  ${unvouched.map(lineOf).join(', ')}`,
        ]
  const where =
    file === undefined
      ? keep === 'none'
        ? 'nothing was kept'
        : 'nothing to keep'
      : `kept in ${file}`
  const exposures =
    before === undefined || after === undefined
      ? ''
      : `, exposure ${formatExposure(before)} to ${formatExposure(after)}`
  return [
    ...(lines.length > 0
      ? works
      : [
          tried === 0
            ? 'Nothing is left to try: the service has it, or evidence says that it breaks it'
            : 'Nothing that was tried works',
        ]),
    ...without,
    ...(instead.length === 0 ? [] : ['Weaker ones work:', ...instead]),
    ...doubted,
    '',
    `${unit}: ${count(tried, 'line')} tried in ${count(starts, 'start')}${exposures}, ${where}`,
  ].map((line) => printable(line))
}

/** The same for programs; exposures in tenths. */
export function shownJson({
  unit,
  systemd,
  date,
  tried,
  before,
  after,
  outcome,
  keep,
}: Tried): string {
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
