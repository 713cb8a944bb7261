import type {LoadedUnit} from '../unit/load.ts'
import {notLoaded} from '../unit/not-loaded.ts'
import {reading} from '../unit/read/reading.ts'
import {reasonOf} from '../unit/read/reasons.ts'
import type {Refusal} from '../unit/refusals/refusal.ts'
import {refusedAsMasked} from '../unit/refusals/masks.ts'
import {refusal} from '../unit/refusals/services.ts'
import {settings} from '../unit/settings.ts'
import {assessAll, share, total, weightOf, type Assessed, type Policy} from './score.ts'
import type {AssessedUnit} from './subject.ts'

export type {Policy} from './score.ts'

/** How to assess. */
export interface AssessOptions {
  /**
   * Count an unset `PrivateMounts=` as unset, although systemd counts it as set since 254; default:
   * as systemd does.
   */
  readonly honest?: boolean
  readonly policy?: Policy
}

/** A row of the exposure table. */
export interface Row {
  /** As systemd calls it, such as `CapabilityBoundingSet=~CAP_SYS_ADMIN`. */
  readonly name: string
  readonly jsonField: string
  /** Whether all is well; null where the row does not apply. */
  readonly set: boolean | null
  /** What the row contributes, such as `0.2`; null where that is nothing. */
  readonly exposure: string | null
  /** From 0, good, to `range`; null where the row does not apply. */
  readonly badness: number | null
  readonly weight: number
  readonly range: number
  readonly description: string
  /** The directives that decide about it, the one to set first. */
  readonly settings: readonly string[]
}

/** The exposure of a unit, or why systemd does not load it. */
export type Assessment =
  | {
      /** The worst first; equal ones by name. */
      readonly rows: readonly Row[]
      /** In tenths, from 0 to 100. */
      readonly total: number
      readonly level: ExposureLevel
      readonly refused?: undefined
    }
  | {readonly refused: Refusal}

/** What a total is called. */
export type ExposureLevel =
  | 'PERFECT'
  | 'SAFE'
  | 'OK'
  | 'MEDIUM'
  | 'EXPOSED'
  | 'UNSAFE'
  | 'DANGEROUS'

/**
 * Assess how exposed a unit is, as `systemd-analyze security --offline=true` of its target does.
 */
export function assess(unit: LoadedUnit, options: AssessOptions = {}): Assessment {
  const found = assessedOf(unit, options)
  if ('reason' in found) return {refused: found}
  const {subject, assessed} = found
  const tenths = total(assessed)
  const weight = weightOf(assessed)
  const rows = assessed
    .map((row) => ({tenths: share(row, weight), row: rowOf(row, weight, subject, options.policy)}))
    .toSorted((a, b) => b.tenths - a.tenths || (a.row.name < b.row.name ? -1 : 1))
    .map(({row}) => row)
  return {rows, total: tenths, level: levelOf(tenths)}
}

/** What a unit is given for each row of the table, in its order. */
export type Marks = ReadonlyArray<
  Pick<Assessed, 'badness' | 'weight' | 'range'> & {
    readonly assessor: Pick<Assessed['assessor'], 'settings'>
  }
>

/** The marks of a unit; undefined for one that systemd does not load. */
export function marksOf(unit: LoadedUnit, options: AssessOptions): Marks | undefined {
  const found = assessedOf(unit, options)
  return 'reason' in found ? undefined : found.assessed
}

/**
 * The marks of a unit that differs from another by some directives: the rows that none of these
 * decides about are as they were. Whether systemd loads it is not asked.
 */
export function marksAfter(
  unit: LoadedUnit,
  before: Marks,
  directives: ReadonlySet<string>,
  options: AssessOptions,
): Marks {
  const decided = before.map(({assessor}) =>
    assessor.settings.some((setting) => directives.has(setting)),
  )
  if (!decided.includes(true)) return before
  const again = assessAll(subjectOf(unit, options), options.policy, (row) => decided[row] === true)
  return before.map((mark, row) => again[row] ?? mark)
}

