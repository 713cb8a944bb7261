import type {Profile} from '../needs/profile.ts'
import type {Rule} from '../rule/rule.ts'
import type {Severity} from './severities.ts'

/** A severity alone keeps the options that an earlier config gave. */
export type RuleSetting =
  | Severity
  | readonly [Severity]
  | readonly [Severity, Readonly<Record<string, unknown>>]

/** By rule id; `plugin/rule` for rules of plugins. */
export type RuleSettings = Readonly<Record<string, RuleSetting>>

/** What may differ from file to file. */
export interface LintSettings {
  readonly rules?: RuleSettings
  /** Those of `rules` that are told only where `--fix` mends what they find. */
  readonly safeOnly?: readonly string[]
  /**
   * What the services need, and whether that is all: a profile, the name of a preset that has one,
   * or `auto`, by which evidence chooses one; or the path of a JSON file that `unitlint trace`
   * wrote, which says what they were seen to do.
   */
  readonly profile?: string | Profile
  /** The systemds to judge by: versions, or releases such as `debian-12`. */
  readonly targets?: ReadonlyArray<string | number>
  /** Whose units: those of the system, or of a user's manager. */
  readonly manager?: 'system' | 'user'
  /** Whether comments that turn rules off have to give a reason behind `--`. Absent: no. */
  readonly requireReasons?: boolean
}

/** Settings for some files only. */
export interface Override extends LintSettings {
  /** Globs, from the folder of the config file; one without a slash fits in any folder. */
  readonly files: readonly string[]
  /** Globs of files that `files` fits and that are left out. */
  readonly excludedFiles?: readonly string[]
}

/** Rules of others, and configs that turn them on. */
export interface Plugin {
  readonly rules: readonly Rule[]
  /** By name: `plugin/name` in `extends`. */
  readonly configs?: Readonly<Record<string, Config>>
}

/** What `unitlint.config.*` exports. */
export interface Config extends LintSettings {
  readonly $schema?: string
  /**
   * Presets, `plugin/name`, packages, paths of other config files, or configs. Absent:
   * `recommended`.
   */
  readonly extends?: string | Config | ReadonlyArray<string | Config>
  /** By the name that their rules get in front: a plugin, a package, or the path of a module. */
  readonly plugins?: Readonly<Record<string, Plugin | string>>
  /** For some files; later ones win. */
  readonly overrides?: readonly Override[]
  /** Globs of files not to lint. A folder stands for all below it, `!` takes an exception. */
  readonly ignores?: readonly string[]
}

/** A config, checked by the editor: `export default defineConfig({...})`. */
export function defineConfig(config: Config): Config {
  return config
}
