import {activation} from '../machine/activation.ts'
import {mayHaveCycle} from '../machine/cycle-signs.ts'
import {cycles} from '../machine/cycles.ts'
import type {Cycle} from '../machine/cycles.ts'
import {dependencies} from '../machine/dependencies.ts'
import type {Dependency} from '../machine/dependencies.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {query} from '../unit/query.ts'
import {bootUnit} from '../machine/provided-units.ts'
import {isTemplate, readsNames} from '../machine/references.ts'
import type {Assignment} from '../unit/unit.ts'
import type {Others} from './others.ts'
import type {Unit} from './unit.ts'

/** What the units of a run are to each other. */
export interface Family {
  /** All that are in sight, the one that was asked about included. */
  readonly units: readonly Unit[]
  /** The ordering cycles among them and the units of systemd's boot. */
  readonly cycles: readonly Cycle[]
  /** The sockets, timers, paths and automounts that start a unit, and the services that list a socket, by its name. */
  activators(name: string): readonly Unit[]
  /** The services that run as a user, not a dynamic one, and say that its shared memory shall stay (`RemoveIPC=no`). */
  keepingIpcOf(user: string): readonly Unit[]
  /** The services that own a name on the bus, templates left out. */
  owningBusName(name: string): readonly Unit[]
  /** The units that depend on a unit in some way, by its name: by a line, a link, or because others enable it. */
  mentions(name: string): readonly Mention[]
}

/** A unit and what it has to do with another. */
export interface Mention {
  readonly by: Unit
  readonly kind: Dependency['kind'] | 'Also'
}

/** The family of a unit; all units in each other's sight have the same. */
export function familyOf(unit: Unit): Family {
  const own = unit.others.find(unit.name)
  return familyIn(own && own !== 'masked' ? unit.others : besides(unit))
}

/** A unit that the others do not know has a family of its own. */
const besides = query((unit: Unit): Others => {
  const {others} = unit
  return {...others, all: () => [...others.all(), unit], find: (name) => (unit.names.includes(name) ? unit : others.find(name))}
})

const familyIn = query((others: Others): Family => ({
  get units() {
    return unitsIn(others)
  },
  get cycles() {
    return cyclesIn(others)
  },
  activators: (name) => activatorsIn(others).get(name) ?? [],
  keepingIpcOf: (user) => keepersIn(others).get(user) ?? [],
  owningBusName: (name) => ownersIn(others).get(name) ?? [],
  mentions: (name) => mentionsIn(others).get(name) ?? [],
}))

const unitsIn = query((others: Others): readonly Unit[] => others.all().filter(({isPartial}) => !isPartial))
const activatorsIn = query((others: Others) => activatorsAmong(unitsIn(others)))
const keepersIn = query((others: Others) => by(unitsIn(others), keptUserOf))
const ownersIn = query((others: Others) => by(unitsIn(others), (unit) => busNameOf(unit)?.value))
const mentionsIn = query((others: Others) => mentionsAmong(unitsIn(others)))

/** What a machine does not show for sure is as systemd brings it, and every unit is taken for enabled. */
const cyclesIn = query((others: Others): readonly Cycle[] => {
  const {find, isComplete} = others
  const units = unitsIn(others)
  const [first] = units
  if (!first) return []
  const boot = new Map<string, LoadedUnit | undefined>()
  const bootUnitOf = (name: string): LoadedUnit | undefined => {
    if (!boot.has(name)) boot.set(name, bootUnit(name, first))
    return boot.get(name)
  }
  if (!isComplete && !mayHaveCycle(units)) return []
  const all = units.filter(({verdict}) => !verdict.refusal)
  const refused = new Set(units.filter(({verdict}) => verdict.refusal).flatMap(({names}) => names))
  return cycles(
    {all: () => all, find: (name) => (refused.has(name) ? undefined : (find(name) ?? (isComplete ? undefined : bootUnitOf(name))))},
    {isInstalled: !isComplete, isOwn: (unit) => boot.get(unit.name) !== unit},
  )
})

function keptUserOf({type, settings}: Unit): string | undefined {
  if (type !== 'service' || settings.RemoveIPC.value === 'yes' || settings.RemoveIPC.origin.kind !== 'written') return undefined
  return settings.DynamicUser.value === 'no' ? settings.User.value : undefined
}

/** The line that gives a service its name on the bus. */
export function busNameOf(unit: Unit): Assignment | undefined {
  const name = unit.type === 'service' && !isTemplate(unit.name) ? unit.value('BusName') : undefined
  return name?.value.includes('%') ? undefined : name
}

function by(units: readonly Unit[], keyOf: (unit: Unit) => string | undefined): ReadonlyMap<string, readonly Unit[]> {
  return grouped(
    units.flatMap((unit) => {
      const key = keyOf(unit)
      return key === undefined ? [] : [[key, unit] as const]
    }),
  )
}

function activatorsAmong(units: readonly Unit[]): ReadonlyMap<string, readonly Unit[]> {
  return grouped(
    units.flatMap((unit) => [
      ...[activation(unit)].flatMap((its) => (its ? [[its.name, unit] as const] : [])),
      ...unit.values('Sockets').flatMap((origin) => readsNames(origin, unit).map(({name}) => [name, unit] as const)),
    ]),
  )
}

function mentionsAmong(units: readonly Unit[]): ReadonlyMap<string, readonly Mention[]> {
  const mention = (by: Unit, kind: Mention['kind'], name: string) => [name, {by, kind}] as const
  return grouped(
    units.flatMap((by) => [
      ...dependencies(by).map(({kind, name}) => mention(by, kind, name)),
      ...by.values('Also').flatMap((origin) => readsNames(origin, by).map(({name}) => mention(by, 'Also', name))),
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
