import path from 'node:path'
import {nearest} from '../facts/nearest.ts'
import {traceIn} from '../needs/evidence/trace-profile.ts'
import type {Trace} from '../needs/evidence/traced.ts'
import {messageOf} from '../rule/thrown.ts'
import type {Rule} from '../rule/rule.ts'
import type {Config, Plugin, LintSettings} from './config.ts'
import {foreignRule} from './foreign.ts'
import {fileMatcher} from './globs.ts'
import type {Matcher} from './globs.ts'
import {inside, wrong} from './origin.ts'
import type {ConfigOrigin} from './origin.ts'
import {checkPlugin, fileNamed, findPackage, loadModule} from './plugins.ts'
import {checkConfig} from './read.ts'
import type {ConfigSource} from './source.ts'
import {unexpected} from '../rule/suggest.ts'

/** Settings of one config, or of one override in it; later layers win. */
export interface Layer {
  readonly settings: LintSettings
  readonly origin: ConfigOrigin
  /** Part of a preset of our own: nobody needs to check it. */
  readonly isOurs?: boolean
  /** The files that it is for; absent: all. */
  readonly fits?: Matcher
  /** What the file shows that its profile names. */
  readonly trace?: Trace | undefined
}

/** All that a config and those it extends say, in order. */
export interface Collected {
  readonly layers: Layer[]
  /** By id, those of plugins included. */
  readonly rules: Map<string, Rule>
  readonly plugins: Map<string, Plugin>
  readonly ignores: string[]
  /** What was named and not run, in lines. */
  readonly passedOver: string[]
}

/** What configs can name. */
export interface KnownNames {
  readonly rules: readonly Rule[]
  readonly presets: Readonly<Record<string, Config>>
  /** Where globs start: the folder of the config file that is in force. */
  readonly folder: string
  readonly source: ConfigSource
}

/** Nothing yet but the built-in rules, and what the plugins of another config bring. */
export function nothing(
  {rules}: KnownNames,
  top?: Pick<Collected, 'rules' | 'plugins'>,
): Collected {
  return {
    layers: [],
    rules: new Map([...rules.map((rule) => [rule.id, rule] as const), ...(top?.rules ?? [])]),
    plugins: new Map(top?.plugins),
    ignores: [],
    passedOver: [],
  }
}

/**
 * Add a config: first its plugins, then what it extends in order, then its own settings, then its
 * overrides in order.
 *
 * Rejects with a usage error.
 */
export async function addConfig(
  config: Config,
  origin: ConfigOrigin,
  collected: Collected,
  known: KnownNames,
  above: readonly string[] = [],
): Promise<void> {
  const files = [...above, origin.file]
  for (const [name, plugin] of Object.entries(config.plugins ?? {}))
    await addPlugin(name, plugin, inside(origin, `plugins.${name}`), collected, known.source)
  const isList = Array.isArray(config.extends)
  for (const [index, extended] of listOf(config.extends).entries()) {
    const place = inside(origin, isList ? `extends[${index}]` : 'extends')
    const base = await extendedConfig(extended, place, files, collected, known)
    if (base) await addConfig(base.config, base.origin, collected, known, files)
  }
  const trace = await tracedBy(config, origin, known.source)
  collected.layers.push({
    settings: config,
    origin,
    trace,
    isOurs: Object.values(known.presets).includes(config),
  })
  for (const [index, override] of (config.overrides ?? []).entries()) {
    const fits = fileMatcher(override.files, known.folder)
    const isExcluded = fileMatcher(override.excludedFiles ?? [], known.folder)
    const place = inside(origin, `overrides[${index}]`)
    const its = await tracedBy(override, place, known.source)
    collected.layers.push({
      settings: override,
      origin: place,
      trace: its,
      fits: (file) => fits(file) && !isExcluded(file),
    })
  }
  for (const glob of config.ignores ?? []) collected.ignores.push(glob)
}

/**
 * What the file shows that a profile names: a summary of `unitlint trace`. Rejects with a usage
 * error for what is none.
 */
async function tracedBy(
  {profile}: LintSettings,
  origin: ConfigOrigin,
  source: ConfigSource,
): Promise<Trace | undefined> {
  if (typeof profile !== 'string' || !profile.endsWith('.json')) return undefined
  const place = inside(origin, 'profile')
  const file = path.resolve(path.dirname(origin.file), profile)
  let value: unknown
  try {
    value = await source.load(file)
  } catch (error) {
    throw wrong(place, `\`${profile}\`: ${messageOf(error)}`, error)
  }
  const read = traceIn(value)
  if (typeof read === 'string') throw wrong(place, `\`${profile}\`: ${read}`)
  return read
}

