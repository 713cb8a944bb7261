import {namesIn} from '../facts/ranges.ts'

/**
 * The names of a list such as `root usr tmp:247-252` by version; each version's set is made once,
 * since lines may have many words.
 */
export function knownNames(list: string): (version: number) => ReadonlySet<string> {
  const sets = new Map<number, ReadonlySet<string>>()
  return (version) => {
    let names = sets.get(version)
    if (!names) sets.set(version, (names = new Set(namesIn(list, version))))
    return names
  }
}
