import {mergedEntry} from '../lint-result.ts'
import type {LintResult} from '../lint-result.ts'
import {passedOver} from '../formatter.ts'
import type {ReportContext} from '../formatter.ts'
import type {UnpackedShard} from './unpack.ts'

/** A shard, and the report that it is from. */
export interface NamedShard {
  readonly name: string
  readonly shard: UnpackedShard
}

/** Why shards are not those of one run, in words; undefined where they are. */
export function mismatchOf(
  [first, ...others]: readonly NamedShard[],
  empty: readonly string[],
): string | undefined {
  if (!first) return undefined
  const seen = new Map([[first.shard.index, first.name]])
  for (const {name, shard} of others) {
    const fault = differenceOf(shard, first.shard)
    if (fault !== undefined) return `${name}: ${fault.replace('{other}', () => first.name)}`
    const same = seen.get(shard.index)
    if (same !== undefined)
      return `${name}: Shard ${shard.index} of ${shard.count}, as ${same} is, expected each once`
    seen.set(shard.index, name)
  }
  const {count, sizes} = first.shard
  const missing = Array.from({length: count}, (_, index) => index + 1).filter(
    (index) => !seen.has(index),
  )
  const unknown = missing.filter((index) => (sizes[index - 1] ?? 1) > 0)
  if (unknown.length > 0)
    return `unitlint: Expected shard${unknown.length === 1 ? '' : 's'} ${listed(unknown)} of ${count} as well`
  if (empty.length > missing.length)
    return `${empty.at(-1)}: Empty, expected the report of a shard once`
  if (empty.length < missing.length)
    return `unitlint: Expected shard${missing.length === 1 ? '' : 's'} ${listed(missing)} of ${count} as well, without units`
  return undefined
}

function listed(numbers: readonly number[]): string {
  return numbers.length > 8
    ? `${numbers.slice(0, 8).join(', ')} and ${numbers.length - 8} more`
    : numbers.join(', ')
}

function differenceOf(shard: UnpackedShard, first: UnpackedShard): string | undefined {
  const {version, index, count, settings, units} = shard
  if (version !== first.version)
    return `Written by unitlint ${version}, {other} by ${first.version}; expected the same for all shards`
  if (count !== first.count)
    return `Shard ${index} of ${count}, expected one of ${first.count}, as {other} is`
  if (units !== first.units)
    return 'Shard of other units than {other}, expected the same files and options for all shards'
  const isSame =
    settings === first.settings &&
    shard.quiet === first.quiet &&
    shard.fixed === first.fixed &&
    shard.fixing === first.fixing
  return isSame
    ? undefined
    : 'Judged by other rules, targets or options than {other}, expected the same configs and options for all shards'
}

/**
 * What the run was that shards are of. Each of them has looked for the files of all, and read its
 * own.
 */
export function mergedRun(shards: readonly UnpackedShard[]): ReportContext['run'] {
  const runs = shards.flatMap(({run}) => (run ? [run] : []))
  if (runs.length === 0) return undefined
  const skipped = new Map<string, number>()
  for (const [what, many] of runs.flatMap((run) => run.skipped)) {
    const before = skipped.get(what) ?? 0
    skipped.set(what, what === passedOver ? before + many : Math.max(before, many))
  }
  return {
    units: runs.reduce((sum, {units}) => sum + units, 0),
    targets: [...new Set(runs.flatMap(({targets}) => targets))].toSorted(),
    skipped,
    isPartial: runs.some(({isPartial}) => isPartial),
  }
}

/**
 * What all shards of a run found, in the order of the whole run: of a file that units of several
 * shards have, what all of them say, once.
 */
export function mergedEntries(shards: readonly UnpackedShard[]): readonly LintResult[] {
  const found = shards
    .toSorted((one, other) => one.index - other.index)
    .flatMap(({entries}) => entries)
  const merged = new Map<string, LintResult>()
  for (const {entry} of found.toSorted((one, other) => one.place - other.place)) {
    const before = merged.get(entry.path)
    merged.set(entry.path, before ? mergedEntry(before, entry) : entry)
  }
  return [...merged.values()]
}
