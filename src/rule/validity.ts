import {fileSections} from '../facts/data/directives.ts'
import type {UnitType} from '../facts/unit-types.ts'
import {valueFacts} from '../facts/rows.ts'
import {validate} from '../values/validate.ts'
import {complaintOfEmpty} from '../unit/read/uses.ts'
import type {Unit} from './unit.ts'

/** Whether the target's systemd would take a value of a directive without complaint. */
export function isValid(unit: Unit, section: string, key: string, value: string): boolean {
  const facts = valueFacts(section, key, unit.target.version)
  if (!facts || value === '') return false
  const faults = validate(value, {
    facts,
    version: unit.target.version,
    manager: unit.manager,
    unitType: unit.type,
    unitName: unit.name,
    section,
    memory: new Set(),
  })
  return [...faults].length === 0
}

/** Whether the target's systemd would take the empty value of a directive without complaint. */
export function isEmptyValid(unit: Unit, section: string, key: string): boolean {
  const facts = valueFacts(section, key, unit.target.version)
  return facts !== undefined && complaintOfEmpty({facts, version: unit.target.version}) === undefined
}

/** The sections that systemd reads in a unit of some type. */
export function sectionsOf(type: UnitType): readonly string[] {
  return fileSections[type] ?? []
}
