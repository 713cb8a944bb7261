import type {LoadedUnit} from '../unit/load.ts'
import {dependenciesAmong, waitsFor} from './among.ts'
import {isWritten} from './dependencies.ts'
import type {Dependency} from './dependency.ts'
import type {Graph, Relatives} from './graph.ts'
import {installed, summary} from './summary.ts'
import type {Summary} from './summary.ts'

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

/** Why one unit comes before another, by their places; undefined where they do not say so any more. */
export type OrderingReasons = (from: number, to: number) => Ordering | undefined

/**
 * A line that somebody wrote says more than what follows from the types; of several the first.
 *
 * Units are read with all their lines for this, so it is asked only of steps of cycles.
 */
export function reasons(
  {units, placeOf}: Graph,
  relatives: LoadableRelatives,
  isInstalled: boolean,
): OrderingReasons {
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
