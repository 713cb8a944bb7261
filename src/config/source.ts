import {bounded} from './bounded.ts'
import type {Bounded} from './bounded.ts'
import type {Plugin} from './config.ts'
import {importDefault} from './import.ts'
import {ownPackage} from './own-package.ts'
import {packageFile} from './package.ts'
import {foundPath} from './trust.ts'
import type {Owners} from './trust.ts'

/** From where a config and what it names are read. */
export interface ConfigSource {
  /**
   * The value of a JSON file, or what a module exports by default; a module is run once. Rejects
   * with the reason.
   */
  load(file: string): Promise<unknown>
  /** Whether a file may be loaded, as it is data or code that may be run. */
  allows(file: string): boolean
  /** Whether it has loaded a file. */
  has(file: string): boolean
  /**
   * The file of a package, as seen from a file that names it; undefined when it is not installed.
   * Throws where it may be another's.
   */
  find(specifier: string, from: string): string | undefined
  /** Calls what has been loaded. */
  readonly bounded: Bounded
  /** Plugins as they were read, by what was loaded. */
  readonly copies: Map<unknown, Plugin>
}

/**
 * Any file: the config is the user's own, or was named on the command line; then all packages
 * beside it are meant, too.
 */
export function anySource(owners: Owners | undefined, limit: number): ConfigSource {
  const loaded = new Map<string, Promise<unknown>>()
  const keyOf = (file: string): string => foundPath(file) ?? file
  return {
    load(file) {
      const key = keyOf(file)
      const value = loaded.get(key) ?? importDefault(file, limit)
      loaded.set(key, value)
      return value
    },
    allows: () => true,
    has: (file) => loaded.has(keyOf(file)),
    find: (specifier, from) => ownPackage(specifier, from, owners),
    bounded: bounded(limit),
    copies: new Map(),
  }
}

/**
 * Data alone, and the code that another source has run already: the config was found among the
 * files to lint.
 */
export function dataSource(top: ConfigSource): ConfigSource {
  const {has} = top
  return {
    load: (file) =>
      has(file) || isData(file) ? top.load(file) : Promise.reject(new Error('Unexpected code')),
    allows: (file) => isData(file) || has(file),
    has,
    // What was found is not run for being found.
    find: packageFile,
    bounded: top.bounded,
    copies: top.copies,
  }
}

/** Whether a file is read and never run. */
export function isData(file: string): boolean {
  return file.endsWith('.json')
}
