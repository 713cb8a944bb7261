import type {LoadedUnit} from '../../unit/load.ts'
import {query} from '../../unit/query.ts'
import {commands} from './commands.ts'
import type {Command} from './commands.ts'
import {activity, mostCharacters} from './invocations.ts'
import type {Activity} from './invocations.ts'

/** A command of a unit, and what it does. */
export interface ActiveCommand extends Command {
  readonly activity: Activity
}

/** What the commands of a unit do that its sandbox is for: not those behind `+`. Of scripts so much is read as there is a budget for in a unit. */
export const activities = query((unit: LoadedUnit): readonly ActiveCommand[] => {
  const budget = {characters: mostCharacters}
  return commands(unit)
    .filter(({isUnconfined}) => !isUnconfined)
    .map((command) => ({...command, activity: activity(command.words, budget)}))
})
