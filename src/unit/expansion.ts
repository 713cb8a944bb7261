import type {AssignmentSource} from './unit.ts'
import type {ValueFacts} from '../facts/directives.ts'
import {expandSpecifiers} from '../values/specifiers.ts'
import {parseUnitName} from '../values/unit-names.ts'

/**
 * A value with its specifiers replaced (systemd.unit(5), "specifiers"); undefined where it has
 * none, or one that only the machine or an instance knows.
 */
export function expansion(
  value: string,
  {specifiers}: ValueFacts,
  unit: AssignmentSource,
): string | undefined {
  if (specifiers === undefined || !value.includes('%')) return undefined
  const isTemplate = parseUnitName(unit.name).instance === ''
  const known = `${ofPrefix}${isTemplate ? '' : ofInstance}${unit.manager === 'system' ? ofSystem : ''}`
  for (const [, letter = ''] of value.matchAll(/%([A-Za-z0-9%])/g))
    if (!known.includes(letter)) return undefined
  const expanded = expandSpecifiers(value, unit)
  return expanded === value ? undefined : expanded
}

const ofPrefix = '%pPjJ'
const ofInstance = 'nNiIf'
/** Folders and the user of the system manager, which are the same everywhere. */
const ofSystem = 'CDEgGhLStTuUV'
