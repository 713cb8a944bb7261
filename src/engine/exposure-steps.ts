import type {AccessId} from '../facts/accesses.ts'
import {isRare} from '../needs/rarity.ts'
import type {Rule} from '../rule/rule.ts'
import type {Unit} from '../rule/unit.ts'
import {isValid} from '../rule/validity.ts'
import {deniedAnew} from './denied-anew.ts'
import {set} from '../rule/change.ts'
import {isHardening} from '../facts/hardening.ts'
import {rowOf} from '../facts/sandboxing/rows.ts'
import {strictness, strictnessOf} from '../facts/strictness.ts'
import {marksAfter} from '../security/index.ts'
import type {AssessOptions, Marks} from '../security/index.ts'
import {parse} from '../syntax/parse.ts'
import {load} from '../unit/load.ts'
import type {LoadedUnit, UnitContext} from '../unit/load.ts'
import type {SourceFile} from '../unit/unit.ts'
import {amended} from './amend.ts'
import type {Checked, Located} from './check.ts'
import {askerFor} from './check-held.ts'
import type {Asker} from './check-held.ts'
import {affectedBy, changeable} from './fixed-unit.ts'
import type {PlanPlace} from './open-points.ts'
import type {Operation} from './operations.ts'
import {suited} from './options.ts'
import type {LintOptions} from './options.ts'
import {evidenceWith} from './plan.ts'
import {isRefused} from './refused-more.ts'
import {permittedFix, readyFixes} from './proposal.ts'
import type {Facade, ReadyFix} from './proposal.ts'
import {facadeFor, readyUnit} from './ready-unit.ts'
import {tell} from './tell.ts'
import {dropInPass} from './write/drop-in.ts'
import {texts} from './write/inline.ts'
import {scoreOf} from './exposure-score.ts'
import type {Score} from './exposure-score.ts'
import type {Effort} from './planning-effort.ts'

/** A unit on its way to less exposure. */
export interface Standing {
  readonly unit: Unit
  readonly score: Score
  /**
   * An unsafe step has been taken: what is safe now may be so for what it did, and is unsafe as it
   * is.
   */
  readonly hangsOnUnsafe: boolean
}

/** A fix that a rule proposes for a unit as it stands. */
export interface Step {
  readonly located: Located
  readonly fix: ReadyFix
  readonly applicability: 'safe' | 'unsafe'
  /** The exposure with it. */
  readonly score: Score
}

/** The ways that a unit can go to less exposure, by the fixes of some rules. */
export class Descent {
  /** The unit as it is; undefined where systemd would not load it. */
  readonly start: Standing | undefined
  /** What the rules say of it as it is. */
  readonly found: Checked
  readonly facade: Facade
  readonly ask: Asker
  readonly #context: UnitContext
  readonly #options: LintOptions
  readonly #how: AssessOptions
  readonly #untouchable: ReadonlySet<string>

  /**
   * Takes the files of a unit, the main one first, and the paths of those that may not change; with
   * `options.into` all is written in that one.
   */
  constructor(
    files: readonly SourceFile[],
    context: UnitContext,
    options: LintOptions,
    {
      how = {},
      untouchable = nobody,
    }: {readonly how?: AssessOptions; readonly untouchable?: ReadonlySet<string>} = {},
  ) {
    this.#context = context
    this.#options = options
    this.#how = how
    this.#untouchable = untouchable
    this.facade = facadeFor(options)
    this.ask = askerFor(options, () => this.facade)
    const unit = readyUnit(load(files, context), options)
    const score = scoreOf(unit, how)
    this.start = score && {unit, score, hangsOnUnsafe: false}
    this.found = score ? this.ask(unit, options.rules) : {located: [], crashes: [], isCut: false}
  }

  /**
   * The step that takes off most: an unsafe one only where no safe one takes anything off. What
   * comments turn off is left out, and the rules that are passed over.
   */
  best(
    {unit, score, hangsOnUnsafe}: Standing,
    effort: Effort,
    passedOver: ReadonlySet<string> = nobody,
  ): Step | undefined {
    effort.add(unit, looking)
    const open = this.open({unit}, this.said({unit})).filter(({ruleId}) => !passedOver.has(ruleId))
    for (const permitted of hangsOnUnsafe ? (['unsafe'] as const) : (['safe', 'unsafe'] as const)) {
      const better = open.flatMap((located): Step[] => {
        const fix = permittedFix(located, permitted)
        if (!fix || (fix.applicability !== permitted && !hangsOnUnsafe)) return []
        effort.add(unit, 1)
        const after = this.#scoreWith(unit, fix)
        if (!after || after.exact >= score.exact || after.total > score.total) return []
        return [{located, fix, applicability: hangsOnUnsafe ? 'unsafe' : permitted, score: after}]
      })
      const [best] = better.toSorted(
        (one, other) =>
          one.score.exact - other.score.exact ||
          (one.located.ruleId < other.located.ruleId ? -1 : 1),
      )
      if (best) return best
    }
    return undefined
  }

