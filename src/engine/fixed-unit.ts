import {isHardening} from '../facts/hardening.ts'
import type {Unit} from '../rule/unit.ts'
import {check} from './check.ts'
import type {Checked, Located} from './check.ts'
import type {LintOptions} from './options.ts'
import {plan} from './plan.ts'
import type {Accepted} from './plan.ts'
import {permittedFix} from './proposal.ts'
import type {Facade, ReadyFix} from './proposal.ts'
import {tell} from './tell.ts'
import {timed} from './timing.ts'

/** Fixes settle within a few passes; what does not is a fault of a rule, and is reported. */
export const maximumPasses = 10

/** Which fixes a run would make. */
export interface Fixing {
  readonly options: LintOptions
  readonly permitted: 'safe' | 'unsafe'
  /** Paths of files that no fix may change. */
  readonly untouchable: ReadonlySet<string>
  readonly facade: Facade
}

/**
 * The unit that a run would leave, asked of amended units: nothing is written for it.
 *
 * Fixes that come to be only after others are planned on the unit with these. Lines that harden give only those rules something new to
 * fix that are about hardening, and have not all that they wanted.
 */
export function fixedUnit(unit: Unit, found: Checked, {options, permitted, untouchable, facade}: Fixing): Unit {
  let now = unit
  let {located, isCut} = found
  for (let pass = 0; pass < maximumPasses; pass++) {
    const proposals = changeable(tell(now.files, located, options).kept, untouchable)
    const next = timed(options.timing, 'plan', () => plan(now, proposals, permitted, facade))
    if (next.accepted.length === 0) break
    now = next.unit
    // What is left over waits for another run.
    if (isCut) break
    const open = openRules(proposals, next.accepted, permitted)
    const rules = next.isHardening ? options.rules.filter(({rule}) => rule.directives.some(isHardening) && open(rule.id)) : options.rules
    ;({located, isCut} = check(now, rules, options, facade))
  }
  return now
}

/** Whether there may be more for a rule to fix: not where all that it proposed is done. */
function openRules(proposals: readonly Located[], accepted: readonly Accepted[], permitted: 'safe' | 'unsafe'): (ruleId: string) => boolean {
  const done = new Set<unknown>(accepted.map(({proposal}) => proposal))
  const waiting = proposals.filter((proposal) => !done.has(proposal) && permittedFix(proposal, permitted))
  const isWaiting = new Set(waiting.map(({ruleId}) => ruleId))
  const isDone = new Set(accepted.map(({proposal}) => proposal.ruleId))
  return (ruleId) => isWaiting.has(ruleId) || !isDone.has(ruleId)
}

/** The proposals without fixes of files that may not change. */
export function changeable(all: readonly Located[], untouchable: ReadonlySet<string>): readonly Located[] {
  const isTouching = ({operations}: ReadyFix): boolean => operations.some(({file}) => untouchable.has(file.path))
  return all.map((one) => (one.fixes.some(isTouching) ? {...one, fixes: one.fixes.filter((fix) => !isTouching(fix))} : one))
}
