import type {Summary, Tie} from './summary.ts'

/**
 * Makes summaries small that are kept for long: a text that many say is kept once, and none holds
 * on to the file that it was read from.
 */
export function compactor(): (unit: Summary) => Summary {
  const texts = new Map<string, string>()
  const kept = (text: string): string => {
    const known = texts.get(text)
    if (known !== undefined) return known
    // Engines keep a part of a text as a place in it.
    const own = text.split('').join('')
    texts.set(own, own)
    return own
  }
  // Many units say the same, such as `After=network.target` and nothing else.
  const lists = new Map<string, readonly unknown[]>()
  const list = <Item>(
    items: readonly Item[],
    keyOf: (item: Item) => string,
    keep: (item: Item) => Item,
  ): readonly Item[] => {
    if (items.length === 0) return none
    const key = items.map(keyOf).join('\0')
    // What is of one kind has keys of one kind.
    const known = lists.get(key) as readonly Item[] | undefined
    if (known) return known
    const its = items.map(keep)
    lists.set(key, its)
    return its
  }
  const ties = (its: readonly Tie[]): readonly Tie[] =>
    list(
      its,
      ({kind, name}) => `${kind} ${name}`,
      ({kind, name}) => ({kind, name: kept(name)}),
    )
  const names = (its: readonly string[]): readonly string[] => list(its, (name) => name, kept)
  return (unit) => ({
    ...unit,
    // What is known of the array itself goes with it.
    names: [...unit.names],
    ties: ties(unit.ties),
    mounts: list(
      unit.mounts,
      ({kind, path}) => `${kind} mount ${path}`,
      ({kind, path}) => ({kind, path: kept(path)}),
    ),
    installs: ties(unit.installs),
    also: names(unit.also),
    activates: names(unit.activates),
    busName: unit.busName === undefined ? undefined : kept(unit.busName),
    keptUser: unit.keptUser === undefined ? undefined : kept(unit.keptUser),
  })
}

const none: readonly never[] = []
