/**
 * The union of the lists of all versions, in byte order, each name with the versions that have it:
 * `NAME`, `NAME:249-252,257-`.
 */
export function ranges<Version extends number | string>(
  versions: readonly Version[],
  names: (version: Version) => readonly string[],
): string {
  const lists = versions.map((version) => new Set(names(version)))
  return sortedNames(new Set(lists.flatMap((list) => [...list])))
    .map((name) => {
      const present = lists.map((list) => list.has(name))
      return name + rangeOf(versions, present)
    })
    .join(' ')
}

/** Names in byte order. */
export function sortedNames(names: Iterable<string>): string[] {
  return [...names].toSorted((one, other) => (one < other ? -1 : 1))
}

function rangeOf(versions: ReadonlyArray<number | string>, present: readonly boolean[]): string {
  if (present.every(Boolean)) return ''
  const runs: string[] = []
  for (const [index, here] of present.entries()) {
    if (here && !present[index - 1]) runs.push(`${versions[index]}-`)
    if (!here && present[index - 1]) runs.push(`${runs.pop()}${versions[index - 1]}`)
  }
  return `:${runs.join(',')}`
}
