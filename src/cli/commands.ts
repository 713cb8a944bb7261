/** A command, as its help shows it. */
export interface Subcommand {
  /** What follows its name. */
  readonly usage: string
  readonly summary: string
}

/** All commands but the one without a name, which lints. */
export const commands: ReadonlyMap<string, Subcommand> = new Map([
  [
    'security',
    {
      usage: '[files...]',
      summary: 'how exposed units are, row by row, and what fixing each point would take off',
    },
  ],
  [
    'harden',
    {
      usage: 'FILE|UNIT',
      summary: 'walk the plan of a service, each step with its reason, and write what is kept',
    },
  ],
  [
    'why-not',
    {usage: 'DIRECTIVE FILE', summary: 'what speaks for and against a directive in a service'},
  ],
  [
    'try',
    {
      usage: "UNIT [--check 'COMMAND']",
      summary: 'the strictest lines with which a service of this machine works, found by trying',
    },
  ],
  [
    'doctor',
    {
      usage: '[UNIT] < journal',
      summary: 'which lines of a service made it fail, by what its log says',
    },
  ],
  [
    'trace',
    {
      usage: 'UNIT | --summary FILE...',
      summary:
        'what a service does, traced on this machine, or of logs of strace, as a small profile',
    },
  ],
  [
    'show',
    {
      usage: 'FILE',
      summary: 'the unit that all its files make together, each value with where it comes from',
    },
  ],
  [
    'explain',
    {
      usage: 'RULE|DIRECTIVE|PRESET|TIME',
      summary:
        'what a rule wants and why, what a directive does and takes, whom a preset is for, or when a calendar event comes',
    },
  ],
  [
    'upgrade',
    {
      usage: '--from RELEASE --to RELEASE [files...]',
      summary: 'what changes for units when another systemd reads them, by unit and line',
    },
  ],
  ['lsp', {usage: '--stdio', summary: 'the language server, for editors: see docs/editors.md'}],
  ['rules', {usage: '[--json]', summary: 'all rules and the presets that they are in'}],
  [
    'targets',
    {usage: '[--json]', summary: 'all systemds to judge by, with the releases that ship them'},
  ],
  ['print-config', {usage: 'FILE', summary: 'what all configs together say for a file'}],
  [
    'merge-reports',
    {
      usage: '[files, folders...]',
      summary: 'the report of a run, of the reports of all its shards',
    },
  ],
  [
    'completion',
    {usage: 'bash|zsh|fish', summary: 'what completes command lines of unitlint in a shell'},
  ],
  ['init', {usage: '', summary: 'write a config file'}],
  ['new-rule', {usage: 'ID', summary: 'write a rule of your own, with its test and page'}],
])
