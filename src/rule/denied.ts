import type {AccessId} from '../facts/accesses.ts'
import {denials} from '../needs/denials.ts'
import {denialContext} from '../needs/denial-context.ts'
import {itself} from '../unit/load.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {query} from '../unit/query.ts'
import type {SettingKey} from '../unit/settings.ts'
import {settingKeys, settings} from '../unit/settings.ts'
import {valuesOf} from '../unit/value.ts'

/**
 * What all lines of a directive that are in force deny together; where there is none, what others
 * imply for it.
 */
export const deniedBy = query((unit: LoadedUnit, directive: string): ReadonlySet<AccessId> => {
  const values = valuesOf(unit, directive).map(({value}) => value)
  const context = denialContext(unit)
  const written =
    values.length > 0 || lists.has(directive) ? values : [impliedFor(unit, directive) ?? '']
  return deniedTogether(directive, written, (value) => denials(directive, value, context))
}, itself)

/**
 * What values of a directive that are in force deny together, given what a value denies: the lines
 * of lists add up, of the others the last one counts.
 */
export function deniedTogether(
  directive: string,
  values: readonly string[],
  denied: (value: string) => readonly AccessId[],
): ReadonlySet<AccessId> {
  if (!lists.has(directive)) return new Set(denied(values.at(-1) ?? ''))
  return new Set(values.length === 0 ? [] : denied(values.join('\n')))
}

/** The value in force of a directive that is not written and whose values are words or a mask. */
function impliedFor(unit: LoadedUnit, directive: string): string | undefined {
  const value = isSetting(directive) ? settings(unit)[directive].value : undefined
  if (typeof value === 'number') return value.toString(8).padStart(4, '0')
  return typeof value === 'string' ? value : undefined
}

const keys: ReadonlySet<string> = new Set(settingKeys)

function isSetting(directive: string): directive is SettingKey {
  return keys.has(directive)
}

/** The directives whose lines add up, and whose values may be inverted. */
const lists: ReadonlySet<string> = new Set([
  'CapabilityBoundingSet',
  'RestrictAddressFamilies',
  'RestrictNamespaces',
  'SystemCallFilter',
])
