import {contextWith} from '../values/context.ts'
import {cpuSet} from '../values/cpu.ts'
import {meaningOf} from '../values/fault.ts'
import type {LoadedUnit} from './load.ts'
import {emptyIn} from './read/number-sets.ts'
import {reading} from './read/reading.ts'

/** How many memory nodes a unit names by `NUMAMask=`. */
export type MemoryNodes =
  /** Nothing says. */
  | 'unset'
  /** A set without members. */
  | 'none'
  | 'one'
  | 'several'
  /** As many as the machine has. */
  | 'unknown'

/**
 * The memory nodes that `NUMAMask=` names (systemd.exec(5), "NUMAMask=").
 *
 * From 255 on systemd passes the set on as text, and an empty one is none, as with processors
 * (`leavesNoProcessor`).
 */
export function memoryNodes(unit: LoadedUnit): MemoryNodes {
  let isEmpty = false
  let least: bigint | undefined
  let most: bigint | undefined
  for (const {assignment, counted, facts, holds, state} of reading(unit).lines) {
    const {section, key} = assignment
    if (key !== 'NUMAMask' || state !== 'counts' || !facts) continue
    if (holds?.has(emptyIn(`${section}.${key}`)) === true) isEmpty = true
    const numbers = meaningOf(cpuSet, counted.value, contextWith(facts, unit, section))
    if (numbers === 'keyword') return 'unknown'
    for (const {first, last} of typeof numbers === 'object' ? numbers : []) {
      if (least === undefined || first < least) least = first
      if (most === undefined || last > most) most = last
    }
  }
  if (least !== undefined) return least === most ? 'one' : 'several'
  return isEmpty && unit.target.version < 255 ? 'none' : 'unset'
}
