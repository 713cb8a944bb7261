import {existsSync} from 'node:fs'
import path from 'node:path'
import type {Scope} from './units.ts'

/**
 * What a command that takes names of units as well as files is to look for, and where: what is no file by its path is a unit of the machine, or of the root
 * that is given, one without a suffix a service.
 */
export function namedUnits(
  names: readonly string[],
  {cwd, root}: Pick<Scope, 'cwd' | 'root'>,
): {readonly names: readonly string[]; readonly root: string | undefined} {
  const isFile = (name: string): boolean => name.includes('/') || /[*?[{]/.test(name) || existsSync(path.resolve(cwd, name))
  const isOfMachine = root === undefined && names.length > 0 && !names.some(isFile)
  const its = root ?? (isOfMachine ? '/' : undefined)
  return {names: its === undefined ? names : names.map((name) => (isFile(name) || hasSuffix(name) ? name : `${name}.service`)), root: its}
}

function hasSuffix(name: string): boolean {
  return /\.(?:service|socket|device|mount|automount|swap|target|path|timer|slice|scope)$/.test(name)
}
