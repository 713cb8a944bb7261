import path from 'node:path'
import type {ConfigFlags, ResolvedConfig} from '../config/configs.ts'
import {configs} from '../config/configs.ts'
import {isInside} from '../config/find.ts'
import {usageFault} from '../config/usage-error.ts'
import {presets} from '../../configs/index.ts'
import {rules} from '../../rules/index.ts'
import type {LintOptions} from '../engine/options.ts'
import {findFiles} from '../files/find.ts'
import {unitsAsRead} from '../files/read-units.ts'
import type {UnitFiles} from '../files/unit-files.ts'
import {unitOf} from '../unit/load.ts'

/** A unit of a folder, and how it is judged. */
export interface ConfiguredUnit {
  readonly unit: UnitFiles
  readonly config: ResolvedConfig
  readonly options: LintOptions
}

/**
 * The units of a folder as a run of the command on it finds them, without the texts of their files.
 */
export interface Scene {
  /** Absolute. */
  readonly folder: string
  readonly units: readonly ConfiguredUnit[]
  /** The units that a file is of, by its absolute path. */
  readonly byFile: ReadonlyMap<string, readonly ConfiguredUnit[]>
  /** The texts that stood for files when it was looked at; see `RunView`. */
  readonly texts: ReadonlyMap<string, string>
  /** What is wrong with configs, in lines. */
  readonly faults: ReadonlySet<string>
}

/** What a folder is looked at with. */
export interface Looking {
  readonly flags: ConfigFlags
  readonly texts: ReadonlyMap<string, string>
  /** Milliseconds since 1970. */
  readonly now: number
  /** Look at files that are named alone, not at all there are. */
  readonly only?: readonly string[]
}

/** Look at a folder: its units with the files that are open in it, each under its config. */
export async function sceneOf(folder: string, {flags, texts, now, only}: Looking): Promise<Scene> {
  const faults = new Set<string>()
  const configOf = configs({rules, presets}, flags, folder)
  const kept = new Map<string, ResolvedConfig>()
  for (const file of filesOf(folder, only, texts)) {
    const absolute = path.resolve(folder, file)
    const config = await told(faults, () => configOf(path.dirname(absolute)))
    if (config && !config.isIgnored(absolute)) kept.set(file, config)
  }
  const optionsFor = optionsOf(folder, now, faults)
  const readerOf = (file: string): LintOptions | undefined => {
    const config = kept.get(file)
    return config && optionsFor(file, config)
  }
  const units = unitsAsRead([...kept.keys()], readerOf, {cwd: folder, texts}).flatMap(
    (unit): ConfiguredUnit[] => {
      const asked = unit.files.find((file) => kept.has(file.path))
      const config = kept.get(asked?.path ?? '')
      const options = config && !unit.isLeft ? optionsFor(unit.files[0].path, config) : undefined
      return config && options ? [{unit, config, options}] : []
    },
  )
  return {folder, units, byFile: byFile(units, folder), texts, faults}
}

/** As people know them from the folder: those that the command finds, and those that are open. */
function filesOf(
  folder: string,
  only: Looking['only'],
  texts: Looking['texts'],
): readonly string[] {
  const found = only ?? findFiles(['.'], folder).files.map((file) => file.path)
  const known = new Set(found.map((file) => path.resolve(folder, file)))
  const open = [...texts.keys()].filter(
    (file) => !known.has(file) && unitOf(file) && isInside(file, folder),
  )
  return [...found, ...open.map((file) => path.relative(folder, file))]
}

function optionsOf(
  folder: string,
  now: number,
  faults: Set<string>,
): (file: string, config: ResolvedConfig) => LintOptions | undefined {
  const made = new Map<object, LintOptions>()
  return (file, config) => {
    try {
      const settings = config.settings(path.resolve(folder, file))
      const options = made.get(settings) ?? {...settings, now}
      made.set(settings, options)
      return options
    } catch (error) {
      faults.add(usageFault(error))
      return undefined
    }
  }
}

async function told<Result>(
  faults: Set<string>,
  make: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await make()
  } catch (error) {
    faults.add(usageFault(error))
    return undefined
  }
}

function byFile(
  units: readonly ConfiguredUnit[],
  folder: string,
): ReadonlyMap<string, readonly ConfiguredUnit[]> {
  const found = new Map<string, ConfiguredUnit[]>()
  for (const configured of units) {
    for (const file of configured.unit.files) {
      const absolute = path.resolve(folder, file.path)
      const same = found.get(absolute)
      if (same) same.push(configured)
      else found.set(absolute, [configured])
    }
  }
  return found
}
