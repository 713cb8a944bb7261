import path from 'node:path'
import {unitOf} from '../unit/load.ts'
import {isFolder} from './find.ts'
import {topOfGlob} from './glob.ts'
import {statsOf} from './links.ts'
import {isBelowRoot, isBelow, locate, realPath} from './locate.ts'
import type {Destination, Whereabouts} from './locate.ts'

/** What a run may write to. */
export interface Reach {
  /** What writing to a path writes to, or why this run does not do that, in words. */
  of(file: string): Destination | {readonly fault: string}
}

/**
 * What a run may write to by what it was told to look at: a file that was named, wherever links
 * lead from there; what a search comes upon, and drop-ins of what was named, only as far as no link
 * leads out of the folders named. Below a root, all that is there.
 */
export function reach(names: readonly string[], where: Whereabouts): Reach {
  const {cwd} = where
  const tops = new Map<string, string>()
  const named = new Set<string>()
  for (const name of names) {
    const absolute = path.resolve(cwd, name)
    if (isFolder(absolute)) tops.set(absolute, name)
    else if (statsOf(absolute)) {
      named.add(absolute)
      tops.set(path.dirname(absolute), path.dirname(name))
    } else tops.set(path.resolve(cwd, topOfGlob(name) ?? '.'), topOfGlob(name) ?? '.')
  }
  const real = [...tops.keys()].map(realPath)
  return {
    of(file) {
      const found = locate(file, where)
      const absolute = path.resolve(cwd, file)
      if ('fault' in found || isBelowRoot(file, where) || named.has(absolute)) return found
      const isNear = real.some((top) => isBelow(found.path, top))
      const [, top] = [...tops].find(([folder]) => isBelow(absolute, folder)) ?? []
      // What is elsewhere by its name already, as drop-ins of an administrator are, is held to its
      // own folder.
      if (isNear || (top === undefined && isBelow(found.path, realPath(unitFolder(absolute)))))
        return found
      return {
        fault: `a link leads out of \`${top ?? unitFolder(file)}\`, name the file itself to have it written`,
      }
    },
  }
}

/** The folder of a unit, or of the unit that a drop-in is for. */
function unitFolder(file: string): string {
  const folder = path.dirname(file)
  return unitOf(path.resolve(file))?.role === 'drop-in' ? path.dirname(folder) : folder
}
