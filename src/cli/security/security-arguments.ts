import type {ConfigFlags} from '../../config/configs.ts'
import {unexpected} from '../../rule/suggest.ts'
import {usageError} from '../../config/usage-error.ts'
import type {FileSearch} from '../../files/find.ts'
import type {JsonStyle} from '../../reporters/security-json.ts'
import {parseBoolean} from '../../values/boolean.ts'
import {colorOption} from '../color-option.ts'
import type {Arguments, Grammar, Option} from '../grammar.ts'
import {
  filesOf,
  instanceNamed,
  instanceOption,
  rootOf,
  rootOption,
  searchOf,
  searchOptions,
} from '../unit-arguments.ts'
import {configFlags, configOptions} from '../config-arguments.ts'
import type {Io} from '../io.ts'
import {rootFor} from '../named-units.ts'
import {stdinName, stdinOption} from '../stdin.ts'
import {traceOption, tracesOf} from '../trace-option.ts'

/** What to score and how to show it, as the command line says. */
export interface SecurityArguments {
  readonly files: readonly string[]
  /** The name that standard input has. */
  readonly stdin: string | undefined
  readonly root: string | undefined
  readonly search: FileSearch
  readonly instance: string | undefined
  readonly configs: ConfigFlags
  /** Undefined: tables for people. */
  readonly json: JsonStyle | undefined
  /** The greatest exposure that is no failure, in tenths. */
  readonly threshold: number
  readonly policyFile: string | undefined
  readonly honest: boolean
  /** How many units of a list are shown. */
  readonly top: number | undefined
  readonly plan: boolean
  /** Logs of strace, and summaries of them, which a plan goes by. */
  readonly traces: readonly string[]
  readonly color: boolean | undefined
}

const securityOptions = {
  json: {
    type: 'string',
    describe: 'Print rows as JSON: short, pretty, or off for tables',
    elsewhere: ['format', 'f'],
  },
  threshold: {
    type: 'string',
    describe: 'Exit with status 1 when a unit is above N tenths, from 0 to 100: 45 stands for 4.5',
  },
  'security-policy': {type: 'string', describe: "Change rows as this file of systemd's JSON says"},
  plan: {
    type: 'boolean',
    describe:
      'Tell what fixing each point would take off, whether that is safe here, and what is withheld and why',
  },
  top: {type: 'string', describe: 'List only the N worst units'},
  honest: {
    type: 'boolean',
    describe: 'Count an unset PrivateMounts= as unset, as systemd before 254 does',
  },
  offline: {type: 'string', describe: 'Taken as systemd-analyze takes it: files are all it reads'},
  pager: {type: 'boolean', describe: '--no-pager is taken, too: there is none'},
  ...configOptions,
  ...rootOption,
  ...instanceOption,
  ...searchOptions,
  ...stdinOption,
  ...traceOption,
  ...colorOption,
} as const satisfies Readonly<Record<string, Option>>

/** What `unitlint security` takes. */
export const securityGrammar: Grammar = {
  usage: 'unitlint security [files, folders, globs...]',
  options: securityOptions,
  epilogue: [
    'A folder stands for the services below it, which are listed; a unit that is named may be any, and has its table.',
    '',
    'Exit status: 0 all well, 1 a unit is above the threshold or systemd would not load it, 2 the command or a file is at fault',
  ].join('\n'),
}

/** What to score and how to show it, by what a command line holds. Throws a usage error. */
export function securityArguments(given: Arguments, io: Io): SecurityArguments {
  checkOffline(given)
  const {files, traces} = tracesOf(given, filesOf(given), io)
  const plan = given.on('plan') ?? false
  if (traces.length > 0 && !plan)
    throw usageError(
      'unitlint',
      'Unexpected `--trace` alone, expected `--plan` with it: an exposure does not hang on traces',
    )
  return {
    files,
    stdin: stdinName(given, given.positionals.length > 0 ? files : []),
    traces,
    root: rootFor(files, {cwd: io.cwd, root: rootOf(given)}),
    search: searchOf(given),
    instance: instanceNamed(given),
    configs: configFlags(given, io),
    json: jsonStyle(given),
    threshold: threshold(given),
    policyFile: text(given, 'security-policy'),
    top: topOf(given),
    honest: given.on('honest') ?? false,
    plan,
    color: given.on('color'),
  }
}

function topOf(given: Arguments): number | undefined {
  const value = text(given, 'top')
  if (value !== undefined && !/^[1-9]\d{0,5}$/.test(value))
    throw usageError('--top', `Unexpected \`${value}\`, expected a number from 1 on`)
  return value === undefined ? undefined : Number(value)
}

/** Throws a usage error where systemd's manager would be asked. */
function checkOffline(given: Arguments): void {
  const value = text(given, 'offline') ?? 'yes'
  if (parseBoolean(value) !== true)
    throw usageError('--offline', `Unexpected \`${value}\`, expected \`yes\`: no manager is asked`)
}

function jsonStyle(given: Arguments): JsonStyle | undefined {
  const style = text(given, 'json') ?? 'off'
  if (style !== 'short' && style !== 'pretty' && style !== 'off')
    throw usageError('--json', unexpected('style', style, ['short', 'pretty', 'off']))
  return style === 'off' ? undefined : style
}

function threshold(given: Arguments): number {
  const value = text(given, 'threshold') ?? '100'
  if (!/^\d{1,3}$/.test(value) || Number(value) > 100)
    throw usageError(
      '--threshold',
      `Unexpected \`${value}\`, expected tenths from 0 to 100: 45 stands for 4.5`,
    )
  return Number(value)
}

/** The last value of an option whose opposite is refused. */
function text(given: Arguments, name: keyof typeof securityOptions): string | undefined {
  const value = given.value(name)
  return value === false ? undefined : value
}
