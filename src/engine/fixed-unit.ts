import {isHardening, impliedBy} from '../facts/hardening.ts'
import type {Target} from '../facts/targets.ts'
import {deniesAlike} from '../needs/denials.ts'
import {denialContext} from '../needs/denial-context.ts'
import type {Rule} from '../rule/rule.ts'
import type {Unit} from '../rule/unit.ts'
import {query} from '../unit/query.ts'
import type {Asker} from './check-held.ts'
import type {Checked, Located} from './check.ts'
import {isToBeFixed, suited} from './options.ts'
import type {ActiveRule, LintOptions} from './options.ts'
import {plan} from './plan.ts'
import type {Accepted, Plan} from './plan.ts'
import {permittedFix} from './proposal.ts'
import type {Facade, Proposal, ReadyFix} from './proposal.ts'
import {tell} from './tell.ts'
import {timed} from './timing.ts'
import {isToldRefused} from './told-once.ts'

/** Fixes settle within a few passes; what does not is a fault of a rule, and is reported. */
export const maximumPasses = 10

/** Which fixes a run would make. */
export interface Fixing {
  readonly options: LintOptions
  readonly permitted: 'safe' | 'unsafe'
  /** Paths of files that no fix may change. */
  readonly untouchable: ReadonlySet<string>
  readonly facade: Facade
  readonly ask: Asker
}

/**
 * The unit that a run would leave, asked of amended units: nothing is written for it.
 *
 * Fixes that come to be only after others are planned on the unit with these. Lines that harden
 * give only those rules something new to fix that are about hardening and have not all that they
 * wanted, or hang on what these lines say.
 */
export function fixedUnit(
  unit: Unit,
  found: Checked,
  {options, permitted, untouchable, facade, ask}: Fixing,
): Unit {
  let now = unit
  let {located, isCut} = found
  const hardening = hardeningAmong(options.rules)
  // Those to be asked again, once what they proposed is done.
  const affected = new Set<ActiveRule>()
  for (let pass = 0; pass < maximumPasses; pass++) {
    const {kept} = tell(now.files, located, options)
    const proposals = changeable(kept, untouchable, options)
    const next = timed(options.timing, 'plan', () =>
      planned(now, proposals, permitted, facade, options),
    )
    if (next.accepted.length === 0) break
    // What is left over waits for another run.
    if (isCut) return next.unit
    // What loads only now was not asked to be hardened before.
    const isAsked = next.isHardening && !isToldRefused(kept)
    const isAffected = isAsked ? affectedBy(next, now) : () => true
    for (const active of options.rules) if (isAffected(active.rule)) affected.add(active)
    const left = leftOver(proposals, next.accepted, permitted)
    const rules = isAsked
      ? hardening.filter((active) => left(active.rule.id) ?? affected.has(active))
      : options.rules
    for (const active of rules) affected.delete(active)
    now = next.unit
    ;({located, isCut} = ask(now, rules))
  }
  return now
}

const hardeningAmong = query((rules: readonly ActiveRule[]): readonly ActiveRule[] =>
  rules.filter(({rule}) => rule.directives.some(isHardening)),
)

/**
 * What can be made, by the systemds that are named, and by the newest as well where it does more
 * than to harden.
 *
 * To ask the newest takes longer than all else, and what hardens it takes where the others do, as a
 * test holds.
 */
function planned(
  unit: Unit,
  proposals: readonly Proposal[],
  permitted: 'safe' | 'unsafe',
  facade: Facade,
  options: LintOptions,
): Plan {
  const by = (targets: readonly Target[]): Plan => plan(unit, proposals, permitted, facade, targets)
  const named = by(options.targets)
  return named.isHardening ? named : by(suited(options))
}

/**
 * By the id of a rule: true where some of what it proposed waits, false where all of it is done,
 * undefined where nothing could be made.
 */
function leftOver(
  proposals: readonly Located[],
  accepted: readonly Accepted[],
  permitted: 'safe' | 'unsafe',
): (ruleId: string) => boolean | undefined {
  const done = new Set<unknown>(accepted.map(({proposal}) => proposal))
  const left = new Map(accepted.map(({proposal}) => [proposal.ruleId, false]))
  for (const proposal of proposals) {
    if (!done.has(proposal) && permittedFix(proposal, permitted)) left.set(proposal.ruleId, true)
  }
  return (ruleId) => left.get(ruleId)
}

/**
 * Whether a rule may find something else to fix once lines that harden are written: see
 * `fixesHangOn`.
 */
export function affectedBy(
  {operations, unit: now}: Pick<Plan, 'operations' | 'unit'>,
  before: Unit,
): (rule: Rule) => boolean {
  const [isReached, isDenied] = [reachedBy(operations), deniedOtherwise(now, before)]
  return (rule) => isReached(rule) || isDenied(rule)
}

/** The same by the names of what is written, and what that implies. */
export function reachedBy(operations: Plan['operations']): (rule: Rule) => boolean {
  const written = operations.flatMap((operation) =>
    operation.kind === 'insert'
      ? operation.lines.map(([key]) => key)
      : 'key' in operation.entry
        ? operation.entry.key
        : [],
  )
  if (!written.every(isHardening)) return () => true
  const reached = withImplied(written)
  return ({fixesHangOn}) => !fixesHangOn || fixesHangOn.some((directive) => reached.has(directive))
}

/** The same by what directives deny then. */
export function deniedOtherwise(now: Unit, before: Unit): (rule: Rule) => boolean {
  const [was, is] = [denialContext(before), denialContext(now)]
  return ({fixesHangOn}) =>
    !fixesHangOn || fixesHangOn.some((directive) => !deniesAlike(directive, was, is))
}

/** Directives, and all that these imply. */
function withImplied(directives: Iterable<string>): ReadonlySet<string> {
  // What is added while it is gone through is gone through too.
  const reached = new Set(directives)
  for (const directive of reached) for (const implied of impliedBy(directive)) reached.add(implied)
  return reached
}

/**
 * The proposals, those that are not to be fixed without fixes, and none with fixes of files that
 * may not change.
 */
export function changeable(
  all: readonly Located[],
  untouchable: ReadonlySet<string>,
  options: Pick<LintOptions, 'fixOnly'>,
): readonly Located[] {
  const isTouching = ({operations}: ReadyFix): boolean =>
    operations.some(({file}) => untouchable.has(file.path))
  return all.map((one) => {
    if (!isToBeFixed(one, options)) return {...one, fixes: []}
    return one.fixes.some(isTouching)
      ? {...one, fixes: one.fixes.filter((fix) => !isTouching(fix))}
      : one
  })
}
