import {posix, win32} from 'node:path'

/** A path as reports for other programs write it: with forward slashes. */
interface ReportedPath {
  /** Relative when it lies below the working directory, else absolute. */
  readonly path: string
  readonly isRelative: boolean
}

/**
 * A path as seen from the absolute path `cwd`, which also tells whether paths are those of Windows.
 *
 * A backslash is a separator on Windows only: elsewhere names of units are full of them (`dev-disk-by\x2duuid.swap`).
 */
export function relativePath(path: string, cwd: string): ReportedPath {
  const isWindows = /^(?:[A-Za-z]:[\\/]|\\\\)/.test(cwd)
  const {resolve, relative, isAbsolute, sep} = isWindows ? win32 : posix
  const absolute = resolve(cwd, path)
  const below = relative(cwd, absolute)
  const isRelative = below !== '' && below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below)
  const chosen = isRelative ? below : absolute
  return {path: isWindows ? chosen.replaceAll('\\', '/') : chosen, isRelative}
}
