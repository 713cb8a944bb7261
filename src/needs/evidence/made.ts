import type {LoadedUnit} from '../../unit/load.ts'
import {query} from '../../unit/query.ts'
import type {Assignment} from '../../unit/unit.ts'
import {commands} from './commands.ts'
import {activity} from './activity.ts'
import type {Invocation} from './invocations.ts'
import {resolvedPath} from './paths.ts'

/** A path that a command makes before the main one starts. */
export interface MadePath {
  readonly path: string
  /** Folders above it are made with it, and it may be there. */
  readonly hasParents: boolean
  readonly isFolder: boolean
  /** By a command with `+`, which nothing keeps from it. */
  readonly isUnconfined: boolean
  readonly assignment: Assignment
}

/** The paths that the commands of `ExecStartPre=` are told to make, as far as they are plain. */
export const madeBefore = query((unit: LoadedUnit): readonly MadePath[] => {
  if (unit.assignments('Service', 'ExecStartPre').length === 0) return []
  return commands(unit)
    .filter(({assignment}) => assignment.key === 'ExecStartPre')
    .flatMap(({assignment, isUnconfined, words}) => {
      const {invocations, redirections} = activity(words)
      const written = redirections.flatMap(({path, use}) =>
        use === 'write' ? [{path, hasParents: false, isFolder: false}] : [],
      )
      return [...invocations.flatMap(madeBy), ...written]
        .filter(({path}) => plainPath.test(path))
        .map((made) => ({...made, path: resolvedPath(made.path), isUnconfined, assignment}))
    })
})

const plainPath = /^\/[^$`*?[\]{}%]+$/

function madeBy({
  program,
  args,
}: Invocation): ReadonlyArray<Pick<MadePath, 'path' | 'hasParents' | 'isFolder'>> {
  if (program === 'mkdir') {
    const hasParents = args.some((arg) => /^-[a-zA-Z]*p|^--parents$/.test(arg))
    return operands(args, /^(?:-m|--mode)$/).map((path) => ({path, hasParents, isFolder: true}))
  }
  if (program === 'install' && args.some((arg) => /^-[a-zA-Z]*d|^--directory$/.test(arg)))
    return operands(args, /^(?:-[a-zA-Z]*[mogS]|--(?:mode|owner|group|suffix))$/).map((path) => ({
      path,
      hasParents: true,
      isFolder: true,
    }))
  if (program === 'touch')
    return operands(args, /^(?:-[drt]|--(?:date|reference))$/).map((path) => ({
      path,
      hasParents: false,
      isFolder: false,
    }))
  if (program === 'tee')
    return operands(args, /^$/).map((path) => ({path, hasParents: false, isFolder: false}))
  return []
}

/** Arguments that are no options, nor values of those that take one. */
function operands(args: readonly string[], taking: RegExp): readonly string[] {
  return args.filter((arg, index) => !arg.startsWith('-') && !taking.test(args[index - 1] ?? ''))
}
