import type {Choice} from '../needs/kind.ts'
import type {Unit} from '../rule/unit.ts'
import {assess} from '../security/index.ts'
import type {AssessOptions, Row} from '../security/index.ts'
import type {Edit} from '../syntax/edit.ts'
import {parse} from '../syntax/parse.ts'
import {load} from '../unit/load.ts'
import type {UnitContext} from '../unit/load.ts'
import type {SourceFile} from '../unit/unit.ts'
import {amended} from './amend.ts'
import type {Located} from './check.ts'
import {askerFor} from './check-held.ts'
import type {Asker} from './check-held.ts'
import {fixedUnit} from './fixed-unit.ts'
import {openPoints} from './open-points.ts'
import type {OpenPoint, PlanPlace} from './open-points.ts'
import {suited} from './options.ts'
import type {LintOptions} from './options.ts'
import {isRefused} from './plan.ts'
import {permittedFix, voucherOf} from './proposal.ts'
import type {Facade, ReadyFix} from './proposal.ts'
import {facadeFor, readyUnit} from './ready-unit.ts'
import {tell} from './tell.ts'
import {edits, texts} from './write/inline.ts'
import {workOf} from './work.ts'

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

/** No service has as many rows. */
const mostSteps = 100

/** Each fix is tried after each step on all lines: how many fixes times lines there may be in all. Units that people write have up to 100,000. */
const mostTries = 110_000

/** A unit with more fixes and lines than a plan can be made for. */
export class TooMuchToPlan extends Error {
  constructor(tries: number) {
    super(`Too much for one unit: ${tries} fixes times lines to try, expected at most ${mostTries}`)
  }
}

/**
 * Plan how to lower the exposure of a unit with the fixes of some rules: one at a time, each time the one that takes off most, the unsafe
 * ones when no safe one is left.
 *
 * Undefined for a unit that systemd would not load. Takes its files, the main one first.
 */
export function exposurePlan(files: readonly SourceFile[], context: UnitContext, options: LintOptions, how: AssessOptions = {}): ExposurePlan | undefined {
  const facade = facadeFor(options)
  const unit = readyUnit(load(files, context), options)
  const before = scoreOf(unit, how)
  if (!before) return undefined
  const ask = askerFor(options, () => facade)
  const found = ask(unit, options.rules)
  const places = placesOf(tell(files, found.located, options).kept)
  const steps: PlanStep[] = []
  let now: State = {unit, score: before}
  const tried: Tried = {work: workOf(unit), count: 0}
  while (steps.length < mostSteps) {
    const hangsOnUnsafe = steps.some(({applicability}) => applicability === 'unsafe')
    const best = bestOf(now, options, {how, facade, ask, tried, hangsOnUnsafe})
    if (!best) break
    const {ruleId, fix, at, score} = best
    steps.push({
      ruleId,
      title: fix.title,
      by: voucherOf(fix),
      applicability: fix.applicability === 'safe' && !hangsOnUnsafe ? 'safe' : 'unsafe',
      at: places.get(ruleId) ?? at,
      gain: now.score.exact - score.exact,
      total: score.total,
      edits: edits(fix.operations).map(({file, range, text}) => ({path: file.path, range, text})),
    })
    // What a step has written is no evidence of what the unit needs.
    now = {unit: facade(load(written(now.unit.files, fix), context), unit.evidence), score}
  }
  const fixedTo = (permitted: 'safe' | 'unsafe'): number => {
    const fixed = fixedUnit(unit, found, {options, permitted, untouchable: new Set(), facade, ask})
    return scoreOf(fixed, how)?.total ?? before.total
  }
  return {
    before: before.total,
    choice: unit.choice,
    fixed: fixedTo('safe'),
    unsafeFixed: fixedTo('unsafe'),
    steps,
    open: openPoints(now.score.rows, unit, options),
  }
}

interface Score {
  readonly rows: readonly Row[]
  readonly total: number
  /** The exposure before it is rounded. */
  readonly exact: number
}

interface State {
  readonly unit: Unit
  readonly score: Score
}

function scoreOf(unit: Unit, how: AssessOptions): Score | undefined {
  const assessment = assess(unit, how)
  if (assessment.refused) return undefined
  let sum = 0
  let all = 0
  for (const {badness, weight, range} of assessment.rows) {
    if (badness === null) continue
    sum += (badness * weight) / range
    all += weight
  }
  return {rows: assessment.rows, total: assessment.total, exact: all === 0 ? 0 : (100 * sum) / all}
}

/** How many fixes have been tried, each times the work that it is. */
interface Tried {
  readonly work: number
  count: number
}

/** How fixes are tried. */
interface Trying {
  readonly how: AssessOptions
  readonly facade: Facade
  readonly ask: Asker
  readonly tried: Tried
  /** An unsafe step has been taken: what is safe now may be so for what it did, and is unsafe as it is. */
  readonly hangsOnUnsafe: boolean
}

/** A fix that a rule proposes now, and the score with it. */
interface Candidate {
  readonly ruleId: string
  readonly fix: ReadyFix
  readonly at: PlanPlace
  readonly score: Score
}

/** The fix that takes off most: an unsafe one only where no safe one takes anything off. What comments turn off is left out. */
function bestOf({unit, score}: State, options: LintOptions, {how, facade, ask, tried, hangsOnUnsafe}: Trying): Candidate | undefined {
  count(tried, looking)
  const {kept} = tell(unit.files, ask(unit, options.rules).located, options)
  for (const permitted of hangsOnUnsafe ? (['unsafe'] as const) : (['safe', 'unsafe'] as const)) {
    const better = kept.flatMap((located): Candidate[] => {
      const fix = permittedFix(located, permitted)
      if (!fix || (fix.applicability !== permitted && !hangsOnUnsafe)) return []
      count(tried, 1)
      const fixed = facade(amended(unit, fix.operations), unit.evidence)
      const after = isRefused(fixed, unit, suited(options)) ? undefined : scoreOf(fixed, how)
      if (!after || after.exact >= score.exact || after.total > score.total) return []
      return [{ruleId: located.ruleId, fix, at: placeOf(located), score: after}]
    })
    const [best] = better.toSorted((one, other) => one.score.exact - other.score.exact || (one.ruleId < other.ruleId ? -1 : 1))
    if (best) return best
  }
  return undefined
}

function count(tried: Tried, times: number): void {
  tried.count += tried.work * times
  if (tried.count > mostTries) throw new TooMuchToPlan(tried.count)
}

/** To ask all rules is like trying so many fixes. */
const looking = 20

function placeOf({file, line}: Located): PlanPlace {
  return {path: file.path, line}
}

/** Where the rules find what they can fix now; later steps move lines. */
function placesOf(found: readonly Located[]): Map<string, PlanPlace> {
  const places = (['unsafe', 'safe'] as const).flatMap((kind) => found.filter((located) => permittedFix(located, kind)?.applicability === kind))
  return new Map(places.map((located) => [located.ruleId, placeOf(located)]))
}

function written(files: readonly SourceFile[], {operations}: ReadyFix): SourceFile[] {
  const after = texts(operations)
  return files.map((file) => {
    const text = after.get(file)
    return text === undefined ? file : {...file, tree: parse(text)}
  })
}
