import type {Applicability} from '../rule/rule.ts'
import type {Edit} from '../syntax/edit.ts'
import type {Position} from '../syntax/tree.ts'

/** 0: information, which never counts; 1: warning; 2: error. */
export type FindingSeverity = 0 | 1 | 2

/** A fix ready to apply: edits of the file that the finding is about. */
export interface FindingFix {
  readonly title: string
  readonly applicability: Applicability
  readonly edits: readonly Edit[]
  /** What it alone takes off the exposure, in tenths; only where that is asked for. */
  readonly gain?: number | undefined
}

/** A problem of a rule with all that a reporter wants to know. */
export interface Finding {
  readonly ruleId: string
  readonly severity: FindingSeverity
  readonly message: string
  readonly position: Position
  readonly note?: string | undefined
  readonly url?: string | undefined
  readonly fix?: FindingFix | undefined
}

/** The exposure of a service in tenths, before and after fixes, for the oldest target. */
export interface Exposure {
  readonly target: string
  readonly before: number
  readonly after: number
  /** Why nothing is safe to add to a service that is UNSAFE, where rules ask for it. */
  readonly because?: string
}
