/**
 * An option of a command: a switch, which `--no-NAME` turns off, or one that takes a value each
 * time it is given.
 */
export interface Option {
  readonly type: 'boolean' | 'string'
  readonly describe: string
  /** A letter that stands for it. */
  readonly alias?: string
  /** Whether `--no-NAME` means something for an option with a value. */
  readonly negatable?: boolean
  /** What others call it: ESLint, ruff, systemd. Who writes that is told this name. */
  readonly elsewhere?: readonly string[]
}

/** What a command line may hold, and the words for its help. */
export interface Grammar {
  /** The command and what follows it; the first line of the help. */
  readonly usage: string
  readonly options: Readonly<Record<string, Option>>
  readonly epilogue?: string
}

/** A command line taken apart, not yet judged. */
export interface Arguments {
  readonly positionals: readonly string[]
  /** Whether a switch is on; undefined when it was not given. */
  on(name: string): boolean | undefined
  /** All values of an option, in order; `false` stands for `--no-NAME`. */
  values(name: string): ReadonlyArray<string | false>
  /** The last value of an option. */
  value(name: string): string | false | undefined
}
