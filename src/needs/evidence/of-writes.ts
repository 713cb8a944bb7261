import type {AccessId} from '../../facts/accesses.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import {query} from '../../unit/query.ts'
import {environment} from './environment.ts'
import {activities} from './activities.ts'
import type {Activity} from './activity.ts'
import type {Invocation} from './invocations.ts'
import {isShell, scriptOf, startsAnother} from './invocations.ts'
import type {Need} from './need.ts'
import type {Borne} from './of-production.ts'
import {isFileTool, usesOf} from './uses.ts'

/**
 * What a service writes to nowhere, where that is plain: it runs nothing but tools that do to files
 * what they are told, and is told by absolute paths alone.
 *
 * `needs` is what all other evidence shows, the places that these tools are told of among it.
 */
export function lacksOfWrites(
  unit: LoadedUnit,
  needs: Iterable<Need>,
): ReadonlyMap<AccessId, Borne> {
  if (!writesAreInSight(unit)) return nothing.lacks
  const needed = new Set(Array.from(needs, ({access}) => access))
  const words = (): string => 'read: its commands say where they write'
  return new Map(writing.filter((id) => !needed.has(id)).map((id) => [id, {grade: 'read', words}]))
}

const nothing: {readonly lacks: ReadonlyMap<AccessId, Borne>} = {lacks: new Map()}
const writing = [
  'write-anywhere',
  'write-config',
  'write-system',
  'home-write',
  'temporary-files',
] as const

/** Whether the commands of a service say of all that they write where it is. */
export const writesAreInSight = query((unit: LoadedUnit): boolean => {
  const all = activities(unit)
  if (unit.type !== 'service' || all.length === 0 || environment(unit).size > 0) return false
  return all.every(({activity}) => isPlain(activity))
})

function isPlain({invocations, redirections, scripts}: Activity): boolean {
  // Variables, globs that may leave a folder, and folders that are changed to make paths mean
  // something else.
  if (scripts.some((script) => /[$`]|\bcd\b|\bpushd\b/.test(script))) return false
  return (
    redirections.every(({path}) => path.startsWith('/') || /^&?\d$/.test(path)) &&
    invocations.every(isTold)
  )
}

/** Whether a program does nothing but what its arguments say, to paths that are whole. */
function isTold(invocation: Invocation): boolean {
  const {program, args} = invocation
  if (isShell(program)) return scriptOf(invocation) !== undefined
  if (wrappers.has(program) && startsAnother(invocation)) return true
  // They make folders on the way, which nobody can make writable before.
  if (
    (program === 'mkdir' || program === 'install') &&
    args.some((arg) => /^-\w*[pdD]|^--/.test(arg))
  )
    return false
  if (!isFileTool(program) || untold.has(program)) return false
  if ((program === 'test' || program === '[') && args.includes('-w')) return false
  return usesOf(invocation).every(({text, use}) => use === 'read' || isWhole(text))
}

/** What is told elsewhere what to do, or has files of its own. */
const untold: ReadonlySet<string> = new Set(['.', 'rsync', 'scp', 'sort', 'source', 'xargs'])

/** What starts another program and does nothing else. */
const wrappers: ReadonlySet<string> = new Set([
  'env',
  'ionice',
  'nice',
  'nohup',
  'setsid',
  'timeout',
])

/**
 * An absolute path without what may be replaced in it, an option, a mode, an owner, or a number.
 */
function isWhole(text: string): boolean {
  return (
    /^\/[^$%`{}]*$/.test(text) ||
    /^-[A-Za-z-]*(?:=[\w.:+-]*)?$/.test(text) ||
    /^(?:[0-7]{3,5}|\d+[A-Za-z]?|[ugoa]*[-+=][rwxXst]+|[\w-]+:[\w-]*)$/.test(text)
  )
}
