import {baseName} from '../../values/paths.ts'
import {fileRun, interpretedBy, isShell, isSourcing, scriptOf} from './invocations.ts'
import type {ResolvedFile} from './own-folder.ts'

/** A command that is still to be looked at. */
export interface Waiting {
  readonly words: readonly string[]
  readonly depth: number
  /** The file that the first word is the name of; see `Invocation`. */
  readonly file?: string | undefined
  /** When it is looked at: behind all those of earlier turns. */
  readonly turn?: number | undefined
  /** The script that it stands in, or what sources that. */
  readonly started?: ResolvedFile | undefined
  /** What starts it may have changed the folder. */
  readonly isMoved?: boolean | undefined
  /** Another file may be meant. */
  readonly isDoubtful?: boolean | undefined
}

/**
 * When a command can be looked at: what a variable stands for may be told by a script that is still
 * to be read, first of all by one that is sourced.
 */
export function turnOf([first = '', ...args]: readonly string[]): number {
  const hasVariable =
    first.includes('$') || (fileGiven(baseName(first), args)?.includes('$') ?? false)
  return hasVariable ? (isSourcing(first) ? 1 : 2) : 0
}

/** That of what is named as it is seen from a folder: all others may change it. */
export const lastTurn = 3

/** Takes one of those that wait, of the earliest turn. */
export function lateOne(late: Waiting[]): Waiting | undefined {
  for (let turn = 1; turn <= lastTurn; turn++) {
    const at = late.findLastIndex((one) => one.turn === turn)
    if (at !== -1) return late.splice(at, 1)[0]
  }
  return undefined
}

/** The file that a shell or an interpreter is given to run, as it is written. */
export function fileGiven(program: string, args: readonly string[]): string | undefined {
  if (isSourcing(program)) return args[0]
  if (isShell(program)) return scriptOf({program, args}) === undefined ? fileRun({args}) : undefined
  return args.includes('-m') ? undefined : interpretedBy(program, args)?.[0]
}

/** Which of the words of a command names a file as it is seen from a folder; -1 for none. */
export function relativeAt([path = '', ...args]: readonly string[]): number {
  const given = fileGiven(baseName(path), args)
  if (given !== undefined && isRelative(given)) return 1 + args.indexOf(given)
  return given === undefined && path.includes('/') && isRelative(path) ? 0 : -1
}

function isRelative(path: string): boolean {
  return /^[\w@.+][\w@.+/-]{0,200}$/.test(path)
}
