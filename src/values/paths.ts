import {isText} from './fields.ts'

/** Which paths a directive takes (systemd's `path_simplify_and_warn()`). */
export interface PathForm {
  readonly kind: 'absolute' | 'relative' | 'any'
  /** From 257 on: below `/dev`, `/proc` and `/sys` is refused, or all of these but `/dev`. */
  readonly refusesKernelFiles?: 'all' | 'but-devices'
}

/**
 * What is expected of a path that systemd does not take: "an absolute path"; undefined when it
 * takes it.
 */
export function expectedPath(text: string, form: PathForm, version: number): string | undefined {
  if (!isText(text)) return 'text'
  const isAbsolute = text.startsWith('/')
  if (form.kind === 'absolute' && !isAbsolute) return 'an absolute path'
  if (form.kind === 'relative' && isAbsolute) return 'a relative path'
  const names = namesIn(text, version)
  if (
    text === '' ||
    names.some((name) => pathLength(name) > longestName(version)) ||
    names.join('/').length > longestPath ||
    pathLength(joined(names, isAbsolute)) > longestPath
  ) {
    return `a path of at most ${longestPath} bytes, and ${longestName(version)} for each name`
  }
  if (names.includes('..') || (names.length === 0 && !isAbsolute)) return 'a path without `..`'
  if (form.refusesKernelFiles === undefined || version < 257 || !isAbsolute) return undefined
  const [first = ''] = names
  const isKernels =
    first === 'proc' || first === 'sys' || (first === 'dev' && form.refusesKernelFiles === 'all')
  return isKernels ? 'a path outside of `/proc`, `/sys` and `/dev`' : undefined
}

/**
 * An absolute path without repeated slashes, `.` and a slash at its end; undefined for what systemd
 * does not take for one.
 *
 * From 255 on `..` at the start is the root.
 */
export function parseAbsolutePath(text: string, version: number): string | undefined {
  return expectedPath(text, {kind: 'absolute'}, version) === undefined
    ? simplified(text, version)
    : undefined
}

/** The last name in a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** Whether a path is another one or lies below it; both as `parseAbsolutePath` gives them. */
export function isBelow(path: string, folder: string): boolean {
  return (
    path.startsWith(folder) &&
    (path.length === folder.length || folder === '/' || path[folder.length] === '/')
  )
}

/** A path without repeated slashes, `.` and a slash at its end. */
export function simplified(text: string, version: number): string {
  return joined(namesIn(text, version), text.startsWith('/'))
}

/**
 * Whether a path is below the place that `/var/run` was replaced by; systemd tells of it and goes
 * on.
 */
export function isBelowVarRun(text: string): boolean {
  const [first, second] = text.startsWith('/')
    ? text.split('/').filter((name) => name !== '' && name !== '.')
    : []
  return first === 'var' && second === 'run'
}

/** How long the text of a path is for systemd. */
export function pathLength(text: string): number {
  return /[^\x00-\x7f]/.test(text) ? new TextEncoder().encode(text).length : text.length
}

/** Longest path of Linux, in bytes. */
export const longestPath = 4095

/** Longest name in it; at first systemd had none. */
function longestName(version: number): number {
  return version < 249 ? longestPath : 255
}

function namesIn(text: string, version: number): string[] {
  const names = text.split('/').filter((name) => name !== '' && name !== '.')
  // Since then the root folder is its own parent, as for the kernel.
  if (version < 255 || !text.startsWith('/')) return names
  const first = names.findIndex((name) => name !== '..')
  return first === -1 ? [] : names.slice(first)
}

function joined(names: readonly string[], isAbsolute: boolean): string {
  return isAbsolute ? `/${names.join('/')}` : names.join('/') || '.'
}