/** Where a preset stands, for messages. */
export function presetOrigin(name: string, {file}: ConfigOrigin): ConfigOrigin {
  return {name: `preset ${name}`, file, path: ''}
}

function listOf(extended: Config['extends']): ReadonlyArray<string | Config> {
  if (extended === undefined) return []
  // `Array.isArray` does not know read-only arrays.
  return Array.isArray(extended)
    ? (extended as ReadonlyArray<string | Config>)
    : [extended as string | Config]
}

async function addPlugin(
  name: string,
  plugin: Plugin | string,
  origin: ConfigOrigin,
  collected: Collected,
  source: ConfigSource,
): Promise<void> {
  const value =
    typeof plugin === 'string'
      ? await loadNamed(plugin, origin, collected, source)
      : {value: plugin}
  if (!value) return
  const loaded = await checkPlugin(name, value.value, origin, source)
  const same = collected.plugins.get(name)
  if (same === loaded) return
  if (same) throw wrong(origin, `Unexpected second plugin \`${name}\``)
  collected.plugins.set(name, loaded)
  for (const rule of loaded.rules) {
    const renamed = foreignRule(name, rule, source.bounded)
    collected.rules.set(renamed.id, renamed)
  }
}

async function extendedConfig(
  extended: string | Config,
  origin: ConfigOrigin,
  above: readonly string[],
  collected: Collected,
  {presets, source}: KnownNames,
): Promise<{config: Config; origin: ConfigOrigin} | undefined> {
  const {plugins, passedOver} = collected
  if (typeof extended !== 'string') return {config: extended, origin}
  const preset = Object.hasOwn(presets, extended) ? presets[extended] : undefined
  if (preset) return {config: preset, origin: presetOrigin(extended, origin)}
  const slash = extended.lastIndexOf('/')
  const plugin = plugins.get(extended.slice(0, slash))
  if (plugin && slash > 0)
    return pluginConfig(plugin, extended, extended.slice(slash + 1), origin, source)
  if (/^[\w-]+$/.test(extended) && findPackage(extended, origin, source) === undefined)
    throw wrong(
      origin,
      nearest(extended, Object.keys(presets)) === undefined
        ? `Unexpected \`${extended}\`, which is no preset, and no package of that name is installed`
        : unexpected('preset', extended, Object.keys(presets)),
    )
  // A config of a plugin that was passed over.
  if (
    passedOver.length > 0 &&
    /^[@\w]/.test(extended) &&
    findPackage(extended, origin, source) === undefined
  )
    return undefined
  const named = await loadNamed(extended, origin, collected, source)
  if (!named) return undefined
  const {file, value} = named
  if (above.includes(file))
    throw wrong(origin, `Unexpected circle: \`${extended}\` extends this config`)
  const base = {name: extended, file, path: ''}
  return {config: await checkConfig(value, base, source), origin: base}
}

/** What a config names, loaded; undefined for what is passed over. */
async function loadNamed(
  specifier: string,
  origin: ConfigOrigin,
  {passedOver}: Collected,
  source: ConfigSource,
): Promise<{file: string; value: unknown} | undefined> {
  const file = fileNamed(specifier, origin, source)
  if (source.allows(file)) return {file, value: await loadModule(file, specifier, origin, source)}
  passedOver.push(notRun(specifier, origin))
  return undefined
}

function notRun(specifier: string, {name, path = ''}: ConfigOrigin): string {
  return `${name}: ${path}: \`${specifier}\` is not run, as this config is among the files to lint; expected it in the config of the working folder, or this one after \`--config\``
}

async function pluginConfig(
  {configs = {}}: Plugin,
  full: string,
  name: string,
  origin: ConfigOrigin,
  source: ConfigSource,
): Promise<{config: Config; origin: ConfigOrigin}> {
  if (!Object.hasOwn(configs, name))
    throw wrong(origin, unexpected('config', name, Object.keys(configs)))
  const base = {name: full, file: origin.file, path: ''}
  return {config: await checkConfig(configs[name], base, source), origin: base}
}
