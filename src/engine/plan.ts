import {VFile} from 'vfile'
import type {AccessId} from '../facts/accesses.ts'
import {judge} from '../needs/needs.ts'
import type {Need, Needs} from '../needs/needs.ts'
import {load} from '../unit/load.ts'
import type {UnitContext} from '../unit/load.ts'
import type {SourceFile} from '../unit/unit.ts'
import {withLead} from '../rule/apply.ts'
import {soundProblems} from '../rule/sound.ts'
import type {Fix} from '../rule/rule.ts'
import {unitFor} from '../rule/unit.ts'
import type {Unit} from '../rule/unit.ts'
import {assess} from '../security/index.ts'
import type {AssessOptions, Row} from '../security/index.ts'
import {applyEdits} from '../syntax/edit.ts'
import type {Edit} from '../syntax/edit.ts'
import {positionOf} from '../syntax/place.ts'
import {parse} from '../syntax/parse.ts'
import {lint} from './lint.ts'
import type {LintOptions} from './options.ts'
import {remedyOf} from './remedy.ts'
import {suppressions} from './suppress.ts'

/** A line of a file as it is now, from 1. */
export interface PlanPlace {
  readonly path: string
  readonly line: number
}

/** A fix, and what it takes off once all steps before it have been taken. */
export interface PlanStep {
  readonly ruleId: string
  /** Imperative: what it does, for people. */
  readonly title: string
  readonly applicability: 'safe' | 'unsafe'
  readonly at: PlanPlace
  /** In tenths, not rounded. */
  readonly gain: number
  /** The exposure after it, in tenths. */
  readonly total: number
  /** Of the texts that the steps before it leave. */
  readonly edits: ReadonlyArray<Edit & {readonly path: string}>
}

/** A row that stays open after all steps. */
export interface OpenPoint {
  readonly row: Row
  /** The first rule that is about it. */
  readonly ruleId: string | undefined
  readonly at: PlanPlace
  /** What the row contributes, in tenths, not rounded. */
  readonly gain: number
  /** The needs that closing it would deny; empty where no rule mends it for another reason. */
  readonly because: readonly Need[]
}

