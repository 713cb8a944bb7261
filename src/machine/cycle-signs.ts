import {pulling} from './among.ts'
import {mountsAbove} from '../unit/mount-needs.ts'
import {bootOrder} from '../facts/data/boot-order.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {query} from '../unit/query.ts'
import {components} from './components.ts'
import {edgesOf} from './edges.ts'
import type {Manager} from './provided-units.ts'
import {isTemplate, templateOf} from '../unit/references.ts'
import {summary} from './summary.ts'
import type {Summary} from './summary.ts'

/**
 * Whether some units and those of systemd's boot might wait for each other in a circle: cheap to
 * tell, and false only where `cycles` finds none.
 *
 * It takes each dependency that could order two units for one that does, whatever else would have
 * to be so.
 */
export function mayHaveCycle(units: readonly Summary[], {manager}: Manager): boolean {
  const own = units.filter(({name}) => !isTemplate(name))
  const written = own.flatMap(orderings)
  const boot = manager === 'system' ? unpacked(bootOrder) : nothing
  // What an instance depends on only its name tells.
  const templates = new Set(units.flatMap(({names}) => names.filter(isTemplate)))
  const isOfTemplate = (name: string): boolean => templates.has(templateOf(name))
  if (
    templates.size > 0 &&
    (boot.names.some(isOfTemplate) || written.some((edge) => edge.some(isOfTemplate)))
  )
    return true
  if (written.some((edge) => edge.some((name) => boot.apart.has(name)))) return true
  const real = new Map(own.flatMap(({names, name}) => names.map((alias) => [alias, name] as const)))
  const named = new Set([...written.flat(), ...real.keys()])
  // From what no line leads to, no circle goes on; what the boot leads to, it leads to at once.
  const entered = new Set([...written.map(([, later]) => later), ...real.keys()])
  const implied = [...entered].flatMap((before) =>
    [...reach(before, boot)]
      .filter((name) => named.has(name))
      .map((name): OrderedPair => [before, name]),
  )
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
  return components(edgesOf(next.map((later) => [...later.keys()]))).some(
    (group) => group.length > 1 && group.some((place) => ours.has(place)),
  )
}

type OrderedPair = readonly [before: string, after: string]

function orderings({
  name,
  type,
  ties,
  usual,
  mounts,
  hasDefaults,
  installs,
}: Summary): OrderedPair[] {
  const found: OrderedPair[] = []
  const awaited = new Set<string>()
  for (const {kind, name: other} of [...ties, ...usual]) {
    if (kind === 'After') {
      found.push([other, name])
      awaited.add(other)
    } else if (kind === 'Before') found.push([name, other])
    else if (type === 'target' && pulling.has(kind)) found.push([other, name])
  }
  for (const {path} of mounts) for (const mount of mountsAbove(path)) found.push([mount, name])
  // No target waits for what waits for it.
  if (hasDefaults)
    for (const {name: target} of installs) if (!awaited.has(target)) found.push([name, target])
  return found
}

/**
 * What units of the boot wait for which, and the services that nothing starts: the source of
 * `bootOrder`.
 */
export function bootEdges(boot: readonly LoadedUnit[]): {
  readonly edges: readonly OrderedPair[]
  readonly apart: ReadonlySet<string>
} {
  const pulled = new Set(
    boot.flatMap((unit) =>
      summary(unit).ties.flatMap(({kind, name}) => (pulling.has(kind) ? [name] : [])),
    ),
  )
  const apart = boot.filter(
    (unit) =>
      unit.type === 'service' &&
      summary(unit).installs.length === 0 &&
      !unit.names.some((name) => pulled.has(name)),
  )
  const edges = boot
    .filter((unit) => !apart.includes(unit))
    .flatMap((unit) => orderings(summary(unit)))
  return {edges, apart: new Set(apart.flatMap(({names}) => names))}
}

const none: readonly string[] = []

/** The order of the boot, unpacked. */
interface BootOrder {
  readonly names: readonly string[]
  /** Those that come right after one. */
  readonly after: (name: string) => readonly string[]
  readonly apart: ReadonlySet<string>
}

const unpacked = query((packed: typeof bootOrder): BootOrder => {
  const names = packed.names.split(' ')
  const lines = packed.after.split(',')
  // Of most nobody asks.
  const known = new Map<string, readonly string[]>()
  const after = (name: string): readonly string[] => {
    let found = known.get(name)
    if (found) return found
    const line = lines[names.indexOf(name)]
    if (line === undefined || line === '') return none
    found = line.split(' ').map((place) => names[Number(place)] ?? '')
    known.set(name, found)
    return found
  }
  return {names, after, apart: new Set(packed.apart.split(' '))}
})

/** Users' managers have no boot of their own. */
const nothing: BootOrder = {names: [], after: () => none, apart: new Set()}

/** All that come after a unit, however far. */
function reach(name: string, {after}: BootOrder): ReadonlySet<string> {
  const seen = new Set(after(name))
  for (const other of seen) for (const later of after(other)) seen.add(later)
  return seen
}
