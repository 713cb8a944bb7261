import {target, within} from '../facts/targets.ts'
import type {Target} from '../facts/targets.ts'
import type {Rule} from '../rule/rule.ts'
import type {Unit} from '../rule/unit.ts'
import {itself, readBy} from '../unit/load.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {verdict} from '../unit/verdict.ts'
import {asksToHarden} from './asks-to-harden.ts'
import {suggested} from './by-target.ts'
import {check} from './check.ts'
import type {Checked, Located} from './check.ts'
import type {ActiveRule, LintOptions} from './options.ts'
import type {Facade} from './proposal.ts'

/** Asks some rules about a unit. */
export type Asker = (unit: Unit, rules: readonly ActiveRule[]) => Checked

/**
 * Asks rules by a systemd, the one that the units are read for; where `upTo` says that they may
 * meet later ones, at full severity only what the newest bears out, be it that it refuses what the
 * oldest takes and misunderstands. What some of them alone hold against a unit is information with
 * the versions, and no fix acts on it.
 *
 * The newest is asked by rules that found something, and, where it reads the lines otherwise, by
 * those that tell what is made of lines. What asks for a directive that hardens goes by the oldest,
 * as does what fixes write.
 */
export function askerFor(options: LintOptions, facadeOf: (by: Target) => Facade): Asker {
  return (unit, rules) => {
    const checked = check(unit, rules, options, facadeOf(unit.target))
    const {upTo} = options
    if (!upTo) return checked
    const asked = doubted(unit, rules, checked, upTo)
    if (asked.length === 0) return checked
    return held(checked, asked, new Versions(unit, asked, {options, facadeOf, upTo}))
  }
}

/** The rules that the newest systemd is to be asked by. */
function doubted(
  unit: Unit,
  rules: readonly ActiveRule[],
  {located}: Checked,
  upTo: Target,
): readonly ActiveRule[] {
  const found = new Set(located.map(({ruleId}) => ruleId))
  const counting = rules.filter(({severity}) => severity > 0)
  // Most units have nothing that another systemd reads otherwise, and where no rule would tell of
  // it that is not worked out.
  const isOtherwise =
    counting.some(({rule}) => !found.has(rule.id) && tellsOfLines(rule)) &&
    !readsAlike(unit, readBy(itself(unit), upTo))
  return counting.filter(({rule}) =>
    found.has(rule.id) ? !asksToHarden(rule) : isOtherwise && tellsOfLines(rule),
  )
}

/** What rules find by which systemd: each is asked once, whatever is found. */
class Versions {
  readonly newest: Checked
  readonly #places: Map<number, ReadonlySet<string>>
  readonly #ask: (by: Target) => Checked
  readonly #first: number
  readonly #last: number
  readonly #environments: NonNullable<Target['environments']>

  constructor(
    unit: Unit,
    rules: readonly ActiveRule[],
    {
      options,
      facadeOf,
      upTo,
    }: {options: LintOptions; facadeOf: (by: Target) => Facade; upTo: Target},
  ) {
    this.#ask = (by) => {
      const facade = facadeOf(by)
      return check(
        facade(readBy(itself(unit), by), unit.evidence),
        rules,
        {...options, fix: undefined},
        facade,
      )
    }
    this.newest = this.#ask(upTo)
    this.#first = unit.target.version
    this.#last = upTo.version
    this.#environments = upTo.environments ?? []
    this.#places = new Map([[upTo.version, placesOf(this.newest.located)]])
  }

  /** Whether the newest finds it too. */
  isHeld(one: Located): boolean {
    return this.#isFoundBy(this.#last, one)
  }

  /**
   * The first systemd that finds it, or finds it no more: it is looked for as if minds changed
   * once.
   */
  turn(one: Located, finds: boolean): number {
    let [low, high] = [this.#first, this.#last]
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2)
      if (this.#isFoundBy(middle, one) === finds) high = middle
      else low = middle
    }
    return high
  }

  /** That version where the newest runs. */
  #at(version: number): Target | undefined {
    const by = target(String(version))
    return by && within(by, this.#environments)
  }

  #isFoundBy(version: number, one: Located): boolean {
    const by = this.#at(version)
    const places = this.#places.get(version) ?? placesOf(by ? this.#ask(by).located : [])
    this.#places.set(version, places)
    return places.has(placeOf(one))
  }
}

/**
 * The findings of the oldest with those of the newest: what both have as it is, be it that what the
 * one warns of the other drops, in whose words it is told then; all else as information.
 */
