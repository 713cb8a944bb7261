import {usageError} from './usage-error.ts'
import type {UsageError} from './usage-error.ts'

/** Where a config stands, for messages and for what it names relative to itself. */
export interface ConfigOrigin {
  /** The config file as people know it, or the option. */
  readonly name: string
  /**
   * The path of its file; for a config of no file, of one that could stand in the folder it belongs
   * to.
   */
  readonly file: string
  /**
   * The path to the config in the file; empty for the whole of it, absent for an option of the
   * command line.
   */
  readonly path?: string
}

/** A place within a config; an option has no places. */
export function inside(origin: ConfigOrigin, path: string): ConfigOrigin {
  return origin.path === undefined
    ? origin
    : {
        ...origin,
        path:
          origin.path === '' || path === '' || path.startsWith('[')
            ? origin.path + path
            : `${origin.path}.${path}`,
      }
}

/** What is wrong at a place. */
export function wrong(
  {name, path = ''}: ConfigOrigin,
  message: string,
  cause?: unknown,
): UsageError {
  return usageError(path === '' ? name : `${name}: ${path}`, message, cause)
}
