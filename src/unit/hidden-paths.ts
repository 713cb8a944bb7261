import {homes} from '../facts/closed-folders.ts'
import {isBelow} from '../values/paths.ts'
import {itself} from './load.ts'
import type {LoadedUnit} from './load.ts'
import {ownDirectories} from './own-directories.ts'
import {query} from './query.ts'
import {settings} from './settings.ts'
import {valueOf, valuesOf, type PlacedText, type Value} from './value.ts'

/** A path that a line names, as the service would see it. */
export interface NamedPath extends Pick<PlacedText, 'written' | 'at'> {
  readonly key: string
  readonly path: string
  /** With a `-`: it may be missing. */
  readonly mark: string
  readonly line: Value
}

/** The directives that mount something of the host where the service finds it. */
export const binding = ['BindPaths', 'BindReadOnlyPaths'] as const

/** The paths of a list of paths. */
export const namedPaths = query(
  (unit: LoadedUnit, key: string): readonly NamedPath[] =>
    valuesOf(unit, key).flatMap((line) =>
      line.paths.map(({inside, written, marks, at}) => ({
        key,
        path: inside,
        written: written.includes('%') ? written.slice(marks.length) : inside,
        mark: marks.includes('-') ? '-' : '',
        line,
        at,
      })),
    ),
  itself,
)

/** Whether a path is below a folder, and not the folder itself. */
export function isInside(path: string, folder: string): boolean {
  return path !== folder && isBelow(path, folder)
}

/** Whether something is bound to a path, above it or below. */
export function isBound(path: string, unit: LoadedUnit): boolean {
  const bound = binding.flatMap((key) => namedPaths(unit, key))
  return bound.some((other) => isBelow(path, other.path) || isBelow(other.path, path))
}

/** The folder of `InaccessiblePaths=` that a path is in: nothing is seen in it, bound or not. */
export function inaccessibleAbove(path: string, unit: LoadedUnit): NamedPath | undefined {
  return namedPaths(unit, 'InaccessiblePaths').find((hidden) => isInside(path, hidden.path))
}

/**
 * The value of `ProtectHome=` that hides a path in a home: with `yes` whatever is bound there, with
 * `tmpfs` what is not.
 */
export function homeHiddenBy(path: string, unit: LoadedUnit): 'yes' | 'tmpfs' | undefined {
  const {value} = settings(unit).ProtectHome
  if (!homes.some((home) => isInside(path, home))) return undefined
  if (value === 'yes') return value
  return value === 'tmpfs' && !isBound(path, unit) ? value : undefined
}

/**
 * The option by which a path is in a folder that is empty for the service at first; what systemd
 * makes for the service is there (systemd.exec(5), "TemporaryFileSystem=", "PrivateTmp=").
 */
export function emptyAbove(path: string, unit: LoadedUnit): string | undefined {
  const folders = namedPaths(unit, 'TemporaryFileSystem')
  const folder = folders.find((hidden) => isInside(path, hidden.path))
  const own = ownDirectories(unit).flatMap((its) => its.path ?? [])
  if (folder && !own.some((its) => isBelow(path, its)))
    return `TemporaryFileSystem=${folder.written.split(':', 1)[0] ?? ''}`
  const {value} = settings(unit).PrivateTmp
  if (value === 'no' || valueOf(unit, 'JoinsNamespaceOf')) return undefined
  if (!/^\/(?:var\/)?tmp\/[^/]/.test(path)) return undefined
  return `PrivateTmp=${valueOf(unit, 'PrivateTmp')?.value ?? value}`
}
