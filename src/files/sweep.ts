import {lstatSync, readdirSync, unlinkSync} from 'node:fs'
import {removeLeft} from './lock.ts'
import type {OpenFolder} from './open-folder.ts'
import type {TemporaryNames} from './temporary-names.ts'

/**
 * Remove the temporary files and the lock in a folder that runs have left which were killed; what
 * cannot be removed is in nobody's way.
 */
export function sweep(folder: OpenFolder, names: TemporaryNames): void {
  try {
    for (const name of readdirSync(folder.at('.'))) {
      const stats = names.isOne(name)
        ? lstatSync(folder.at(name), {throwIfNoEntry: false})
        : undefined
      if (stats && names.isLeft(name, stats)) unlinkSync(folder.at(name))
    }
    removeLeft(folder, names)
  } catch {
    // A folder that may not be read, or a file that another run has removed just now.
  }
}
