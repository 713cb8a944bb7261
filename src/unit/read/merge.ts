import type {ValueFacts} from '../../facts/value-facts.ts'
import type {Assignment, AssignmentSource} from '../unit.ts'
import type {LostWord} from './counted.ts'
import {changeOf, type PlacedWord} from './places.ts'
import type {TakenValue} from './words.ts'

/** An assignment that systemd takes, or takes some of. */
export interface TakenLine extends TakenValue {
  readonly assignment: Assignment
  readonly facts: ValueFacts
  /** The place among all lines of the unit. */
  readonly order: number
}

/** What has become of a line that systemd took, when all lines are read. */
export interface MergedLine {
  readonly line: TakenLine
  /** `in-force`: all or some of it; `done`: it took back what was there; `idle`: it does nothing at all. */
  readonly state: 'in-force' | 'done' | 'idle' | 'ended'
  /** What ended it. */
  readonly by?: Assignment
  /** Words that do not count: systemd skips them, or a later line overrides them; in order. */
  readonly lost: readonly LostWord[]
  /** The places that it still holds. */
  readonly holds: ReadonlySet<string>
}

/** Let each line in turn do to the earlier ones what it does. */
export function merged(lines: readonly TakenLine[], unit: AssignmentSource): MergedLine[] {
  const all: Kept[] = []
  const holders = new Map<string, Set<Kept>>()
  const parts = new Map<string, Set<string>>()
  for (const line of lines) {
    const {clears, places, words = []} = changeOf(line, unit)
    for (const cleared of clears) {
      for (const place of [cleared, ...(parts.get(cleared) ?? [])]) {
        for (const kept of holders.get(place) ?? []) lose(kept, place, line.assignment)
        holders.delete(place)
      }
      parts.delete(cleared)
    }
    const kept: Kept = {
      line,
      state: places.length > 0 ? 'in-force' : clears.length > 0 ? 'done' : 'idle',
      places: new Set(places),
      words: new Map(),
      lost: [...line.skipped],
    }
    all.push(kept)
    for (const word of words) {
      const earlier = kept.words.get(word.place)
      if (earlier) kept.lost.push(overridden(earlier, line.assignment))
      kept.words.set(word.place, word)
    }
    for (const place of places) {
      addTo(holders, place, kept)
      const slash = place.indexOf('/')
      if (slash !== -1) addTo(parts, place.slice(0, slash), place)
    }
  }
  return all.map(({line, state, by, lost, places}) => {
    return {line, state, ...(by ? {by} : {}), lost: lost.toSorted((one, other) => one.from - other.from), holds: places}
  })
}

interface Kept {
  readonly line: TakenLine
  state: MergedLine['state']
  by?: Assignment
  /** Those that it still holds. */
  readonly places: Set<string>
  readonly words: Map<string, PlacedWord>
  readonly lost: LostWord[]
}

function lose(kept: Kept, place: string, by: Assignment): void {
  kept.places.delete(place)
  const word = kept.words.get(place)
  if (word) kept.lost.push(overridden(word, by))
  if (kept.places.size > 0) return
  kept.state = 'ended'
  kept.by = by
}

function overridden({from, to}: PlacedWord, by: Assignment): LostWord {
  return {from, to, by}
}

function addTo<Item>(sets: Map<string, Set<Item>>, key: string, item: Item): void {
  const set = sets.get(key)
  if (set) set.add(item)
  else sets.set(key, new Set([item]))
}
