import {lstatSync, realpathSync, statSync} from 'node:fs'
import type {Stats} from 'node:fs'
import path from 'node:path'

/** Whose files may decide what is run; undefined where files have no such owners, as on Windows. */
export interface Owners {
  /** The user, root, and who became root by `sudo`. */
  readonly users: ReadonlySet<number>
  /**
   * The user's own group: with a umask of 002, as many have, all that a user makes is open to it.
   */
  readonly groups: ReadonlySet<number>
}

/** What a process knows of who runs it; the public types are free of those of Node. */
interface Runner {
  readonly geteuid?: () => number
  readonly getegid?: () => number
  readonly env: Readonly<Record<string, string | undefined>>
}

/** The owners that a process trusts, by its effective ids and its environment. */
export function ownersOf({geteuid, getegid, env}: Runner): Owners | undefined {
  if (!geteuid || !getegid) return undefined
  const [user, group] = [geteuid(), getegid()]
  const isSudo = user === 0 && isId(env['SUDO_UID'])
  return {
    users: new Set([user, 0, ...(isSudo ? [Number(env['SUDO_UID'])] : [])]),
    groups: new Set([group, ...(isSudo && isId(env['SUDO_GID']) ? [Number(env['SUDO_GID'])] : [])]),
  }
}

/** Why a folder may hold what others put there; undefined where it is the user's own. */
export function distrustOfFolder(folder: string, owners: Owners | undefined): string | undefined {
  return owners && distrustOf(folder, statSync(folder, {throwIfNoEntry: false}), owners)
}

/**
 * Why a file may hold what others wrote; undefined where it is the user's own, all the way that a
 * link leads.
 */
export function distrustOfFile(file: string, owners: Owners | undefined): string | undefined {
  if (!owners) return undefined
  const entry = lstatSync(file, {throwIfNoEntry: false})
  // What is not there is told when it is read.
  if (!entry) return undefined
  if (!entry.isSymbolicLink()) return distrustOf(file, entry, owners)
  if (!owners.users.has(entry.uid)) return ofAnother(file)
  const target = foundPath(file)
  if (target === undefined) return undefined
  return (
    distrustOf(target, lstatSync(target), owners) ?? distrustOfFolder(path.dirname(target), owners)
  )
}

/** A path without links in it; undefined where there is nothing. */
export function foundPath(file: string): string | undefined {
  try {
    return realpathSync(file)
  } catch {
    return undefined
  }
}

function distrustOf(
  name: string,
  stats: Stats | undefined,
  {users, groups}: Owners,
): string | undefined {
  if (!stats) return undefined
  if (!users.has(stats.uid)) return ofAnother(name)
  // A sticky folder keeps what is there, and lets others add to it.
  if ((stats.mode & 0o002) !== 0) return `others may write to ${name}`
  if ((stats.mode & 0o020) !== 0 && !groups.has(stats.gid)) return `a group may write to ${name}`
  return undefined
}

function ofAnother(name: string): string {
  return `${name} belongs to another user`
}

function isId(text: string | undefined): text is string {
  return text !== undefined && /^\d{1,10}$/.test(text)
}
