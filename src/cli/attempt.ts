import {describeFailure} from './failure.ts'
import {writeLine} from './io.ts'
import type {Io} from './io.ts'

/** Runs a command on its arguments; returns the exit status, or rejects with a usage error. */
export type Main = (argv: readonly string[], io: Io) => Promise<number>

/**
 * Run a command; what it rejects with is told on standard error, and the status is 2. Never
 * rejects.
 */
export async function attempt(main: Main, argv: readonly string[], io: Io): Promise<number> {
  try {
    return await main(argv, io)
  } catch (error) {
    await writeLine(io.stderr, describeFailure(error))
    return 2
  }
}
