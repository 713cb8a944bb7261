import {complaintOfEmpty} from '../unit/read/uses.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {dialectOf} from '../values/dialect.ts'
import type {ValueFault} from '../values/fault.ts'

/** Whether the target's systemd would take a value of a directive without complaint. */
export function isValid(unit: LoadedUnit, section: string, key: string, value: string): boolean {
  return value !== '' && faultsIn(unit, section, key, value)?.length === 0
}

/**
 * What the target's systemd would complain of in a value of a directive; undefined for a directive
 * that it does not know.
 */
export function faultsIn(
  unit: Pick<LoadedUnit, 'target' | 'manager' | 'type' | 'name'>,
  section: string,
  key: string,
  value: string,
): readonly ValueFault[] | undefined {
  const facts = dialectOf(unit.target).row(section, key, unit.target.version)
  if (!facts) return undefined
  const faults = dialectOf(unit.target).grammar(value, {
    facts,
    version: unit.target.version,
    manager: unit.manager,
    unitType: unit.type,
    unitName: unit.name,
    section,
    memory: new Set(),
  })
  return [...faults]
}

/** Whether the target's systemd would take the empty value of a directive without complaint. */
export function isEmptyValid(unit: LoadedUnit, section: string, key: string): boolean {
  const facts = dialectOf(unit.target).row(section, key, unit.target.version)
  return (
    facts !== undefined && complaintOfEmpty({facts, version: unit.target.version}) === undefined
  )
}

/** The sections that systemd reads in a unit. */
export function sectionsOf({type, target}: Pick<LoadedUnit, 'type' | 'target'>): readonly string[] {
  return dialectOf(target).types[type] ?? []
}
