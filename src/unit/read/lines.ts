import type {ValueFacts} from '../../facts/directives.ts'
import type {Assignment} from '../unit.ts'
import type {Complaint} from './complaint.ts'
import type {TakenValue} from './words.ts'

/** An assignment that systemd takes, or takes some of. */
export interface TakenLine extends TakenValue {
  readonly assignment: Assignment
  readonly facts: ValueFacts
  /** The place among all lines of the unit. */
  readonly order: number
}

/** What has become of a line that systemd took, when all lines are read. */
export interface MergedLine {
  readonly line: TakenLine
  /**
   * `in-force`: all or some of it; `done`: it took back what was there; `idle`: it does nothing at
   * all.
   */
  readonly state: 'in-force' | 'done' | 'idle' | 'ended'
  /** What ended it. */
  readonly by?: Assignment
  /** Words that do not count: systemd skips them, or a later line overrides them; in order. */
  readonly lost: readonly LostWord[]
  /** The places that it still holds. */
  readonly holds: ReadonlySet<string>
}

/**
 * A word that does not count, by offsets in the logical value: systemd skips it, or a later line
 * overrides it.
 */
export interface LostWord {
  readonly from: number
  readonly to: number
  readonly complaint?: Complaint
  readonly by?: Assignment
}
