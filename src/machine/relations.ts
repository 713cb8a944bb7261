import type {LoadedUnit} from '../unit/load.ts'
import {query} from '../unit/query.ts'
import {settings} from '../unit/settings.ts'
import type {Assignment} from '../unit/unit.ts'
import {valueOf, valuesOf} from '../unit/value.ts'
import {activation} from './activation.ts'
import {dependencies} from './dependencies.ts'
import type {Dependency} from './dependencies.ts'
import type {Machine} from './machine.ts'
import {isTemplate, readsNames} from './references.ts'

/** A unit and what it has to do with another. */
export interface Mention {
  readonly by: LoadedUnit
  readonly kind: Dependency['kind'] | 'Also'
}

/** Units by the name of what they have to do with. */
type ByName = ReadonlyMap<string, readonly LoadedUnit[]>

/** Who starts each unit: see `Machine.activators`. */
export const activatorsOf = query(({units}: Machine): ByName => activatorsAmong(units))

/** Who keeps the shared memory of each user: see `Machine.keepingIpcOf`. */
export const ipcKeepersOf = query(({units}: Machine): ByName => by(units, keptUserOf))

/** Who owns each name on the bus: see `Machine.owningBusName`. */
export const nameOwnersOf = query(({units}: Machine): ByName => by(units, (unit) => busNameOf(unit)?.value))

/** Who has to do with each unit: see `Machine.mentions`. */
export const mentionsOf = query(({units}: Machine): ReadonlyMap<string, readonly Mention[]> => mentionsAmong(units))

function keptUserOf(unit: LoadedUnit): string | undefined {
  // Few write it, and what is not written does not count.
  if (unit.type !== 'service' || unit.assignments('Service', 'RemoveIPC').length === 0) return undefined
  const {RemoveIPC, DynamicUser, User} = settings(unit)
  if (RemoveIPC.value === 'yes' || RemoveIPC.origin.kind !== 'written') return undefined
  return DynamicUser.value === 'no' ? User.value : undefined
}

/** The line that gives a service its name on the bus. */
export function busNameOf(unit: LoadedUnit): Assignment | undefined {
  const name = unit.type === 'service' && !isTemplate(unit.name) ? valueOf(unit, 'BusName') : undefined
  return name?.value.includes('%') ? undefined : name
}

function by(units: readonly LoadedUnit[], keyOf: (unit: LoadedUnit) => string | undefined): ByName {
  return grouped(
    units.flatMap((unit) => {
      const key = keyOf(unit)
      return key === undefined ? [] : [[key, unit] as const]
    }),
  )
}

function activatorsAmong(units: readonly LoadedUnit[]): ByName {
  return grouped(
    units.flatMap((unit) => [
      ...[activation(unit)].flatMap((its) => (its ? [[its.name, unit] as const] : [])),
      ...valuesOf(unit, 'Sockets').flatMap((origin) => readsNames(origin, unit).map(({name}) => [name, unit] as const)),
    ]),
  )
}

function mentionsAmong(units: readonly LoadedUnit[]): ReadonlyMap<string, readonly Mention[]> {
  const mention = (by: LoadedUnit, kind: Mention['kind'], name: string) => [name, {by, kind}] as const
  return grouped(
    units.flatMap((by) => [
      ...dependencies(by).map(({kind, name}) => mention(by, kind, name)),
      ...valuesOf(by, 'Also').flatMap((origin) => readsNames(origin, by).map(({name}) => mention(by, 'Also', name))),
    ]),
  )
}

function grouped<Item>(pairs: ReadonlyArray<readonly [key: string, item: Item]>): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>()
  for (const [key, item] of pairs) {
    const same = groups.get(key)
    if (same) same.push(item)
    else groups.set(key, [item])
  }
  return groups
}
