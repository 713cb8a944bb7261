import {complaintOfEmpty} from '../unit/read/uses.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {dialectOf} from '../values/dialect.ts'
import type {ValueFault} from '../values/fault.ts'
import {parseUnitName} from '../values/unit-names.ts'

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

/**
 * Whether a template's line that systemd does not take as it is hangs on its instance: some may have
 * a name with which it does, such as a time of `OnCalendar=%i` or a port of `ListenStream=[::]:%i`.
 */
export function isLeftToInstances(
  {name, type, target, manager}: Pick<LoadedUnit, 'target' | 'manager' | 'type' | 'name'>,
  {section, key, value}: {readonly section: string; readonly key: string; readonly value: string},
): boolean {
  const {prefix, instance, suffix} = parseUnitName(name)
  if (instance !== '' || !/%[iI]/.test(value)) return false
  return likelyInstances.some((likely) => {
    const unit = {type, target, manager, name: `${prefix}@${likely}.${suffix}`}
    return faultsIn(unit, section, key, value)?.length === 0
  })
}

/** A number, which is a port, a processor and a time too; a time of the calendar; an address. */
const likelyInstances = ['1', 'daily', '127.0.0.1']

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
