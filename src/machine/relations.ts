import type {LoadedUnit} from '../unit/load.ts'
import {query} from '../unit/query.ts'
import type {Dependency} from './dependency.ts'
import type {Tie, Summary} from './summary.ts'
import type {Units} from './units.ts'

/** A unit and what it has to do with another. */
export interface Mention {
  readonly by: Pick<LoadedUnit, 'name'>
  readonly kind: Dependency['kind'] | 'Also'
}

/** Units by the name of what they have to do with. */
type ByName = ReadonlyMap<string, readonly Summary[]>

/** Who starts a unit: see `Machine.activators`. */
export function activatorsOf(name: string, units: Units): readonly LoadedUnit[] {
  return loaded(startersOf(units.all()).get(name), units)
}

/** Who keeps the shared memory of a user: see `Machine.keepingIpcOf`. */
export function ipcKeepersOf(user: string, units: Units): readonly LoadedUnit[] {
  return loaded(keepersOf(units.services()).get(user), units)
}

/** Who owns a name on the bus: see `Machine.owningBusName`. */
export function busNameOwnersOf(name: string, units: Units): readonly LoadedUnit[] {
  return loaded(ownersOf(units.services()).get(name), units)
}

/** Who uses a directory below `/run`, or one in it: see `Machine.usingRuntime`. */
export function runtimeUsersOf(path: string, units: Units): readonly LoadedUnit[] {
  return loaded(usersOfRuntime(units.all()).get(path)?.slice(0, mostUsers), units)
}

/** Nobody is told of more, and each is loaded. */
const mostUsers = 10

/** Who has to do with a unit: see `Machine.mentions`. */
export function mentionsOf(name: string, units: Units): readonly Mention[] {
  return [...mentioning(name, units)].flatMap((unit) => {
    const {ties, usual, also} = unit
    const kinds = new Set(
      [...ties, ...usual].flatMap((tie) => (tie.name === name ? [tie.kind] : [])),
    )
    return [
      ...[...kinds].map((kind) => ({by: unit, kind})),
      ...also.flatMap((other) => (other === name ? [{by: unit, kind: 'Also' as const}] : [])),
    ]
  })
}

const startersOf = query((all: readonly Summary[]): ByName => by(all, ({activates}) => activates))
const keepersOf = query((all: readonly Summary[]): ByName => by(all, ({keptUser}) => keptUser))
const usersOfRuntime = query((all: readonly Summary[]): ByName =>
  by(all, ({mounts}) => mounts.flatMap(({path}) => runtimeFolders(path))),
)
const ownersOf = query((all: readonly Summary[]): ByName => by(all, ({busName}) => busName))

/**
 * By the names that they say themselves: what nearly all have in common would be a long list for
 * each.
 */
const tiedTo = query((all: readonly Summary[]): ByName =>
  by(all, ({ties, also}) => [...ties.map(({name}) => name), ...also]),
)
const having = query((all: readonly Summary[]): ReadonlyMap<readonly Tie[], readonly Summary[]> =>
  grouped(all, ({usual}) => [usual]),
)

/** The units that name one, in their order. */
function mentioning(name: string, units: Units): Iterable<Summary> {
  const usual = [...having(units.all())]
    .filter(([ties]) => ties.some((tie) => tie.name === name))
    .flatMap(([, its]) => its)
  const own = tiedTo(units.all()).get(name) ?? []
  if (usual.length === 0) return own
  const all = new Set([...own, ...usual])
  return units.all().filter((unit) => all.has(unit))
}

/** A path below `/run`, and the folders there that it lies in. */
function runtimeFolders(path: string): readonly string[] {
  const [, first, ...parts] = path.split('/', mostParts)
  return first === 'run'
    ? parts.map((_, index) => `/run/${parts.slice(0, index + 1).join('/')}`)
    : []
}

const mostParts = 8

function loaded(some: readonly Summary[] | undefined, units: Units): readonly LoadedUnit[] {
  return (some ?? []).flatMap(({name}) => {
    const unit = units.load(name)
    return unit && unit !== 'masked' ? [unit] : []
  })
}

function by(
  units: readonly Summary[],
  keysOf: (unit: Summary) => Iterable<string> | string | undefined,
): ByName {
  return grouped(units, (unit) => {
    const keys = keysOf(unit)
    return typeof keys === 'string' ? [keys] : (keys ?? [])
  })
}

function grouped<Key>(
  units: readonly Summary[],
  keysOf: (unit: Summary) => Iterable<Key>,
): ReadonlyMap<Key, readonly Summary[]> {
  const groups = new Map<Key, Summary[]>()
  for (const unit of units) {
    for (const key of keysOf(unit)) {
      const same = groups.get(key)
      // A unit may have a key more than once.
      if (same && same.at(-1) !== unit) same.push(unit)
      else if (!same) groups.set(key, [unit])
    }
  }
  return groups
}
