import {lstatSync, statSync} from 'node:fs'
import type {Stats} from 'node:fs'
import path from 'node:path'
import {fileTypes} from '../facts/unit-types.ts'
import {unitOf} from '../unit/load.ts'
import {globFault} from '../values/glob-limits.ts'
import {parseUnitName} from '../values/unit-names.ts'
import type {FileFault} from './fault.ts'
import {expandGlob} from './glob.ts'
import {native, readRealPath} from './native.ts'
import {isOfOthers, unitName, walk} from './walk.ts'

/** A file to lint. */
export interface FoundFile {
  /** As people know it: as they named it, or the name of the folder that they named and the way from there. */
  readonly path: string
  /** Named itself, not found in a folder or by a glob. */
  readonly isNamed: boolean
  readonly isLink: boolean
  /** The instance that its template was named for, such as `a@b.service`. */
  readonly as?: string
}

/** What arguments stand for: files, each once and in a fixed order, and what is wrong with the arguments. */
export interface Found {
  readonly files: readonly FoundFile[]
  readonly faults: readonly FileFault[]
}

/**
 * The files that arguments stand for: files, folders with all units and drop-ins below them, globs.
 *
 * Links to units are other names of them, and left out where the unit itself is found; links to /dev/null mask units, and are left out.
 * Links to folders are followed where they are named, and nowhere else.
 */
export function findFiles(names: readonly string[], cwd: string): Found {
  const faults: FileFault[] = []
  const files = distinctFiles(cwd)
  for (const name of names) {
    const stats = lstat(path.resolve(cwd, name))
    const isLink = stats?.isSymbolicLink() ?? false
    if (stats?.isDirectory() || (isLink && isFolder(path.resolve(cwd, name)))) {
      const units = walk(name, cwd, faults)
      if (units.length === 0) faults.push({path: name, message: 'No unit files in this folder'})
      for (const unit of units) files.add({...unit, isNamed: false})
    } else if (stats) {
      const unit = unitName(name, cwd)
      if (unit === undefined) faults.push({path: name, message: unitNameExpected})
      else if (isOfOthers(unit, path.resolve(cwd, name))) faults.push({path: name, message: notOfQuadlet})
      else files.add({path: unit, isNamed: true, isLink})
    } else {
      const template = templateFile(name, cwd)
      if (template) {
        files.add(template)
        continue
      }
      const fault = globFault(name)
      const units = fault === undefined ? expandGlob(name, cwd, faults) : undefined
      if (fault !== undefined) faults.push({path: name, message: fault})
      else if (units?.length === 0) faults.push({path: name, message: 'No unit file matches this glob'})
      else if (!units) faults.push({path: name, message: notThere(name)})
      for (const unit of units ?? []) files.add({...unit, isNamed: false})
    }
  }
  return {files: files.all(), faults}
}

/** The template beside which there is no file for an instance that is named. */
function templateFile(name: string, cwd: string): FoundFile | undefined {
  const as = path.basename(name)
  const {prefix, instance, suffix} = parseUnitName(as)
  if (instance === undefined || instance === '' || unitOf(as)?.role !== 'fragment') return undefined
  const file = path.join(path.dirname(name), `${prefix}@.${suffix}`)
  const stats = lstat(path.resolve(cwd, file))
  const unit = stats && !stats.isDirectory() ? unitName(file, cwd) : undefined
  return unit === undefined ? undefined : {path: unit, isNamed: true, isLink: stats?.isSymbolicLink() ?? false, as}
}

/** Node gives arguments as text: bytes that are none are lost. */
function notThere(name: string): string {
  return name.includes('\uFFFD') ? 'No such file or folder; where the name is not UTF-8, name the folder that it is in' : 'No such file or folder'
}

/** What to say of a file that has the suffix of one of Quadlet's, and other contents. */
const notOfQuadlet = 'Unexpected contents, expected a file for Quadlet: its suffix is that of others too'

/** What to say of a file that has no name of a unit. */
export const unitNameExpected = `Unexpected file name, expected a unit (${fileTypes.map((type) => `.${type}`).join(', ')}) or a drop-in (\`NAME.service.d/NAME.conf\`)`

/** Files by what they are, not by what they are called. */
function distinctFiles(cwd: string): {add: (file: FoundFile) => void; all: () => FoundFile[]} {
  const files = new Map<string, FoundFile>()
  const folders = new Map<string, string>()
  const realFolder = (folder: string): string => {
    const known = folders.get(folder) ?? real(folder)
    folders.set(folder, known)
    return known
  }
  return {
    add(file) {
      const absolute = path.resolve(cwd, file.path)
      const itself = file.isLink ? real(absolute) : path.join(realFolder(path.dirname(absolute)), path.basename(absolute))
      if (itself === '/dev/null') return
      // Each instance of a template is a unit.
      const identity = `${itself}\0${file.as ?? ''}`
      const known = files.get(identity)
      if (known && (file.isLink || !known.isLink)) return
      files.delete(identity)
      files.set(identity, {...file, isNamed: file.isNamed || (known?.isNamed ?? false)})
    },
    all: () => [...files.values()],
  }
}

function real(file: string): string {
  try {
    return readRealPath(file)
  } catch {
    // A link that leads nowhere: found to be so when it is read.
    return file
  }
}

function lstat(file: string): Stats | undefined {
  try {
    return lstatSync(native(file))
  } catch {
    return undefined
  }
}

/** Whether a path, or where its links lead, is a folder; what cannot be looked at is none. */
export function isFolder(file: string): boolean {
  try {
    return statSync(native(file)).isDirectory()
  } catch {
    return false
  }
}
