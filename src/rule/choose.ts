import type {AccessId} from '../facts/accesses.ts'
import type {Applicability} from './rule.ts'
import type {Unit} from './unit.ts'

/** A step that a unit could take, and what taking it would deny. */
export interface Step<Value> {
  readonly value: Value
  /** What it denies that is not denied yet. */
  readonly denied: readonly AccessId[]
}

/** The step that a unit should take, and the one that a fix takes now. */
export interface Choice<Value> {
  /** The strongest step that evidence does not forbid. */
  readonly expected: Value
  readonly fixed: Value
  readonly applicability: Applicability
}

/**
 * Choose among steps, strongest first.
 *
 * A step that would take away what the service needs is out. A fix takes the strongest step that this run may take; where it may take
 * none, it offers the strongest. Undefined when no step is left: then there is nothing to ask for.
 */
export function choose<Value>(unit: Unit, steps: ReadonlyArray<Step<Value>>): Choice<Value> | undefined {
  const open = steps.map((step) => ({...step, ...unit.judge(step.denied)})).filter((step) => step.applicability !== 'withheld')
  const [strongest] = open
  if (!strongest) return undefined
  const fixed = (unit.permitted === 'unsafe' ? undefined : open.find((step) => step.applicability === 'safe')) ?? strongest
  return {expected: strongest.value, fixed: fixed.value, applicability: fixed.applicability === 'safe' ? 'safe' : 'unsafe'}
}
