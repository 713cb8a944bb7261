import type {TakenLine, MergedLine, LostWord} from './lines.ts'
import type {Assignment, AssignmentSource} from '../unit.ts'
import type {PlacedWord} from './placing.ts'
import {emptyIn} from './number-sets.ts'
import {placingOf} from './places.ts'

/** Let each line in turn do to the earlier ones what it does. */
export function merged(lines: readonly TakenLine[], unit: AssignmentSource): MergedLine[] {
  const all: Kept[] = []
  const holders = new Map<string, Set<Kept>>()
  const parts = new Map<string, Set<string>>()
  for (const line of lines) {
    const change = placingOf(line, unit)
    const {clears, words = []} = change
    for (const cleared of clears) {
      for (const place of [cleared, ...(parts.get(cleared) ?? [])]) {
        for (const kept of holders.get(place) ?? []) lose(kept, place, line.assignment)
        holders.delete(place)
      }
      parts.delete(cleared)
    }
    const emptySet =
      change.emptySet !== undefined && (holders.get(change.emptySet)?.size ?? 0) === 0
        ? emptyIn(change.emptySet)
        : undefined
    const places = emptySet === undefined ? change.places : [emptySet]
    const kept: Kept = {
      line,
      state: places.length > 0 ? 'in-force' : clears.length > 0 ? 'done' : 'idle',
      places: new Set(places),
      words: new Map(),
      lost: emptySet === undefined ? [...line.skipped] : [],
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
    return {
      line,
      state,
      ...(by ? {by} : {}),
      lost: lost.toSorted((one, other) => one.from - other.from),
      holds: places,
    }
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
