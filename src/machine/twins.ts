import {inverse, reach} from './edges.ts'
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
  const above = reach(members, inverse(pulls, verified))
  const alone = new Set(members)
  // Who names a unit that has no file is why it is there at all.
  const named = [...above].filter((place) => place >= own)
  const [before, after] = [inverse(later), later]
  const namers = new Map<number, number[]>()
  for (const place of named) {
    for (const other of [...before.of(place), ...after.of(place)]) {
      const its = namers.get(other)
      if (its) its.push(place)
      else namers.set(other, [place])
    }
  }
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

function sortedOnce(places: Places, counts: (place: number) => boolean): string {
  const its: number[] = []
  for (let index = 0; index < places.length; index++) {
    const place = places[index]
    if (place !== undefined && counts(place)) its.push(place)
  }
  if (its.length < 2) return its.join('')
  return [...new Set(its)].toSorted((one, other) => one - other).join(' ')
}
