import {lstatSync} from 'node:fs'
import type {Stats} from 'node:fs'
import path from 'node:path'
import {native, readLink} from './native.ts'

/** A place that a path leads to; without `stats` where nothing is. */
interface PathEnd {
  readonly path: string
  readonly stats?: Stats
}

/**
 * Where a path starts, without links: its folder, and the root that absolute paths start from and
 * nothing leads out of.
 */
interface PathStart {
  readonly from: string
  readonly root: string
  /** Whether to follow the last name of the path if it is a link. */
  readonly last: boolean
}

/** The most links on the way to one file, as Linux has it (path_resolution(7)). */
const mostLinks = 40

/**
 * Follow a path and the links on its way below a root, as chroot(2) would.
 *
 * `loop`: links lead back to themselves. `fault`: something on the way is no folder, or is not for
 * us.
 */
export function follow(text: string, {from, root, last}: PathStart): PathEnd | 'loop' | 'fault' {
  let done = path.isAbsolute(text) ? root : from
  let stats = statsOf(done)
  const parts = partsOf(text)
  let links = 0
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    const next = part === '..' ? (done === root ? root : path.dirname(done)) : path.join(done, part)
    stats = statsOf(next)
    if (stats === 'fault') return 'fault'
    if (!stats)
      return parts.includes('..') ? 'fault' : {path: path.join(next, parts.toReversed().join('/'))}
    const link = stats.isSymbolicLink() && (last || parts.length > 0) ? linkText(next) : undefined
    if (link === undefined) {
      done = next
      continue
    }
    if (++links > mostLinks) return 'loop'
    if (path.isAbsolute(link)) done = root
    for (const part of partsOf(link)) parts.push(part)
    stats = statsOf(done)
  }
  return stats === 'fault' ? 'fault' : {path: done, ...(stats && {stats})}
}

/** What a link says; undefined for what is none. */
export function linkText(file: string): string | undefined {
  try {
    return readLink(file)
  } catch {
    return undefined
  }
}

/** What is at a path, a link itself; undefined where nothing is. */
export function statsOf(file: string): Stats | 'fault' | undefined {
  try {
    return lstatSync(native(file), {throwIfNoEntry: false})
  } catch {
    return 'fault'
  }
}

/** The names in a path, the first at the end. */
function partsOf(text: string): string[] {
  const names = text.split(path.sep === '/' ? '/' : /[/\\]/)
  return names.filter((name) => name !== '' && name !== '.').toReversed()
}
