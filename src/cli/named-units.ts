import {existsSync} from 'node:fs'
import path from 'node:path'
import {templateOf} from '../unit/references.ts'
import {dash} from './stdin.ts'
import type {Scope} from './scope.ts'
import type {UnitsToLint, UnitSources} from './units.ts'
import {usageError} from '../config/usage-error.ts'
import {pastable} from '../reporters/printable.ts'

/**
 * The unit of a command that is about one; undefined where it could not be read. Throws a usage
 * error for several.
 */
export function onlyUnit(name: string, {units}: UnitsToLint): UnitSources | undefined {
  const [unit, ...others] = units
  if (others.length > 0)
    throw usageError(pastable(name), `Expected one unit, found ${units.length}`)
  return unit
}

/**
 * Where a command that takes names of units as well as files looks for them: what are no files are
 * units of this machine, unless a root is given.
 */
export function rootFor(
  names: readonly string[],
  {cwd, root}: Pick<Scope, 'cwd' | 'root'>,
): string | undefined {
  const isFile = (name: string): boolean =>
    name === dash ||
    name.includes('/') ||
    /[*?[{]/.test(name) ||
    [name, templateOf(name)].some((its) => existsSync(path.resolve(cwd, its)))
  return root ?? (names.length > 0 && !names.some(isFile) ? '/' : undefined)
}
