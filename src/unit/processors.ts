import type {Directive} from '../syntax/tree.ts'
import type {LoadedUnit} from './load.ts'
import {emptyIn} from './read/number-sets.ts'
import {reading} from './read/reading.ts'

/**
 * Whether a line leaves a unit without a processor to run on, so that what it starts fails (status
 * 215): seen in 247, 252 and 254. From 255 on systemd passes the set on as text, and an empty one
 * is none; seen in 257.
 */
export function leavesNoProcessor(line: Directive, unit: LoadedUnit): boolean {
  if (unit.target.version >= 255 || line.key !== 'CPUAffinity') return false
  return reading(unit).lines.some(
    ({assignment: {directive, section}, holds, state}) =>
      state === 'counts' &&
      directive === line &&
      holds?.has(emptyIn(`${section}.CPUAffinity`)) === true,
  )
}
