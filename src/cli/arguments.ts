import type {Grammar, Arguments} from './grammar.ts'
import type {Io} from './io.ts'
import {parsePlainly} from './plain-arguments.ts'

/** Take a command line apart, or give the help that it asks for. Rejects with a usage error. */
export async function parseArguments(
  argv: readonly string[],
  grammar: Grammar,
  io: Io,
): Promise<Arguments | {readonly help: string}> {
  const plain = parsePlainly(argv, grammar)
  if (plain) return plain
  const {parseFully} = await import('./full-arguments.ts')
  return parseFully(argv, grammar, io)
}
