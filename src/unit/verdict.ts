import {complaints, type Complaint} from './read/complaints.ts'
import type {LoadedUnit} from './load.ts'
import {refusal, type Refusal} from './refusals/services.ts'
import {settings} from './settings.ts'
import {isUnitName, mayHaveInstances} from '../values/units.ts'
import {refusalOfType} from './refusals/others.ts'
import type {Assignment} from './unit.ts'
import {parseCommandLine} from '../values/commands.ts'

/** What systemd makes of a unit. */
export interface Verdict {
  /** What it says while it reads the files, in its order; silent ones among them are what it does not say. */
  readonly complaints: readonly Complaint[]
  /** Why it does not load the unit that it has read to the end. */
  readonly refusal: Refusal | undefined
}

/** Read a unit as systemd does, and say what it would (`systemd-analyze verify`). What depends on the machine is left out. */
export function verdict(unit: LoadedUnit): Verdict {
  const all = [...complaints(unit)]
  const isEnded = all.some(({effect, file}) => effect === 'unit' && file.role === 'fragment')
  return {complaints: all, refusal: isEnded || unit.isPartial ? undefined : refused(unit, all)}
}

function refused(unit: LoadedUnit, all: readonly Complaint[]): Refusal | undefined {
  if (!isUnitName(unit.name) || (unit.name.includes('@') && !mayHaveInstances(unit.type))) return {reason: `\`${unit.name}\` is no name for a ${unit.type}`}
  const counted = taken(unit, all)
  return refusal(settings(counted)) ?? refusalOfType(counted)
}

/** The same unit with the assignments that systemd takes: none that it complains of, and none behind the end of its reading. */
function taken(unit: LoadedUnit, all: readonly Complaint[]): LoadedUnit {
  const lost = new Set<Assignment['directive']>()
  const ends = new Map<Assignment['file'], number>()
  for (const {effect, directive, file, span} of all) {
    if (effect === 'unit') ends.set(file, span.start)
    if (directive && (effect === 'line' || effect === 'unit')) lost.add(directive)
  }
  const counts = (assignment: Assignment): boolean =>
    (ends.get(assignment.file) ?? Infinity) > (assignment.directive.position.start.offset ?? 0) &&
    (!lost.has(assignment.directive) || hasCommand(assignment, unit))
  return {
    ...unit,
    all: (section) => unit.all(section).filter(counts),
    assignments: (section, key) => unit.assignments(section, key).filter(counts),
  }
}

/** Whether a line of commands has a good one before the bad one. */
function hasCommand({key, value}: Assignment, unit: LoadedUnit): boolean {
  return key.startsWith('Exec') && parseCommandLine(value, unit).commands.length > 0
}
