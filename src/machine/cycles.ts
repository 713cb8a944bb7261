import {dependenciesAmong, waitsFor} from './among.ts'
import {isWritten} from './dependencies.ts'
import type {Dependency} from './dependency.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {components} from './components.ts'
import {edgesOf, inverse, reach} from './edges.ts'
import type {Edges} from './edges.ts'
import {query} from '../unit/query.ts'
import {graphOf} from './graph.ts'
import type {Graph, Relatives} from './graph.ts'
import {installed, summary} from './summary.ts'
import type {Summary} from './summary.ts'
import {twins} from './twins.ts'

/**
 * Units among which cycles are looked for, and what they say: that is asked only of those in
 * circles.
 */
export interface LoadableRelatives extends Relatives {
  load(unit: Summary): LoadedUnit | undefined
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
  /** The graph of all of them, where it is known. */
  readonly graph?: Graph | undefined
  /** The units whose start is looked at; default: every one. */
  readonly roots?: readonly string[]
  /** Whether a unit's lines can be to blame; default: every one's. */
  readonly isOwn?: (unit: LoadedUnit) => boolean
  /**
   * Whether systemd does not load a unit; asked only of those in circles, and of those that pull
   * such in: of several that are the same to the others until one is loaded.
   */
  readonly isRefused?: (unit: Summary) => boolean
}

/**
 * Steps to take at most in looking which units are started together: enough for 10,000 units that
 * are all in one cycle.
 */
const enough = 20_000_000

/**
 * The ordering cycles that systemd would find when it starts a unit with all that it pulls in,
 * nothing of it running yet.
 *
 * It counts `After=` and `Before=`, written, implicit and default, among units that one unit's
 * `Requires=`, `Wants=`, `BindsTo=`, `Upholds=` and their links pull in together, itself included;
 * a `Requisite=` joins in without what it pulls in itself. It does not count units that others only
 * trigger, nor stopping. Of cycles that share units, one after the other until none is left, the
 * shortest through some unit first.
 */
export function cycles(
  relatives: LoadableRelatives,
  {
    isInstalled = false,
    graph: all = graphOf(relatives, isInstalled),
    roots,
    isOwn = () => true,
    isRefused = () => false,
  }: CycleOptions = {},
): readonly Cycle[] {
  const graph = loadedOnes(all, isRefused)
  const found: Cycle[] = []
  const tangles = tanglesOf(graph)
  const given = roots?.flatMap((name) => graph.placeOf(name) ?? [])
  const pulledBy = given || tangles.length === 0 ? [] : pullersOf(graph)
  const reasonFor = reasons(graph, relatives, isInstalled)
  let effort = 0
  for (const members of tangles) {
    const known = new Set<string>()
    const own = new Set(members)
    const looked = new Set<string>()
    for (const root of given ?? rootsOf(members, pulledBy)) {
      const pulled = pulledByStart(root, own, graph)
      if (looked.has(pulled)) continue
      looked.add(pulled)
      const started = startedBy(root, graph)
      const together = members.filter((member) => started.has(member))
      const key = together.join(' ')
      effort += started.size + members.length
      if (together.length > 1 && !known.has(key)) {
        const its = among(together, graph, reasonFor, isOwn)
        effort += its.length * together.length
        for (const cycle of its) found.push(cycle)
      }
      known.add(key)
      if (effort > enough) return unique(found)
    }
  }
  return unique(found)
}

/**
 * The graph without those units that are refused, as far as they matter: units that are left out
 * tie no knots. Of units that are the same to the others it has one.
 */
function loadedOnes(all: Graph, isRefused: (unit: Summary) => boolean): Graph {
  const left = new Set(
    unitsAt(tanglesOf(all).flat(), all).flatMap((unit) => (isRefused(unit) ? [unit.name] : [])),
  )
  const graph = left.size === 0 ? all : all.without(left)
  const members = tanglesOf(graph).flat()
  if (members.length === 0) return graph
  const asked = new Set(members)
  const count = left.size
  for (const places of twins(members, graph)) {
    const units = unitsAt(places, graph)
    // Those in tangles are alone, and have been asked.
    const sound = asked.has(places[0] ?? -1) ? 0 : units.findIndex((unit) => !isRefused(unit))
    for (const [index, {name}] of units.entries()) if (index !== sound) left.add(name)
  }
  return left.size === count ? graph : graph.without(left)
}

const tanglesOf = query(({later}: Graph): ReadonlyArray<readonly number[]> =>
  components(later).filter((members) => members.length > 1),
)

function unitsAt(places: readonly number[], {units}: Graph): readonly Summary[] {
  return places.flatMap((place) => units[place] ?? [])
}

/** Why one unit comes before another, by their places; undefined where they do not say so any more. */
type Reasons = (from: number, to: number) => Ordering | undefined

/**
 * A line that somebody wrote says more than what follows from the types; of several the first.
 *
 * Units are read with all their lines for this, so it is asked only of steps of cycles.
 */
function reasons(
  {units, placeOf}: Graph,
  relatives: LoadableRelatives,
  isInstalled: boolean,
): Reasons {
  const known = new Map<string, Ordering | undefined>()
  const saidBy = (place: number): {unit: LoadedUnit; all: readonly Dependency[]} | undefined => {
    const unit = units[place] && relatives.load(units[place])
    return unit && {unit, all: dependenciesAmong(unit, relatives)}
  }
  function* looked(from: number, to: number): Iterable<Omit<Ordering, 'before' | 'after'>> {
    for (const place of from < to ? [from, to] : [to, from]) {
      const {unit: by, all = []} = saidBy(place) ?? {}
      const [kind, other] = place === to ? (['After', from] as const) : (['Before', to] as const)
      for (const dependency of all)
        if (by && dependency.kind === kind && placeOf(dependency.name) === other)
          yield {by, dependency}
    }
    const [by, puller] = [saidBy(from)?.unit, units[to]]
    if (!isInstalled || !by || !puller || !waitsFor(puller, summary(by))) return
    for (const {target, dependency} of installed(by))
      if (placeOf(target) === to) yield {by, dependency}
  }
  return (from, to) => {
    const key = `${from} ${to}`
    if (known.has(key)) return known.get(key)
    const [before, after] = [units[from]?.name ?? '', units[to]?.name ?? '']
    const all = [...looked(from, to)]
    const found = all.find(({dependency}) => isWritten(dependency.origin)) ?? all[0]
    known.set(key, found && {before, after, ...found})
    return known.get(key)
  }
}

