import type {UnitType} from '../facts/unit-types.ts'
import {itself} from '../unit/load.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {query} from '../unit/query.ts'
import {settings} from '../unit/settings.ts'
import type {Assignment} from '../unit/unit.ts'
import {valueOf, valuesOf} from '../unit/value.ts'
import {activation} from './activation.ts'
import {dependencies} from './dependencies.ts'
import type {Dependency} from './dependency.ts'
import {mountNeeds} from '../unit/mount-needs.ts'
import type {MountNeed} from '../unit/mount-needs.ts'
import {hasDefaults} from '../unit/parts.ts'
import {isTemplate, oneName, readsNames} from '../unit/references.ts'

/** What one unit is to another, wherever it is said. */
export type Tie = Pick<Dependency, 'kind' | 'name'>

/**
 * What a unit is to others and nothing else of it: small enough to be kept of every unit in sight.
 */
export interface Summary {
  readonly name: string
  /** Its own first. */
  readonly names: readonly string[]
  readonly type: UnitType
  /** Whether its main file can be read to its end. */
  readonly isReadable: boolean
  /** Whether `DefaultDependencies=` is on. */
  readonly hasDefaults: boolean
  /** Its dependencies, but for those in `usual`. */
  readonly ties: readonly Tie[]
  /** Those that many have, kept once for all of them; some may be in `ties` too. */
  readonly usual: readonly Tie[]
  /** The paths whose mounts it needs; see `mountNeeds`. */
  readonly mounts: ReadonlyArray<Pick<MountNeed, 'kind' | 'path'>>
  /** The units that enabling it links it to, and how they then depend on it. */
  readonly installs: readonly Tie[]
  /** The units that are enabled with it. */
  readonly also: readonly string[]
  /** The units that it starts, and for a service the sockets that it lists. */
  readonly activates: readonly string[]
  /** The name that it owns on the bus, if it is no template. */
  readonly busName: string | undefined
  /** The user whose shared memory it keeps. */
  readonly keptUser: string | undefined
}

/** What a loaded unit is to others. */
export const summary = query((unit: LoadedUnit): Summary => {
  const {name, names, type, isReadable} = unit
  return {
    name,
    names,
    type,
    isReadable,
    hasDefaults: hasDefaults(unit),
    ties: dependencies(unit).map(({kind, name: other}) => ({kind, name: other})),
    usual: none,
    mounts: mountNeeds(unit).map(({kind, path}) => ({kind, path})),
    installs: [...installed(unit)].map(({target, dependency: {kind}}) => ({kind, name: target})),
    also: namesIn(unit, 'Also'),
    activates: [
      ...[activation(unit)].flatMap((its) => its?.name ?? []),
      ...namesIn(unit, 'Sockets'),
    ],
    busName: busNameOf(unit)?.value,
    keptUser: keptUserOf(unit),
  }
}, itself)

const none: readonly Tie[] = []

/** What `[Install]` makes of the units that pull a unit in once it is enabled. */
export const installing = [
  ['WantedBy', 'Wants'],
  ['RequiredBy', 'Requires'],
  ['UpheldBy', 'Upholds'],
] as const

/** What enabling a unit links, as a dependency of the unit that would pull it in. */
export function* installed(unit: LoadedUnit): Iterable<{target: string; dependency: Dependency}> {
  for (const [key, kind] of installing) {
    for (const {assignment: origin} of valuesOf(unit, key)) {
      for (const {name} of readsNames(origin, unit)) {
        const target = oneName(name, unit)
        if (target !== undefined) yield {target, dependency: {kind, name: unit.name, origin}}
      }
    }
  }
}

/** The line that gives a service its name on the bus. */
export function busNameOf(unit: LoadedUnit): Assignment | undefined {
  const name =
    unit.type === 'service' && !isTemplate(unit.name) ? valueOf(unit, 'BusName') : undefined
  return name?.value.includes('%') ? undefined : name
}

function keptUserOf(unit: LoadedUnit): string | undefined {
  // Few write it, and what is not written does not count.
  if (unit.type !== 'service' || unit.assignments('Service', 'RemoveIPC').length === 0)
    return undefined
  const {RemoveIPC, DynamicUser, User} = settings(unit)
  if (RemoveIPC.value === 'yes' || RemoveIPC.origin.kind !== 'written') return undefined
  return DynamicUser.value === 'no' ? User.value : undefined
}

function namesIn(unit: LoadedUnit, key: string): readonly string[] {
  return valuesOf(unit, key).flatMap((origin) => readsNames(origin, unit).map(({name}) => name))
}
