import path from 'node:path'
import {readRealPath} from './native.ts'
import {readText} from './read.ts'
import {follow} from './links.ts'

/** Where paths start. */
export interface Whereabouts {
  readonly cwd: string
  /**
   * The root of a machine's files, as people know it: what is below it is found as chroot(2) would;
   * absent: as this machine does.
   */
  readonly root?: string | undefined
}

/**
 * What a path leads to: an absolute path without links, below the root if the path is; `isNew`
 * where nothing is yet.
 */
export interface Destination {
  readonly path: string
  readonly isNew: boolean
}

/**
 * Find where a path leads, the folders that are still to be made included; or why nobody can tell,
 * in words.
 */
export function locate(
  file: string,
  {cwd, root}: Whereabouts,
): Destination | {readonly fault: string} {
  const absolute = path.resolve(cwd, file)
  const known = rootAbove(file, {cwd, root})
  const from = known ?? path.parse(absolute).root
  const top = known === undefined ? from : realPath(known)
  const start = {from: top, root: top}
  const missing: string[] = []
  let names = path.relative(from, absolute)
  for (;;) {
    const found = follow(names, {...start, last: true})
    if (found === 'loop') return {fault: 'Link that leads back to itself'}
    if (found === 'fault') return {fault: 'A part of its path is no folder, or not for you'}
    if (found.stats)
      return {
        path: path.join(found.path, missing.toReversed().join('/')),
        isNew: missing.length > 0,
      }
    if (names === '') return {fault: 'No such file'}
    const link = follow(names, {...start, last: false})
    if (typeof link === 'string' || link.stats) return {fault: 'A link leads nowhere'}
    missing.push(path.basename(names))
    names = path.dirname(names) === '.' ? '' : path.dirname(names)
  }
}

/** The text that a path leads to, or why there is none; see `readText`. */
export function readLocated(
  file: string,
  {cwd, root}: Whereabouts,
  most?: number,
): ReturnType<typeof readText> {
  if (!isBelowRoot(file, {cwd, root})) return readText(path.resolve(cwd, file), most)
  const found = locate(file, {cwd, root})
  return 'fault' in found ? found : readText(found.path, most)
}

/** Whether a path is the root or below it. */
export function isBelowRoot(file: string, where: Whereabouts): boolean {
  return rootAbove(file, where) !== undefined
}

/** The absolute path of the root, if a path is below it. */
function rootAbove(file: string, {cwd, root}: Whereabouts): string | undefined {
  const top = root === undefined ? undefined : path.resolve(cwd, root)
  return top !== undefined && isBelow(path.resolve(cwd, file), top) ? top : undefined
}

/** Whether an absolute path is a folder or below it, by their names. */
export function isBelow(file: string, folder: string): boolean {
  const way = path.relative(folder, file)
  return way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way)
}

/** A path without links; as it is where it leads nowhere. */
export function realPath(file: string): string {
  try {
    return readRealPath(file)
  } catch {
    return file
  }
}
