import {commands} from './commands.ts'
import {describeFailure} from './failure.ts'
import {writeLine} from './io.ts'
import type {Io} from './io.ts'
import {version} from './version.ts'

/**
 * Run a command line, without the name of the program: a command first, or what to lint. Never rejects.
 *
 * Returns the exit status: 0 nothing found, 1 problems found, 2 the command, a config or a rule is at fault.
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const [first] = argv
  if (first === '--version' && argv.length === 1) {
    await writeLine(io.stdout, version)
    return 0
  }
  const command = commands.get(first ?? '')
  try {
    if (command) return await (await command.load())(argv.slice(1), io)
    const {lint} = await import('./lint.ts')
    return await lint(argv, io)
  } catch (error) {
    await writeLine(io.stderr, describeFailure(error))
    return 2
  }
}
