/**
 * The newest of the versions that have a table, up to a version; the oldest one for what is older
 * still.
 */
export function tableFor(version: number, versions: readonly number[]): number {
  return versions.findLast((candidate) => candidate <= version) ?? versions[0] ?? version
}

/**
 * The names that a generated list has in one version: `NAME` is in all of them, `NAME:249-252,257-`
 * in those.
 */
export function namesIn(list: string, version: number): string[] {
  if (!list.includes(':')) return list.split(' ')
  const names: string[] = []
  // Few of them differ.
  const known = new Map<string, boolean>()
  for (const token of list.split(' ')) {
    const colon = token.indexOf(':')
    if (colon === -1) {
      names.push(token)
      continue
    }
    const ranges = token.slice(colon + 1)
    let isIn = known.get(ranges)
    if (isIn === undefined) known.set(ranges, (isIn = inRanges(ranges, version)))
    if (isIn) names.push(token.slice(0, colon))
  }
  return names
}

function inRanges(ranges: string, version: number): boolean {
  return ranges.split(',').some((range) => {
    const [from, to] = range.split('-')
    return version >= Number(from) && (to === '' || version <= Number(to))
  })
}
