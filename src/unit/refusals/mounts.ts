import {isUnitName} from '../../values/units.ts'
import type {LoadedUnit} from '../load.ts'
import {mountNeeds, mountsAbove} from '../mount-needs.ts'
import {refusedAt, type Refusal} from './refusal.ts'

/**
 * A path that the unit needs the mounts of, which are too deep or too long for names of units;
 * undefined where there is none. Since 249 systemd looks for no such mount.
 */
export function refusedMounts(unit: LoadedUnit): Refusal | undefined {
  if (unit.target.version >= 249) return undefined
  const need = mountNeeds(unit).find(({path}) => !mountsAbove(path).every(isUnitName))
  if (!need) return undefined
  const {origin} = need
  return origin === 'implicit'
    ? {reason: 'path that is too long for the name of a mount'}
    : refusedAt(`path in \`${origin.key}=\` that is too long for the name of a mount`, origin)
}
