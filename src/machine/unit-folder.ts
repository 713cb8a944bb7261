/** What a name stands for in a folder. */
export type FolderEntry = {
  /** Where to read it. */
  readonly path: string
} & (FolderNode | Link)

/** A symbolic link. */
export interface Link {
  readonly kind: 'link'
  /** Whether its text is an absolute path. */
  readonly isAbsolute: boolean
  /**
   * What its text points to, which may be a link again: a file in a folder of the unit path or
   * outside; `unknown` behind links that lead back to themselves.
   */
  readonly target:
    | {readonly place: 'inside' | 'outside'; readonly name: string}
    | {readonly place: 'unknown'}
  /** What it leads to in the end. */
  readonly end: FolderNode | {readonly kind: 'nothing' | 'loop'}
}

/** One folder of a unit path. */
export interface UnitFolder {
  readonly path: string
  readonly entries: ReadonlyMap<string, FolderEntry>
}

/** A unit as found on a unit path. */
export interface LocatedUnit {
  /** Its own name: for an alias the name of what it leads to; an instance keeps its instance. */
  readonly name: string
  /** Every name by which it is known, its own first. */
  readonly names: readonly string[]
  /** `refused`: systemd does not accept the name, or the link or folder that has it. */
  readonly state: 'found' | 'masked' | 'missing' | 'refused'
  /** Why it is refused; for people. */
  readonly reason?: string
  /** The main file; slices and devices need none. */
  readonly fragment: string | undefined
  /** In order of application; those that are masked or cannot be read left out. */
  readonly dropIns: readonly string[]
  /** Whether some of these amend other units too. */
  readonly isAmongMany: boolean
  /** The units that links in its folders, such as `NAME.wants`, pull in. */
  readonly pulls: ReadonlyArray<{
    readonly kind: 'wants' | 'requires' | 'upholds'
    readonly name: string
    /** The folder of the unit path in which `NAME.wants` is. */
    readonly folder: string
  }>
}

/** What lies at a path, links followed. */
export type FolderNode =
  | {readonly kind: 'file'; readonly isEmpty: boolean}
  /** Such as `/dev/null`. */
  | {readonly kind: 'device'}
  | {readonly kind: 'folder'; readonly entries: ReadonlyMap<string, FolderEntry>}
  /** A pipe or socket. */
  | {readonly kind: 'other'}
