import type {Assessor} from './assessor.ts'
import {assessors} from './assessors.ts'
import type {AssessedUnit} from './subject.ts'

/**
 * How a security policy changes a row; texts stand for those of the row, `range` and `weight` for
 * its numbers (systemd-analyze(1), "security").
 */
export interface PolicyEntry {
  readonly weight?: number | undefined
  readonly range?: number | undefined
  readonly descriptionGood?: string | undefined
  readonly descriptionBad?: string | undefined
  readonly descriptionInapplicable?: string | undefined
}

/** Changed rows, by JSON field. */
export type Policy = ReadonlyMap<string, PolicyEntry>

/** A row with what came out of it. */
export interface Assessed {
  readonly assessor: Assessor
  readonly weight: number
  readonly range: number
  /** Undefined where the row does not apply. */
  readonly badness: number | undefined
}

/**
 * Assess a unit by every row that the version has, in table order; those that are not wanted are
 * left empty.
 */
export function assessAll(
  subject: AssessedUnit,
  policy: Policy | undefined,
  isWanted: (row: number) => boolean = () => true,
): Array<Assessed | undefined> {
  const rows: Array<Assessed | undefined> = []
  const isEarly = subject.settings.DefaultDependencies.value === 'no'
  for (const assessor of assessors) {
    if (assessor.since !== undefined && subject.version < assessor.since) continue
    if (!isWanted(rows.length)) {
      rows.push(undefined)
      continue
    }
    const {weight = assessor.weight, range = assessor.range} =
      policy?.get(assessor.jsonField) ?? assessor
    const applies = weight > 0 && !(isEarly && assessor.lateBootOnly)
    rows.push({assessor, weight, range, badness: applies ? assessor.assess(subject) : undefined})
  }
  return rows
}

/** The exposure of a unit in tenths, from 0 to 100. */
export function total(rows: ReadonlyArray<Omit<Assessed, 'assessor'>>): number {
  let sum = 0
  for (const {badness, weight, range} of rows) {
    if (badness !== undefined) sum += up(badness * weight, range)
  }
  return up(100 * sum, weightOf(rows))
}

/** What one row of some contributes, in tenths. */
export function share({badness, weight, range}: Assessed, weightOfAll: number): number {
  return badness === undefined ? 0 : up(up(badness * weight * 100, range), weightOfAll)
}

/** The weight of all rows that apply. */
export function weightOf(rows: ReadonlyArray<Omit<Assessed, 'assessor'>>): number {
  let sum = 0
  for (const {badness, weight} of rows) if (badness !== undefined) sum += weight
  return sum
}

function up(dividend: number, divisor: number): number {
  return divisor === 0 ? 0 : Math.ceil(dividend / divisor)
}
