import type {ConfigFlags} from '../../config/configs.ts'
import {unexpected} from '../../config/suggest.ts'
import {usageError} from '../../config/usage-error.ts'
import {rules} from '../../../rules/index.ts'
import type {Search} from '../../files/find.ts'
import type {LintOptions} from '../../engine/options.ts'
import {parseArguments} from '../arguments.ts'
import type {Arguments, Option} from '../grammar.ts'
import {countedFormats, formats} from '../../reporters/index.ts'
import {commands} from '../commands.ts'
import {
  configFlags,
  configOptions,
  filesOf,
  instanceNamed,
  instanceOption,
  rootOf,
  rootOption,
  searchOf,
  searchOptions,
} from '../config-arguments.ts'
import type {Io} from '../io.ts'
import {maxWarnings, maxWarningsOption} from '../max-warnings.ts'
import type {PartWanted} from '../part/part.ts'
import type {Gates} from '../security/security-gates.ts'
import {dash, stdinName, stdinOption} from '../stdin.ts'
import {traceOption, tracesOf} from '../trace-option.ts'
import type {Baseline} from './known-findings.ts'

/** How to lint, as the command line says. */
export interface LintArguments {
  readonly files: readonly string[]
  /** The root of a machine's files whose units are meant. */
  readonly root: string | undefined
  readonly search: Search
  /** What templates are taken for. */
  readonly instance: string | undefined
  readonly configs: ConfigFlags
  /** Logs of strace, and summaries of them. */
  readonly traces: readonly string[]
  /** Which fixes to make, whether to write or to show them, and where. */
  readonly fix?:
    | {
        readonly upTo: 'safe' | 'unsafe'
        readonly only: LintOptions['fixOnly']
        readonly show: boolean
        readonly to: FixPlace
      }
    | undefined
  /** Take away what was written before. */
  readonly isUndoing: boolean
  /** The name that standard input has. */
  readonly stdin?: string | undefined
  /** One that has no file goes to standard output. */
  readonly reports: readonly ReportWanted[]
  readonly quiet: boolean
  readonly maxWarnings: number
  /** Absent: nothing is demanded of exposures. */
  readonly gates?: Gates | undefined
  /** Absent: no finding is known. */
  readonly baseline?: Baseline | undefined
  readonly inlineConfig: boolean
  readonly reportUnusedDisables: boolean
  /** Absent: all units are meant. */
  readonly part?: PartWanted | undefined
  /** Tell what takes how long. */
  readonly timing: boolean
  readonly color: boolean | undefined
}

/** A report, and the file that it goes to. */
export interface ReportWanted {
  readonly format: string
  readonly file: string | undefined
}

const fixPlaces = ['inline', 'dropin'] as const
type FixPlace = (typeof fixPlaces)[number]

const lintOptions = {
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
  diff: {type: 'boolean', describe: 'Print what --fix would change, and write nothing'},
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
  color: {type: 'boolean', describe: 'Use colours, or --no-color; else for terminals only'},
  version: {type: 'boolean', describe: 'Show the version'},
} as const satisfies Readonly<Record<string, Option>>

/**
 * Read the command line of a lint run, or what it wants to be told instead. Rejects with a usage
 * error.
 */
export async function parseLintArguments(
  argv: readonly string[],
  io: Io,
): Promise<LintArguments | {readonly help: string} | 'version'> {
  const given = await parseArguments(
    argv,
    {usage: 'unitlint [files, folders, globs...]', options: lintOptions, epilogue: help()},
    io,
  )
  if ('help' in given) return given
  if (given.on('version')) return 'version'
  const {files, traces} = tracesOf(given, filesOf(given), io)
  const stdin = stdinName(given, given.positionals.length > 0 ? files : [], '`--stdin` or `-`')
  return {
    files,
    traces,
    root: rootOf(given),
    search: searchOf(given),
    instance: instanceNamed(given),
    configs: configFlags(given, io),
    fix: fixOf(given),
    isUndoing: undoing(given),
    stdin,
    reports: reportsOf(given),
    quiet: given.on('quiet') ?? false,
    maxWarnings: maxWarnings(given),
    gates: gatesOf(given),
    baseline: baselineOf(given),
    inlineConfig: given.on('inline-config') ?? true,
    reportUnusedDisables: given.on('report-unused-disables') ?? false,
    part: partOf(given, stdin),
    timing: given.on('timing') ?? false,
    color: given.on('color'),
  }
}

/** Whether what was fixed is to be undone, which nothing else goes with. */
function undoing(given: Arguments): boolean {
  if (!given.on('undo')) return false
  const beside = (['fix', 'diff', 'stdin', 'update-baseline'] as const).find((name) =>
    given.on(name),
  )
  if (beside !== undefined)
    throw usageError('unitlint', `Unexpected \`--${beside}\` beside \`--undo\``)
  if (given.positionals.includes(dash))
    throw usageError('unitlint', `Unexpected \`${dash}\` beside \`--undo\``)
  return true
}

function fixOf(given: Arguments): LintArguments['fix'] {
  const to = text(given, 'fix-to')
  const place = fixPlaces.find((known) => known === (to ?? 'inline'))
  if (place === undefined) throw usageError('--fix-to', unexpected('place', to ?? '', fixPlaces))
  const upTo = given.on('unsafe-fixes') ? 'unsafe' : 'safe'
  const show = given.on('diff') ?? false
  const only = fixOnly(given)
  if (given.on('fix') || show) return {upTo, only, show, to: place}
  const alone =
    upTo === 'unsafe'
      ? '--unsafe-fixes'
      : only
        ? '--fix-only'
        : to === undefined
          ? undefined
          : '--fix-to'
  if (alone !== undefined)
    throw usageError(
      'unitlint',
      `Unexpected \`${alone}\` alone, expected \`--fix\` or \`--diff\` with it`,
    )
  return undefined
}

