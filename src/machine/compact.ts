import type {Summary, Tie} from './summary.ts'

/** Makes summaries small that are kept for long: a text that many say is kept once, and none holds on to the file that it was read from. */
export function compactor(): (unit: Summary) => Summary {
  const texts = new Map<string, string>()
  const ties = new Map<string, Map<string, Tie>>()
  const kept = (text: string): string => {
    const known = texts.get(text)
    if (known !== undefined) return known
    // Engines keep a part of a text as a place in it.
    const own = text.split('').join('')
    texts.set(own, own)
    return own
  }
  const tie = ({kind, name}: Tie): Tie => {
    const same = ties.get(kind) ?? new Map<string, Tie>()
    const known = same.get(name) ?? {kind, name: kept(name)}
    same.set(known.name, known)
    ties.set(kind, same)
    return known
  }
  return (unit) => ({
    ...unit,
    // What is known of the array itself goes with it.
    names: [...unit.names],
    ties: unit.ties.map(tie),
    mounts: unit.mounts.map(({kind, path}) => ({kind, path: kept(path)})),
    installs: unit.installs.map(tie),
    also: unit.also.map(kept),
    activates: unit.activates.map(kept),
    busName: unit.busName === undefined ? undefined : kept(unit.busName),
    keptUser: unit.keptUser === undefined ? undefined : kept(unit.keptUser),
  })
}
