import type {LoadedUnit} from './load.ts'
import {valuesOf} from './value.ts'
import type {Value} from './value.ts'

/**
 * The words of `RefreshOnReload=` that are in force, with the lines that they are from; behind `~`
 * are those that are not. None where all are: that is `yes`, which takes what there is.
 */
export function refreshedByName(unit: LoadedUnit): ReadonlyMap<string, Value> {
  let held = new Map<string, Value>()
  for (const line of valuesOf(unit, 'RefreshOnReload')) {
    const words = new Set(line.value.replace(/^~/, '').split(/\s+/))
    const some = refreshable.filter((word) => words.has(word))
    if (some.length === 0) held = new Map()
    else if (!line.value.startsWith('~')) for (const word of some) held.set(word, line)
    else if (held.size === 0)
      held = new Map(refreshable.filter((word) => !words.has(word)).map((word) => [word, line]))
    else for (const word of some) held.delete(word)
  }
  return held.size === refreshable.length ? new Map() : held
}

const refreshable = ['extensions', 'credentials']
