import {dependenciesAmong, waitsFor} from './among.ts'
import {isWritten} from './dependencies.ts'
import type {Dependency, DependencyKind} from './dependencies.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {valuesOf} from '../unit/value.ts'
import {components} from './components.ts'
import {isTemplate, oneName, readsNames} from './references.ts'

/** Units among which cycles are looked for. */
export interface Relatives {
  /** All that have files. */
  all(): readonly LoadedUnit[]
  /** By a name or alias, an instance from its template. */
  find(name: string): LoadedUnit | 'masked' | undefined
}

/** One unit that has to start before another. */
export interface Ordering {
  readonly before: string
  readonly after: string
  /** Which of the two says so, and by what. */
  readonly by: LoadedUnit
  readonly dependency: Dependency
}

/** Units that each wait for the one before, the first for the last. */
export interface Cycle {
  /** In the order of starting: each step's `after` is the next one's `before`. */
  readonly steps: readonly Ordering[]
  /** The step to look at first: a line written in a unit; undefined where all of it is implied. */
  readonly closing: Ordering | undefined
}

/** How far to look. */
export interface CycleOptions {
  /** Take units with an `[Install]` section for enabled; else only links pull units in. */
  readonly isInstalled?: boolean
  /** The units whose start is looked at; default: every one. */
  readonly roots?: readonly string[]
  /** Whether a unit's lines can be to blame; default: every one's. */
  readonly isOwn?: (unit: LoadedUnit) => boolean
  /** Whether systemd does not load a unit; asked only of those in circles, and of those that pull such in. */
  readonly isRefused?: (unit: LoadedUnit) => boolean
}

/** Steps to take at most in looking which units are started together: enough for 10,000 units that are all in one cycle. */
const enough = 20_000_000

/**
 * The ordering cycles that systemd would find when it starts a unit with all that it pulls in, nothing of it running yet.
 *
 * It counts `After=` and `Before=`, written, implicit and default, among units that one unit's `Requires=`, `Wants=`, `BindsTo=`, `Upholds=`
 * and their links pull in together, itself included; a `Requisite=` joins in without what it pulls in itself. It does not count units that others
 * only trigger, nor stopping. Of cycles that share units, one after the other until none is left, the shortest through some unit first.
 */
export function cycles(relatives: Relatives, {isInstalled = false, roots, isOwn = () => true, isRefused = () => false}: CycleOptions = {}): readonly Cycle[] {
  const graph = loadedOnes(relatives, isInstalled, isRefused)
  const found: Cycle[] = []
  const tangles = tanglesOf(graph)
  const pulledBy = tangles.length > 0 ? inverse(graph.pulls, graph.verified) : []
  const given = roots?.flatMap((name) => graph.indexOf.get(name) ?? [])
  let effort = 0
  for (const members of tangles) {
    const known = new Set<string>()
    for (const root of given ?? rootsOf(members, pulledBy)) {
      const started = startedBy(root, graph)
      const together = members.filter((member) => started.has(member))
      const key = together.join(' ')
      effort += started.size + members.length
      if (together.length > 1 && !known.has(key)) {
        const its = among(together, graph, isOwn)
        effort += its.length * together.length
        for (const cycle of its) found.push(cycle)
      }
      known.add(key)
      if (effort > enough) return unique(found)
    }
  }
  return unique(found)
}

/** The graph without those units that are refused, as far as they matter: units that are left out tie no knots. */
function loadedOnes(relatives: Relatives, isInstalled: boolean, isRefused: (unit: LoadedUnit) => boolean): Graph {
  const refused = new Set<LoadedUnit>()
  let graph = graphOf(relatives, isInstalled, refused)
  for (const concerned of [inTangles, aboveTangles]) {
    const its = concerned(graph)
      .flatMap((index) => graph.units[index] ?? [])
      .filter(isRefused)
    if (its.length === 0) continue
    for (const unit of its) refused.add(unit)
    graph = graphOf(relatives, isInstalled, refused)
  }
  return graph
}

function tanglesOf({orders}: Graph): ReadonlyArray<readonly number[]> {
  return components(orders).filter((members) => members.length > 1)
}

function inTangles(graph: Graph): readonly number[] {
  return tanglesOf(graph).flat()
}

/** The units whose start may start some in tangles. */
function aboveTangles(graph: Graph): readonly number[] {
  const members = inTangles(graph)
  return members.length === 0 ? members : [...reach(members, inverse(graph.pulls, graph.verified))]
}

interface Graph {
  readonly units: readonly LoadedUnit[]
  readonly indexOf: ReadonlyMap<string, number>
  /** From a unit to those that wait for it, with the reason. */
  readonly orders: ReadonlyArray<Map<number, Ordering>>
  /** From a unit to those that its start pulls in. */
  readonly pulls: readonly number[][]
  /** From a unit to those that must be there already. */
  readonly verified: readonly number[][]
}

