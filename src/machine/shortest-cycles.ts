import type {LoadedUnit} from '../unit/load.ts'
import {components} from './components.ts'
import {isWritten} from './dependencies.ts'
import {edgesOf} from './edges.ts'
import type {Graph} from './graph.ts'
import type {Ordering, OrderingReasons} from './ordering-reasons.ts'

/** Units that each wait for the one before, the first for the last. */
export interface Cycle {
  /** In the order of starting: each step's `after` is the next one's `before`. */
  readonly steps: readonly Ordering[]
  /** The step to look at first: a line written in a unit; undefined where all of it is implied. */
  readonly closing: Ordering | undefined
}

/** Cycles among some units: each is found, opened where it closes, and the rest looked at again. */
export function shortestCycles(
  members: readonly number[],
  {later, units}: Graph,
  reasonFor: OrderingReasons,
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

/** The least of the first members: enough to have one that is the same for the same group. */
export function leastOf(group: readonly number[]): number {
  return group.slice(0, 1_000).reduce((one, other) => Math.min(one, other), Infinity)
}
