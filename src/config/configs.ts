import path from 'node:path'
import process from 'node:process'
import {addConfig, nothing, presetOrigin} from './collect.ts'
import type {Collected, KnownNames} from './collect.ts'
import type {Config, RuleSettings} from './config.ts'
import {evidenceFor} from './evidence-file.ts'
import {findConfig, nestedConfigs} from './find.ts'
import {ignoreMatcher} from './globs.ts'
import type {Matcher} from './globs.ts'
import type {ConfigOrigin} from './origin.ts'
import {originsByFile} from './origins.ts'
import type {SettingOrigins} from './origins.ts'
import {readConfig} from './read.ts'
import {checkedTargets, settingsByFile} from './settings.ts'
import type {FileSettings} from './settings.ts'
import type {Target} from '../facts/targets.ts'
import type {Trials} from '../needs/evidence/of-tried.ts'
import {anySource, dataSource} from './source.ts'
import type {ConfigSource} from './source.ts'
import {unexpected} from '../rule/suggest.ts'
import {ownersOf} from './trust.ts'
import type {Owners} from './trust.ts'
import {usageError} from './usage-error.ts'

/** What a command line says about configs. */
export interface ConfigFlags {
  /**
   * The config file for all files; false for none. Absent: that of the working folder, and what is
   * nested below it.
   */
  readonly config?: string | false | undefined
  /**
   * Only configs that are data count, as in a folder whose user does not trust it: code is not run.
   */
  readonly isData?: boolean | undefined
  /** The files are a stranger's, as below `--root`: no config is looked up. */
  readonly isForeign?: boolean | undefined
  /** How long a config may take, and a rule on a unit, in milliseconds; absent: 10 s. */
  readonly timeLimit?: number | undefined
  /** Takes a line for people about a config, or a part of one, that was passed over. */
  readonly note?: ((line: string) => void) | undefined
  /** In the place of `recommended`; config files come on top. */
  readonly presets?: readonly string[] | undefined
  /** On top of all configs. */
  readonly rules?: RuleSettings | undefined
  readonly targets?: readonly string[] | undefined
  /**
   * The target where neither the command line nor a config names one; absent: all that are
   * supported.
   */
  readonly assumed?: Target | undefined
  readonly manager?: 'system' | 'user' | undefined
  /**
   * The file that says what was tried of all units; absent: the one beside each unit, or above it.
   */
  readonly evidence?: string | undefined
}

/**
 * A config file with all that it extends, or what stands in for one, under the flags of a command
 * line.
 */
export interface ResolvedConfig extends Pick<Collected, 'rules' | 'plugins'> {
  /** Absent when there is no config file. */
  readonly file?: string | undefined
  /**
   * The settings of a file, by absolute path. Throws a usage error when the options of a rule are
   * missing.
   */
  settings(file: string): FileSettings
  /** Where these are from; see `SettingOrigins`. */
  origins(file: string): SettingOrigins
  readonly isIgnored: Matcher
}

/** The rules and presets that there are without any config. */
type BuiltIn = Pick<KnownNames, 'rules' | 'presets'>

/**
 * Configs by folder: from the absolute path of a folder to the config of the files in it.
 *
 * That of the working folder, which is found there or above it, or named, may be code. One between
 * that folder and a file comes with the files to lint, and is data: what it names is run only where
 * the config of the working folder has run it already.
 *
 * A config file is read once; what it extends, too. Rejects with a usage error, the same one for
 * all files of a config.
 */
export function configs(
  known: BuiltIn,
  flags: ConfigFlags,
  cwd: string,
): (folder: string) => Promise<ResolvedConfig> {
  const configOf = configsAlone(known, flags, cwd)
  const named = flags.evidence === undefined ? undefined : path.resolve(cwd, flags.evidence)
  if (flags.isForeign && named === undefined) return configOf
  const triedIn = evidenceFor({
    named,
    owners: ownersOf(process),
    note: flags.note ?? (() => undefined),
  })
  const made = new Map<ResolvedConfig, Map<Trials, ResolvedConfig>>()
  return async (folder) => {
    const config = await configOf(folder)
    const tried = await triedIn(folder)
    if (!tried) return config
    const its = made.get(config) ?? new Map<Trials, ResolvedConfig>()
    made.set(config, its)
    const whole = its.get(tried) ?? withTrials(config, tried)
    its.set(tried, whole)
    return whole
  }
}

/** A config whose settings know what was tried. */
function withTrials(config: ResolvedConfig, tried: Trials): ResolvedConfig {
  const made = new Map<FileSettings, FileSettings>()
  return {
    ...config,
    settings: (file) => {
      const settings = config.settings(file)
      const whole = made.get(settings) ?? {...settings, tried}
      made.set(settings, whole)
      return whole
    },
  }
}

