import type {Rule} from '../rule/rule.ts'
import type {LintResult} from './lint-result.ts'

/** What a run was, which no file tells. */
interface RunFacts {
  /** How many units were judged. */
  readonly units: number
  /** The systemds that they were judged for, in words: `252 and later`. */
  readonly targets: readonly string[]
  /** What was passed over, and how often: `template`, `link`. */
  readonly skipped: ReadonlyMap<string, number>
  /** Something that was asked for could not be judged, which is told elsewhere. */
  readonly isPartial: boolean
}

/** What is told of files passed over that are no units, as only their contents show. */
export const passedOver = 'foreign file'

/** What a report depends on beside the files. */
export interface ReportContext {
  /** Whether to use ANSI colours. */
  readonly color: boolean
  /** Absolute; what relative paths in reports start from. */
  readonly cwd: string
  /** Errors only. */
  readonly quiet: boolean
  /** Width of the terminal; 100 when not known. */
  readonly columns?: number | undefined
  /** The page of a rule, for terminals that show links; absent: they do not. */
  readonly links?: ((id: string) => string | undefined) | undefined
  /** The rules that ran, for reports that describe them. */
  readonly rules: readonly Rule[]
  /** The page of a rule, for reports that describe rules; else that of its first message. */
  readonly ruleUrl?: ((id: string) => string) | undefined
  /** That of unitlint. */
  readonly version: string
  /** Fixes were made, not only looked for. */
  readonly fixed: boolean
  /** Fixes were made, or shown: what is told is what they leave. */
  readonly fixing?: boolean
  /** What the run was, for reports that end in a line about it. */
  readonly run?: RunFacts | undefined
}

/** Text for what was found, without a line end at its end; empty when there is nothing to say. */
export type Formatter = (
  entries: readonly LintResult[],
  context: ReportContext,
) => string | Promise<string>

/** A report that is made file by file, so that what was found in a file need not be kept. */
export interface EachFormatter {
  /** What is said of a file; empty for nothing. */
  each(entry: LintResult, context: ReportContext): string
  /** What stands around them all and between two. */
  readonly frame: readonly [start: string, between: string, end: string]
}

/** What says something is below the other. */
export const belowEachOther: EachFormatter['frame'] = ['', '\n', '']