function graphOf(relatives: Relatives, isInstalled: boolean, refused: ReadonlySet<LoadedUnit>): Graph {
  const units: LoadedUnit[] = []
  const indexOf = new Map<string, number>()
  const found = new Map<string, LoadedUnit | undefined>()
  const family = {
    find(name: string): LoadedUnit | undefined {
      if (found.has(name)) return found.get(name)
      const unit = isTemplate(name) ? undefined : relatives.find(name)
      const counted = unit && unit !== 'masked' && !unit.isPartial && unit.isReadable && !refused.has(unit) ? unit : undefined
      found.set(name, counted)
      return counted
    },
  }
  const add = (name: string): number | undefined => {
    const known = indexOf.get(name)
    if (known !== undefined) return known
    const unit = family.find(name)
    if (!unit) return undefined
    const index = indexOf.get(unit.name) ?? units.push(unit) - 1
    for (const alias of [name, ...unit.names]) indexOf.set(alias, index)
    return index
  }
  for (const unit of relatives.all()) add(unit.name)
  // More are added on the way: instances of templates, and units that have no file of their own.
  const dependenciesOf: Array<readonly Dependency[]> = []
  const links: Array<readonly [target: number, unit: number, dependency: Dependency]> = []
  for (let index = 0; index < units.length; index++) {
    const unit = units[index]
    if (!unit) continue
    const its = dependenciesAmong(unit, family)
    dependenciesOf.push(its)
    for (const {kind, name} of its) if (relevant.has(kind)) add(name)
    for (const {target, dependency} of isInstalled ? installed(unit) : []) {
      const place = add(target)
      if (place !== undefined) links.push([place, index, dependency])
    }
  }
  const graph = {
    units,
    indexOf,
    orders: units.map(() => new Map<number, Ordering>()),
    pulls: units.map((): number[] => []),
    verified: units.map((): number[] => []),
  }
  for (const [index, unit] of units.entries()) {
    for (const dependency of dependenciesOf[index] ?? []) {
      const other = relevant.has(dependency.kind) ? add(dependency.name) : undefined
      if (other !== undefined && other !== index) connect(graph, index, other, unit, dependency)
    }
  }
  for (const [target, index, dependency] of links) {
    const [pulling, unit] = [units[target], units[index]]
    if (!pulling || !unit || target === index) continue
    graph.pulls[target]?.push(index)
    if (waitsFor(pulling, unit, dependenciesOf[target])) order(graph, index, target, unit, dependency)
  }
  return graph
}

function connect(graph: Graph, index: number, other: number, by: LoadedUnit, dependency: Dependency): void {
  if (dependency.kind === 'After') order(graph, other, index, by, dependency)
  else if (dependency.kind === 'Before') order(graph, index, other, by, dependency)
  else (dependency.kind === 'Requisite' ? graph.verified : graph.pulls)[index]?.push(other)
}

function order({units, orders}: Graph, from: number, to: number, by: LoadedUnit, dependency: Dependency): void {
  const [before, after, known] = [units[from], units[to], orders[from]]
  if (!before || !after || !known) return
  // A line that somebody wrote says more than what follows from the types.
  const is = known.get(to)
  if (!is || (!isWritten(is.dependency.origin) && isWritten(dependency.origin))) known.set(to, {before: before.name, after: after.name, by, dependency})
}

const relevant: ReadonlySet<DependencyKind> = new Set(['After', 'Before', 'Requires', 'Requisite', 'Wants', 'BindsTo', 'Upholds'])

/** What enabling a unit links, as a dependency of the unit that would pull it in. */
function* installed(unit: LoadedUnit): Iterable<{target: string; dependency: Dependency}> {
  for (const [key, kind] of [
    ['WantedBy', 'Wants'],
    ['RequiredBy', 'Requires'],
    ['UpheldBy', 'Upholds'],
  ] as const) {
    for (const {assignment: origin} of valuesOf(unit, key)) {
      for (const {name} of readsNames(origin, unit)) {
        const target = oneName(name, unit)
        if (target !== undefined) yield {target, dependency: {kind, name: unit.name, origin}}
      }
    }
  }
}

/** The units whose start says most about some others: those that pull them in and are not pulled in themselves, one where several pull in each other. */
function rootsOf(members: readonly number[], pulledBy: readonly number[][]): readonly number[] {
  const above = [...reach(members, pulledBy)]
  const place = new Map(above.map((index, at) => [index, at]))
  const upwards = above.map((index) => new Map((pulledBy[index] ?? []).map((other) => [place.get(other) ?? 0, other])))
  return components(upwards).flatMap((group) => {
    const own = new Set(group)
    const isTop = group.every((at) => [...(upwards[at]?.keys() ?? [])].every((other) => own.has(other)))
    return isTop ? [above[leastOf(group)] ?? 0] : []
  })
}

