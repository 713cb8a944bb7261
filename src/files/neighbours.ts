import {readdirSync, realpathSync} from 'node:fs'
import path from 'node:path'
import {unitOf} from '../model/load.ts'

/** The files that make up a unit: its own and the drop-ins that amend it, or a drop-in whose unit is not in sight. Paths as people know them. */
export interface UnitFiles {
  readonly file: string
  readonly dropIns: readonly string[]
}

/**
 * Put files together to units, in order of their first file.
 *
 * A unit takes along the drop-ins in the folder `NAME.d` beside it, found in this run or not, in order of their names (systemd.unit(5)).
 */
export function unitFiles(files: readonly string[], cwd: string): UnitFiles[] {
  const inSight = new Set(files.map((file) => path.resolve(cwd, file)))
  const folders = new Map<string, ReadonlySet<string>>()
  const namesIn = (folder: string): ReadonlySet<string> => {
    const known = folders.get(folder) ?? new Set(names(folder))
    folders.set(folder, known)
    return known
  }
  return files.flatMap((file) => {
    const absolute = path.resolve(cwd, file)
    if (unitOf(absolute)?.role === 'fragment')
      return [{file, dropIns: namesIn(path.dirname(absolute)).has(`${path.basename(absolute)}.d`) ? dropIns(file, cwd) : []}]
    const amended = path.dirname(absolute).slice(0, -2)
    return inSight.has(amended) ? [] : [{file, dropIns: []}]
  })
}

function dropIns(file: string, cwd: string): string[] {
  const inOrder = names(path.resolve(cwd, `${file}.d`))
    .filter((name) => name.endsWith('.conf') && !name.startsWith('.'))
    .toSorted((one, other) => (one < other ? -1 : 1))
  return inOrder.map((name) => path.join(`${file}.d`, name)).filter((dropIn) => !isMask(path.resolve(cwd, dropIn)))
}

function isMask(file: string): boolean {
  try {
    return realpathSync(file) === '/dev/null'
  } catch {
    return false
  }
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    // Not a folder, or not for us: no drop-ins to be seen.
    return []
  }
}
