import type {Target} from '../facts/targets.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {query, queryOf} from '../unit/query.ts'
import {mayHaveCycle} from './cycle-signs.ts'
import {cycles} from './cycles.ts'
import type {Cycle} from './shortest-cycles.ts'
import {graphOf} from './graph.ts'
import {bootUnit} from './provided-units.ts'
import {summary} from './summary.ts'
import type {Summary} from './summary.ts'
import type {Units} from './units.ts'

/**
 * The ordering cycles among the units of a machine and those of systemd's boot.
 *
 * What a machine does not show for sure is as systemd brings it, and every unit is taken for
 * enabled. What was found holds where units are to each other what they were, and none of those
 * that were looked at has changed.
 */
export const cyclesOf = query((units: Units): readonly Cycle[] => {
  const {found, by, refusals, read} = lookedFirst(units)
  const isOther = (name: string): boolean => by.isChanged(name) || units.isChanged(name)
  const isSame =
    ![...read].some(isOther) &&
    [...refusals].every(
      ([name, isRefused]) => !isOther(name) || units.isRefused(name) === isRefused,
    )
  return by === units || isSame ? found : lookedFor(units).found
})

/**
 * Cycles, the units that they were looked for among, and what was asked of these beside what they
 * are to each other: whether some are refused, and all lines of some.
 */
interface Looked {
  readonly found: readonly Cycle[]
  readonly by: Units
  readonly refusals: ReadonlyMap<string, boolean>
  readonly read: ReadonlySet<string>
}

const lookedFirst = queryOf((units: Units) => units.all(), lookedFor)

function lookedFor(units: Units): Looked {
  const {isComplete, manager} = units
  const all = units.all()
  const [refusals, read] = [new Map<string, boolean>(), new Set<string>()]
  if (all.length === 0 || (!isComplete && all.length < many && !mayHaveCycle(all, manager)))
    return {found: [], by: units, refusals, read}
  const {boot, graph} = surveyed(units, isComplete, manager.target, manager.manager)
  const find = (name: string): Summary | 'masked' | undefined =>
    units.find(name) ?? summaryOf(boot.get(name))
  const load = ({name}: Summary): LoadedUnit | undefined => {
    read.add(name)
    const loaded = boot.get(name) ?? units.load(name)
    return loaded === 'masked' ? undefined : loaded
  }
  const isRefused = ({name}: Summary): boolean => {
    const its = !boot.has(name) && units.isRefused(name)
    refusals.set(name, its)
    return its
  }
  const found = cycles(
    {all: () => all, find, load},
    {graph, isInstalled: !isComplete, isOwn: ({name}) => !boot.has(name), isRefused},
  )
  return {found, by: units, refusals, read}
}

/**
 * The graph of units, and those of systemd's boot in it: they hang on what units are to each other,
 * and on nothing else of them.
 */
const surveyed = queryOf(
  (units: Units) => units.all(),
  (units, isComplete: boolean, target: Target, manager: 'system' | 'user') => {
    const boot = new Map<string, LoadedUnit>()
    const find = (name: string): Summary | 'masked' | undefined => {
      const found = units.find(name)
      const provided = found || isComplete ? undefined : bootUnit(name, {manager, target})
      if (provided) for (const its of [provided.name, name]) boot.set(its, provided)
      return found ?? summaryOf(provided)
    }
    return {boot, graph: graphOf({all: () => units.all(), find}, !isComplete)}
  },
)

function summaryOf(unit: LoadedUnit | undefined): Summary | undefined {
  return unit && summary(unit)
}

/**
 * So many units are likely to have a cycle with those of the boot, or so much to say that a look
 * beforehand is no less work.
 */
const many = 200
