import {amended} from './amend.ts'
import type {Located} from './check.ts'
import type {Descent, Standing} from './exposure-steps.ts'
import type {Effort} from './planning-effort.ts'
import {keysOf} from './operations.ts'
import {permittedFix} from './proposal.ts'
import {edits} from './write/inline.ts'
import {isBetter, byScore, standingAfter, RoundOfSteps} from './round-of-steps.ts'
import type {TakenStep, Descended, Permitted, Round, PossibleFix} from './round-of-steps.ts'

/** No service has as many rows. */
const mostSteps = 100

/**
 * All steps of a unit, as if each were looked for by `Descent.best` on the unit that those before
 * it leave: in rounds, as most steps have nothing to do with each other. A round ends where the
 * next step hangs on what is written in it; what it comes to is looked at as a whole.
 *
 * `found` is what the rules say of the unit as it stands; rules may be passed over, and unsafe
 * steps.
 */
export function descended(
  descent: Descent,
  start: Standing,
  found: readonly Located[],
  effort: Effort,
  {
    upTo = 'unsafe',
    passedOver = new Set(),
  }: {readonly upTo?: Permitted; readonly passedOver?: ReadonlySet<string>} = {},
): Descended {
  const steps: TakenStep[] = []
  let standing = start
  let located = found
  let safe: number | undefined
  while (steps.length < mostSteps) {
    const open = descent.open(standing, located).filter(({ruleId}) => !passedOver.has(ruleId))
    const {made, isSafe} = roundOf(descent, standing, open, {
      effort,
      most: mostSteps - steps.length,
      upTo,
    })
    if (isSafe) safe = standing.score.total
    if (!made) break
    for (const one of made.steps) steps.push(one)
    located = descent.askedAgain(made, standing, leftBy(made, located), effort)
    standing = made.standing
  }
  return {steps, standing, safe}
}

/**
 * By the id of a rule: true where it has something left to mend, false where all of it is done as
 * well as it can be, undefined where there was nothing.
 */
function leftBy(
  {steps}: Round,
  located: readonly Located[],
): (ruleId: string) => boolean | undefined {
  const done = new Set(
    steps.flatMap(({step: {located: its, fix}}) => (its.fixes[0] === fix ? [its] : [])),
  )
  const left = new Map<string, boolean>()
  for (const one of located)
    if (one.fixes.length > 0)
      left.set(one.ruleId, (left.get(one.ruleId) ?? false) || !done.has(one))
  return (ruleId) => left.get(ruleId)
}

/**
 * The steps of one round, if any takes something off, and whether no safe fix does anything to the
 * exposure.
 */
function roundOf(
  descent: Descent,
  start: Standing,
  open: readonly Located[],
  {effort, most, upTo}: {readonly effort: Effort; readonly most: number; readonly upTo: Permitted},
): {readonly made: Round | undefined; readonly isSafe: boolean} {
  let isSafe = false
  const kinds = start.hangsOnUnsafe ? (['unsafe'] as const) : (['safe', 'unsafe'] as const)
  for (const permitted of kinds.filter((kind) => kind === 'safe' || upTo === 'unsafe')) {
    const candidates = candidatesAmong(open, permitted)
    const round = new RoundOfSteps(descent, start, permitted, effort)
    const taken = round.take(candidates, most)
    const made =
      taken === 'broken' ? carefulRound(descent, start, permitted, candidates, effort) : taken
    if (made) return {made, isSafe}
    isSafe ||= permitted === 'safe' && round.isIdle
  }
  return {made: undefined, isSafe}
}

/** Where no safe one takes anything off, those that are safe hang on an unsafe one. */
function candidatesAmong(open: readonly Located[], permitted: Permitted): PossibleFix[] {
  return open.flatMap((located) => {
    const fix = permittedFix(located, permitted)
    return fix ? [{located, fix, directives: new Set(keysOf(fix.operations))}] : []
  })
}

/** The one step that is best when each is looked at as a whole. */
function carefulRound(
  descent: Descent,
  start: Standing,
  permitted: Permitted,
  candidates: readonly PossibleFix[],
  effort: Effort,
): Round | undefined {
  const {unit, score} = start
  const better = candidates.flatMap(({located, fix}) => {
    effort.add(unit, 1)
    const its = descent.facade(amended(unit, fix.operations), unit.evidence)
    const after = descent.scoreBehind(its, unit)
    return after && isBetter(after, score)
      ? [{located, fix, applicability: permitted, score: after, unit: its}]
      : []
  })
  const [best] = better.toSorted(byScore)
  if (!best) return undefined
  const {operations} = best.fix
  const steps = [
    {step: best, before: start, gain: score.exact - best.score.exact, edits: edits(operations)},
  ]
  return {steps, operations, unit: best.unit, standing: standingAfter(descent, start, steps, best)}
}
