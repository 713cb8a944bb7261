import type {Assignment, AssignmentSource} from './unit.ts'
import type {UnitType} from '../facts/unit-types.ts'
import {parseBoolean} from '../values/boolean.ts'

/** The section that holds what a unit executes; for units that execute nothing, one that they do not have. */
export function ownSection(type: UnitType): string {
  return sections[type] ?? 'Service'
}

const sections: Readonly<Partial<Record<UnitType, string>>> = {socket: 'Socket', mount: 'Mount', swap: 'Swap'}

/** The assignments of a list since it was last emptied. */
export function list(unit: AssignmentSource, key: string, section = ownSection(unit.type)): readonly Assignment[] {
  const all = unit.assignments(section, key)
  if (all.length === 0) return all
  return all.slice(all.findLastIndex((assignment) => assignment.value === '') + 1)
}

/** The assignment that decides a scalar; undefined when there is none or it is empty. */
export function last(unit: AssignmentSource, key: string, section = ownSection(unit.type)): Assignment | undefined {
  const found = unit.assignments(section, key).at(-1)
  return found?.value === '' ? undefined : found
}

/** The assignment that turns a boolean on; undefined when it is off. */
export function switchedOn(unit: AssignmentSource, key: string, section = ownSection(unit.type)): Assignment | undefined {
  const found = unit.assignments(section, key).findLast((assignment) => parseBoolean(assignment.value) !== undefined)
  return found && parseBoolean(found.value) === true ? found : undefined
}

/** The assignment that turns a boolean off; undefined when it is on or not set. */
export function switchedOff(unit: AssignmentSource, key: string, section = ownSection(unit.type)): Assignment | undefined {
  const found = unit.assignments(section, key).findLast((assignment) => parseBoolean(assignment.value) !== undefined)
  return found && parseBoolean(found.value) === false ? found : undefined
}
