import type {LoadedUnit} from './load.ts'
import type {Assignment} from './unit.ts'
import {isUnitName, mayHaveInstances, unitFields} from '../values/units.ts'
import {expandSpecifiers} from '../values/specifiers.ts'
import {parseUnitName} from '../values/unit-names.ts'
import {unitTypes} from '../facts/unit-types.ts'

/** A unit that a value names. */
export interface NamedUnit {
  /** With specifiers expanded; a template stands for an instance, see `oneName`. */
  readonly name: string
  /** Offsets in the logical value. */
  readonly start: number
  readonly end: number
}

/** The units that a value lists, those left out that systemd passes over (systemd.unit(5)). */
export function readsNames({key, value}: Assignment, unit: LoadedUnit): readonly NamedUnit[] {
  return unitFields(key, value, unit.target.version).fields.flatMap(({text, start, end}) => {
    const name = oneName(text, unit)
    return name === undefined ? [] : [{name, start, end}]
  })
}

/**
 * The unit that a word names: a template stands for the instance of the unit's own name; undefined
 * where systemd finds no name of a unit.
 */
export function oneName(
  word: string,
  unit: Pick<LoadedUnit, 'name' | 'manager' | 'target'>,
): string | undefined {
  const name = expandSpecifiers(word, unit)
  if (name === undefined || !isUnitName(name)) return undefined
  // Most names have no instance, and need not be taken apart.
  if (!name.includes('@')) return name
  const {prefix, instance, suffix} = parseUnitName(name)
  if (instance === undefined) return name
  if (!unitTypes.some((type) => type === suffix && mayHaveInstances(type))) return undefined
  if (instance !== '') return name
  const own = expandSpecifiers('%i', unit) ?? ''
  const resolved = `${prefix}@${own === '' ? parseUnitName(unit.name).prefix : own}.${suffix}`
  return isUnitName(resolved) ? resolved : undefined
}

/** Whether a name is of a template, which is no unit by itself. */
export function isTemplate(name: string): boolean {
  return name.includes('@') && parseUnitName(name).instance === ''
}

/** A template's name for an instance; the name itself for other units. */
export function templateOf(name: string): string {
  if (!name.includes('@')) return name
  const {prefix, instance, suffix} = parseUnitName(name)
  return instance === undefined ? name : `${prefix}@.${suffix}`
}
