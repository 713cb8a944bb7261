import type {Summary, Tie} from './summary.ts'

/**
 * Makes summaries small that are kept for long: a text that many say is kept once, and none holds
 * on to the file that it was read from.
 */
export class Compactor {
  readonly #texts = new Map<string, string>()
  /** Many units say the same, such as `After=network.target` and nothing else. */
  readonly #lists = new Map<string, readonly unknown[]>()

  compact(unit: Summary): Summary {
    return {
      ...unit,
      // What is known of the array itself goes with it.
      names: [...unit.names],
      ties: this.#ties(unit.ties),
      mounts: this.#list(
        unit.mounts,
        ({kind, path}) => `${kind} mount ${path}`,
        ({kind, path}) => ({kind, path: this.#text(path)}),
      ),
      installs: this.#ties(unit.installs),
      also: this.#names(unit.also),
      activates: this.#names(unit.activates),
      busName: unit.busName === undefined ? undefined : this.#text(unit.busName),
      keptUser: unit.keptUser === undefined ? undefined : this.#text(unit.keptUser),
    }
  }

  #ties(its: readonly Tie[]): readonly Tie[] {
    return this.#list(
      its,
      ({kind, name}) => `${kind} ${name}`,
      ({kind, name}) => ({kind, name: this.#text(name)}),
    )
  }

  #names(its: readonly string[]): readonly string[] {
    return this.#list(
      its,
      (name) => name,
      (name) => this.#text(name),
    )
  }

  #text(text: string): string {
    const known = this.#texts.get(text)
    if (known !== undefined) return known
    // Engines keep a part of a text as a place in it.
    const own = text.split('').join('')
    this.#texts.set(own, own)
    return own
  }

  #list<Item>(
    items: readonly Item[],
    keyOf: (item: Item) => string,
    keep: (item: Item) => Item,
  ): readonly Item[] {
    if (items.length === 0) return none
    const key = items.map(keyOf).join('\0')
    // What is of one kind has keys of one kind.
    const known = this.#lists.get(key) as readonly Item[] | undefined
    if (known) return known
    const its = items.map(keep)
    this.#lists.set(key, its)
    return its
  }
}

const none: readonly never[] = []