/** The least of the first members: enough to have one that is the same for the same group. */
function leastOf(group: readonly number[]): number {
  return group.slice(0, 1_000).reduce((one, other) => Math.min(one, other), Infinity)
}

function inverse(...all: ReadonlyArray<readonly number[][]>): readonly number[][] {
  const turned = (all[0] ?? []).map((): number[] => [])
  for (const next of all) for (const [index, others] of next.entries()) for (const other of others) turned[other]?.push(index)
  return turned
}

function startedBy(root: number, {pulls, verified}: Graph): ReadonlySet<number> {
  const started = reach([root], pulls)
  const all = new Set(started)
  for (const index of started) for (const other of verified[index] ?? []) all.add(other)
  return all
}

function reach(from: readonly number[], next: readonly number[][]): Set<number> {
  const seen = new Set(from)
  for (const index of seen) for (const other of next[index] ?? []) seen.add(other)
  return seen
}

/** Cycles among some units: each is found, opened where it closes, and the rest looked at again. */
function among(members: readonly number[], {orders, units}: Graph, isOwn: (unit: LoadedUnit) => boolean): Cycle[] {
  const found: Cycle[] = []
  const sorted = members.toSorted((one, other) => ((units[one]?.name ?? '') < (units[other]?.name ?? '') ? -1 : 1))
  const place = new Map(sorted.map((index, at) => [index, at]))
  const edges = sorted.map((index) => new Map([...(orders[index] ?? [])].flatMap(([to, step]) => (place.has(to) ? [[place.get(to) ?? 0, step] as const] : []))))
  let tangles = components(edges).filter((group) => group.length > 1)
  while (tangles.length > 0 && found.length < most) {
    for (const group of tangles) {
      const path = shortest(group, edges)
      if (!path) continue
      const steps = path.map(({step}) => step)
      const closing = closingOf(steps, isOwn)
      found.push({steps, closing})
      const opened = closing ?? steps.at(-1)
      for (const {from, to, step} of path) if (step === opened) edges[from]?.delete(to)
    }
    tangles = components(edges).filter((group) => group.length > 1)
  }
  return found
}

/** Of the lines in `[Unit]` that order units, the one in the unit that is last by name; else of other lines. */
function closingOf(steps: readonly Ordering[], isOwn: (unit: LoadedUnit) => boolean): Ordering | undefined {
  const written = steps.filter(({by, dependency}) => isWritten(dependency.origin) && isOwn(by))
  const explicit = written.filter(({dependency: {kind, origin}}) => isWritten(origin) && origin.section === 'Unit' && origin.key === kind)
  return (explicit.length > 0 ? explicit : written).toSorted((one, other) => (one.by.name < other.by.name ? -1 : 1)).at(-1)
}

/** Cycles to tell of among units that are started together: whoever has more begins with these. */
const most = 50

interface Edge {
  readonly from: number
  readonly to: number
  readonly step: Ordering
}

/** The shortest cycle through the first of some units that all reach each other, along the edges between them. */
function shortest(group: readonly number[], edges: ReadonlyArray<ReadonlyMap<number, Ordering>>): readonly Edge[] | undefined {
  const own = new Set(group)
  const start = leastOf(group)
  const cameBy = new Map<number, Edge>()
  const queue = [start]
  for (const from of queue) {
    for (const [to, step] of edges[from] ?? []) {
      if (!own.has(to)) continue
      if (to === start) return backFrom({from, to, step}, start, cameBy)
      if (cameBy.has(to)) continue
      cameBy.set(to, {from, to, step})
      queue.push(to)
    }
  }
  return undefined
}

function backFrom(last: Edge, start: number, cameBy: ReadonlyMap<number, Edge>): readonly Edge[] {
  const path = [last]
  for (let edge: Edge | undefined = last; edge && edge.from !== start;) {
    edge = cameBy.get(edge.from)
    if (edge) path.push(edge)
  }
  return path.toReversed()
}

/** For each line that closes cycles the shortest of them: mending the line mends all. Of wholly implied ones each once. */
function unique(found: readonly Cycle[]): readonly Cycle[] {
  const byLine = new Map<string, Cycle>()
  for (const cycle of found) {
    const {steps, closing} = cycle
    const key = closing
      ? `${closing.by.name} ${closing.before} ${closing.after}`
      : steps
          .map(({before}) => before)
          .toSorted()
          .join(' ')
    if (steps.length < (byLine.get(key)?.steps.length ?? Infinity)) byLine.set(key, cycle)
  }
  return [...byLine.values()]
}
