import type {Host, HostFile} from '../../unit/host.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import {valueOf} from '../../unit/value.ts'
import {searched} from './swaying.ts'

/**
 * The files that the programs of a unit find: those of the directory that it starts in as its root,
 * none of an image.
 */
export function hostOfPrograms(unit: LoadedUnit): Host | undefined {
  const {host} = unit
  if (!host || valueOf(unit, 'RootImage') || valueOf(unit, 'RootMStack')) return undefined
  const root = valueOf(unit, 'RootDirectory')?.value.replace(/\/+$/, '') ?? ''
  return root === '' ? host : host.below(root)
}

/** What a program is on the machine: a file, which may be a script. */
export function programFile(path: string, host: Host): HostFile | undefined {
  if (path.startsWith('/')) return host.file(path)
  if (path.includes('/') || path === '') return undefined
  for (const folder of searched) {
    const found = host.file(`${folder}/${path}`)
    if (found) return found
  }
  return undefined
}

/** The folder that the programs of a unit start in; undefined where it is a user's home. */
export function folderOf(unit: LoadedUnit): string | undefined {
  const folder = valueOf(unit, 'WorkingDirectory')?.value.replace(/^-/, '') ?? '/'
  return folder.startsWith('/') ? folder : undefined
}