/** The exposure that marks make, in tenths from 0 to 100: as systemd rounds it, and before that. */
export function totalOf(marks: Marks): {readonly total: number; readonly exact: number} {
  let sum = 0
  for (const {badness, weight, range} of marks)
    if (badness !== undefined) sum += (badness * weight) / range
  const all = weightOf(marks)
  return {total: total(marks), exact: all === 0 ? 0 : (100 * sum) / all}
}

/**
 * The exposure of a unit in tenths, from 0 to 100; undefined for one that systemd does not load.
 */
export function exposure(unit: LoadedUnit): number | undefined {
  const found = assessedOf(unit, {})
  return 'reason' in found ? undefined : total(found.assessed)
}

/** What an exposure in tenths is called (systemd-analyze(1), "security"). */
export function levelOf(tenths: number): ExposureLevel {
  if (tenths >= 100) return 'DANGEROUS'
  if (tenths >= 90) return 'UNSAFE'
  if (tenths >= 75) return 'EXPOSED'
  if (tenths >= 50) return 'MEDIUM'
  if (tenths >= 10) return 'OK'
  return tenths >= 1 ? 'SAFE' : 'PERFECT'
}

/** An exposure in tenths with one decimal, such as `9.2`. */
export function formatExposure(tenths: number): string {
  return `${Math.floor(tenths / 10)}.${tenths % 10}`
}

function subjectOf(unit: LoadedUnit, {honest = false}: AssessOptions): AssessedUnit {
  return {
    settings: settings(unit),
    type: unit.type,
    manager: unit.manager,
    version: unit.target.version,
    honest,
  }
}

function assessedOf(
  unit: LoadedUnit,
  options: AssessOptions,
): {subject: AssessedUnit; assessed: readonly Assessed[]} | Refusal {
  if (!unit.isReadable) return {reason: notLoaded(unit)?.reason ?? 'it is not read to its end'}
  const refused = refusedAsMasked(unit) ?? refusedValue(unit) ?? refusal(unit)
  if (refused) return refused
  const {policy} = options
  const subject = subjectOf(unit, options)
  const assessed = assessAll(subject, policy).filter((row) => row !== undefined)
  const broken =
    policy && assessed.find(({range, badness}) => range === 0 || (badness ?? 0) > range)
  return broken
    ? {
        reason: `the security policy gives \`${broken.assessor.jsonField}\` a range of ${broken.range}, at which systemd aborts`,
      }
    : {subject, assessed}
}

/** A value of the main file that systemd insists on understanding. */
function refusedValue(unit: LoadedUnit): Refusal | undefined {
  const {ending} = reading(unit)
  const line = ending && reading(unit).lines.find(({complaints}) => complaints.includes(ending))
  return (
    line && {
      reason: `\`${line.assignment.key}=\`: ${reasonOf(ending, unit)}`,
      assignment: line.assignment,
    }
  )
}

function rowOf(
  row: Assessed,
  weightOfAll: number,
  subject: AssessedUnit,
  policy: Policy | undefined,
): Row {
  const {assessor, weight, range, badness} = row
  const tenths = share(row, weightOfAll)
  return {
    name: subject.version < 250 ? (assessor.oldName ?? assessor.name) : assessor.name,
    jsonField: assessor.jsonField,
    set: badness === undefined ? null : badness === 0,
    exposure: badness ? formatExposure(tenths) : null,
    badness: badness ?? null,
    weight,
    range,
    description: describe(row, subject, policy),
    settings: assessor.settings,
  }
}

function describe(
  {assessor, weight, badness}: Assessed,
  subject: AssessedUnit,
  policy: Policy | undefined,
): string {
  const texts = policy?.get(assessor.jsonField)
  if (assessor.lateBootOnly && subject.settings.DefaultDependencies.value === 'no')
    return 'It may start before this could work'
  if (weight === 0) return 'The security policy leaves it out'
  const own = assessor.describe?.(subject, badness)
  if (own !== undefined) return own
  if (badness === undefined)
    return texts?.descriptionInapplicable ?? assessor.words.inapplicable ?? 'It does not apply'
  return badness === 0
    ? (texts?.descriptionGood ?? assessor.words.good)
    : (texts?.descriptionBad ?? assessor.words.bad)
}
