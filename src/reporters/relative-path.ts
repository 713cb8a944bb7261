import {posix, win32} from 'node:path'
import {standardInput} from './lint-result.ts'

/** A path as reports for other programs write it: with forward slashes. */
interface ReportedPath {
  /** Relative when it lies below the working directory, else absolute. */
  readonly path: string
  readonly isRelative: boolean
}

/**
 * A path as seen from the absolute path `cwd`, which also tells whether paths are those of Windows.
 *
 * A backslash is a separator on Windows only: elsewhere names of units are full of them
 * (`dev-disk-by\x2duuid.swap`).
 */
export function relativePath(path: string, cwd: string): ReportedPath {
  const {resolve, relative, isAbsolute, sep} = flavour(cwd)
  const absolute = resolve(cwd, path)
  const below = relative(cwd, absolute)
  const isRelative =
    below !== '' && below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below)
  const chosen = isRelative ? below : absolute
  return {path: slashed(chosen, cwd), isRelative}
}

/**
 * How reports for other programs name a file: see `relativePath`; standard input keeps its name.
 */
export function standingPath(path: string, cwd: string): string {
  return path === standardInput ? path : relativePath(path, cwd).path
}

/** The same as seen from the working directory also where it does not lie below, by way of `..`. */
export function wayTo(path: string, cwd: string): string {
  if (path === standardInput) return path
  const {resolve, relative, isAbsolute} = flavour(cwd)
  const way = relative(cwd, resolve(cwd, path))
  return way === '' || isAbsolute(way) ? relativePath(path, cwd).path : slashed(way, cwd)
}

function flavour(cwd: string): typeof posix {
  return isOfWindows(cwd) ? win32 : posix
}

function slashed(path: string, cwd: string): string {
  return isOfWindows(cwd) ? path.replaceAll('\\', '/') : path
}

function isOfWindows(cwd: string): boolean {
  return /^(?:[A-Za-z]:[\\/]|\\\\)/.test(cwd)
}
