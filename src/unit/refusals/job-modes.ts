import type {LoadedUnit} from '../load.ts'
import {readsNames} from '../references.ts'
import {valueOf, valuesOf} from '../value.ts'
import {refusedAt, type Refusal} from './refusal.ts'

/**
 * More than one unit that is to be started alone when the unit fails or succeeds; undefined where
 * there is none (systemd.unit(5), "OnFailureJobMode="). Slices and devices cannot fail.
 */
export function refusedJobModes(unit: LoadedUnit): Refusal | undefined {
  if (unit.type === 'slice' || unit.type === 'device') return undefined
  for (const [key, since] of [
    ['OnFailure', 0],
    ['OnSuccess', 249],
  ] as const) {
    const mode = valueOf(unit, `${key}JobMode`)
    if (unit.target.version < since || !mode || (mode.value !== 'isolate' && mode.boolean !== true))
      continue
    const named = valuesOf(unit, key).flatMap((value) =>
      readsNames(value, unit).map(({name}) => name),
    )
    const others = new Set(named.filter((name) => !unit.names.includes(name)))
    if (others.size > 1)
      return refusedAt(`\`${mode.key}=${mode.value}\` with more than one unit in \`${key}=\``, mode)
  }
  return undefined
}
