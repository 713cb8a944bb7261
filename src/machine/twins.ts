import {inverse, reachable} from './edges.ts'
import type {Edges, Places} from './edges.ts'
import type {Graph} from './graph.ts'

/**
 * The units whose start may start some others, those others first and each alone; the rest in
 * groups of those that are the same to all others: the same ones pull them in, and they pull in the
 * same.
 *
 * While one of a group is there it makes no difference whether the rest is: thousands of services
 * pull in `sysinit.target` and nothing else that counts.
 */
export function twins(
  members: readonly number[],
  {own, later, pulls, verified}: Graph,
): ReadonlyArray<readonly number[]> {
  const [pulledBy, verifiedBy] = [inverse(pulls), inverse(verified)]
  const above = reachable(members, [pulledBy, verifiedBy])
  const alone = new Set(members)
  const namers = namersOf(new Set([...above].filter((place) => place >= own)), later)
  const groups = new Map<string, number[]>()
  for (const place of above) {
    const to = (edges: Edges): string => sortedOnce(edges.of(place), (other) => above.has(other))
    const key = alone.has(place)
      ? `${place}`
      : [
          to(pulls),
          to(verified),
          to(pulledBy),
          to(verifiedBy),
          sortedOnce(namers.get(place) ?? [], () => true),
        ].join(';')
    const group = groups.get(key)
    if (group) group.push(place)
    else groups.set(key, [place])
  }
  return [...groups.values()]
}

/** Who names a unit that has no file is why it is there at all: for each place which of some it names. */
function namersOf(named: ReadonlySet<number>, later: Edges): ReadonlyMap<number, number[]> {
  const namers = new Map<number, number[]>()
  const put = (by: number, name: number): void => {
    const its = namers.get(by)
    if (its) its.push(name)
    else namers.set(by, [name])
  }
  for (let place = 0; place < later.size; place++) {
    const others = later.of(place)
    const isNamed = named.has(place)
    for (let index = 0; index < others.length; index++) {
      const other = others[index] ?? 0
      if (isNamed) put(other, place)
      if (named.has(other)) put(place, other)
    }
  }
  return namers
}

function sortedOnce(places: Places, counts: (place: number) => boolean): string {
  const its: number[] = []
  for (let index = 0; index < places.length; index++) {
    const place = places[index]
    if (place !== undefined && counts(place)) its.push(place)
  }
  if (its.length < 2) return its.join('')
  return [...new Set(its)].toSorted((one, other) => one - other).join(' ')
}