/** Configs by folder, without what was tried. */
function configsAlone(
  known: BuiltIn,
  flags: ConfigFlags,
  cwd: string,
): (folder: string) => Promise<ResolvedConfig> {
  const note = flags.note ?? (() => undefined)
  const named = typeof flags.config === 'string' ? path.resolve(cwd, flags.config) : undefined
  const owners = ownersOf(process)
  const any = anySource(named === undefined ? owners : undefined, flags.timeLimit ?? 10_000)
  const source = flags.isData ? dataSource(any) : any
  const made = new Map<string | undefined, Promise<ResolvedConfig>>()
  const once = (
    file: string | undefined,
    make: () => Promise<ResolvedConfig>,
  ): Promise<ResolvedConfig> => {
    const config = made.get(file) ?? make()
    made.set(file, config)
    return config
  }
  let found: string | undefined
  let isFound = false
  const top = (): Promise<ResolvedConfig> => {
    if (!isFound)
      found = named ?? (flags.config === false ? undefined : find(flags, cwd, owners, note, source))
    isFound = true
    const folder = found === undefined || named ? cwd : path.dirname(found)
    return once(found, () => resolve(found, {...known, folder, source}, flags, cwd))
  }
  if (flags.config !== undefined || flags.isForeign) return top
  const nested = nestedConfigs(cwd)
  return async (folder) => {
    const files = nested(folder)
    if (files.length === 0) return top()
    // Without it there is nothing that one nested below may name; what is wrong with it is told of
    // its own files.
    const above = await top().catch(() => undefined)
    const data = dataSource(source)
    const file = files.find((candidate) => data.allows(candidate))
    for (const other of files.slice(0, file === undefined ? undefined : files.indexOf(file)))
      note(nestedCode(shown(other, cwd)))
    if (file === undefined) return top()
    return once(file, () =>
      resolve(file, {...known, folder: path.dirname(file), source: data}, flags, cwd, above),
    )
  }
}

/** The config of the working folder; of one that is not read, a note is made. */
function find(
  {isForeign = false}: ConfigFlags,
  cwd: string,
  owners: Owners | undefined,
  note: (line: string) => void,
  source: ConfigSource,
): string | undefined {
  const {file, notes} = findConfig(cwd, owners)
  if (!isForeign) for (const line of notes) note(line)
  if (file !== undefined && !source.allows(file)) {
    note(
      `${shown(file, cwd)}: Not run, as this folder is not trusted; expected JSON, or trust in the folder`,
    )
    return undefined
  }
  if (!isForeign || file === undefined) return file
  note(
    `${shown(file, cwd)}: Not read, as \`--root\` is given; expected \`--config ${shown(file, cwd)}\` to read it all the same`,
  )
  return undefined
}

function nestedCode(file: string): string {
  return `${file}: Not run, as it is among the files to lint; expected JSON, or \`--config ${file}\` to run it all the same`
}

/** Throws a usage error for a name in flags that no config could make right. */
export function checkFlags({rules, presets}: BuiltIn, flags: ConfigFlags): void {
  for (const preset of flags.presets ?? []) presetOf(preset, presets)
  for (const target of flags.targets ?? []) checkedTargets(target, {name: '--target', file: ''})
  const ids = rules.map(({id}) => id)
  const unknown = Object.keys(flags.rules ?? {}).find(
    (id) => !id.includes('/') && !ids.includes(id),
  )
  if (unknown !== undefined) throw usageError('--rule', unexpected('rule', unknown, ids))
}

function presetOf(name: string, presets: KnownNames['presets']): Config {
  const preset = Object.hasOwn(presets, name) ? presets[name] : undefined
  if (!preset) throw usageError('--preset', unexpected('preset', name, Object.keys(presets)))
  return preset
}

async function resolve(
  file: string | undefined,
  known: KnownNames,
  flags: ConfigFlags,
  cwd: string,
  top?: ResolvedConfig,
): Promise<ResolvedConfig> {
  const collected = nothing(known, top)
  const origin = {
    name: shown(file ?? '', cwd),
    file: file ?? path.join(cwd, 'unitlint.config.js'),
    path: '',
  }
  const config = file === undefined ? {} : await readConfig(origin, known.source)
  const option = (name: string): ConfigOrigin => ({name, file: origin.file})
  for (const preset of flags.presets ?? (config.extends === undefined ? ['recommended'] : [])) {
    await addConfig(presetOf(preset, known.presets), presetOrigin(preset, origin), collected, known)
  }
  if (file !== undefined) await addConfig(config, origin, collected, known)
  for (const line of collected.passedOver) flags.note?.(line)
  if (flags.rules) collected.layers.push({settings: {rules: flags.rules}, origin: option('--rule')})
  if (flags.targets)
    collected.layers.push({settings: {targets: flags.targets}, origin: option('--target')})
  if (flags.manager)
    collected.layers.push({settings: {manager: flags.manager}, origin: option('--user')})
  return {
    file,
    rules: collected.rules,
    plugins: collected.plugins,
    settings: settingsByFile(collected, known.presets, flags.assumed),
    origins: originsByFile(collected.layers, flags.assumed && '--root'),
    isIgnored: ignoreMatcher(collected.ignores, known.folder),
  }
}

/** A path as people know it: from the current folder, unless it is above or beside that. */
function shown(file: string, cwd: string): string {
  const relative = path.relative(cwd, file)
  return relative.startsWith('..') ? file : relative
}
