import type {ConfigFlags} from '../../config/configs.ts'
import {unexpected} from '../../rule/suggest.ts'
import {usageError} from '../../config/usage-error.ts'
import {rules} from '../../../rules/index.ts'
import type {FileSearch} from '../../files/find.ts'
import type {LintOptions} from '../../engine/options.ts'
import type {Arguments} from '../grammar.ts'
import {filesOf, instanceNamed, rootOf, searchOf} from '../unit-arguments.ts'
import {configFlags} from '../config-arguments.ts'
import type {Io} from '../io.ts'
import {maxWarnings} from '../max-warnings.ts'
import type {PartWanted} from '../part/part.ts'
import type {Gates} from '../security/security-gates.ts'
import {dash, stdinName} from '../stdin.ts'
import {tracesOf} from '../trace-option.ts'
import type {Baseline} from './known-findings.ts'
import {fixPlaces, text} from './lint-options.ts'
import type {FixPlace} from './lint-options.ts'
import {reportsOf} from './reports-wanted.ts'
import type {ReportWanted} from './reports-wanted.ts'

/** How to lint, as the command line says. */
export interface LintArguments {
  readonly files: readonly string[]
  /** The root of a machine's files whose units are meant. */
  readonly root: string | undefined
  readonly search: FileSearch
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

/** How to lint, by what a command line holds. Throws a usage error. */
export function lintArguments(given: Arguments, io: Io): LintArguments {
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
  const written = given.values('fix-only').flatMap((value) => String(value).split(','))
  const names = [...new Set(written.map((name) => name.trim()))]
  if (names.length === 0) return undefined
  if (names.length === 1 && names[0] === 'errors') return 'errors'
  if (names.includes('errors'))
    throw usageError('--fix-only', 'Unexpected `errors` beside rules, expected one or the other')
  const known = rules.map(({id}) => id)
  const unknown = names.find((name) => !name.includes('/') && !known.includes(name))
  if (unknown !== undefined)
    throw usageError('--fix-only', unexpected('rule', unknown, ['errors', ...known]))
  return names
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
