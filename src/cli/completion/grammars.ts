import type {Main} from '../attempt.ts'
import {commands} from '../commands.ts'
import type {Subcommand} from '../commands.ts'
import type {Grammar} from '../grammar.ts'

/** A command with all that its command line may hold. */
export interface Described extends Subcommand {
  /** Empty for the one that lints. */
  readonly name: string
  readonly grammar: Grammar
}

/** Commands by name, each loaded when it is asked for. */
export type Mains = ReadonlyMap<string, () => Promise<Main>>

/** What each command takes: the one that lints first. */
export async function describeAll(mains: Mains): Promise<readonly Described[]> {
  const {lint} = await import('../lint/lint.ts')
  const all = [['', async () => lint] as const, ...mains]
  const described = await Promise.all(
    all.map(async ([name, load]): Promise<Described> => {
      const {grammar} = await load()
      const {usage, summary} = commands.get(name) ?? {
        usage: '[files, folders, globs...]',
        summary: 'lint units',
      }
      return {name, usage, summary, grammar}
    }),
  )
  // Those that are scripts of their own.
  const others = [...commands].flatMap(([name, command]) =>
    mains.has(name) ? [] : [{name, ...command, grammar: {usage: `unitlint ${name}`, options: {}}}],
  )
  return [...described, ...others]
}
