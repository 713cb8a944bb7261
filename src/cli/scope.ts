import type {Candidate, Choice} from './part/candidate.ts'
import type {ResolvedConfig} from '../config/configs.ts'
import type {FileSettings} from '../config/settings.ts'
import type {LintOptions} from '../engine/options.ts'
import type {Search} from '../files/find.ts'

/** How to judge what a command line names. */
export interface Scope {
  readonly cwd: string
  /**
   * The root of a machine's files whose units are meant; absent: units are where they are named.
   */
  readonly root?: string | undefined
  /** The instance that templates are taken for; absent: they are looked at as such. */
  readonly instance?: string | undefined
  /** How to search where no root is given. */
  readonly search?: Search | undefined
  /** The config of the files in a folder; rejects with a usage error. */
  readonly configOf: (folder: string) => Promise<ResolvedConfig>
  /** What no config decides, added; the same settings make the same options. */
  readonly optionsOf: (settings: FileSettings) => LintOptions
  /** Which of all units are meant; absent: all. */
  readonly choose?: (<Of extends Candidate>(units: readonly Of[]) => Choice<Of>) | undefined
}

/** What is said of units while they are read. */
export interface Said {
  readonly faults: Set<string>
  readonly notes: string[]
  readonly skipped: Map<string, number>
}
