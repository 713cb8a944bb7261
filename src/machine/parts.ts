import type {Dependency, DependencyKind, DependencyOrigin} from './dependencies.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {settings} from '../unit/settings.ts'
import {parseBoolean} from '../values/boolean.ts'

/** Whether `DefaultDependencies=` is on (systemd.unit(5)). */
export function hasDefaults(unit: LoadedUnit): boolean {
  const decides = unit.assignments('Unit', 'DefaultDependencies').findLast(({value}) => parseBoolean(value) !== undefined)
  return !decides || parseBoolean(decides.value) === true
}

/** Whether systemd sets up the environment of programs for the unit: a socket may have none. */
export function runsPrograms({type, all}: LoadedUnit): boolean {
  return (
    type === 'service' ||
    type === 'mount' ||
    type === 'swap' ||
    (type === 'socket' && all('Socket').some(({key, value}) => key.startsWith('Exec') && value !== ''))
  )
}

/** Whether the unit's own `/tmp` lies in the machine's (systemd.exec(5), "PrivateTmp="). */
export function sharesTmp(unit: LoadedUnit): boolean {
  const {value} = settings(unit).PrivateTmp
  return value === 'yes' || value === 'connected'
}

/** One unit in several ways. */
export function each(kinds: readonly DependencyKind[], name: string, origin: DependencyOrigin): readonly Dependency[] {
  return kinds.map((kind) => ({kind, name, origin}))
}
