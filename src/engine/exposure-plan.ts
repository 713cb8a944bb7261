import type {Choice} from '../needs/kind.ts'
import type {AssessOptions} from '../security/index.ts'
import type {Edit} from '../syntax/edit.ts'
import type {UnitContext} from '../unit/load.ts'
import type {SourceFile} from '../unit/unit.ts'
import type {Located} from './check.ts'
import {descended} from './exposure-rounds.ts'
import {Descent, placeOfFinding} from './exposure-steps.ts'
import {Effort} from './planning-effort.ts'
import {scoreOf} from './exposure-score.ts'
import {fixedUnit} from './fixed-unit.ts'
import {openPoints} from './open-points.ts'
import type {OpenPoint, PlanPlace} from './open-points.ts'
import type {LintOptions} from './options.ts'
import {permittedFix, voucherOf} from './proposal.ts'
import {tell} from './tell.ts'

/** A fix, and what it takes off once all steps before it have been taken. */
export interface PlanStep {
  readonly ruleId: string
  /** Imperative: what it does, for people. */
  readonly title: string
  /** Who vouches for it, where it is safe and takes something away. */
  readonly by: string | undefined
  readonly applicability: 'safe' | 'unsafe'
  readonly at: PlanPlace
  /** In tenths, not rounded. */
  readonly gain: number
  /** The exposure after it, in tenths. */
  readonly total: number
  /** Of the texts that the steps before it leave. */
  readonly edits: ReadonlyArray<Edit & {readonly path: string}>
}

/** How to bring the exposure of a unit down; exposures in tenths. */
export interface ExposurePlan {
  readonly before: number
  /** The profile that evidence chose, where that was left to it. */
  readonly choice?: Choice | undefined
  /** What `--fix` with the same rules leaves. */
  readonly fixed: number
  /** What `--fix --unsafe-fixes` with the same rules leaves. */
  readonly unsafeFixed: number
  /** The safe ones first; of each kind the one that takes off most. */
  readonly steps: readonly PlanStep[]
  /** The worst first. */
  readonly open: readonly OpenPoint[]
}

/**
 * Plan how to lower the exposure of a unit with the fixes of some rules: one at a time, each time
 * the one that takes off most, the unsafe ones when no safe one is left.
 *
 * Undefined for a unit that systemd would not load. Takes its files, the main one first. Throws
 * `TooMuchToPlan`.
 */
export function exposurePlan(
  files: readonly SourceFile[],
  context: UnitContext,
  options: LintOptions,
  how: AssessOptions = {},
): ExposurePlan | undefined {
  const descent = new Descent(files, context, options, {how})
  const {start, found, facade, ask} = descent
  if (!start) return undefined
  const {unit} = start
  const places = placesOf(tell(files, found.located, options).kept)
  const {steps: taken, standing, safe} = descended(descent, start, found.located, new Effort())
  const steps = taken.map(
    ({step: {located, fix, applicability, score}, gain, edits}): PlanStep => ({
      ruleId: located.ruleId,
      title: fix.title,
      by: voucherOf(fix),
      applicability,
      at: places.get(located.ruleId) ?? placeOfFinding(located),
      gain,
      total: score.total,
      edits: edits.map(({file, range, text}) => ({path: file.path, range, text})),
    }),
  )
  const fixedTo = (permitted: 'safe' | 'unsafe'): number => {
    // What is unsafe may open ways that no step alone does.
    if (permitted === 'safe' && safe !== undefined) return safe
    const fixed = fixedUnit(unit, found, {options, permitted, untouchable: new Set(), facade, ask})
    return scoreOf(fixed, how)?.total ?? start.score.total
  }
  return {
    before: start.score.total,
    choice: unit.choice,
    fixed: fixedTo('safe'),
    unsafeFixed: fixedTo('unsafe'),
    steps,
    open: openPoints(standing.unit, unit, options, how),
  }
}

/** Where the rules find what they can fix now; later steps move lines. */
function placesOf(found: readonly Located[]): Map<string, PlanPlace> {
  const places = (['unsafe', 'safe'] as const).flatMap((kind) =>
    found.filter((located) => permittedFix(located, kind)?.applicability === kind),
  )
  return new Map(places.map((located) => [located.ruleId, placeOfFinding(located)]))
}
