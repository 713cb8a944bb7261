import {existsSync} from 'node:fs'
import path from 'node:path'
import ignore from 'ignore'
import type {Ignore} from 'ignore'
import {globFault} from '../values/glob-limits.ts'
import {isBelow} from './locate.ts'
import {native} from './native.ts'
import {readText} from './read.ts'

/**
 * What the `.gitignore` of a folder says, and those of the folders above it: the nearest that says
 * something of a file counts (gitignore(5)).
 */
export interface Ignoring {
  /** Absolute. */
  readonly folder: string
  readonly patterns: Ignore
  readonly above: Ignoring | undefined
}

/** The name of such a file. */
export const ignoreFile = '.gitignore'

/** More patterns than people write. */
const mostPatterns = 10_000

/**
 * The same with the `.gitignore` of a folder, which is there. One that cannot be read says nothing,
 * nor does a pattern that takes too long.
 */
export function ignoringIn(folder: string, above: Ignoring | undefined): Ignoring | undefined {
  const read = readText(path.join(folder, ignoreFile))
  if ('fault' in read) return above
  const patterns = read.text
    .split(/\r?\n/, mostPatterns)
    .filter((line) => globFault(line) === undefined)
  return {
    folder,
    patterns: ignore({ignorecase: false, allowRelativePaths: true}).add(patterns),
    above,
  }
}

/**
 * What those above a folder say that is searched: up to the top of its repository, else up to the
 * current folder.
 *
 * Where they leave out the folder itself nothing of that holds, as it was named.
 */
export function ignoringAbove(folder: string, cwd: string): Ignoring | undefined {
  let found: Ignoring | undefined
  for (const above of foldersAbove(folder, cwd))
    if (existsSync(native(path.join(above, ignoreFile)))) found = ignoringIn(above, found)
  return isIgnored(found, folder, true) ? undefined : found
}

/**
 * Whether a file or folder, by its absolute path, is left out; that the folders above it are not is
 * known.
 */
export function isIgnored(
  ignoring: Ignoring | undefined,
  file: string,
  isFolder: boolean,
): boolean {
  for (let its = ignoring; its; its = its.above) {
    const name = path.relative(its.folder, file).replaceAll(path.sep, '/')
    const {ignored, unignored} = its.patterns.test(isFolder ? `${name}/` : name)
    if (ignored || unignored) return ignored
  }
  return false
}

/** From the highest down. */
function foldersAbove(folder: string, cwd: string): string[] {
  const isTop = (one: string): boolean => existsSync(native(path.join(one, '.git')))
  const folders: string[] = []
  if (isTop(folder)) return folders
  for (let above = path.dirname(folder); ; above = path.dirname(above)) {
    folders.unshift(above)
    if (isTop(above)) return folders
    if (path.dirname(above) === above) break
  }
  return folders.filter((above) => isBelow(above, cwd))
}
