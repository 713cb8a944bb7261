import type {LintableUnit, ChosenUnits} from './part/lintable-unit.ts'
import type {ResolvedConfig} from '../config/configs.ts'
import type {FileSettings} from '../config/settings.ts'
import type {LintOptions} from '../engine/options.ts'
import type {FileSearch} from '../files/find.ts'

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
  readonly search?: FileSearch | undefined
  /** The config of the files in a folder; rejects with a usage error. */
  readonly configOf: (folder: string) => Promise<ResolvedConfig>
  /** What no config decides, added; the same settings make the same options. */
  readonly optionsOf: (settings: FileSettings) => LintOptions
  /** Which of all units are meant; absent: all. */
  readonly choose?: (<Of extends LintableUnit>(units: readonly Of[]) => ChosenUnits<Of>) | undefined
}

/** What is said of units while they are read. */
export interface ScopeNotes {
  readonly faults: Set<string>
  readonly notes: string[]
  readonly skipped: Map<string, number>
}
