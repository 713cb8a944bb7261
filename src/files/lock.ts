import {lstatSync, readlinkSync, renameSync, symlinkSync, unlinkSync} from 'node:fs'
import {codeOf} from './fault.ts'
import type {OpenFolder} from './open-folder.ts'
import type {TemporaryNames} from './temporary-names.ts'

/** Does a piece of work in a folder while no other run does one there. */
export type Lock = <T>(folder: OpenFolder, work: () => T) => T

/**
 * The lock of a folder: a link to nowhere, whose text tells whose it is. It is there for less than
 * a millisecond.
 */
const lockName = '.unitlint.lock'

/**
 * The locks of one run. One that a killed run has left is taken away; of what is held by a run that
 * may be alive, there is an end to patience, and an error. Where a file system has no such links,
 * there is no lock.
 */
export function locks(names: TemporaryNames): Lock {
  let patience = mostTries
  return (folder, work) => {
    const own = names.next()
    while (!take(folder, own)) {
      if (removeLeft(folder, names)) continue
      // What no run has put there is not waited for.
      if (patience-- <= 0 || !names.isOne(ownerOf(folder) ?? own))
        throw new Error(`another run is writing here; if none is, remove \`${lockName}\``)
      sleep(2)
    }
    patience = mostTries
    try {
      return work()
    } finally {
      if (ownerOf(folder) === own) unlinkSync(folder.at(lockName))
    }
  }
}

/** Five seconds in all. */
const mostTries = 2500

/** Remove the lock of a folder if it is what a killed run has left. */
export function removeLeft(folder: OpenFolder, names: TemporaryNames): boolean {
  const owner = ownerOf(folder)
  if (owner === undefined) return true
  const stats = lstatSync(folder.at(lockName), {throwIfNoEntry: false})
  if (!stats) return true
  if (!names.isDead(owner, stats.mtimeMs)) return false
  // Another run may have done the same just now, and hold it: what is taken away is looked at once
  // more, and given back.
  const aside = names.next()
  try {
    renameSync(folder.at(lockName), folder.at(aside))
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return true
    throw error
  }
  const taken = readlinkSync(folder.at(aside))
  if (taken !== owner) take(folder, taken)
  unlinkSync(folder.at(aside))
  return true
}

function take(folder: OpenFolder, own: string): boolean {
  try {
    symlinkSync(own, folder.at(lockName))
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    if (withoutLinks.has(codeOf(error) ?? '')) return true
    throw error
  }
}

/** What systems say that have no symbolic links, or not for everybody. */
const withoutLinks: ReadonlySet<string> = new Set([
  'EPERM',
  'EOPNOTSUPP',
  'ENOTSUP',
  'ENOSYS',
  'EINVAL',
])

/** The text of the lock; empty for what is none, undefined where nothing is. */
function ownerOf(folder: OpenFolder): string | undefined {
  try {
    return readlinkSync(folder.at(lockName))
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? undefined : ''
  }
}

function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}
