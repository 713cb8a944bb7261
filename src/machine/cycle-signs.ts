import {dependencies} from './dependencies.ts'
import type {DependencyKind} from './dependencies.ts'
import {mountNeeds, mountsAbove} from './mounts.ts'
import {hasDefaults} from './parts.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {query} from '../unit/query.ts'
import {components} from './components.ts'
import {isTemplate, readsNames, templateOf} from './references.ts'

/**
 * Whether some units and those of systemd's boot might wait for each other in a circle: cheap to tell, and false only where `cycles` finds none.
 *
 * It takes each dependency that could order two units for one that does, whatever else would have to be so.
 */
export function mayHaveCycle(units: readonly LoadedUnit[], boot: readonly LoadedUnit[]): boolean {
  const own = units.filter(({name}) => !isTemplate(name))
  const written = own.flatMap(orderings)
  const {names: bootNames, after, apart} = bootOrder(boot)
  // What an instance depends on only its name tells.
  const templates = new Set(units.flatMap(({names}) => names.filter(isTemplate)))
  const isOfTemplate = (name: string): boolean => templates.has(templateOf(name))
  if (templates.size > 0 && (bootNames.some(isOfTemplate) || written.some((edge) => edge.some(isOfTemplate)))) return true
  if (written.some((edge) => edge.some((name) => apart.has(name)))) return true
  const real = new Map(own.flatMap(({names, name}) => names.map((alias) => [alias, name] as const)))
  const named = new Set([...written.flat(), ...real.keys()])
  const implied = [...named].flatMap((before) => [...(after.get(before) ?? [])].filter((name) => named.has(name)).map((name): Edge => [before, name]))
  const places = new Map<string, number>()
  const next: Array<Map<number, true>> = []
  const placeOf = (alias: string): number => {
    const name = real.get(alias) ?? alias
    const place = places.get(name) ?? next.push(new Map()) - 1
    places.set(name, place)
    return place
  }
  for (const [before, later] of [...written, ...implied]) {
    const [from, to] = [placeOf(before), placeOf(later)]
    if (from !== to) next[from]?.set(to, true)
  }
  const ours = new Set(own.map(({name}) => placeOf(name)))
  return components(next).some((group) => group.length > 1 && group.some((place) => ours.has(place)))
}

type Edge = readonly [before: string, after: string]

function orderings(unit: LoadedUnit): Edge[] {
  const {name, type} = unit
  const found: Edge[] = []
  const awaited = new Set<string>()
  for (const {kind, name: other} of dependencies(unit)) {
    if (kind === 'After') {
      found.push([other, name])
      awaited.add(other)
    } else if (kind === 'Before') found.push([name, other])
    else if (type === 'target' && pulling.has(kind)) found.push([other, name])
  }
  for (const {path} of mountNeeds(unit)) for (const mount of mountsAbove(path)) found.push([mount, name])
  if (!hasDefaults(unit)) return found
  // No target waits for what waits for it.
  for (const key of ['WantedBy', 'RequiredBy', 'UpheldBy'])
    for (const origin of unit.assignments('Install', key))
      for (const {name: target} of readsNames(origin, unit)) if (!awaited.has(target)) found.push([name, target])
  return found
}

const pulling: ReadonlySet<DependencyKind> = new Set(['Requires', 'Requisite', 'Wants', 'BindsTo', 'Upholds'])

/** The units of the boot, and those that come after each, however far; the same are looked at with every family. */
interface BootOrder {
  readonly names: readonly string[]
  readonly after: ReadonlyMap<string, ReadonlySet<string>>
  /** Services that no other pulls in, such as breakpoints: they order nothing unless somebody names them. */
  readonly apart: ReadonlySet<string>
}

const bootOrder = query((boot: readonly LoadedUnit[]): BootOrder => {
  const next = new Map<string, string[]>()
  const pulled = new Set(boot.flatMap((unit) => dependencies(unit).flatMap(({kind, name}) => (pulling.has(kind) ? [name] : []))))
  const apart = boot.filter(({type, names}) => type === 'service' && !names.some((name) => pulled.has(name)))
  for (const [before, later] of boot.filter((unit) => !apart.includes(unit)).flatMap(orderings)) next.set(before, [...(next.get(before) ?? []), later])
  const after = new Map([...next].map(([name, direct]) => [name, reach(direct, next)] as const))
  return {names: [...new Set([...next.keys(), ...[...next.values()].flat()])], after, apart: new Set(apart.flatMap(({names}) => names))}
})

function reach(from: readonly string[], next: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const seen = new Set(from)
  for (const name of seen) for (const other of next.get(name) ?? []) seen.add(other)
  return seen
}
