import type {Dependency, DependencyKind} from './dependency.ts'
import {dependencies, kindsTo} from './dependencies.ts'
import {mountNeeds, mountsAbove} from '../unit/mount-needs.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {summary} from './summary.ts'
import type {Summary} from './summary.ts'

/** Units that may depend on each other. */
export interface Family {
  find(name: string): Summary | 'masked' | undefined
}

/**
 * The dependencies of a unit among others: its own, those on mounts of paths that it uses, and of a
 * target on what it pulls in (systemd.target(5), "Default Dependencies").
 */
export function dependenciesAmong(unit: LoadedUnit, family: Family): readonly Dependency[] {
  const own = dependencies(unit)
  const more = [
    ...onMounts(unit, family),
    ...(unit.type === 'target' ? afterPulled(unit, own, family) : []),
  ]
  if (more.length === 0) return own
  const known = new Set(own.map(({kind, name}) => `${kind} ${name}`))
  return [...own, ...more.filter(({kind, name}) => !known.has(`${kind} ${name}`))]
}

function* onMounts(unit: LoadedUnit, family: Family): Iterable<Dependency> {
  for (const {kind, path, origin} of mountNeeds(unit)) {
    for (const name of mountsAbove(path)) {
      const mount = family.find(name)
      if (mount === 'masked' || mount?.name === unit.name) continue
      // The root is always mounted, without a file that could be required.
      if (mount || name === '-.mount') yield {kind: 'After', name, origin}
      if (mount) yield {kind, name, origin}
    }
  }
}

function* afterPulled(
  target: LoadedUnit,
  own: readonly Dependency[],
  family: Family,
): Iterable<Dependency> {
  for (const {kind, name, origin} of own) {
    const other = pulling.has(kind) ? family.find(name) : undefined
    if (other && other !== 'masked' && waitsFor(summary(target), other))
      yield {kind: 'After', name, origin}
  }
}

/**
 * Whether a target comes after a unit that it pulls in, as it does unless one of them says
 * otherwise (systemd.target(5), "Default Dependencies").
 */
export function waitsFor(target: Summary, other: Summary): boolean {
  if (target.type !== 'target' || !target.hasDefaults || !other.hasDefaults) return false
  if (other.names.some((name) => isTied(target, name, (kind) => kind === 'Before'))) return false
  // Of two targets that pull in each other, the one that is loaded first comes last.
  return !target.names.some((name) =>
    isTied(
      other,
      name,
      (kind) => kind === 'After' || (other.type === 'target' && pulling.has(kind)),
    ),
  )
}

function isTied(
  {ties, usual}: Summary,
  name: string,
  inSuchWay: (kind: DependencyKind) => boolean,
): boolean {
  return [ties, usual].some((some) =>
    some.length <= few
      ? some.some((tie) => tie.name === name && inSuchWay(tie.kind))
      : [...kindsTo(name, some)].some(inSuchWay),
  )
}

/** So many are looked through as fast as they are sorted. */
const few = 12

/** Not `PartOf`: what comes of it depends on which unit systemd happens to load first. */
export const pulling: ReadonlySet<DependencyKind> = new Set([
  'Requires',
  'Requisite',
  'Wants',
  'BindsTo',
  'Upholds',
])
