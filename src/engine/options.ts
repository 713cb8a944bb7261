import type {Profiles} from '../needs/kind.ts'
import type {Trace} from '../needs/evidence/traced.ts'
import type {Trials} from '../needs/evidence/of-tried.ts'
import type {Profile} from '../needs/profile.ts'
import type {Target} from '../facts/targets.ts'
import type {Rule} from '../rule/rule.ts'
import type {FindingSeverity} from './finding.ts'
import type {Timing} from './timing.ts'
import type {DropInNotes} from './write/notes.ts'

/** A rule that is on, with its severity and its options, parsed by the rule's own schema. */
export interface ActiveRule {
  readonly rule: Rule
  readonly severity: FindingSeverity
  readonly options: unknown
  /** Whether its problems are told only where `--fix` mends them. */
  readonly safeOnly?: boolean
}

/** All systemds that fixes must suit: the targets, and up to which others nobody named. */
export function suited({targets, upTo}: Pick<LintOptions, 'targets' | 'upTo'>): readonly Target[] {
  return upTo ? [...targets, upTo] : targets
}

/** Whether a run that fixes is to fix a problem of a rule. */
export function isToBeFixed(
  {severity, ruleId}: {readonly severity: FindingSeverity; readonly ruleId: string},
  {fixOnly}: Pick<LintOptions, 'fixOnly'>,
): boolean {
  return fixOnly === undefined || (fixOnly === 'errors' ? severity === 2 : fixOnly.includes(ruleId))
}

/** How one file is to be linted: what is left of all configs, presets and flags. */
export interface LintOptions {
  readonly rules: readonly ActiveRule[]
  /** The systemds to judge by; at least one. */
  readonly targets: readonly Target[]
  /**
   * Where nobody named a target: the newest systemd that the units may meet. What it does not hold
   * against them is only information.
   */
  readonly upTo?: Target | undefined
  readonly manager: 'system' | 'user'
  /** What the services need; several: evidence chooses one for each. */
  readonly profile?: Profile | Profiles | undefined
  /** What logs of strace(1) show of services. */
  readonly trace?: Trace | undefined
  /** What was tried of units on machines. */
  readonly tried?: Trials | undefined
  /** Which fixes to apply; none when absent. */
  readonly fix?: 'safe' | 'unsafe' | undefined
  /** Which problems are fixed: errors, or those of some rules; absent: all. */
  readonly fixOnly?: 'errors' | readonly string[] | undefined
  /**
   * The path of the drop-in that takes all fixes, one of the unit's files, empty where it is not
   * there yet; absent: each file takes its own.
   */
  readonly into?: string | undefined
  /** What that drop-in says of itself; absent: nothing but that it was written. */
  readonly notes?: DropInNotes | undefined
  /** Obey comments such as `# unitlint-disable-next-line`. Default: true. */
  readonly inlineConfig?: boolean
  /** Report such comments that suppress nothing, at this severity. */
  readonly reportUnusedDisables?: FindingSeverity | undefined
  /** Tell how exposed a service is, and would be after fixes. Default: true. */
  readonly exposure?: boolean
  /** Tell what each fix alone takes off it. Default: false. */
  readonly gains?: boolean | undefined
  /** Milliseconds since 1970, to tell by what is past; absent: nothing is. */
  readonly now?: number | undefined
  /** Report such comments that give no reason, as errors. */
  readonly requireReasons?: boolean | undefined
  /**
   * The ids of all rules that there are, on or off: comments that name others are reported. Absent:
   * any may be one.
   */
  readonly knownRules?: ReadonlySet<string> | undefined
  /** Where it is asked for: what takes how long. */
  readonly timing?: Timing | undefined
  /** The page of a rule. */
  readonly ruleUrl?: (id: string) => string
}
