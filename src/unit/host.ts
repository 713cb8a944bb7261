import {upTo} from '../syntax/text.ts'

/**
 * The files of the machine that a unit is for, by their absolute paths there: links lead where they
 * would lead there, and never out of it.
 */
export interface Host {
  /** A regular file; undefined where none is in sight. */
  file(path: string): HostFile | undefined
  /** The names in a folder, in order, the first `mostNames`; none where no folder is in sight. */
  names(folder: string): readonly string[]
  /**
   * The files as one sees them whose root is a folder: links lead nowhere else. None where no
   * folder is in sight.
   */
  below(folder: string): Host
}

/** More than there are in any folder of configurations. */
export const mostNames = 1024

/** A regular file of a machine. */
export interface HostFile {
  /** Its path there, without links. */
  readonly path: string
  readonly size: number
  /** Some of its bytes: fewer where it ends before, none where it may not be read. */
  bytes(start: number, length: number): Uint8Array
}

/** A path without `.`, `..` and empty names, as it is written: links are not asked. */
export function normalPath(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}

/** The files of a machine that are given, as text or bytes, by their paths. */
export function hostOf(files: Readonly<Record<string, string | Uint8Array>>): Host {
  const encoder = new TextEncoder()
  const paths = Object.keys(files).toSorted()
  return {
    file(path) {
      const given = Object.hasOwn(files, path) ? files[path] : undefined
      if (given === undefined) return undefined
      const all = typeof given === 'string' ? encoder.encode(given) : given
      return {path, size: all.length, bytes: (start, length) => all.subarray(start, start + length)}
    },
    names(folder) {
      const start = `${folder.replace(/\/$/, '')}/`
      return [
        ...new Set(
          paths.flatMap((path) =>
            path.startsWith(start) ? [upTo(path.slice(start.length), '/')] : [],
          ),
        ),
      ].slice(0, mostNames)
    },
    below(folder) {
      const start = folder.replace(/\/+$/, '')
      return hostOf(
        Object.fromEntries(
          Object.entries(files).flatMap(([path, given]) =>
            path.startsWith(`${start}/`) ? [[path.slice(start.length), given]] : [],
          ),
        ),
      )
    },
  }
}