/** How to bring the exposure of a unit down; exposures in tenths. */
export interface Plan {
  readonly before: number
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

/**
 * Plan how to lower the exposure of a unit with the fixes of some rules: one at a time, each time the one that takes off most, the unsafe
 * ones when no safe one is left.
 *
 * Undefined for a unit that systemd would not load. Takes its files, the main one first.
 */
export function plan(files: readonly SourceFile[], context: UnitContext, options: LintOptions, how: AssessOptions = {}): Plan | undefined {
  const before = scoreOf(files, context, how)
  if (!before) return undefined
  const unit = unitFor(load(files, context), {profile: options.profile, permitted: 'safe'})
  const places = placesOf(files, context, options, unit.needs)
  const steps: PlanStep[] = []
  let now: State = {files, score: before}
  while (steps.length < mostSteps) {
    const best = bestOf(now, context, options, how, unit.needs)
    if (!best) break
    const {
      candidate: {ruleId, fix, at},
      after,
    } = best
    steps.push({
      ruleId,
      title: fix.title,
      applicability: fix.applicability === 'safe' ? 'safe' : 'unsafe',
      at: places.get(ruleId) ?? at,
      gain: now.score.exact - after.score.exact,
      total: after.score.total,
      edits: fix.edits.map((edit) => ({path: edit.file.path, ...withLead(edit)})),
    })
    now = after
  }
  const fixedTo = (fix: 'safe' | 'unsafe'): number => fixedTotal(files, context, {...options, fix}, how) ?? before.total
  return {
    before: before.total,
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
  readonly files: readonly SourceFile[]
  readonly score: Score
}

function scoreOf(files: readonly SourceFile[], context: UnitContext, how: AssessOptions): Score | undefined {
  const assessment = assess(load(files, context), how)
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

/** The fix that takes off most: an unsafe one only where no safe one takes anything off. */
function bestOf(now: State, context: UnitContext, options: LintOptions, how: AssessOptions, needs: Needs): {candidate: Candidate; after: State} | undefined {
  for (const fix of ['safe', 'unsafe'] as const) {
    const better = proposals(now.files, context, {...options, fix}, needs).flatMap((candidate) => {
      const files = applied(now.files, candidate.fix)
      const score = scoreOf(files, context, how)
      return score && score.exact < now.score.exact && score.total <= now.score.total ? [{candidate, after: {files, score}}] : []
    })
    const [best] = better.toSorted((one, other) => one.after.score.exact - other.after.score.exact || (one.candidate.ruleId < other.candidate.ruleId ? -1 : 1))
    if (best) return best
  }
  return undefined
}

/** A fix that a rule proposes now. */
interface Candidate {
  readonly ruleId: string
  readonly fix: Fix
  readonly at: PlanPlace
}

/**
 * The fixes of one applicability that the rules propose; what comments turn off is left out.
 *
 * Judged by what the unit needed before any step: a list that a step has written is no evidence for what it lists.
 */
function proposals(
  files: readonly SourceFile[],
  context: UnitContext,
  {rules, profile, inlineConfig, fix: permitted = 'safe'}: LintOptions,
  needs: Needs,
): Candidate[] {
  const own = unitFor(load(files, context), {profile, permitted})
  // It has all that its prototype has.
  const unit = Object.create(own, {needs: {value: needs}, judge: {value: (denied: readonly AccessId[]) => judge(denied, needs)}}) as Unit
  const comments = new Map(files.map((file) => [file, suppressions(file.tree)]))
  const found: Candidate[] = []
  for (const {rule, options} of rules) {
    try {
      for (const {at, fix} of soundProblems(rule, unit, options)) {
        const {file, span} = at
        const {line} = positionOf(file.tree, span).start
        if (fix?.applicability !== permitted || (inlineConfig !== false && comments.get(file)?.suppresses(rule.id, line))) continue
        found.push({ruleId: rule.id, fix, at: {path: file.path, line}})
      }
    } catch {
      // Linting tells of a rule that throws; there is nothing to plan with it.
    }
  }
  return found
}

function applied(files: readonly SourceFile[], {edits: all}: Fix): SourceFile[] {
  return files.map((file) => {
    const edits = all.filter((edit) => edit.file === file)
    return edits.length === 0 ? file : {...file, tree: parse(applyEdits(file.tree.text, edits.map(withLead)))}
  })
}

/** Where the rules find something now; later steps move lines. */
function placesOf(files: readonly SourceFile[], context: UnitContext, options: LintOptions, needs: Needs): Map<string, PlanPlace> {
  const found = (['unsafe', 'safe'] as const).flatMap((fix) => proposals(files, context, {...options, fix}, needs))
  return new Map(found.map(({ruleId, at}) => [ruleId, at]))
}

function fixedTotal(files: readonly SourceFile[], context: UnitContext, options: LintOptions, how: AssessOptions): number | undefined {
  const [main, ...dropIns] = files.map(({path, tree}) => new VFile({path, value: tree.text}))
  if (!main) return undefined
  lint(main, {...options, targets: [context.target], manager: context.manager}, {dropIns})
  const after = [main, ...dropIns].map((vfile, index): SourceFile => ({
    path: vfile.path,
    role: files[index]?.role ?? 'drop-in',
    tree: parse(String(vfile.value)),
  }))
  return scoreOf(after, context, how)?.total
}

function openPoints(rows: readonly Row[], unit: Unit, {rules}: LintOptions): OpenPoint[] {
  const all = rows.reduce((sum, {badness, weight}) => sum + (badness === null ? 0 : weight), 0)
  return rows
    .filter(({badness}) => badness)
    .map((row): OpenPoint => {
      const [directive = ''] = row.settings
      const remedy = remedyOf(row, unit)
      const judged = remedy && unit.judge(unit.denies(remedy[0], remedy[1]))
      return {
        row,
        ruleId: ruleAbout(directive, rules),
        at: writtenAt(unit, row.settings),
        gain: (100 * (row.badness ?? 0) * row.weight) / row.range / all,
        because: judged?.applicability === 'withheld' ? judged.because : [],
      }
    })
    .toSorted((one, other) => other.gain - one.gain)
}

/** The rule that asks for a directive, before those that forbid something about it: their ids begin with `no-`. */
function ruleAbout(directive: string, rules: LintOptions['rules']): string | undefined {
  const ids = rules.filter(({rule}) => rule.directives.includes(directive)).map(({rule}) => rule.id)
  return ids.find((id) => !id.startsWith('no-')) ?? ids[0]
}

/** The last line that sets the first of some directives that is set, else the header of the section that it would stand in. */
function writtenAt(unit: Unit, directives: readonly string[]): PlanPlace {
  const section = `${unit.type.charAt(0).toUpperCase()}${unit.type.slice(1)}`
  for (const directive of directives) {
    const last = unit.assignments(section, directive).at(-1)
    if (last) return {path: last.file.path, line: last.directive.position.start.line}
  }
  const header = unit.header(section)
  return {path: header?.file.path ?? unit.files[0]?.path ?? '', line: header ? positionOf(header.file.tree, header.span).start.line : 1}
}
