import type {Unit} from '../rule/unit.ts'
import {marksOf, totalOf} from '../security/index.ts'
import type {AssessOptions, Marks} from '../security/index.ts'

/** The exposure of a unit. */
export interface Score {
  readonly marks: Marks
  /** In tenths. */
  readonly total: number
  /** Before it is rounded. */
  readonly exact: number
}

/** The exposure of a unit; undefined where systemd would not load it. */
export function scoreOf(unit: Unit, how: AssessOptions): Score | undefined {
  const marks = marksOf(unit, how)
  return marks && scoreFrom(marks)
}

/** The exposure that marks make. */
export function scoreFrom(marks: Marks): Score {
  return {marks, ...totalOf(marks)}
}
