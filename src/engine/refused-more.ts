import type {Target} from '../facts/targets.ts'
import type {Unit} from '../rule/unit.ts'
import {failingLines} from '../unit/environment.ts'
import {itself, readBy} from '../unit/load.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {verdict} from '../unit/verdict.ts'

/**
 * Whether a systemd, its own or one of these, refuses a unit, or reads less of it, and does not so
 * with another.
 */
export function isRefused(unit: Unit, before: Unit, targets: readonly Target[] = []): boolean {
  if (isRefusedMore(unit, before) || failsMore(itself(unit), itself(before), targets)) return true
  const others = targets.filter(({version}) => version !== unit.target.version)
  return others.some((target) =>
    isRefusedMore(judgedBy(itself(unit), target), judgedBy(itself(before), target)),
  )
}

/** Whether a service does not start with a line where it runs, and does without. */
function failsMore(unit: LoadedUnit, before: LoadedUnit, targets: readonly Target[]): boolean {
  return [unit.target, ...targets].some((target) => {
    if (!target.environments) return false
    const failing = new Set(failingLines(readBy(before, target)))
    return failingLines(readBy(unit, target)).some((line) => !failing.has(line))
  })
}

function judgedBy(unit: LoadedUnit, target: Target): Judged {
  const loaded = readBy(unit, target)
  return {verdict: verdict(loaded), isReadable: loaded.isReadable}
}

type Judged = Pick<Unit, 'verdict' | 'isReadable'>

function isRefusedMore(unit: Judged, before: Judged): boolean {
  const [was, is] = [refusalOf(before), refusalOf(unit)]
  return (is.isWhole && !was.isWhole) || is.ended > was.ended
}

function refusalOf({verdict, isReadable}: Judged): {
  readonly isWhole: boolean
  readonly ended: number
} {
  const ending = verdict.complaints.filter(({effect}) => effect === 'unit')
  const isEnded = ending.some(({file}) => file.role === 'fragment')
  return {isWhole: verdict.refusal !== undefined || !isReadable || isEnded, ended: ending.length}
}
