import type {Main} from '../attempt.ts'
import {commands} from '../commands.ts'
import type {Command} from '../commands.ts'
import type {Grammar} from '../grammar.ts'
import type {Io} from '../io.ts'

/** A command with all that its command line may hold. */
export interface Described extends Command {
  /** Empty for the one that lints. */
  readonly name: string
  readonly grammar: Grammar
}

/** Commands by name, each loaded when it is asked for. */
export type Mains = ReadonlyMap<string, () => Promise<Main>>

/**
 * What each command takes, as it tells for its help: the one that lints first. Commands that take
 * nothing by this grammar are left out.
 */
export async function describeAll(mains: Mains): Promise<readonly Described[]> {
  const {lint} = await import('../lint/lint.ts')
  const all = [['', async () => lint] as const, ...mains]
  const described = await Promise.all(
    all.map(async ([name, load]): Promise<Described[]> => {
      const grammar = await grammarOf(await load())
      const {usage, summary} = commands.get(name) ?? {
        usage: '[files, folders, globs...]',
        summary: 'lint units',
      }
      return grammar ? [{name, usage, summary, grammar}] : []
    }),
  )
  // Those that are scripts of their own.
  const others = [...commands].flatMap(([name, command]) =>
    mains.has(name) ? [] : [{name, ...command, grammar: {usage: `unitlint ${name}`, options: {}}}],
  )
  return [...described.flat(), ...others]
}

async function grammarOf(main: Main): Promise<Grammar | undefined> {
  let found: Grammar | undefined
  const nowhere = {write: (_data: unknown, done: () => void = () => undefined) => done()}
  const io: Io = {
    cwd: '/',
    env: {},
    stdin: nothing(),
    stdout: nowhere,
    stderr: nowhere,
    now: () => 0,
    date: () => 0,
    describe: (grammar) => {
      found = grammar
    },
  }
  await main(['--help'], io)
  return found
}

async function* nothing(): AsyncGenerator<string> {
  // There is no input to describe anything by.
}
