import type {AccessId} from '../facts/accesses.ts'
import type {Phase} from '../needs/evidence/traced.ts'
import type {Use} from '../needs/evidence/paths.ts'

/** No service has more of what is kept of it; what is beyond is not kept, whatever a log holds. */
const most = 4000

/** What processes of one service did, as far as it was seen: it grows with what is new, not with the log. */
export class Facts {
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
  /** Where it listens, in words: what it connects to there is no client. */
  readonly listening = new Set<string>()
  readonly runs = new Set<string>()
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
    if (paths.size < most) paths.add(path)
  }

  make(path: string): void {
    if (this.made.size < most) this.made.add(path)
  }

  root(path: string): void {
    if (this.asRoot.size < most) this.asRoot.add(path)
  }

  /** Take in what others did that belong to it. */
  add(other: Facts): void {
    for (const key of ['programs', 'calls', 'refused', 'asRoot', 'seen', 'unclear', 'made', 'listening', 'runs'] as const) {
      const all = this[key] as Set<string>
      for (const one of other[key]) if (all.size < most) all.add(one)
    }
    for (const [access, clauses] of other.did) for (const clause of clauses) this.note(access, clause)
    for (const [access, clauses] of other.tried) for (const clause of clauses) this.try(access, clause)
    for (const [use, paths] of other.places) for (const path of paths) this.place(use, path)
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
  if (clauses.size < 4) clauses.add(clause.length > 100 ? `${clause.slice(0, 97)}...` : clause)
}
