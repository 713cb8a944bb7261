import {createHash} from 'node:crypto'
import path from 'node:path'
import type {FileSettings} from '../../config/settings.ts'
import type {UnitFiles} from '../../files/unit-files.ts'
import type {LintableUnit} from './lintable-unit.ts'

/** One of so many parts of a run. */
export interface Shard {
  /** From 1. */
  readonly index: number
  readonly count: number
}

/** How a run is split, the same for all of its shards. */
export interface ShardSplit {
  /** How many units each has. */
  readonly sizes: readonly number[]
  /** Tells the units of the run from those of another. */
  readonly units: string
  /** Tells how they are judged from how others are. */
  readonly settings: string
  /** Where a file stands in the report of the whole run. */
  readonly placeOf: (file: string) => number | undefined
}

/**
 * The units of a shard, by the order of all units: shards are as long as each other, but that units
 * of one name in one folder, such as a timer and what it starts, stay together.
 */
export function shardOf<Of extends LintableUnit>(
  units: readonly Of[],
  {index, count}: Shard,
  cwd: string,
): ShardSplit & {readonly chosen: readonly Of[]} {
  const sizes = Array.from({length: count}, () => 0)
  const shardOfName = new Map<string, number>()
  const places = new Map<string, number>()
  const settings = new Map<FileSettings | undefined, string>()
  const names = createHash('sha256')
  const chosen: Of[] = []
  let place = 0
  for (const [rank, candidate] of units.entries()) {
    const {unit} = candidate
    const name = nameOf(unit, cwd)
    const its = shardOfName.get(name) ?? Math.floor((rank * count) / units.length)
    shardOfName.set(name, its)
    sizes[its] = (sizes[its] ?? 0) + 1
    if (its === index - 1) chosen.push(candidate)
    for (const {path: file} of unit.files) {
      names.update(`${file}\0`)
      if (!places.has(file)) places.set(file, place++)
    }
    const judged = candidate.settings()
    if (!settings.has(judged)) settings.set(judged, judged ? describe(judged) : '')
  }
  const described = createHash('sha256').update(JSON.stringify([...settings.values()]))
  return {
    chosen,
    sizes,
    units: names.digest('hex'),
    settings: described.digest('hex'),
    placeOf: (file) => places.get(file),
  }
}

/**
 * The folder and what stands before the first dot or at-sign: `/etc/systemd/system/backup` of a
 * timer, its service and their templates.
 */
function nameOf({identity: {name, role}, files: [{path: file}]}: UnitFiles, cwd: string): string {
  const folder = path.dirname(path.resolve(cwd, file))
  return path.join(
    role === 'drop-in' ? path.dirname(folder) : folder,
    name.split(/[.@]/, 1)[0] ?? '',
  )
}

function describe({rules, targets, upTo, manager, profile, requireReasons}: FileSettings): string {
  return JSON.stringify([
    rules.map(({rule, severity, options, safeOnly}) => [rule.id, severity, options, safeOnly]),
    [...targets, upTo].map((target) => target && [target.name, target.version]),
    [manager, profile, requireReasons],
  ])
}
