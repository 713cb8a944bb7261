import type {Buffer} from 'node:buffer'
import {readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {rules as builtIn} from '../../../rules/index.ts'
import {unexpected} from '../../rule/suggest.ts'
import {UsageError, usageError} from '../../config/usage-error.ts'
import {codeOf, reasonOfFile} from '../../files/fault.ts'
import {native} from '../../files/native.ts'
import {tally} from '../../reporters/lint-result.ts'
import type {LintResult} from '../../reporters/lint-result.ts'
import {formats, reportOn} from '../../reporters/index.ts'
import {pastable} from '../../reporters/printable.ts'
import {extract, isBare, shardFormats} from '../../reporters/shard/embed.ts'
import {mismatchOf, mergedEntries, mergedRun} from '../../reporters/shard/merge.ts'
import type {NamedShard} from '../../reporters/shard/merge.ts'
import {unpack} from '../../reporters/shard/unpack.ts'
import type {UnpackedShard} from '../../reporters/shard/unpack.ts'
import type {Rule} from '../../rule/rule.ts'
import type {Main} from '../attempt.ts'
import {tellAll, usesColor, write, writeLine} from '../io.ts'
import type {Io} from '../io.ts'
import {colorOption} from '../color-option.ts'
import {maxWarnings, maxWarningsOption, tooManyWarnings} from '../max-warnings.ts'
import {inOrder} from '../rules-in-order.ts'
import {writeReport} from '../write-report.ts'
import {version} from '../version.ts'

const options = {
  format: {type: 'string', alias: 'f', describe: 'Format of the report; else that of the shards'},
  'output-file': {type: 'string', alias: 'o', describe: 'Write the report to a file'},
  ...maxWarningsOption,
  ...colorOption,
} as const

/**
 * `unitlint merge-reports [files, folders]`: put the reports of all shards of a run together to the
 * report of the run.
 *
 * Returns the exit status of the run. Rejects with a usage error where they are not all shards of
 * one run.
 */
export const mergeReports: Main = {
  grammar: {usage: 'unitlint merge-reports [files, folders...]', options},
  async run(given, io) {
    if (given.positionals.length === 0)
      throw usageError('unitlint', 'Expected the reports of all shards')
    const {shards, empty} = readAll(given.positionals, io.cwd)
    const format = String(given.value('format') ?? commonFormat(shards))
    if (!formats.includes(format))
      throw usageError('--format', unexpected('format', format, formats))
    const fault = mismatchOf(shards, empty)
    if (fault !== undefined) throw new UsageError(fault)
    const outputFile = given.value('output-file')
    const file = typeof outputFile === 'string' ? outputFile : undefined
    const entries = mergedEntries(shards.map(({shard}) => shard))
    const color =
      file === undefined
        ? usesColor(io.stdout, io.env, given.on('color'))
        : (given.on('color') ?? false)
    const text = await reportOn(
      format,
      entries,
      contextOf(shards, {color, columns: io.stdout.columns, cwd: io.cwd}),
    )
    if (file !== undefined) await writeReport(path.resolve(io.cwd, file), text)
    else if (text !== '') await write(io.stdout, `${text}\n`)
    const faults = new Set(shards.flatMap(({shard}) => shard.faults))
    await tellAll(io, faults)
    return status(entries, {hadFaults: faults.size > 0, most: maxWarnings(given)}, io)
  },
}

interface ShardReports {
  readonly shards: readonly NamedShard[]
  /** The reports of shards without units that say no more than this. */
  readonly empty: readonly string[]
}

function readAll(names: readonly string[], cwd: string): ShardReports {
  const shards: NamedShard[] = []
  const empty: string[] = []
  for (const name of names.flatMap((one) => filesOf(one, cwd))) {
    const report = readReport(name, cwd)
    if (isBare(report)) empty.push(pastable(name))
    else shards.push({name: pastable(name), shard: shardIn(extract(report), name)})
  }
  return {shards, empty}
}

/** A file, or all files in a folder. */
function filesOf(name: string, cwd: string): readonly string[] {
  try {
    const entries = readdirSync(native(path.resolve(cwd, name)), {withFileTypes: true})
    const files = entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => path.join(name, entry.name))
    if (files.length === 0) throw usageError(pastable(name), 'No reports in this folder')
    return files.toSorted()
  } catch (error) {
    if (codeOf(error) === 'ENOTDIR') return [name]
    if (codeOf(error) === undefined) throw error
    throw usageError(pastable(name), reasonOfFile(error))
  }
}

function readReport(name: string, cwd: string): Buffer {
  try {
    return readFileSync(native(path.resolve(cwd, name)))
  } catch (error) {
    throw usageError(pastable(name), reasonOfFile(error))
  }
}

function shardIn(packed: string | undefined, name: string): UnpackedShard {
  if (packed === undefined) {
    const possible = shardFormats.filter((format) => formats.includes(format)).join(', ')
    throw usageError(
      pastable(name),
      `Unexpected contents, expected the report of a run with \`--shard\`, in one of these formats: ${possible}`,
    )
  }
  const shard = unpack(packed)
  if (!shard) throw usageError(pastable(name), 'Damaged, or written by another version of unitlint')
  if (shard.version !== version)
    throw usageError(
      pastable(name),
      `Written by unitlint ${shard.version}, expected ${version}, as this is`,
    )
  return shard
}

function commonFormat(shards: readonly NamedShard[]): string {
  const found = new Map(shards.map(({name, shard}) => [shard.format, name]))
  if (found.size > 1)
    throw usageError(
      'unitlint',
      `Reports in several formats, such as ${[...found.values()].slice(0, 2).join(' and ')}; expected \`--format\` with them`,
    )
  return [...found.keys()][0] ?? 'json'
}

function contextOf(
  shards: readonly NamedShard[],
  rest: {readonly color: boolean; readonly columns?: number | undefined; readonly cwd: string},
) {
  const {
    cwd = rest.cwd,
    quiet = false,
    fixed = false,
    fixing = false,
  } = shards.toSorted((one, other) => one.shard.index - other.shard.index)[0]?.shard ?? {}
  return {
    ...rest,
    cwd,
    quiet,
    fixed,
    fixing,
    version,
    rules: rulesOf(shards),
    run: mergedRun(shards.map(({shard}) => shard)),
  }
}

/** The rules that ran; of those of plugins what reports tell. */
function rulesOf(shards: readonly NamedShard[]): readonly Rule[] {
  const ours = new Map(builtIn.map((rule) => [rule.id, rule]))
  const told = new Map(shards.flatMap(({shard}) => shard.rules.map((rule) => [rule.id, rule])))
  // Reports look at no more than was told.
  return inOrder([...told.values()].map((rule) => ours.get(rule.id) ?? (rule as unknown as Rule)))
}

async function status(
  entries: readonly LintResult[],
  {hadFaults, most}: {readonly hadFaults: boolean; readonly most: number},
  io: Io,
): Promise<number> {
  const messages = entries.flatMap((entry) => entry.messages)
  const {errors, warnings} = tally(messages)
  const tooMany = warnings > most
  if (tooMany) await writeLine(io.stderr, tooManyWarnings(warnings, most))
  if (hadFaults || messages.some(({fatal}) => fatal)) return 2
  return tooMany || errors > 0 ? 1 : 0
}
