import type {LoadedUnit} from '../../unit/load.ts'
import {query} from '../../unit/query.ts'
import {commands} from './commands.ts'
import type {Command} from './commands.ts'
import {environment} from './environment.ts'
import {kindOfProgram} from '../programs/kinds.ts'
import {isNamedProgram} from '../programs/programs.ts'
import {activity, mostCharacters} from './activity.ts'
import {isShell} from './invocations.ts'
import type {Activity} from './activity.ts'
import type {Invocation} from './invocations.ts'
import {folderOf, hostOfPrograms} from './program-files.ts'
import {applicationRun, scriptRun} from './scripts.ts'

/** A command of a unit, and what it does. */
export interface ActiveCommand extends Command {
  readonly activity: Activity
}

/**
 * What the commands of a unit do that its sandbox is for: not those behind `+`. Of scripts so much
 * is read as there is a budget for in a unit: those that stand in it, and those of its machine that
 * are in sight.
 */
export const activities = query((unit: LoadedUnit): readonly ActiveCommand[] => {
  const host = hostOfPrograms(unit)
  const folder = folderOf(unit)
  const budget = {characters: mostCharacters, fileCharacters: host ? mostFileCharacters : 0}
  // What a script does in all of its branches is more than what is known of a program that is one.
  const scriptIn =
    host &&
    ((invocation: Invocation) =>
      invocation.script === undefined && !isShell(invocation.program) && isOfTables(invocation)
        ? applicationRun(invocation, host, folder)
        : scriptRun(invocation, host, folder))
  const variables = new Map([...environment(unit)].map(([name, {value}]) => [name, value]))
  return commands(unit)
    .filter(({isUnconfined}) => !isUnconfined)
    .map((command) => ({
      ...command,
      activity: activity(command.words, budget, scriptIn, variables),
    }))
})

function isOfTables({path, args}: Invocation): boolean {
  return isNamedProgram(path) || kindOfProgram(path, args)?.kind !== undefined
}

/** How much is read of the shell scripts in files, of a unit. */
const mostFileCharacters = 32_768
