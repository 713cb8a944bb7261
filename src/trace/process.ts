import {TracedFacts} from './facts.ts'

/** Processes that belong together; `into` once it is known that they belong to others. */
export class Group {
  readonly facts = new TracedFacts()
  into: Group | undefined
  /**
   * `service`: begun by a program; `manager`: systemd itself; `stage`: what it does in a child
   * before it runs a program; `orphan`: not known yet.
   */
  kind: 'service' | 'manager' | 'stage' | 'orphan'
  /** What was run first. */
  program = ''
  unit: string | undefined
  /**
   * What an orphan became when it ran a program: a service of its own if the orphan was the
   * manager's.
   */
  after: Group | undefined
  /** Of what an orphan became: the orphan. */
  before: Group | undefined

  constructor(kind: Group['kind']) {
    this.kind = kind
  }

  /** The group that it belongs to by now. */
  get top(): Group {
    return topOf(this)
  }
}

function topOf(group: Group): Group {
  let top = group
  while (top.into) top = top.into
  return top
}

/** What a descriptor is, where nobody annotated it. */
export interface Opened {
  /** A folder. */
  readonly path?: string
  /** The family of a socket. */
  readonly family?: string
  /** What it is bound to, in words. */
  bound?: string
  isListening?: boolean
  /** It is connected to another. */
  isConnected?: boolean
}

/** A process as far as its log tells; threads are processes too. */
export interface Process {
  readonly pid: number
  group: Group
  /** Who it is to the kernel; undefined where nothing told: it may be root. */
  user: number | undefined
  /** It keeps its capabilities when it stops being root. */
  keepsPowers: boolean
  /** It has set no_new_privs. */
  isBarred: boolean
  /** It has mounts of its own. */
  hasOwnMounts: boolean
  folder: string | undefined
  /** What it takes for the root directory; empty for the real one. */
  root: string
  opened: Map<number, Opened>
  /** The greatest limits that are known, by resource. */
  limits: Map<string, number>
  /** A call that is not over. */
  pending: {readonly name: string; readonly text: string} | undefined
  /** The process that it is just making is known already, by another number perhaps. */
  hasMade: boolean
  isFirst: boolean
  isAlive: boolean
}

export function newProcess(
  pid: number,
  group: Group,
  parent?: Process,
  sharesFiles = false,
): Process {
  return {
    pid,
    group,
    user: parent?.user,
    keepsPowers: parent?.keepsPowers ?? false,
    isBarred: parent?.isBarred ?? false,
    hasOwnMounts: parent?.hasOwnMounts ?? false,
    folder: parent?.folder,
    root: parent?.root ?? '',
    opened: parent
      ? sharesFiles || parent.opened.size === 0
        ? parent.opened
        : new Map(parent.opened)
      : new Map<number, Opened>(),
    limits: parent?.limits ?? new Map<string, number>(),
    pending: undefined,
    hasMade: false,
    isFirst: false,
    isAlive: true,
  }
}

/** Whether a process may have the powers of root. */
export function isPowerful({user, keepsPowers}: Process): boolean {
  return user === undefined || user === 0 || keepsPowers
}
