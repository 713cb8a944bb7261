import type {AccessId} from '../facts/accesses.ts'
import type {Phase} from '../needs/evidence/traced.ts'
import type {Use} from '../needs/evidence/paths.ts'

/** No service has more of what is kept of it; what is beyond is not kept, whatever a log holds. */
const most = 4000

/**
 * What processes of one service did, as far as it was seen: it grows with what is new, not with the
 * log.
 */
export class TracedFacts {
  readonly programs = new Set<string>()
  readonly calls = new Set<string>()
  readonly refused = new Set<string>()
  readonly did = new Map<AccessId, Set<string>>()
  readonly tried = new Map<AccessId, Set<string>>()
  readonly places = new Map<Use, Set<string>>()
  readonly asRoot = new Set<string>()
  readonly seen = new Set<Phase>()
  readonly unclear = new Set<'writes' | 'rings' | 'cut'>()
  /** Paths that it made itself: it owns them. */
  readonly made = new Set<string>()
  /** What it made in temporary folders, and did not remove: others may look for it there. */
  readonly left = new Set<string>()
  /** Where it listens, in words: what it connects to there is no client. */
  readonly listening = new Set<string>()
  /** How many times its program was started. */
  runs = 0
  accepted = 0
  datagrams = 0
  connectedToItself = 0
  isWaiting = false

  /** Something that it did that takes an access. */
  note(access: AccessId, clause: string): void {
    noted(this.did, access, clause)
  }

  /** The same, in vain. */
  try(access: AccessId, clause: string): void {
    noted(this.tried, access, clause)
  }

  place(use: Use, path: string): void {
    let paths = this.places.get(use)
    if (!paths) this.places.set(use, (paths = new Set<string>()))
    keep(paths, path)
  }

  make(path: string): void {
    keep(this.made, path)
  }

  listen(where: string): void {
    keep(this.listening, where)
  }

  call(name: string, isRefused: boolean): void {
    keep(isRefused ? this.refused : this.calls, name)
  }

  run(program: string): void {
    keep(this.programs, program)
  }

  leave(path: string): void {
    keep(this.left, path)
  }

  root(path: string): void {
    keep(this.asRoot, path)
  }

  /** Take in what others did that belong to it. */
  add(other: TracedFacts): void {
    for (const key of [
      'programs',
      'calls',
      'refused',
      'asRoot',
      'seen',
      'unclear',
      'made',
      'left',
      'listening',
    ] as const) {
      const all = this[key] as Set<string>
      for (const one of other[key]) if (all.size < most) all.add(one)
    }
    for (const [access, clauses] of other.did)
      for (const clause of clauses) this.note(access, clause)
    for (const [access, clauses] of other.tried)
      for (const clause of clauses) this.try(access, clause)
    for (const [use, paths] of other.places) for (const path of paths) this.place(use, path)
    this.runs += other.runs
    this.accepted += other.accepted
    this.datagrams += other.datagrams
    this.connectedToItself += other.connectedToItself
    this.isWaiting ||= other.isWaiting
  }
}

/** A few clauses for an access say enough. */
function noted(all: Map<AccessId, Set<string>>, access: AccessId, clause: string): void {
  let clauses = all.get(access)
  if (!clauses) all.set(access, (clauses = new Set<string>()))
  if (clauses.size < 4) keep(clauses, clause.length > 100 ? `${clause.slice(0, 97)}...` : clause)
}

function keep(texts: Set<string>, text: string): void {
  if (!texts.has(text) && texts.size < most) texts.add(apart(text))
}

/** A text that is no part of a longer one: such parts keep the whole of a log in memory. */
export function apart(text: string): string {
  // What is parsed is made anew.
  return JSON.parse(JSON.stringify(text)) as string
}
