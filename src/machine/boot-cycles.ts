import type {LoadedUnit} from '../unit/load.ts'
import {query} from '../unit/query.ts'
import {verdict} from '../unit/verdict.ts'
import {mayHaveCycle} from './cycle-signs.ts'
import {cycles} from './cycles.ts'
import type {Cycle} from './cycles.ts'
import type {Machine} from './machine.ts'
import {bootUnit} from './provided-units.ts'

/**
 * The ordering cycles among the units of a machine and those of systemd's boot.
 *
 * What a machine does not show for sure is as systemd brings it, and every unit is taken for enabled.
 */
export const cyclesOf = query(({units, isComplete, find}: Machine): readonly Cycle[] => {
  const [first] = units
  if (!first || (!isComplete && !mayHaveCycle(units))) return []
  const boot = new Set<LoadedUnit>()
  const bootUnitOf = (name: string): LoadedUnit | undefined => {
    const unit = isComplete ? undefined : bootUnit(name, first)
    if (unit) boot.add(unit)
    return unit
  }
  const isOwn = (unit: LoadedUnit): boolean => !boot.has(unit)
  return cycles(
    {all: () => units, find: (name) => find(name) ?? bootUnitOf(name)},
    {isInstalled: !isComplete, isOwn, isRefused: (unit) => isOwn(unit) && verdict(unit).refusal !== undefined},
  )
})
