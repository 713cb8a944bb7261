import type {Rule} from '../rule/rule.ts'
import type {Unit} from '../rule/unit.ts'
import type {Marks} from '../security/index.ts'
import type {Edit} from '../syntax/edit.ts'
import {amended} from './amend.ts'
import type {Located} from './check.ts'
import {scoreFrom} from './exposure-score.ts'
import type {Descent, Standing, Step} from './exposure-steps.ts'
import type {Effort} from './planning-effort.ts'
import type {Score} from './exposure-score.ts'
import {deniedOtherwise, reachedBy} from './fixed-unit.ts'
import type {Operation} from './operations.ts'
import {LineUse} from './line-use.ts'
import type {ReadyFix} from './proposal.ts'
import {edits, texts} from './write/inline.ts'
import type {FileEdit} from './write/inline.ts'

/** A step with what it takes off and writes. */
export interface TakenStep {
  readonly step: Step
  /** The unit whose lines it is about. */
  readonly before: Standing
  /** In tenths, not rounded. */
  readonly gain: number
  /** Of the texts that the steps before it leave. */
  readonly edits: readonly FileEdit[]
}

/** Where steps lead. */
export interface Descended {
  readonly steps: readonly TakenStep[]
  readonly standing: Standing
  /**
   * The exposure in tenths that all safe fixes come to; undefined where one that is left does
   * something to it.
   */
  readonly safe: number | undefined
}

/** How safe the fixes are that may be made. */
export type Permitted = 'safe' | 'unsafe'

/** Steps that were taken at once. */
export interface Round extends Omit<Descended, 'safe'> {
  readonly operations: readonly Operation[]
  /** The unit with them, of which nothing is written. */
  readonly unit: Unit
}

/** A fix that may be made. */
export interface PossibleFix {
  readonly located: Located
  readonly fix: ReadyFix
  /** What it writes lines of. */
  readonly directives: ReadonlySet<string>
}

/** A candidate with what it was found to do to the marks of a unit, by the places of rows. */
interface AssessedFix {
  readonly candidate: PossibleFix
  readonly changes: ReadonlyMap<number, Marks[number]>
}

/** Whether a step takes something off. */
export function isBetter(after: Score, before: Score): boolean {
  return after.exact < before.exact && after.total <= before.total
}

/** The one that takes off most first. */
export function byScore(
  one: Pick<Step, 'score' | 'located'>,
  other: Pick<Step, 'score' | 'located'>,
): number {
  return one.score.exact - other.score.exact || (one.located.ruleId < other.located.ruleId ? -1 : 1)
}

/** The unit with steps written, of which this is the last. */
export function standingAfter(
  descent: Descent,
  start: Standing,
  steps: readonly TakenStep[],
  {applicability, score}: Pick<Step, 'applicability' | 'score'>,
): Standing {
  const taken = steps.map(({step}) => step)
  return {
    unit: descent.written(start.unit, texts(operationsOf(steps)), taken),
    score,
    hangsOnUnsafe: start.hangsOnUnsafe || applicability === 'unsafe',
  }
}

/** The steps that are taken at once, of which each was tried by itself. */
export class RoundOfSteps {
  readonly #descent: Descent
  readonly #start: Standing
  readonly #permitted: Permitted
  readonly #effort: Effort
  readonly #steps: TakenStep[] = []
  readonly #operations: Operation[] = []
  #score: Score
  /** No candidate does anything to the exposure. */
  isIdle = false

  constructor(descent: Descent, start: Standing, permitted: Permitted, effort: Effort) {
    this.#descent = descent
    this.#start = start
    this.#permitted = permitted
    this.#effort = effort
    this.#score = start.score
  }

