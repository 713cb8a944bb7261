import type {Complaint} from '../unit/read/complaint.ts'
import type {Assignment} from '../unit/unit.ts'
import type {Unit} from './unit.ts'

/** A line with a bad value, and all that systemd says of it. */
export interface FaultyLine extends Assignment {
  readonly faults: readonly Complaint[]
}

/** The lines of which systemd takes some words, or all, for no value of the directive. */
export function faultyLines(unit: Unit): Iterable<FaultyLine> {
  const lines = new Map<Complaint['directive'], FaultyLine & {readonly faults: Complaint[]}>()
  for (const complaint of unit.complaints('invalid-value', 'unknown-specifier')) {
    const {directive, section = '', file, silent, effect} = complaint
    if (!directive || silent || effect === 'notice') continue
    const {key, value} = directive
    const line = lines.get(directive)
    if (line) line.faults.push(complaint)
    else lines.set(directive, {section, key, value, directive, file, faults: [complaint]})
  }
  return lines.values()
}
