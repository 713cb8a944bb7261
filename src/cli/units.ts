import path from 'node:path'
import type {ResolvedConfig} from '../config/configs.ts'
import type {FileSettings} from '../config/settings.ts'
import {UsageError} from '../config/usage-error.ts'
import type {LintOptions} from '../engine/options.ts'
import {findFiles} from '../files/find.ts'
import type {FoundFile} from '../files/find.ts'
import {unitFiles} from '../files/neighbours.ts'
import {readText} from '../files/read.ts'
import {impostor} from '../files/recognise.ts'

/** A file with its text as it was read. */
export interface Source {
  readonly path: string
  readonly text: string
}

/** A unit to lint: its main file first, then its drop-ins. */
export interface UnitSources {
  readonly files: readonly [Source, ...Source[]]
  readonly options: LintOptions
}

/** What there is to lint, and what there is to say of the rest, in lines. */
export interface Units {
  readonly units: readonly UnitSources[]
  /** What kept files, or all files of a config, from being linted. */
  readonly faults: ReadonlySet<string>
  /** What people should know and is no fault. */
  readonly notes: readonly string[]
}

/** How to judge what a command line names. */
export interface Scope {
  readonly cwd: string
  /** The config of the files in a folder; rejects with a usage error. */
  readonly configOf: (folder: string) => Promise<ResolvedConfig>
  /** What no config decides, added; the same settings make the same options. */
  readonly optionsOf: (settings: FileSettings) => LintOptions
}

/** Find and read the units that arguments stand for. */
export async function readUnits(names: readonly string[], scope: Scope): Promise<Units> {
  const {cwd} = scope
  const found = findFiles(names, cwd)
  const faults = new Set(found.faults.map(({path: file, message}) => `${file}: ${message}`))
  const notes: string[] = []
  const units: UnitSources[] = []
  const kept = await withConfigs(found.files, scope, faults, notes)
  for (const {file, dropIns} of unitFiles([...kept.keys()], cwd)) {
    const {config, isNamed} = kept.get(file) ?? {}
    if (!config) continue
    const sources = [file, ...dropIns.filter((dropIn) => !config.isIgnored(path.resolve(cwd, dropIn)))].flatMap((one) => read(one, cwd, faults))
    // Drop-ins whose unit cannot be read are linted alone.
    for (const [main, ...rest] of sources[0]?.path === file ? [sources] : sources.map((source) => [source])) {
      const looksLike = main && impostor(main.text)
      if (looksLike !== undefined && isNamed) notes.push(`${main?.path}: Looks like ${looksLike}, linted as a unit because it was named`)
      const options = main && (looksLike === undefined || isNamed) ? optionsFor(main.path, config, scope, faults) : undefined
      if (main && options) units.push({files: [main, ...rest], options})
    }
  }
  if (units.length === 0 && faults.size === 0 && found.files.some((file) => !file.isNamed))
    faults.add('unitlint: No units: all files found are ignored, or are something else')
  return {units, faults, notes}
}

/** Adds options to settings, once for each settings. */
export function runOptions(run: Pick<LintOptions, 'fix' | 'inlineConfig' | 'reportUnusedDisables'>): Scope['optionsOf'] {
  const made = new Map<FileSettings, LintOptions>()
  return (settings) => {
    const options = made.get(settings) ?? {...settings, ...run}
    made.set(settings, options)
    return options
  }
}

/** The unit on standard input, with the drop-ins that it would have under its name. */
export async function stdinUnit(name: string, text: string, scope: Scope): Promise<Units> {
  const {cwd} = scope
  const faults = new Set<string>()
  const config = await configFor(name, scope, faults)
  const [{dropIns = []} = {}] = unitFiles([name], cwd)
  const options = config && optionsFor(name, config, scope, faults)
  const isIgnored = config?.isIgnored(path.resolve(cwd, name)) ?? false
  if (!options || isIgnored) return {units: [], faults, notes: isIgnored ? [ignoredNote(name)] : []}
  return {units: [{files: [{path: name, text}, ...dropIns.flatMap((dropIn) => read(dropIn, cwd, faults))], options}], faults, notes: []}
}

/** The files that are not ignored, each with its config; files without a sound config are left out. */
async function withConfigs(
  files: readonly FoundFile[],
  scope: Scope,
  faults: Set<string>,
  notes: string[],
): Promise<Map<string, {config: ResolvedConfig; isNamed: boolean}>> {
  const kept = new Map<string, {config: ResolvedConfig; isNamed: boolean}>()
  for (const {path: file, isNamed} of files) {
    const config = await configFor(file, scope, faults)
    if (!config) continue
    if (!config.isIgnored(path.resolve(scope.cwd, file))) kept.set(file, {config, isNamed})
    else if (isNamed) notes.push(ignoredNote(file))
  }
  return kept
}

async function configFor(file: string, {cwd, configOf}: Scope, faults: Set<string>): Promise<ResolvedConfig | undefined> {
  try {
    return await configOf(path.dirname(path.resolve(cwd, file)))
  } catch (error) {
    faults.add(usageFault(error))
    return undefined
  }
}

function optionsFor(file: string, config: ResolvedConfig, {cwd, optionsOf}: Scope, faults: Set<string>): LintOptions | undefined {
  try {
    return optionsOf(config.settings(path.resolve(cwd, file)))
  } catch (error) {
    faults.add(usageFault(error))
    return undefined
  }
}

/** The line of a config's fault; whatever else is thrown is thrown on. */
function usageFault(error: unknown): string {
  if (error instanceof UsageError) return error.message
  throw error
}

function read(file: string, cwd: string, faults: Set<string>): Source[] {
  const read = readText(path.resolve(cwd, file))
  if ('text' in read) return [{path: file, text: read.text}]
  faults.add(`${file}: ${read.fault}`)
  return []
}

function ignoredNote(file: string): string {
  return `${file}: Ignored, as its config says`
}
