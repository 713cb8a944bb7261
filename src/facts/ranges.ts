/** The newest of the versions that have a table, up to a version; the oldest one for what is older still. */
export function tableFor(version: number, versions: readonly number[]): number {
  return versions.findLast((candidate) => candidate <= version) ?? versions[0] ?? version
}

/** The names that a generated list has in one version: `NAME` is in all of them, `NAME:249-252,257-` in those. */
export function namesIn(list: string, version: number): string[] {
  const names: string[] = []
  for (const token of list.split(' ')) {
    const colon = token.indexOf(':')
    if (colon === -1) names.push(token)
    else if (inRanges(token.slice(colon + 1), version)) names.push(token.slice(0, colon))
  }
  return names
}

function inRanges(ranges: string, version: number): boolean {
  return ranges.split(',').some((range) => {
    const [from, to] = range.split('-')
    return version >= Number(from) && (to === '' || version <= Number(to))
  })
}
