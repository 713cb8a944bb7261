import type {LoadedUnit} from './load.ts'
import {settings} from './settings.ts'
import {valueOf, valuesIn} from './value.ts'

/** Whether `DefaultDependencies=` is on (systemd.unit(5)). */
export function hasDefaults(unit: LoadedUnit): boolean {
  return valueOf(unit, 'DefaultDependencies')?.boolean ?? true
}

/** Whether systemd sets up the environment of programs for the unit: a socket may have none. */
export function runsPrograms(unit: LoadedUnit): boolean {
  const {type} = unit
  if (type === 'service' || type === 'mount' || type === 'swap') return true
  return type === 'socket' && valuesIn(unit, 'Socket').some(({key}) => key.startsWith('Exec'))
}

/** Whether the unit's own `/tmp` lies in the machine's (systemd.exec(5), "PrivateTmp="). */
export function sharesTmp(unit: LoadedUnit): boolean {
  const {value} = settings(unit).PrivateTmp
  return value === 'yes' || value === 'connected'
}