/**
 * The units whose start says most about some others: those that pull them in and are not pulled in
 * themselves, one where several pull in each other.
 */
function rootsOf(members: readonly number[], pulledBy: readonly Edges[]): readonly number[] {
  const above = [...reach(members, pulledBy)]
  const place = new Map(above.map((index, at) => [index, at]))
  const upwards = above.map((index) => [
    ...new Set(
      pulledBy.flatMap((edges) => [...edges.of(index)]).map((other) => place.get(other) ?? 0),
    ),
  ])
  return components(edgesOf(upwards)).flatMap((group) => {
    const own = new Set(group)
    const isTop = group.every((at) => (upwards[at] ?? []).every((other) => own.has(other)))
    return isTop ? [above[leastOf(group)] ?? 0] : []
  })
}

/** From each unit to those that pull it in, or that ask for it to be there. */
function pullersOf({pulls, verified}: Graph): readonly Edges[] {
  return [inverse(pulls), inverse(verified)]
}

/** The least of the first members: enough to have one that is the same for the same group. */
function leastOf(group: readonly number[]): number {
  return group.slice(0, 1_000).reduce((one, other) => Math.min(one, other), Infinity)
}

/**
 * What the start of a unit pulls in at first: two that are not in the tangle themselves start the
 * same of it if that is the same.
 */
function pulledByStart(
  root: number,
  members: ReadonlySet<number>,
  {pulls, verified}: Graph,
): string {
  return `${members.has(root) ? root : ''}:${[...pulls.of(root)].join(' ')}:${[...verified.of(root)].join(' ')}`
}

function startedBy(root: number, {pulls, verified}: Graph): ReadonlySet<number> {
  const started = reach([root], [pulls])
  const all = new Set(started)
  for (const index of started) for (const other of verified.of(index)) all.add(other)
  return all
}

/** Cycles among some units: each is found, opened where it closes, and the rest looked at again. */
function among(
  members: readonly number[],
  {later, units}: Graph,
  reasonFor: Reasons,
  isOwn: (unit: LoadedUnit) => boolean,
): Cycle[] {
  const found: Cycle[] = []
  const sorted = members.toSorted((one, other) =>
    (units[one]?.name ?? '') < (units[other]?.name ?? '') ? -1 : 1,
  )
  const place = new Map(sorted.map((index, at) => [index, at]))
  const edges = sorted.map(
    (index) => new Set([...later.of(index)].flatMap((other) => place.get(other) ?? [])),
  )
  const tanglesLeft = (): ReadonlyArray<readonly number[]> =>
    components(edgesOf(edges.map((to) => [...to]))).filter((group) => group.length > 1)
  for (let tangles = tanglesLeft(); tangles.length > 0 && found.length < most;) {
    for (const group of tangles) {
      const path = shortest(group, edges)?.map(({from, to}) => {
        return {from, to, step: reasonFor(sorted[from] ?? 0, sorted[to] ?? 0)}
      })
      if (!path) continue
      const steps = path.flatMap(({step}) => step ?? [])
      const closing = closingOf(steps, isOwn)
      // What has changed since the others were looked at ends a cycle, too.
      const isWhole = steps.length === path.length
      if (isWhole) found.push({steps, closing})
      const opened = isWhole ? (closing ?? steps.at(-1)) : undefined
      for (const {from, to, step} of path) if (step === opened) edges[from]?.delete(to)
    }
    tangles = tanglesLeft()
  }
  return found
}

/**
 * Of the lines in `[Unit]` that order units, the one in the unit that is last by name; else of
 * other lines.
 */
function closingOf(
  steps: readonly Ordering[],
  isOwn: (unit: LoadedUnit) => boolean,
): Ordering | undefined {
  const written = steps.filter(({by, dependency}) => isWritten(dependency.origin) && isOwn(by))
  const explicit = written.filter(
    ({dependency: {kind, origin}}) =>
      isWritten(origin) && origin.section === 'Unit' && origin.key === kind,
  )
  return (explicit.length > 0 ? explicit : written)
    .toSorted((one, other) => (one.by.name < other.by.name ? -1 : 1))
    .at(-1)
}

/** Cycles to tell of among units that are started together: whoever has more begins with these. */
const most = 50

interface Edge {
  readonly from: number
  readonly to: number
}

/**
 * The shortest cycle through the first of some units that all reach each other, along the edges
 * between them.
 */
function shortest(
  group: readonly number[],
  edges: ReadonlyArray<ReadonlySet<number>>,
): readonly Edge[] | undefined {
  const own = new Set(group)
  const start = leastOf(group)
  const cameBy = new Map<number, Edge>()
  const queue = [start]
  for (const from of queue) {
    for (const to of edges[from] ?? []) {
      if (!own.has(to)) continue
      if (to === start) return backFrom({from, to}, start, cameBy)
      if (cameBy.has(to)) continue
      cameBy.set(to, {from, to})
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

/**
 * For each line that closes cycles the shortest of them: mending the line mends all. Of wholly
 * implied ones each once.
 */
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
