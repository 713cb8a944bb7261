import type {LoadedUnit} from '../unit/load.ts'
import {query} from '../unit/query.ts'
import {verdict} from '../unit/verdict.ts'
import {mayHaveCycle} from './cycle-signs.ts'
import {cycles} from './cycles.ts'
import type {Cycle} from './cycles.ts'
import {bootUnit} from './provided-units.ts'
import {summary} from './summary.ts'
import type {Summary} from './summary.ts'
import type {Units} from './units.ts'

/**
 * The ordering cycles among the units of a machine and those of systemd's boot.
 *
 * What a machine does not show for sure is as systemd brings it, and every unit is taken for enabled.
 */
export const cyclesOf = query((units: Units): readonly Cycle[] => {
  const {isComplete, manager} = units
  const all = units.all()
  if (all.length === 0 || (!isComplete && all.length < many && !mayHaveCycle(all, manager))) return []
  const boot = new Map<string, LoadedUnit>()
  const bootUnitOf = (name: string): LoadedUnit | undefined => {
    const unit = isComplete ? undefined : bootUnit(name, manager)
    if (unit) boot.set(unit.name, unit)
    return unit
  }
  const find = (name: string) => {
    const found = units.find(name)
    if (found) return found
    const provided = bootUnitOf(name)
    return provided && summary(provided)
  }
  const load = ({name}: Summary): LoadedUnit | undefined => {
    const loaded = boot.get(name) ?? units.load(name)
    return loaded === 'masked' ? undefined : loaded
  }
  return cycles(
    {all: () => all, find, load},
    {
      isInstalled: !isComplete,
      isOwn: ({name}) => !boot.has(name),
      isRefused: (unit) => {
        if (boot.has(unit.name) || units.isSound(unit.name)) return false
        const loaded = load(unit)
        return loaded !== undefined && verdict(loaded).refusal !== undefined
      },
    },
  )
})

/** So many units are likely to have a cycle with those of the boot, or so much to say that a look beforehand is no less work. */
const many = 200
