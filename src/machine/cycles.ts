import type {LoadedUnit} from '../unit/load.ts'
import {query} from '../unit/query.ts'
import {components} from './components.ts'
import {edgesOf, inverse, reachable} from './edges.ts'
import type {Edges} from './edges.ts'
import {graphOf} from './graph.ts'
import type {Graph} from './graph.ts'
import {reasons} from './ordering-reasons.ts'
import type {LoadableRelatives} from './ordering-reasons.ts'
import {leastOf, shortestCycles} from './shortest-cycles.ts'
import type {Cycle} from './shortest-cycles.ts'
import type {Summary} from './summary.ts'
import {twins} from './twins.ts'

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
        const its = shortestCycles(together, graph, reasonFor, isOwn)
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

/**
 * The units whose start says most about some others: those that pull them in and are not pulled in
 * themselves, one where several pull in each other.
 */
function rootsOf(members: readonly number[], pulledBy: readonly Edges[]): readonly number[] {
  const above = [...reachable(members, pulledBy)]
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
  const started = reachable([root], [pulls])
  const all = new Set(started)
  for (const index of started) for (const other of verified.of(index)) all.add(other)
  return all
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
