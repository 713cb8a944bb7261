import {attempt} from './attempt.ts'
import type {Main} from './attempt.ts'
import type {Io} from './io.ts'
import {inThisProcess} from './start/in-process.ts'

/** Where the commands are that have a name, each loaded when it is called. */
export const mains: ReadonlyMap<string, () => Promise<Main>> = new Map<string, () => Promise<Main>>(
  [
    ['security', async () => (await import('./security/security.ts')).security],
    ['harden', async () => (await import('./harden/harden.ts')).harden],
    ['why-not', async () => (await import('./why-not.ts')).whyNot],
    ['try', async () => (await import('./try/try.ts')).tryUnit],
    ['doctor', async () => (await import('./doctor/doctor.ts')).doctor],
    ['trace', async () => (await import('./trace/trace.ts')).trace],
    ['show', async () => (await import('./show/show.ts')).show],
    ['explain', async () => (await import('./explain.ts')).explain],
    ['upgrade', async () => (await import('./upgrade/upgrade.ts')).upgrade],
    ['rules', async () => (await import('./rules.ts')).listRules],
    ['targets', async () => (await import('./targets.ts')).listTargets],
    ['print-config', async () => (await import('./print-config.ts')).printConfig],
    ['merge-reports', async () => (await import('./merge-reports/merge-reports.ts')).mergeReports],
    ['completion', async () => (await import('./completion/completion.ts')).completion(mains)],
    ['init', async () => (await import('./init.ts')).init],
    ['new-rule', async () => (await import('./new-rule/new-rule.ts')).newRule],
  ],
)

/**
 * Run a command line, without the name of the program: a command first, or what to lint. Never
 * rejects.
 *
 * Returns the exit status: 0 nothing found, 1 problems found, 2 the command, a config or a rule is
 * at fault.
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const [first = '', ...rest] = argv
  const load = mains.get(first)
  if (load) return attempt(load(), rest, io)
  const {run: lint} = await import('./lint/run.ts')
  return lint(argv, io)
}

/** What the script of all other commands is loaded for. */
export const inProcess = inThisProcess(run)
