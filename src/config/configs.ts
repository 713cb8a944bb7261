import path from 'node:path'
import {add, nothing, presetOrigin} from './collect.ts'
import type {Collected, Known} from './collect.ts'
import type {Config, RuleSettings} from './config.ts'
import {configFinder} from './find.ts'
import {ignoreMatcher} from './globs.ts'
import type {Matcher} from './globs.ts'
import type {Origin} from './origin.ts'
import {readConfig} from './read.ts'
import {settingsByFile, targetOf} from './settings.ts'
import type {FileSettings} from './settings.ts'
import {unexpected} from './suggest.ts'
import {usageError} from './usage-error.ts'

/** What a command line says about configs. */
export interface ConfigFlags {
  /** The config file for all files; false for none. Absent: the nearest to each. */
  readonly config?: string | false | undefined
  /** In the place of `recommended`; config files come on top. */
  readonly presets?: readonly string[] | undefined
  /** On top of all configs. */
  readonly rules?: RuleSettings | undefined
  readonly targets?: readonly string[] | undefined
  readonly manager?: 'system' | 'user' | undefined
}

/** A config file with all that it extends, or what stands in for one, under the flags of a command line. */
export interface ResolvedConfig extends Pick<Collected, 'rules' | 'plugins'> {
  /** Absent when there is no config file. */
  readonly file?: string | undefined
  /** The settings of a file, by absolute path. Throws a usage error when the options of a rule are missing. */
  settings(file: string): FileSettings
  readonly isIgnored: Matcher
}

/**
 * Configs by folder: from the absolute path of a folder to the config of the files in it.
 *
 * A config file is read once; what it extends, too. Rejects with a usage error, the same one for all files of a config.
 */
export function configs(known: Omit<Known, 'folder'>, flags: ConfigFlags, cwd: string): (folder: string) => Promise<ResolvedConfig> {
  const find = configFinder()
  const named = typeof flags.config === 'string' ? path.resolve(cwd, flags.config) : undefined
  const made = new Map<string | undefined, Promise<ResolvedConfig>>()
  return (folder) => {
    const file = flags.config === false ? undefined : (named ?? find(folder))
    const config = made.get(file) ?? resolve(file, {...known, folder: file === undefined || named ? cwd : path.dirname(file)}, flags, cwd)
    made.set(file, config)
    return config
  }
}

/** Throws a usage error for a name in flags that no config could make right. */
export function checkFlags({rules, presets}: Omit<Known, 'folder'>, flags: ConfigFlags): void {
  for (const preset of flags.presets ?? []) presetOf(preset, presets)
  for (const target of flags.targets ?? []) targetOf(target, {name: '--target', file: ''})
  const ids = rules.map(({id}) => id)
  const unknown = Object.keys(flags.rules ?? {}).find((id) => !id.includes('/') && !ids.includes(id))
  if (unknown !== undefined) throw usageError('--rule', unexpected('rule', unknown, ids))
}

function presetOf(name: string, presets: Known['presets']): Config {
  const preset = Object.hasOwn(presets, name) ? presets[name] : undefined
  if (!preset) throw usageError('--preset', unexpected('preset', name, Object.keys(presets)))
  return preset
}

async function resolve(file: string | undefined, known: Known, flags: ConfigFlags, cwd: string): Promise<ResolvedConfig> {
  const collected = nothing(known)
  const origin = {name: shown(file ?? '', cwd), file: file ?? path.join(cwd, 'unitlint.config.js'), path: ''}
  const config = file === undefined ? {} : await readConfig(origin)
  const option = (name: string): Origin => ({name, file: origin.file})
  for (const preset of flags.presets ?? (config.extends === undefined ? ['recommended'] : [])) {
    await add(presetOf(preset, known.presets), presetOrigin(preset, origin), collected, known)
  }
  if (file !== undefined) await add(config, origin, collected, known)
  if (flags.rules) collected.layers.push({settings: {rules: flags.rules}, origin: option('--rule')})
  if (flags.targets) collected.layers.push({settings: {targets: flags.targets}, origin: option('--target')})
  if (flags.manager) collected.layers.push({settings: {manager: flags.manager}, origin: option('--user')})
  return {
    file,
    rules: collected.rules,
    plugins: collected.plugins,
    settings: settingsByFile(collected, known.presets),
    isIgnored: ignoreMatcher(collected.ignores, known.folder),
  }
}

/** A path as people know it: from the current folder, unless it is above or beside that. */
function shown(file: string, cwd: string): string {
  const relative = path.relative(cwd, file)
  return relative.startsWith('..') ? file : relative
}
