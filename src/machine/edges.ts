/** Places that some place leads to. */
export type Places = ArrayLike<number> & Iterable<number>

/** Where each place leads to. */
export interface Edges {
  /** How many places there are. */
  readonly size: number
  of(place: number): Places
}

/** Edges by lists of places. */
export function edgesOf(lists: ReadonlyArray<readonly number[]>): Edges {
  return {size: lists.length, of: (place) => lists[place] ?? none}
}

const none: Places = []

/**
 * Edges in the making: all in one row, as an array for each of thousands of places would take more
 * than what is in it.
 */
export class EdgeList {
  readonly #from: number[] = []
  readonly #to: number[] = []

  add(from: number, to: number): void {
    this.#from.push(from)
    this.#to.push(to)
  }

  /** Those of each place in the order in which they were added. */
  among(size: number): Edges {
    return packed(size, this.#from, this.#to)
  }
}

/** From each place to those that lead to it. */
export function inverse(edges: Edges): Edges {
  const list = new EdgeList()
  for (let place = 0; place < edges.size; place++) {
    const others = edges.of(place)
    for (let index = 0; index < others.length; index++) list.add(others[index] ?? 0, place)
  }
  return list.among(edges.size)
}

/** The places that some lead to in any of several ways, themselves included. */
export function reachable(from: Iterable<number>, ways: readonly Edges[]): Set<number> {
  const seen = new Set(from)
  for (const place of seen) {
    for (const edges of ways) {
      const others = edges.of(place)
      for (let index = 0; index < others.length; index++) seen.add(others[index] ?? 0)
    }
  }
  return seen
}

function packed(size: number, from: readonly number[], to: readonly number[]): Edges {
  const starts = new Uint32Array(size + 1)
  // Iterators take more than twice as long before V8 makes machine code, as most runs end.
  for (let index = 0; index < from.length; index++) {
    const above = (from[index] ?? 0) + 1
    starts[above] = (starts[above] ?? 0) + 1
  }
  for (let place = 0; place < size; place++)
    starts[place + 1] = (starts[place + 1] ?? 0) + (starts[place] ?? 0)
  const next = starts.slice()
  const others = new Uint32Array(to.length)
  for (let index = 0; index < to.length; index++) {
    const place = from[index] ?? 0
    const at = next[place] ?? 0
    others[at] = to[index] ?? 0
    next[place] = at + 1
  }
  return {size, of: (place) => others.subarray(starts[place], starts[place + 1])}
}
