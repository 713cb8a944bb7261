import {colorOption} from '../color-option.ts'
import type {Arguments, Option} from '../grammar.ts'
import {formats} from '../../reporters/index.ts'
import {commands} from '../commands.ts'
import {instanceOption, rootOption, searchOptions} from '../unit-arguments.ts'
import {configOptions} from '../config-arguments.ts'
import {maxWarningsOption} from '../max-warnings.ts'
import {stdinOption} from '../stdin.ts'
import {traceOption} from '../trace-option.ts'

/** Where fixes may go. */
export const fixPlaces = ['inline', 'dropin'] as const

/** One of them. */
export type FixPlace = (typeof fixPlaces)[number]

/** The options of a lint run. */
export const lintOptions = {
  fix: {type: 'boolean', describe: 'Fix what can be fixed safely'},
  'unsafe-fixes': {
    type: 'boolean',
    describe: 'With --fix or --diff: also where nothing shows that the service can bear it',
  },
  'fix-only': {
    type: 'string',
    describe:
      'Fix errors alone, or what these rules find: errors, or ids with commas between them; may be repeated',
  },
  diff: {
    type: 'boolean',
    describe:
      'Print what --fix would change, and write nothing; the exit status is that without --fix',
    elsewhere: ['dry-run', 'fix-dry-run'],
  },
  undo: {
    type: 'boolean',
    describe:
      'Remove the drop-ins that --fix --fix-to dropin has written, as far as nobody has changed them since',
  },
  'fix-to': {
    type: 'string',
    describe:
      'Where to put fixes: inline, or dropin for a drop-in beside the unit, 50-unitlint.conf',
  },
  ...configOptions,
  ...rootOption,
  ...instanceOption,
  ...searchOptions,
  ...traceOption,
  format: {
    type: 'string',
    alias: 'f',
    elsewhere: ['output-format', 'reporter'],
    describe: `Format of the report: ${formats.slice(0, -1).join(', ')} or ${formats.at(-1)}; NAME:FILE writes it there, and may be repeated`,
  },
  'output-file': {type: 'string', alias: 'o', describe: 'Write the report to a file'},
  statistics: {
    type: 'boolean',
    describe:
      'Tell how often each rule found something, in the place of what; also with --format json',
  },
  quiet: {type: 'boolean', describe: 'Report errors only'},
  ...maxWarningsOption,
  'max-exposure': {
    type: 'string',
    describe: 'Exit with status 1 when a service is more exposed than N, such as 4.5',
  },
  'exposure-baseline': {
    type: 'string',
    describe: 'Exit with status 1 when a service is more exposed than this JSON file says',
  },
  baseline: {
    type: 'string',
    describe: 'Pass over the findings that this JSON file has: a number of them a file and rule',
  },
  'update-baseline': {
    type: 'boolean',
    describe: 'With --baseline, --exposure-baseline: write what there is now to that file',
  },
  stdin: {type: 'boolean', describe: 'Lint standard input, as `-` in the place of a file does'},
  ...stdinOption,
  'inline-config': {
    type: 'boolean',
    describe: 'Obey comments that turn rules off; --no-inline-config: report all the same',
  },
  'report-unused-disables': {type: 'boolean', describe: 'Report such comments that are of no use'},
  'changed-since': {
    type: 'string',
    describe:
      'Lint only the units that have changed since this commit, branch or tag of git, with all their drop-ins',
  },
  shard: {
    type: 'string',
    describe:
      'Lint a part of all units, I/N such as 2/8; `unitlint merge-reports` puts the reports together',
  },
  timing: {type: 'boolean', describe: 'Say on standard error which stages and rules take how long'},
  ...colorOption,
  version: {type: 'boolean', describe: 'Show the version'},
} as const satisfies Readonly<Record<string, Option>>

/** The last value of an option whose opposite is refused. */
export function text(given: Arguments, name: keyof typeof lintOptions): string | undefined {
  const value = given.value(name)
  return value === false ? undefined : value
}

/** What stands below the options in the help. */
export function help(): string {
  const width = [...commands].reduce(
    (most, [name, {usage}]) => Math.max(most, `${name} ${usage}`.length),
    0,
  )
  const lines = [...commands].map(
    ([name, {usage, summary}]) => `  unitlint ${`${name} ${usage}`.padEnd(width)}  ${summary}`,
  )
  return [
    'Commands:',
    ...lines,
    '',
    'Exit status: 0 nothing found, 1 problems found, 2 the command, a config or a rule is at fault',
  ].join('\n')
}
