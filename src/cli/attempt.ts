import {parseArguments} from './arguments.ts'
import {describeFailure} from './failure.ts'
import type {Arguments, Grammar} from './grammar.ts'
import {writeLine} from './io.ts'
import type {Io} from './io.ts'

/** What a command takes, and what it does with that. */
export interface Main {
  readonly grammar: Grammar
  /** Returns the exit status, or rejects with a usage error. */
  run(given: Arguments, io: Io): Promise<number>
}

/**
 * Run a command on its arguments, or print the help that they ask for; what it rejects with is told
 * on standard error, and the status is 2. Never rejects.
 */
export async function attempt(
  main: Main | Promise<Main>,
  argv: readonly string[],
  io: Io,
): Promise<number> {
  try {
    const its = await main
    const given = await parseArguments(argv, its.grammar, io)
    if (!('help' in given)) return await its.run(given, io)
    await writeLine(io.stdout, given.help)
    return 0
  } catch (error) {
    await writeLine(io.stderr, describeFailure(error))
    return 2
  }
}
