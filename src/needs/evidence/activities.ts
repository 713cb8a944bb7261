import {decode} from '../../syntax/bytes.ts'
import type {Host} from '../../unit/host.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import {query} from '../../unit/query.ts'
import {commands} from './commands.ts'
import type {Command} from './commands.ts'
import {environment} from './environment.ts'
import {kindOfProgram} from '../programs/kinds.ts'
import {isNamedProgram} from '../programs/programs.ts'
import {activity, mostCharacters} from './activity.ts'
import {isShell} from './invocations.ts'
import type {Activity, ScriptSight} from './activity.ts'
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
  const budget = {characters: mostCharacters, fileCharacters: host ? mostFileCharacters : 0}
  // What a script does in all of its branches is more than what is known of a program that is one.
  const sight: ScriptSight | undefined = host && {
    folder: folderOf(unit),
    has: (path) => host.file(path) !== undefined,
    script: (invocation, folder) =>
      invocation.script === undefined && !isShell(invocation.program) && isOfTables(invocation)
        ? applicationRun(invocation, host, folder)
        : scriptRun(invocation, host, folder),
  }
  const variables = new Map([...environment(unit)].map(([name, {value}]) => [name, value]))
  return [...commands(unit), ...scriptsOfVariables(unit)]
    .filter(({isUnconfined}) => !isUnconfined)
    .map((command) => ({
      ...command,
      activity: activity(command.words, budget, sight, variables),
    }))
})

/**
 * The scripts that variables name: a program is told them to run them when it is time, as a receiver
 * of hooks does.
 */
function scriptsOfVariables(unit: LoadedUnit): readonly Command[] {
  const host = hostOfPrograms(unit)
  const told = new Set(commands(unit).flatMap(({words}) => words))
  return [...environment(unit).values()]
    .filter(({value}) => !told.has(value) && isScript(value, host))
    .slice(0, mostScripts)
    .map(({value, assignment}) => ({
      assignment,
      isUnconfined: false,
      isPrivileged: false,
      words: [value],
    }))
}

const mostScripts = 8

/** By how it begins where it is in sight, by its name where it is not. */
function isScript(path: string, host: Host | undefined): boolean {
  if (!/^\/[\w@.+/-]{1,200}$/.test(path)) return false
  const file = host?.file(path)
  return file
    ? decode(file.bytes(0, 3)).startsWith('#!/')
    : /\/[\w@.+-]+\.(?:sh|bash|ksh|zsh)$/.test(path)
}

function isOfTables({path, args}: Invocation): boolean {
  return isNamedProgram(path) || kindOfProgram(path, args)?.kind !== undefined
}

/** How much is read of the shell scripts in files, of a unit. */
const mostFileCharacters = 32_768
