import type {Edges} from './edges.ts'

/**
 * The groups of places that all reach each other, by what each leads to (Tarjan's algorithm,
 * without recursion, in linear time).
 *
 * Single places are groups too; a group comes before those that lead to it.
 */
export function components(edges: Edges): readonly (readonly number[])[] {
  const {size} = edges
  const order = new Int32Array(size).fill(-1)
  const low = new Int32Array(size)
  const isOpen = new Uint8Array(size)
  const open: number[] = []
  const groups: number[][] = []
  let count = 0
  for (let first = 0; first < size; first++) {
    if (order[first] !== -1) continue
    const walk: Visit[] = [enter(first)]
    for (let visit = walk.at(-1); visit; visit = walk.at(-1)) {
      const {place, others} = visit
      const other = others[visit.passed++]
      if (other !== undefined) {
        if (order[other] === -1) walk.push(enter(other))
        else if (isOpen[other]) low[place] = Math.min(low[place] ?? 0, order[other] ?? 0)
        continue
      }
      walk.pop()
      const parent = walk.at(-1)?.place
      if (parent !== undefined) low[parent] = Math.min(low[parent] ?? 0, low[place] ?? 0)
      if (low[place] !== order[place]) continue
      const group = open.splice(open.lastIndexOf(place))
      for (const member of group) isOpen[member] = 0
      groups.push(group)
    }
  }
  return groups

  function enter(place: number): Visit {
    order[place] = low[place] = count++
    isOpen[place] = 1
    open.push(place)
    return {place, others: edges.of(place), passed: 0}
  }
}

interface Visit {
  readonly place: number
  readonly others: ArrayLike<number>
  /** How many of them have been looked at. */
  passed: number
}
