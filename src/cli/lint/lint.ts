import {writeLine} from '../io.ts'
import type {Io} from '../io.ts'
import {parseLintArguments} from './lint-arguments.ts'
import {version} from '../version.ts'

/** `unitlint [files, folders, globs...]`. Returns the exit status; rejects with a usage error. */
export async function lint(argv: readonly string[], io: Io): Promise<number> {
  const given = await parseLintArguments(argv, io)
  if (given === 'version' || 'help' in given) {
    await writeLine(io.stdout, given === 'version' ? version : given.help)
    return 0
  }
  if (given.isUndoing) return (await import('./undo.ts')).undo(given, io)
  const {runLint} = await import('./run-lint.ts')
  return runLint(given, io)
}
