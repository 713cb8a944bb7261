import type {AccessId} from '../facts/accesses.ts'
import type {SettingKey} from '../unit/settings.ts'
import {settingKeys} from '../unit/settings.ts'
import type {Unit} from './unit.ts'

/** What all lines of a directive that are in force deny together; where there is none, what others imply for it. */
export function deniedBy(unit: Unit, directive: string): ReadonlySet<AccessId> {
  const values = unit.values(directive).map(({value}) => value)
  if (lists.has(directive)) return deniedByList(unit, directive, values)
  return new Set(unit.denies(directive, values.at(-1) ?? impliedFor(unit, directive) ?? ''))
}

/** The value in force of a directive that is not written and whose values are words or a mask. */
function impliedFor(unit: Unit, directive: string): string | undefined {
  const key = settingKeys.find((known): known is SettingKey => known === directive)
  const value = key && unit.settings[key].value
  if (typeof value === 'number') return value.toString(8).padStart(4, '0')
  return typeof value === 'string' ? value : undefined
}

/** Lines that allow add up, and what one of them allows no other denies. */
function deniedByList(unit: Unit, directive: string, values: readonly string[]): ReadonlySet<AccessId> {
  const denied = (value: string): readonly AccessId[] => unit.denies(directive, value)
  const inverted = values.filter((value) => value.startsWith('~'))
  const allowing = values.filter((value) => !value.startsWith('~'))
  // Lines that allow take back some of what others deny before.
  if (values[0]?.startsWith('~') && allowing.length > 0) return new Set()
  const [first = [], ...rest] = allowing.map(denied)
  const common = first.filter((access) => rest.every((other) => other.includes(access)))
  return new Set([...common, ...inverted.flatMap(denied)])
}

/** The directives whose lines add up, and whose values may be inverted. */
const lists: ReadonlySet<string> = new Set(['CapabilityBoundingSet', 'RestrictAddressFamilies', 'RestrictNamespaces', 'SystemCallFilter'])
