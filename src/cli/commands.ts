import type {Io} from './io.ts'

/** Runs a command on its arguments; returns the exit status, or rejects with a usage error. */
export type Main = (argv: readonly string[], io: Io) => Promise<number>

/** A command, loaded when it is called. */
export interface Command {
  /** What follows its name. */
  readonly usage: string
  readonly summary: string
  readonly load: () => Promise<Main>
}

/** All commands but the one without a name, which lints. */
export const commands: ReadonlyMap<string, Command> = new Map([
  [
    'security',
    {
      usage: '[files...]',
      summary: 'how exposed units are, row by row, and what fixing each point would take off',
      load: async () => (await import('./security/security.ts')).security,
    },
  ],
  [
    'why-not',
    {usage: 'DIRECTIVE FILE', summary: 'what speaks for and against a directive in a service', load: async () => (await import('./why-not.ts')).whyNot},
  ],
  [
    'show',
    {
      usage: 'FILE',
      summary: 'the unit that all its files make together, each value with where it comes from',
      load: async () => (await import('./show/show.ts')).show,
    },
  ],
  [
    'explain',
    {
      usage: 'RULE|DIRECTIVE',
      summary: 'what a rule wants and why, or what a directive does and takes',
      load: async () => (await import('./explain.ts')).explain,
    },
  ],
  ['rules', {usage: '[--json]', summary: 'all rules and the presets that they are in', load: async () => (await import('./rules.ts')).listRules}],
  ['print-config', {usage: 'FILE', summary: 'what all configs together say for a file', load: async () => (await import('./print-config.ts')).printConfig}],
  ['init', {usage: '', summary: 'write a config file', load: async () => (await import('./init.ts')).init}],
  ['new-rule', {usage: 'ID', summary: 'write a rule of your own, with its test and page', load: async () => (await import('./new-rule/new-rule.ts')).newRule}],
])
