import type {} from 'vfile'
import type {} from 'vfile-message'
import type {Applicability} from '../rule/rule.ts'
import type {Edit} from '../syntax/edit.ts'
import type {Position} from '../syntax/tree.ts'

/** 1: warning, 2: error. */
export type FindingSeverity = 1 | 2

/** A fix ready to apply: edits of the file that the finding is about. */
export interface FindingFix {
  readonly title: string
  readonly applicability: Applicability
  readonly edits: readonly Edit[]
}

/** What a VFileMessage of ours carries beyond vfile's own fields. */
declare module 'vfile-message' {
  interface VFileMessage {
    fix?: FindingFix | undefined
    /** 1: warning, 2: error. */
    severity?: FindingSeverity | undefined
  }
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

declare module 'vfile' {
  interface DataMap {
    unitlint?: UnitlintData
  }
}

/** What unitlint leaves on a VFile beside messages. */
export interface UnitlintData {
  /** Exposure in tenths before and after fixes, made or not, for the oldest target; only for services that systemd would load. */
  exposure?: {target: string; before: number; after: number}
  /** Fixes applied to the file, by rule id, in the order applied. */
  applied?: readonly string[]
}
