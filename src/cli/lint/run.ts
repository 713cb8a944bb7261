import {attempt} from '../attempt.ts'
import type {Io} from '../io.ts'
import {inThisProcess} from '../start/in-process.ts'
import {lint} from './lint.ts'

/** Lint what a command line names; see `run` of all commands. Never rejects. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  return attempt(lint, argv, io)
}

/** What the script that lints is loaded for. */
export const inProcess = inThisProcess(run)
