import {edits} from '../engine/write/inline.ts'
import {operations} from '../engine/operations.ts'
import type {FindingFix} from '../engine/finding.ts'
import type {Unit} from '../rule/unit.ts'
import {diagnose} from './diagnose.ts'
import type {Cause} from './diagnose.ts'
import {relaxation} from './relax.ts'
import type {Symptom} from './symptoms.ts'
import {why} from './why.ts'

/** What is the matter with a service, for people and programs. */
export interface Diagnosis {
  readonly unit: string
  readonly symptoms: readonly Symptom[]
  /** The lines to blame, best first. */
  readonly causes: readonly Blamed[]
}

/** A line that is to blame. */
export interface Blamed {
  readonly directive: string
  readonly value: string
  readonly filePath: string
  readonly line: number
  readonly why: string
  /** What the log says of it. */
  readonly message: string
  /** The least that would have to be given back. */
  readonly fix?: FindingFix
}

/** What symptoms tell of a unit that is in force. */
export function diagnosisOf(unit: Unit, symptoms: readonly Symptom[]): Diagnosis {
  return {
    unit: unit.name,
    symptoms,
    causes: diagnose(unit, symptoms).map((cause) => blamed(cause, unit)),
  }
}

function blamed(cause: Cause, unit: Unit): Blamed {
  const {key, lines} = cause.suspect
  const {assignment} = lines[0]
  const fix = relaxation(cause, unit)
  const all = fix && operations(unit, fix.changes)
  return {
    directive: key,
    value: assignment.value,
    filePath: assignment.file.path,
    line: assignment.directive.position.start.line,
    why: why(cause),
    message: cause.symptom.message,
    ...(fix && all && all.length > 0
      ? {
          fix: {
            title: fix.title,
            applicability: 'unsafe',
            edits: edits(all).map(({range, text}) => ({range, text})),
          },
        }
      : {}),
  }
}
