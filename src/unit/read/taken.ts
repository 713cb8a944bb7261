import {itself, indexed, type LoadedUnit} from '../load.ts'
import {query} from '../query.ts'
import type {AssignmentSource} from '../unit.ts'
import {reading, type Line} from './reading.ts'

/**
 * The unit with the lines in force alone, as far as they count, and those that took something back.
 */
export const taken = query((unit: LoadedUnit): AssignmentSource => {
  const {lines} = reading(unit)
  if (lines.every((line) => isTaken(line) && line.counted === line.assignment)) return unit
  const {name, type, manager, target} = unit
  return {
    name,
    type,
    manager,
    target,
    ...indexed(lines.filter(isTaken).map(({counted}) => counted)),
  }
}, itself)

function isTaken({state}: Line): boolean {
  return state === 'counts' || state === 'resets' || state === 'idle'
}
