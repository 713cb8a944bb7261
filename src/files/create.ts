import type {Buffer} from 'node:buffer'
import {closeSync, fchmodSync, linkSync, lstatSync, openSync, renameSync, unlinkSync} from 'node:fs'
import {codeOf} from './fault.ts'
import type {OpenFolder} from './open-folder.ts'
import {checkWhole, withTemporary} from './temporary.ts'
import type {WriteOutcome} from './outcome.ts'

/** What is to be in a new file. */
interface Creation {
  readonly bytes: Buffer
  /** Absent: as the user makes files. */
  readonly mode: number | undefined
  /** The name of the file that the bytes are in first. */
  readonly temporary: string
}

/** Make a file in a folder where there is none; see `Writer`. Throws as the system does. */
export function createIn(
  folder: OpenFolder,
  name: string,
  {bytes, mode, temporary}: Creation,
): WriteOutcome {
  if (lstatSync(folder.at(name), {throwIfNoEntry: false})) return {state: 'changed'}
  return withTemporary(folder, {name: temporary, bytes, mode: mode ?? 0o666}, (its) => {
    if (mode !== undefined) fchmodSync(its.descriptor, mode)
    checkWhole(folder, its, bytes)
    if (!giveName(folder, its.name, name)) return {state: 'changed'}
    folder.settle()
    return {state: 'written'}
  })
}

/** Give a file its name unless something else has it. */
function giveName(folder: OpenFolder, temporary: string, name: string): boolean {
  try {
    linkSync(folder.at(temporary), folder.at(name))
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    if (!withoutLinks.has(codeOf(error) ?? '')) throw error
  }
  return reserve(folder, name) && moveTo(folder, temporary, name)
}

/** What systems say that have no hard links. */
const withoutLinks: ReadonlySet<string> = new Set([
  'EPERM',
  'EACCES',
  'EOPNOTSUPP',
  'ENOTSUP',
  'ENOSYS',
  'EINVAL',
  'EMLINK',
])

function reserve(folder: OpenFolder, name: string): boolean {
  try {
    closeSync(openSync(folder.at(name), 'wx', 0o600))
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

function moveTo(folder: OpenFolder, temporary: string, name: string): true {
  try {
    renameSync(folder.at(temporary), folder.at(name))
    return true
  } catch (error) {
    unlinkSync(folder.at(name))
    throw error
  }
}