function held(
  {located, crashes, isCut}: Checked,
  asked: readonly ActiveRule[],
  versions: Versions,
): Checked {
  const isAsked = new Set(asked.map(({rule}) => rule.id))
  const ofLines = new Set(asked.flatMap(({rule}) => (tellsOfLines(rule) ? [rule.id] : [])))
  const ofComplaints = new Set(asked.flatMap(({rule}) => (rule.on?.complaints ? [rule.id] : [])))
  const before = placesOf(located)
  const came = versions.newest.located.filter((one) => !before.has(placeOf(one)))
  const refusing = byLine(came.filter(({ruleId}) => ofLines.has(ruleId)))
  const reworded = new Set<Located>()
  const kept = located.map((one) => {
    if (!isAsked.has(one.ruleId) || versions.isHeld(one)) return one
    const others = refusing.get(lineOf(one)) ?? []
    const same = ofLines.has(one.ruleId)
      ? others.filter(
          (other) =>
            ofComplaints.has(other.ruleId) &&
            versions.turn(other, true) === versions.turn(one, false),
        )
      : others.filter((other) => isWithin(one, other))
    for (const other of same) reworded.add(other)
    if (same.length === 0)
      return informing(one, () => `before systemd ${versions.turn(one, false)}`)
    const later = same.find(({ruleId}) => ofLines.has(one.ruleId) && ruleId !== one.ruleId)
    return later
      ? {...one, finding: () => ({...one.finding(), message: later.finding().message})}
      : one
  })
  const later = came
    .filter((one) => !reworded.has(one))
    .map((one) => informing(one, () => `since systemd ${versions.turn(one, true)}`))
  const failed = new Set(crashes.map(({ruleId}) => ruleId))
  return {
    located: [...kept, ...later],
    crashes: [...crashes, ...versions.newest.crashes.filter(({ruleId}) => !failed.has(ruleId))],
    isCut,
  }
}

/** Findings by their lines, a few of each. */
function byLine(located: readonly Located[]): ReadonlyMap<string, readonly Located[]> {
  const lines = new Map<string, Located[]>()
  for (const one of located) {
    const its = lines.get(lineOf(one))
    if (!its) lines.set(lineOf(one), [one])
    else if (its.length < mostOfLine) its.push(one)
  }
  return lines
}

/** Nobody reads of more in one line. */
const mostOfLine = 16

function lineOf({file, line}: Located): string {
  return `${line} ${file.path}`
}

/**
 * Whether a finding lies within what another is about: a systemd that refuses the words says the
 * same with a reason of its own.
 */
function isWithin(one: Located, other: Located): boolean {
  const [{start, end}, outer] = [one.finding().position, other.finding().position]
  return start.offset >= outer.start.offset && end.offset <= outer.end.offset
}

/** Whether a rule is about what systemd makes of lines, or of the unit as a whole. */
function tellsOfLines({on}: Rule): boolean {
  return on?.complaints !== undefined || on?.refused === true
}

/**
 * Whether one systemd complains of the same as another: other words for it are no other complaint.
 */
function readsAlike(unit: LoadedUnit, other: LoadedUnit): boolean {
  const [one, another] = [verdict(unit), verdict(other)]
  if (
    (one.refusal === undefined) !== (another.refusal === undefined) ||
    one.complaints.length !== another.complaints.length
  )
    return false
  return one.complaints.every(({kind, file, span, silent}, index) => {
    const its = another.complaints[index]
    return (
      its?.kind === kind &&
      its.file === file &&
      its.span.start === span.start &&
      its.span.end === span.end &&
      its.silent === silent
    )
  })
}

function placesOf(located: readonly Located[]): ReadonlySet<string> {
  return new Set(located.map(placeOf))
}

/**
 * What a finding is of which rule: one systemd complains of a word, and another of all from there
 * on.
 */
function placeOf({file, finding}: Located): string {
  const {ruleId, position} = finding()
  return `${file.path}\n${position.start.offset}\n${ruleId}`
}

/**
 * A finding as information, with the versions in its message that it holds for, unless it names
 * them.
 */
function informing(one: Located, versions: () => string): Located {
  const {finding, ...its} = suggested(one)
  return {
    ...its,
    severity: 0,
    finding: () => {
      const told = finding()
      const words = versions()
      const isTold = told.message.includes(words.slice(words.indexOf('systemd')))
      return {...told, severity: 0, message: isTold ? told.message : `${told.message} (${words})`}
    },
  }
}
