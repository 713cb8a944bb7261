import {rowsByName} from './lists.ts'
import {namesOf} from './programs.ts'
import {kindsOfPrograms} from './tables/kinds.ts'
import type {ProgramsOfKind} from './tables/kinds.ts'

/**
 * What kind of service a program makes when it is started by that path with these arguments;
 * undefined where that is not known.
 */
export function kindOfProgram(path: string, args: readonly string[]): ProgramsOfKind | undefined {
  const names = namesOf(path)
  const rows = [...names.flatMap(named), ...alike(names)]
  const has = (pattern: RegExp): boolean => args.some((arg) => pattern.test(arg))
  return rows.find(({when, unless}) => (!when || has(when)) && !(unless && has(unless)))
}

/** Whether a program runs applications that others have written, for the web or for a queue. */
export function isHostOfApplications(path: string, args: readonly string[]): boolean {
  const found = kindOfProgram(path, args)
  return found?.isHost === true && (found.kind === 'web-service' || found.kind === 'worker')
}

const {named, alike} = rowsByName(kindsOfPrograms)
