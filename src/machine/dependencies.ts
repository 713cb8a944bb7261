import type {DependencyKind, DependencyOrigin, Dependency} from './dependency.ts'
import {dependencyKinds} from './dependency.ts'
import {implied} from './implied.ts'
import {itself} from '../unit/load.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {query} from '../unit/query.ts'
import {valuesIn} from '../unit/value.ts'
import {oneName, readsNames} from '../unit/references.ts'
import type {Assignment} from '../unit/unit.ts'

/**
 * The dependencies of a unit as systemd has them once it is loaded, as far as the unit itself
 * tells: written, linked, implicit and default ones (systemd.unit(5) and the page of each type).
 * What depends on other units, too, is added by `relations`.
 *
 * Each once, the one with the weightier origin: written before linked before the others.
 */
export const dependencies = query((unit: LoadedUnit): readonly Dependency[] => {
  const found = new Map<string, Dependency>()
  for (const dependency of [...writtenIn(unit), ...linkedTo(unit), ...implied(unit)]) {
    const key = `${dependency.kind} ${dependency.name}`
    if (!found.has(key) && isPossible(dependency, unit)) found.set(key, dependency)
  }
  return [...found.values()]
}, itself)

/**
 * What a unit is to another of that name, by dependencies of it; none for one that it has nothing
 * to do with.
 */
export function kindsTo(
  name: string,
  all: ReadonlyArray<Pick<Dependency, 'kind' | 'name'>>,
): ReadonlySet<DependencyKind> {
  return kindsByName(all).get(name) ?? none
}

/** Of units that all name each other each is asked about all others. */
const kindsByName = query(
  (
    all: ReadonlyArray<Pick<Dependency, 'kind' | 'name'>>,
  ): ReadonlyMap<string, ReadonlySet<DependencyKind>> => {
    const byName = new Map<string, Set<DependencyKind>>()
    for (const {name, kind} of all) {
      const its = byName.get(name)
      if (its) its.add(kind)
      else byName.set(name, new Set([kind]))
    }
    return byName
  },
)

const none: ReadonlySet<DependencyKind> = new Set()

/**
 * Whether systemd takes a dependency: none on the unit itself, no order before a device, and
 * nothing upon failure for what cannot fail.
 */
export function isPossible(
  {kind, name}: Pick<Dependency, 'kind' | 'name'>,
  {names, type}: Pick<LoadedUnit, 'names' | 'type'>,
): boolean {
  if (names.includes(name)) return false
  if (kind === 'Before' && name.endsWith('.device')) return false
  return kind !== 'OnFailure' || (type !== 'slice' && type !== 'device')
}

/** Whether a dependency was written in a line of the unit. */
export function isWritten(origin: DependencyOrigin): origin is Assignment {
  return typeof origin === 'object' && 'directive' in origin
}

function* writtenIn(unit: LoadedUnit): Iterable<Dependency> {
  for (const {assignment: origin} of valuesIn(unit, 'Unit')) {
    const kind = dependencyKinds.get(origin.key)
    if (!kind) continue
    for (const {name} of readsNames(origin, unit)) yield {kind, name, origin}
  }
}

const linked = {wants: 'Wants', requires: 'Requires', upholds: 'Upholds'} as const

/** What links in folders make. */
export function* linkedTo(
  unit: Pick<LoadedUnit, 'pulls' | 'name' | 'manager' | 'target'>,
): Iterable<Dependency> {
  for (const origin of unit.pulls) {
    if (origin.kind === 'upholds' && unit.target.version < 254) continue
    const name = oneName(origin.name, unit)
    if (name !== undefined) yield {kind: linked[origin.kind], name, origin}
  }
}