  /** Whether all is written in a drop-in. */
  get isForDropIn(): boolean {
    return this.#options.into !== undefined
  }

  /** What the rules say of a unit. */
  said({unit}: Pick<Standing, 'unit'>): readonly Located[] {
    return this.ask(unit, this.#options.rules).located
  }

  /**
   * What is left of what rules say after the comments of the files, and without fixes of files that
   * may not change.
   */
  open({unit}: Pick<Standing, 'unit'>, located: readonly Located[]): readonly Located[] {
    return changeable(
      tell(unit.files, located, this.#options).kept,
      this.#untouchable,
      this.#options,
    )
  }

  /**
   * What the rules say after steps: asked are those that have something left to mend, and those
   * that may have something by now.
   */
  askedAgain(
    taken: {
      readonly operations: readonly Operation[]
      readonly unit: Unit
      readonly standing: Standing
    },
    before: Standing,
    left: (ruleId: string) => boolean | undefined,
    effort: Effort,
  ): readonly Located[] {
    const isAffected = affectedBy(taken, before.unit)
    // What they write beside hardening may change any rule's mind.
    const isShown = taken.standing.unit.evidence !== before.unit.evidence
    const rules = this.#options.rules.filter(
      ({rule}) =>
        isShown || (left(rule.id) ?? (rule.directives.some(isHardening) && isAffected(rule))),
    )
    effort.add(taken.standing.unit, (looking * rules.length) / this.#options.rules.length)
    return this.ask(taken.standing.unit, rules).located
  }

  /**
   * The marks of a unit whose lines of some directives are others than those of one with these
   * marks.
   */
  marksAfter(unit: LoadedUnit, before: Marks, directives: ReadonlySet<string>): Marks {
    return marksAfter(unit, before, directives, this.#how)
  }

  /**
   * The exposure of a unit as all of it is read; undefined where systemd does not take it, though
   * it takes another.
   */
  scoreBehind(unit: Unit, before: Unit): Score | undefined {
    return isRefused(unit, before, suited(this.#options)) ? undefined : scoreOf(unit, this.#how)
  }

  ruleOf(id: string): Rule | undefined {
    return this.#options.rules.find(({rule}) => rule.id === id)?.rule
  }

  /**
   * Weaker ways to do what a step does, the strongest first: other fixes of its rule, and the
   * values between what is in force and its own.
   */
  weaker(now: Standing, step: Step): Step[] {
    const key = keyOf(step)
    const proposed = key === undefined ? undefined : valueOf(step, key)
    const values =
      key === undefined || proposed === undefined ? [] : this.#valuesBelow(key, proposed)
    const others = step.located.fixes
      .filter((fix) => fix !== step.fix)
      .map((fix) => this.#stepOf(now, step, fix))
    const known = new Set<string>()
    return [...others, ...values.map((value) => this.withValue(now, step, value))]
      .flatMap((one) => one ?? [])
      .filter(({applicability}) => applicability === 'safe' || step.applicability === 'unsafe')
      .filter(({score}) => score.exact >= step.score.exact && score.exact <= now.score.exact)
      .filter(({fix: {title}}) => title !== step.fix.title && !known.has(title) && known.add(title))
      .toSorted((one, other) => one.score.exact - other.score.exact)
  }

  /**
   * The step with another value of the directive that it is about; undefined where systemd does not
   * take it, or it is known to break the service.
   */
  withValue(now: Standing, step: Step, value: string): Step | undefined {
    const key = keyOf(step)
    if (key === undefined || !isValid(now.unit, 'Service', key, value)) return undefined
    const [fix] = readyFixes(
      now.unit,
      {title: `Set \`${key}=${value}\``, changes: [set('Service', key, value)]},
      this.facade,
    )
    return fix && this.#stepOf(now, step, fix)
  }

  /**
   * The unit with a step written, which is no evidence of what it needs; `left` where all goes to a
   * drop-in and this cannot.
   */
  after(now: Standing, step: Step): Standing | {readonly left: string} {
    const {unit} = now
    const {into} = this.#options
    const file = into === undefined ? undefined : unit.files.find(({path}) => path === into)
    if (!file) return this.#standing(texts(step.fix.operations), now, step)
    const located = {...step.located, fixes: [step.fix]}
    const written = dropInPass(
      unit,
      [located],
      step.fix.applicability === 'safe' ? 'safe' : 'unsafe',
      {
        into: file,
        targets: suited(this.#options),
        facade: this.facade,
        read: (files) => this.#read(files, unit),
        ask: () => [],
        notes: this.#options.notes,
      },
    )
    const reason = written.left.get(located)
    return reason === undefined && written.texts.size > 0
      ? this.#standing(written.texts, now, step)
      : {left: reason ?? 'it cannot be written there'}
  }

  /** What a step denies that more than a few services of the kind need. */
  denied({unit}: Standing, {fix: {operations}}: Step): readonly AccessId[] {
    const denied = deniedAnew(unit, operations, () =>
      this.facade(amended(unit, operations), unit.evidence),
    )
    return denied.filter((id) => !isRare(id, unit.needs.population))
  }

  /** A unit with other texts of its files, such as with a comment. */
  written(
    unit: Unit,
    changed: ReadonlyMap<SourceFile, string>,
    taken: readonly Pick<Step, 'located' | 'fix'>[] = [],
  ): Unit {
    const evidence = evidenceWith(
      unit,
      taken.map(({located, fix}) => ({proposal: located, fix})),
    )
    return this.#read(
      unit.files.map((file) => reparsed(file, changed.get(file))),
      {evidence},
    )
  }

  #standing(changed: ReadonlyMap<SourceFile, string>, now: Standing, step: Step): Standing {
    const unit = this.written(now.unit, changed, [step])
    return {
      unit,
      score: scoreOf(unit, this.#how) ?? now.score,
      hangsOnUnsafe: now.hangsOnUnsafe || step.applicability === 'unsafe',
    }
  }

  #read(files: readonly SourceFile[], {evidence}: Pick<Unit, 'evidence'>): Unit {
    return this.facade(load(files, this.#context), evidence)
  }

  #scoreWith(unit: Unit, {operations}: ReadyFix): Score | undefined {
    const fixed = this.facade(amended(unit, operations), unit.evidence)
    return this.scoreBehind(fixed, unit)
  }

  #stepOf({unit, hangsOnUnsafe}: Standing, {located}: Step, fix: ReadyFix): Step | undefined {
    if (fix.applicability === 'suggestion') return undefined
    const score = this.#scoreWith(unit, fix)
    return (
      score && {located, fix, score, applicability: hangsOnUnsafe ? 'unsafe' : fix.applicability}
    )
  }

  #valuesBelow(key: string, value: string): readonly string[] {
    const {version} = this.#context.target
    const level = strictnessOf(key, value, version)
    if (level > 0)
      return strictness(key, version)
        .slice(1, level)
        .flatMap((words) => words.slice(0, 1))
    const row = rowOf(key)
    return row && row.holds !== 'word'
      ? row.samples.filter((sample) => sample !== value && sample !== '')
      : []
  }
}

const nobody: ReadonlySet<string> = new Set()

/** To ask all rules is like trying so many fixes. */
const looking = 20

/** The place of a finding in its file as it is. */
export function placeOfFinding({file, line}: Located): PlanPlace {
  return {path: file.path, line}
}

/** The directive of `[Service]` that a step is about, where it is about one. */
function keyOf({located: {directives}}: Step): string | undefined {
  return directives.length === 1 ? directives[0] : undefined
}

/** The value that a step gives a directive. */
function valueOf({fix}: Step, key: string): string | undefined {
  for (const operation of fix.operations) {
    if (operation.kind === 'insert') {
      const line = operation.lines.findLast(([its]) => its === key)
      if (line) return line[1]
    }
    if (operation.kind === 'rewrite' && operation.entry.key === key) return operation.values.at(-1)
  }
  return undefined
}

function reparsed(file: SourceFile, text: string | undefined): SourceFile {
  return text === undefined ? file : {...file, tree: parse(text)}
}
