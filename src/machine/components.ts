/**
 * The groups of nodes that all reach each other, by what each node leads to (Tarjan's algorithm, without recursion, in linear time).
 *
 * Single nodes are groups too; a group comes before those that lead to it.
 */
export function components(next: ReadonlyArray<readonly number[]>): readonly (readonly number[])[] {
  const order = Array.from<number>({length: next.length}).fill(-1)
  const low = [...order]
  const isOpen = Array.from<boolean>({length: next.length}).fill(false)
  const open: number[] = []
  const groups: number[][] = []
  let count = 0
  for (const first of next.keys()) {
    if (order[first] !== -1) continue
    const walk: Visit[] = [enter(first)]
    for (let visit = walk.at(-1); visit; visit = walk.at(-1)) {
      const {node, successors} = visit
      const other = successors[visit.passed++]
      if (other !== undefined) {
        if (order[other] === -1) walk.push(enter(other))
        else if (isOpen[other]) low[node] = Math.min(low[node] ?? 0, order[other] ?? 0)
        continue
      }
      walk.pop()
      const parent = walk.at(-1)?.node
      if (parent !== undefined) low[parent] = Math.min(low[parent] ?? 0, low[node] ?? 0)
      if (low[node] !== order[node]) continue
      const group = open.splice(open.lastIndexOf(node))
      for (const member of group) isOpen[member] = false
      groups.push(group)
    }
  }
  return groups

  function enter(node: number): Visit {
    order[node] = low[node] = count++
    isOpen[node] = true
    open.push(node)
    return {node, successors: next[node] ?? [], passed: 0}
  }
}

interface Visit {
  readonly node: number
  readonly successors: readonly number[]
  /** How many of them have been looked at. */
  passed: number
}