  /**
   * Take what takes off most, again and again, until the best that there is hangs on what was
   * taken. Each is tried once, by the rows that its directives decide about. Undefined where there is
   * nothing, `broken` where all of it together comes to something else.
   */
  take(candidates: readonly PossibleFix[], most: number): Round | 'broken' | undefined {
    let tried = candidates.map((candidate) => this.#tried(candidate))
    const lines = new LineUse()
    let reached: (rule: Rule) => boolean = () => false
    let written: readonly FileEdit[] = []
    while (this.#steps.length < most) {
      const best = this.#bestOf(tried)
      if (
        !best ||
        reached(this.#ruleOf(best.candidate)) ||
        !lines.take(best.candidate.located.ruleId, best.candidate.fix.operations)
      )
        break
      const {located, fix} = best.candidate
      const score = this.#with(best)
      for (const operation of fix.operations) this.#operations.push(operation)
      const all = edits(this.#operations)
      const step: Step = {located, fix, applicability: this.#permitted, score}
      this.#steps.push({
        step,
        before: this.#start,
        gain: this.#score.exact - score.exact,
        edits: moved(all, written),
      })
      written = all
      this.#score = score
      tried = tried.filter((other) => other !== best)
      reached = reachedBy(this.#operations)
    }
    this.isIdle = this.#steps.length === 0 && tried.every(({changes}) => changes.size === 0)
    return this.#steps.length === 0 ? undefined : this.#ended()
  }

  #tried(candidate: PossibleFix): AssessedFix {
    this.#effort.add(this.#start.unit, 1)
    const {unit, score} = this.#start
    const after = amended(unit, candidate.fix.operations)
    return {
      candidate,
      changes: changesOf(
        score.marks,
        this.#descent.marksAfter(after, score.marks, candidate.directives),
      ),
    }
  }

  #with({changes}: AssessedFix): Score {
    return scoreFrom(this.#score.marks.map((mark, row) => changes.get(row) ?? mark))
  }

  #bestOf(tried: readonly AssessedFix[]): AssessedFix | undefined {
    const better = tried.flatMap((one) => {
      const score = one.changes.size === 0 ? this.#score : this.#with(one)
      return isBetter(score, this.#score) ? [{one, score, located: one.candidate.located}] : []
    })
    return better.toSorted(byScore)[0]?.one
  }

  #ruleOf({located: {ruleId}}: Pick<PossibleFix, 'located'>): Rule {
    const rule = this.#descent.ruleOf(ruleId)
    if (!rule) throw new Error(`Unexpected finding of \`${ruleId}\`, which is not on`)
    return rule
  }

  /**
   * The steps, if they come to what they promise: up to the first one that what was taken before it
   * bears on.
   */
  #ended(): Round | 'broken' {
    const count = this.#soundCount()
    const steps = this.#steps.slice(0, count)
    const operations = operationsOf(steps)
    const [unit, promised] = [this.#unitWith(operations), steps.at(-1)?.step.score]
    const score = this.#descent.scoreBehind(unit, this.#start.unit)
    if (!score || !promised || Math.abs(score.exact - promised.exact) > 1e-9) return 'broken'
    const standing = standingAfter(this.#descent, this.#start, steps, {
      applicability: this.#permitted,
      score: promised,
    })
    return {steps, standing, operations, unit}
  }

  /** How many steps deny what they would deny alone. */
  #soundCount(): number {
    const isOtherwise = (count: number): ((rule: Rule) => boolean) =>
      deniedOtherwise(this.#unitWith(operationsOf(this.#steps.slice(0, count))), this.#start.unit)
    const inTheEnd = isOtherwise(this.#steps.length)
    const found = this.#steps.findIndex(
      ({step}, index) =>
        index > 0 && inTheEnd(this.#ruleOf(step)) && isOtherwise(index)(this.#ruleOf(step)),
    )
    return found === -1 ? this.#steps.length : found
  }

  #unitWith(operations: readonly Operation[]): Unit {
    const {unit} = this.#start
    return this.#descent.facade(amended(unit, operations), unit.evidence)
  }
}

function operationsOf(steps: readonly TakenStep[]): readonly Operation[] {
  return steps.flatMap(({step}) => step.fix.operations)
}

/** The marks that are others by now. */
function changesOf(before: Marks, after: Marks): AssessedFix['changes'] {
  return new Map(
    after.flatMap((mark, row) => (isSame(mark, before[row]) ? [] : [[row, mark] as const])),
  )
}

function isSame(one: Marks[number], other: Marks[number] | undefined): boolean {
  return (
    one.badness === other?.badness && one.weight === other?.weight && one.range === other?.range
  )
}

/** The edits that come to others of one text, as edits of the text that the others leave. */
function moved(all: readonly FileEdit[], before: readonly FileEdit[]): FileEdit[] {
  const left = [...before]
  return all.flatMap((edit) => {
    const known = left.findIndex((other) => other.file === edit.file && isSameEdit(other, edit))
    if (known !== -1) {
      left.splice(known, 1)
      return []
    }
    const shift = before.reduce(
      (sum, {file, range: [start, end], text}) =>
        file === edit.file && end <= edit.range[0] ? sum + text.length - (end - start) : sum,
      0,
    )
    return [{...edit, range: [edit.range[0] + shift, edit.range[1] + shift] as const}]
  })
}

function isSameEdit(one: Edit, other: Edit): boolean {
  return (
    one.range[0] === other.range[0] && one.range[1] === other.range[1] && one.text === other.text
  )
}