/** What `--fix-only` names: errors, or rules; those of plugins are not known yet. */
function fixOnly(given: Arguments): LintOptions['fixOnly'] {
  const names = given.values('fix-only').flatMap((value) => String(value).split(','))
  if (names.length === 0) return undefined
  if (names.length === 1 && names[0] === 'errors') return 'errors'
  const known = rules.map(({id}) => id)
  const unknown = names.find((name) => !name.includes('/') && !known.includes(name))
  if (unknown !== undefined)
    throw usageError('--fix-only', unexpected('rule', unknown, ['errors', ...known]))
  return names
}

/**
 * The reports that are wanted: `-f NAME`, and `-f NAME:FILE` for each that goes to a file of its
 * own.
 */
function reportsOf(given: Arguments): readonly ReportWanted[] {
  const output = text(given, 'output-file')
  const isCounted = given.on('statistics') ?? false
  const all = given.values('format').map((value): ReportWanted => {
    const [name = '', ...rest] = String(value).split(':')
    if (rest.length > 0 && rest.join(':') === '')
      throw usageError('--format', `Expected a file after \`${name}:\``)
    return {
      format: formatNamed(name, isCounted),
      file: rest.length > 0 ? rest.join(':') : undefined,
    }
  })
  const apart = all.filter(({file}) => file !== undefined)
  const last = all.findLast(({file}) => file === undefined)
  const one =
    last ??
    (apart.length === 0 || output !== undefined
      ? {format: formatNamed(formats[0] ?? '', isCounted), file: undefined}
      : undefined)
  const wanted = [...(one ? [{...one, file: output}] : []), ...apart]
  const twice = wanted.find(
    ({file}, index) =>
      file !== undefined && wanted.findIndex((other) => other.file === file) !== index,
  )
  if (twice) throw usageError('--format', `Unexpected \`${twice.file}\` for two reports`)
  return wanted
}

/** The format of that name, or of its figures. */
function formatNamed(name: string, isCounted: boolean): string {
  if (!formats.includes(name)) throw usageError('--format', unexpected('format', name, formats))
  if (!isCounted) return name
  if (!countedFormats.has(name))
    throw usageError(
      '--statistics',
      `Unexpected format \`${name}\` with it, expected ${[...countedFormats.keys()].map((one) => `\`${one}\``).join(' or ')}`,
    )
  return countedFormats.get(name) ?? name
}

function gatesOf(given: Arguments): Gates | undefined {
  const value = text(given, 'max-exposure')
  if (value !== undefined && !/^(?:\d(?:\.\d)?|10(?:\.0)?)$/.test(value))
    throw usageError(
      '--max-exposure',
      `Unexpected \`${value}\`, expected an exposure from 0.0 to 10.0`,
    )
  const baselineFile = text(given, 'exposure-baseline')
  const updateBaseline = given.on('update-baseline') ?? false
  if (value === undefined && baselineFile === undefined) return undefined
  return {
    maximum: value === undefined ? undefined : Math.round(Number(value) * 10),
    baselineFile,
    updateBaseline,
  }
}

function baselineOf(given: Arguments): Baseline | undefined {
  const file = text(given, 'baseline')
  const isUpdated = given.on('update-baseline') ?? false
  if (isUpdated && file === undefined && text(given, 'exposure-baseline') === undefined)
    throw usageError(
      'unitlint',
      'Unexpected `--update-baseline` alone, expected `--baseline` or `--exposure-baseline` with it',
    )
  if (isUpdated && given.on('diff'))
    throw usageError(
      'unitlint',
      'Unexpected `--update-baseline` beside `--diff`, which writes nothing',
    )
  return file === undefined ? undefined : {file, isUpdated}
}

function partOf(given: Arguments, stdin: string | undefined): PartWanted | undefined {
  const [changedSince, shard] = [text(given, 'changed-since'), text(given, 'shard')]
  if (changedSince === undefined && shard === undefined) return undefined
  const name = shard === undefined ? '--changed-since' : '--shard'
  if (stdin !== undefined) throw usageError('unitlint', `Unexpected \`${name}\` beside \`--stdin\``)
  if (changedSince === '') throw usageError('--changed-since', 'Expected a commit, branch or tag')
  const parsed = shard === undefined ? undefined : parseShard(shard)
  if (shard !== undefined && !parsed)
    throw usageError(
      '--shard',
      `Unexpected \`${shard}\`, expected I/N, with I from 1 to N and N at most 9999`,
    )
  if (parsed && given.on('update-baseline'))
    throw usageError(
      'unitlint',
      'Unexpected `--update-baseline` beside `--shard`, expected one run for all',
    )
  return {changedSince, shard: parsed}
}

/** `2/8` as what it says; undefined for anything else. */
function parseShard(text: string): PartWanted['shard'] {
  const [, index = '', count = ''] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []
  const shard = {index: Number(index), count: Number(count)}
  return shard.index >= 1 && shard.index <= shard.count ? shard : undefined
}

/** The last value of an option whose opposite is refused. */
function text(given: Arguments, name: keyof typeof lintOptions): string | undefined {
  const value = given.value(name)
  return value === false ? undefined : value
}

function help(): string {
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
