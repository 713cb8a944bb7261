import type {AccessId, CapabilityId} from '../accesses.ts'

/**
 * All that is known of a directive that says what processes may do and see.
 *
 * Every field must be said: what a row lacks does not compile. It is data alone; what it means for
 * a unit is worked out above (systemd.exec(5), systemd.resource-control(5), systemd.service(5)).
 */
export type SandboxingRow = OrderedRow | UnorderedRow

interface CommonRow {
  /** The first version that knows it; 0 where all that are known here do. */
  readonly since: number
  /** What it does, in one or two sentences with code in backticks. */
  readonly summary: string
  /** What it is about, which tells the sections that it is read in. */
  readonly about: 'processes' | 'control-group' | 'service' | 'service-or-scope'
  /** What becomes of it in a unit of a user's manager. */
  readonly users: ForUsers
  /** What it does beside denying by itself. */
  readonly besides: 'nothing' | Besides
  /** Whether its lines stand among those that harden: new ones go beside them. */
  readonly grouped: boolean
}

/** What a directive does beside denying by itself. */
export interface Besides {
  /** What it sets too when it is on. */
  readonly implies: readonly Implication[]
  /** The capabilities that it takes out of the bounding set when it is on, listed ones included. */
  readonly drops: readonly CapabilityId[]
  /** Denials that do not come about in some units. */
  readonly spares: readonly Spared[]
  /** Whether it installs a filter of system calls, or something that takes the same rights. */
  readonly filters: boolean
  /** Whether it needs files that units of early boot cannot count on. */
  readonly lateBoot: boolean
}

/** A directive whose value is one word, of which some protect more than others. */
export interface OrderedRow extends CommonRow {
  readonly holds: 'word'
  /** The values by what they protect, the weakest first. */
  readonly levels: readonly Level[]
  /** How it is read. */
  readonly reads: Reads
  /** Its row in `systemd-analyze security`. */
  readonly exposure: 'none' | ExposureRow
}

/** How a word is read. */
export interface Reads {
  /** What a service has that does not say; units of other types and of users may have another. */
  readonly default: string
  /** Whether booleans are taken, and what `yes` is called when it is read. */
  readonly booleans: 'none' | 'plain' | {readonly called: string; readonly since: number}
  /** What may stand behind the word and a colon. */
  readonly argument: 'none' | 'host-name'
  /** Since when an empty value takes it back to the weakest; else it is passed over. */
  readonly emptySince: number | 'never'
}

/** Values that protect alike. */
export interface Level {
  /**
   * The first version of each, 0 where it is as old as the directive; the first word is how to
   * write it.
   */
  readonly words: Readonly<Record<string, number>>
  /** What it denies, the access that it is about first. */
  readonly denies: readonly AccessId[]
  /** Since when systemd counts on a mount namespace for it as soon as it loads the unit. */
  readonly mountsSince: number | 'never'
}

/** A directive that holds a list, a set, a path or a number. */
export interface UnorderedRow extends CommonRow {
  /** What a setting of it is; `nothing` for what nobody asks for. */
  readonly holds: Held
  /** What a value denies: always the same, what a table tells of its members, or not known. */
  readonly denies:
    | readonly AccessId[]
    | 'capabilities'
    | 'families'
    | 'namespaces'
    | 'calls'
    | 'mask'
    | 'unknown'
  /** The values that ask for nothing. */
  readonly off: readonly string[]
  /** Values that one would think of, the weakest first. */
  readonly samples: readonly string[]
  /**
   * What a line must hold for systemd to count on a mount namespace: a path, an image, some text,
   * `yes`, one of some words.
   */
  readonly mounts: 'never' | 'root' | 'path' | 'image' | 'text' | 'yes' | readonly string[]
  /** Whether `systemd-analyze security` has rows about it; they are in `src/security`. */
  readonly exposure: 'none' | 'rows'
}

/**
 * What the settings of unordered directives are; the types are in `src/unit/settings/values.ts`.
 */
export type Held =
  | ('nothing' | 'user' | 'names' | 'path' | 'paths' | 'mask' | 'networks' | 'devices')
  | ('capabilities' | 'namespaces' | 'families' | 'architectures' | 'calls')

/**
 * What a user's manager, which has no privileges, makes of a directive.
 *
 * A namespace is one for users, in which the unit is root: `PrivateUsers=yes` makes one, and since
 * 254 whatever is `namespace-or-...` does. What is `borrows-or-...` works in one that something
 * else made.
 */
export type ForUsers =
  | 'works'
  /** Works, and makes the namespace; with these words it fails, as they take privileges. */
  | {readonly makesNamespaceBut: readonly string[]}
  | 'namespace-or-ignored'
  | 'namespace-or-fails'
  | 'borrows-or-ignored'
  | 'borrows-or-fails'
  | 'ignored'
  | 'fails'
  /** Works for what is the user's own, from a version on, and fails for anything else. */
  | {readonly ownSince: number}
  /** Nobody has tried. */
  | 'unknown'

/** What a directive sets too. */
export interface Implication {
  readonly key: string
  readonly value: string
  /** Of several for one key the last that the version has counts. */
  readonly since: number
  /** What gives way to it: the weakest value, or any. */
  readonly over: 'weakest' | 'all'
}

/** A denial that does not come about. */
export interface Spared {
  readonly access: AccessId
  /** What the unit says, or since when no unit is denied it. */
  readonly when:
    | 'lists-devices'
    | 'has-own-tmp'
    | 'binds-no-homes'
    | 'shares-mounts'
    | 'allows-addresses'
    | 'allows-ports'
    | number
}

/** A row of the exposure table about one word. */
export interface ExposureRow {
  readonly weight: number
  /** The badness of the weakest value; that of all others is 0 but for those between. */
  readonly range: number
  readonly bad: string
  readonly good: string
  readonly between: Readonly<Record<string, readonly [badness: number, says: string]>>
}
