import type {EffectiveValue} from './effective-value.ts'
import {defaultValues, impliedValues} from './implied.ts'
import {deadLines, type DeadLine} from './dead.ts'
import {reading, type Line} from './read/reading.ts'
import {expansion} from './expansion.ts'
import type {LoadedUnit} from './load.ts'
import {notLoaded, type NotLoaded} from './not-loaded.ts'
import type {Assignment} from './unit.ts'

export type {DeadLine} from './dead.ts'

/** What systemd makes of all files of a unit. */
export interface EffectiveUnit {
  /**
   * What is written as systemd reads it, then what is implied, then defaults. Written out so, they
   * are the same unit.
   */
  readonly values: readonly EffectiveValue[]
  /** What is written in vain, in the order of the files. */
  readonly dead: readonly DeadLine[]
  /** Undefined for a unit that systemd loads. */
  readonly refusal: NotLoaded | undefined
}

/**
 * The values that are in force when all files of a unit are read, and the lines that are not; with
 * the defaults of its sandboxing where asked.
 */
export function effectiveUnit(
  unit: LoadedUnit,
  {defaults = false}: {readonly defaults?: boolean} = {},
): EffectiveUnit {
  const lines = inForceOrder(linesInForce(unit))
  const implied = impliedValues(unit)
  const overruled = new Map<Assignment, Assignment>()
  const written = lines.flatMap(({assignment, counted, facts}): EffectiveValue[] => {
    const {section, key, value} = counted
    const stronger = implied.find(
      ({value: its, adds}) => !adds && its.key === key && its.section === section,
    )
    if (stronger) overruled.set(assignment, stronger.by)
    if (stronger) return []
    const expanded = facts && expansion(value, facts, unit)
    return [
      {
        section,
        key,
        value,
        ...(expanded === undefined ? {} : {expanded}),
        origin: {kind: 'written', assignment},
      },
    ]
  })
  const values = [...written, ...implied.map(({value}) => value)]
  return {
    values: defaults ? [...values, ...defaultValues(unit, values)] : values,
    dead: deadLines(unit, overruled),
    refusal: notLoaded(unit),
  }
}

/** The lines that count; of a unit that is not loaded, those before the end of its reading. */
function linesInForce(unit: LoadedUnit): readonly Line[] {
  const {lines, ending} = reading(unit)
  const last = ending ? lines.findIndex(({complaints}) => complaints.includes(ending)) : -1
  return lines.filter(({state, order}) => state === 'counts' && (last === -1 || order < last))
}

/**
 * A priority behind the policy that it is for, wherever that was set last: else systemd would not
 * take it (systemd.exec(5), "CPUSchedulingPriority=").
 */
function inForceOrder(lines: readonly Line[]): readonly Line[] {
  const last = (key: string): Line | undefined =>
    lines.find(({assignment}) => assignment.key === key)
  const [policy, priority] = [last('CPUSchedulingPolicy'), last('CPUSchedulingPriority')]
  if (!policy || !priority || policy.order < priority.order) return lines
  return lines.flatMap((line) =>
    line === priority ? [] : line === policy ? [policy, priority] : [line],
  )
}
