import {descended} from '../engine/exposure-rounds.ts'
import {Effort} from '../engine/planning-effort.ts'
import type {Descent, Standing, Step} from '../engine/exposure-steps.ts'
import {suppressed} from './suppressed.ts'
import type {Suppression} from './suppressed.ts'

/**
 * How far somebody has come who walks the plan of a unit: what is decided, and the step that is to
 * be decided next.
 */
export interface Walk {
  readonly standing: Standing
  /** Undefined: nothing is left to decide. */
  readonly step: Step | undefined
  readonly taken: readonly Taken[]
  readonly skipped: readonly Skipped[]
  /** What was decided against, and what cannot be written where all goes. */
  readonly passedOver: ReadonlySet<string>
}

/** A step that is taken. */
export interface Taken {
  readonly step: Step
  /** The unit whose lines it is about. */
  readonly before: Standing
  /** In tenths, not rounded. */
  readonly gain: number
}

/** A step that is not taken. */
export interface Skipped {
  readonly step: Step
  /** In tenths, not rounded. */
  readonly gain: number
  /** As somebody gave it, or why it cannot be taken; undefined: it was not told. */
  readonly reason: string | undefined
  /** Whether a comment in the unit says so from now on. */
  readonly isWritten: boolean
}

/**
 * The start of a walk; undefined for a unit that systemd would not load. Throws `TooMuchToPlan`, as
 * all of these do.
 */
export function startOf(descent: Descent): Walk | undefined {
  const {start} = descent
  return start && onwards(descent, {standing: start, taken: [], skipped: [], passedOver: new Set()})
}

/**
 * Take the step that is to be decided, or a weaker one in its place, of whose rule no more is asked
 * then.
 */
export function keep(descent: Descent, walk: Walk, weaker?: Step): Walk {
  const {step: proposed, standing} = walk
  const step = weaker ?? proposed
  if (!step) return walk
  const gain = standing.score.exact - step.score.exact
  const after = descent.after(standing, step)
  const passedOver =
    weaker || 'left' in after ? new Set([...walk.passedOver, step.located.ruleId]) : walk.passedOver
  if ('left' in after)
    return onwards(descent, {
      ...walk,
      passedOver,
      skipped: [...walk.skipped, {step, gain, reason: after.left, isWritten: false}],
    })
  // Whoever has taken an unsafe step knows what the next ones hang on.
  return onwards(descent, {
    ...walk,
    standing: {...after, hangsOnUnsafe: false},
    passedOver,
    taken: [...walk.taken, {step, gain, before: standing}],
  })
}

/**
 * Leave the step, and its rule, alone; where a reason is given, a comment in the unit says so, if
 * the place is in a file that may change.
 */
export function skip(
  descent: Descent,
  walk: Walk,
  why: Omit<Suppression, 'rule'> | undefined,
  isChangeable: (path: string) => boolean,
): Walk {
  const {step, standing} = walk
  if (!step) return walk
  const {file, line, ruleId} = step.located
  const isWritten = why !== undefined && isChangeable(file.path)
  const its = standing.unit.files.find(({path}) => path === file.path)
  const changed =
    isWritten && its
      ? new Map([[its, suppressed(its.tree, line, {...why, rule: ruleId})]])
      : undefined
  return onwards(descent, {
    ...walk,
    standing: changed ? {...standing, unit: descent.written(standing.unit, changed)} : standing,
    passedOver: new Set([...walk.passedOver, ruleId]),
    skipped: [
      ...walk.skipped,
      {
        step,
        gain: standing.score.exact - step.score.exact,
        reason: why?.reason,
        isWritten: changed !== undefined,
      },
    ],
  })
}

/** Take all that is left: of the safe steps, or of all. */
export function keepRest(descent: Descent, walk: Walk, upTo: 'safe' | 'unsafe'): Walk {
  if (!walk.step) return walk
  if (descent.isForDropIn) return keepEach(descent, walk, upTo)
  const {standing: start, passedOver} = walk
  const {steps, standing} = descended(descent, start, descent.said(start), new Effort(), {
    upTo,
    passedOver,
  })
  return onwards(descent, {
    ...walk,
    standing: {...standing, hangsOnUnsafe: false},
    taken: [...walk.taken, ...steps],
  })
}

/** The same, one after the other: what is to stand in a drop-in is worked out for each. */
function keepEach(descent: Descent, walk: Walk, upTo: 'safe' | 'unsafe'): Walk {
  let now = walk
  const isWanted = ({step}: Walk): boolean =>
    step !== undefined && (upTo === 'unsafe' || step.applicability === 'safe')
  for (let count = 0; count < mostSteps && isWanted(now); count++) now = keep(descent, now)
  return now
}

/** No service has as many rows. */
const mostSteps = 100

function onwards(descent: Descent, walk: Omit<Walk, 'step'>): Walk {
  // Each question may take as much as a plan; a walk is as long as somebody goes on answering.
  return {...walk, step: descent.best(walk.standing, new Effort(), walk.passedOver)}
}
