import type {EvidenceFile} from '../config/evidence-schema.ts'
import {rowOf} from '../facts/sandboxing/rows.ts'
import type {NewLine} from '../engine/anchors.ts'
import {programOf} from '../needs/evidence/of-tried.ts'
import type {Unit} from '../rule/unit.ts'
import type {Candidate} from './candidate.ts'
import type {LeftOut} from './drop-in.ts'
import type {Culprit} from './search.ts'

type Recorded = EvidenceFile['units'][string][number]

/** What a trial has shown. */
export interface TriedService {
  readonly unit: Unit
  /** `2026-11-28` */
  readonly date: string
  /** What told whether it works. */
  readonly by: Recorded['by']
  readonly lines: readonly NewLine[]
  readonly culprits: readonly Culprit<Candidate>[]
  readonly left: readonly LeftOut[]
}

/** A trial as evidence for later runs. */
export function recorded({unit, date, by, lines, culprits, left}: TriedService): Recorded {
  const program = programOf(unit)
  const worked = lines.filter(([key]) => rowOf(key)).map(([key, value]) => `${key}=${value}`)
  const failed = culprits.flatMap(({line: {key, value}, beside}, index) => {
    const line = `${key}=${value}`
    if (!rowOf(key) || worked.includes(line)) return []
    const others = beside.map((other) => `${other.key}=${other.value}`)
    return [
      {
        line,
        because: left[index]?.because ?? 'the check failed with it',
        ...(others.length === 0 ? {} : {beside: others}),
      },
    ]
  })
  return {date, systemd: unit.target.name, by, ...(program === '' ? {} : {program}), worked, failed}
}

/** A file of evidence with one more trial. */
export function withTrial(
  file: EvidenceFile | undefined,
  unit: string,
  trial: Recorded,
): EvidenceFile {
  const before = file?.units[unit] ?? []
  return {version: 1, units: {...file?.units, [unit]: [...before, trial].slice(-mostTrials)}}
}

/** Later ones say what counts. */
const mostTrials = 20
