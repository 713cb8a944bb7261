import type {Buffer} from 'node:buffer'
import {accessSync, closeSync, constants, fstatSync, lstatSync, openSync, renameSync} from 'node:fs'
import type {BigIntStats} from 'node:fs'
import process from 'node:process'
import {keepAttributes} from './attributes.ts'
import {codeOf} from './fault.ts'
import type {Lock} from './lock.ts'
import {readFolder} from './native.ts'
import type {OpenFolder} from './open-folder.ts'
import {bytesOf, checkWhole, withTemporary} from './temporary.ts'
import type {OtherNames, WriteOutcome} from './outcome.ts'

/** What is to take the place of what. */
interface FileReplacement {
  /** What was read; undefined: whatever is there. */
  readonly before: Buffer | undefined
  readonly after: Buffer
  /** The name of the file that the new bytes are in first. */
  readonly temporary: string
  readonly lock: Lock
}

/** Replace a file of a folder; see `Writer`. Throws as the system does. */
export function replaceIn(
  folder: OpenFolder,
  name: string,
  {before, after, temporary, lock}: FileReplacement,
): WriteOutcome {
  const old = openOld(folder, name)
  try {
    const stats = fstatSync(old, {bigint: true})
    if (!stats.isFile()) return {state: 'refused', reason: 'Not a regular file'}
    if (before && !holds(old, before)) return {state: 'changed'}
    // To root every file is writable.
    if ((stats.mode & 0o222n) === 0n) return {state: 'refused', reason: 'the file is read-only'}
    accessSync(folder.at(name), constants.W_OK)
    if (isOfAnother(stats)) return {state: 'refused', reason: 'the file belongs to another user'}
    const others = otherNames(folder, name, stats)
    return withTemporary(folder, {name: temporary, bytes: after, mode: 0o600}, (its) => {
      keepAttributes(old, its.descriptor)
      checkWhole(folder, its, after)
      const isReplaced = lock(folder, () => {
        // From here to the new name nothing else is done: what an editor saves in between would be
        // lost. Other runs wait for the lock.
        if (before && !isStill(folder, name, stats, before)) return false
        renameSync(folder.at(its.name), folder.at(name))
        return true
      })
      if (!isReplaced) return {state: 'changed'}
      folder.settle()
      return {state: 'written', others}
    })
  } finally {
    closeSync(old)
  }
}

/** Without O_NONBLOCK, opening a pipe waits for somebody to write to it. */
function openOld(folder: OpenFolder, name: string): number {
  const {O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0} = constants
  return openSync(folder.at(name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
}

function holds(descriptor: number, bytes: Buffer): boolean {
  return (
    fstatSync(descriptor).size === bytes.length && bytesOf(descriptor, bytes.length).equals(bytes)
  )
}

/** A new file takes the place of the old one; nobody but root can give that away. */
function isOfAnother({uid}: BigIntStats): boolean {
  const user = process.getuid?.()
  return user !== undefined && user !== 0 && BigInt(user) !== uid
}

/** Whether the name still stands for the same file, with the same text and the same rights. */
function isStill(folder: OpenFolder, name: string, stats: BigIntStats, before: Buffer): boolean {
  let now: number | undefined
  try {
    now = openOld(folder, name)
    const found = fstatSync(now, {bigint: true})
    const isSame = (['dev', 'ino', 'mode', 'uid', 'gid'] as const).every(
      (key) => found[key] === stats[key],
    )
    return isSame && holds(now, before)
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ELOOP') return false
    throw error
  } finally {
    if (now !== undefined) closeSync(now)
  }
}

function otherNames(folder: OpenFolder, name: string, {dev, ino, nlink}: BigIntStats): OtherNames {
  const key = `${dev}:${ino}`
  if (nlink === 1n) return {key, count: 0, here: []}
  const here = readFolder(folder.at('.')).flatMap(([other]) => {
    if (other === name) return []
    const found = lstatSync(folder.at(other), {bigint: true, throwIfNoEntry: false})
    return found?.ino === ino && found.dev === dev ? [other] : []
  })
  return {key, count: Number(nlink) - 1, here}
}
