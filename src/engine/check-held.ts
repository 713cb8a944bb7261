import {isHardening} from '../facts/hardening.ts'
import {target} from '../facts/targets.ts'
import type {Target} from '../facts/targets.ts'
import type {Rule} from '../rule/rule.ts'
import type {Unit} from '../rule/unit.ts'
import {itself, readBy} from '../unit/load.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {verdict} from '../unit/verdict.ts'
import {suggested} from './by-target.ts'
import {check} from './check.ts'
import type {Checked, Located} from './check.ts'
import type {ActiveRule, LintOptions} from './options.ts'
import type {Facade} from './proposal.ts'

/** Asks some rules about a unit. */
export type Asker = (unit: Unit, rules: readonly ActiveRule[]) => Checked

/**
 * Asks rules by a systemd, the one that the units are read for; where `upTo` says that they may meet later ones, at full severity only
 * what the newest bears out, be it that it refuses what the oldest takes and misunderstands. What some of them alone hold against a unit is
 * information with the versions, and no fix acts on it.
 *
 * The newest is asked by rules that found something, and, where it reads the lines otherwise, by those that tell what is made of lines.
 * What asks for a directive that hardens goes by the oldest, as does what fixes write.
 */
export function askerFor(options: LintOptions, facadeOf: (by: Target) => Facade): Asker {
  return (unit, rules) => {
    const checked = check(unit, rules, options, facadeOf(unit.target))
    const {upTo} = options
    if (!upTo) return checked
    const found = new Set(checked.located.map(({ruleId}) => ruleId))
    const isOtherwise = !readsAlike(unit, readBy(itself(unit), upTo))
    const asked = rules.filter(({rule, severity}) => severity > 0 && (found.has(rule.id) ? !asksForOne(rule) : isOtherwise && tellsOfLines(rule)))
    if (asked.length === 0) return checked
    const by = (other: Target): readonly Located[] => {
      const facade = facadeOf(other)
      return check(facade(readBy(itself(unit), other), unit.evidence), asked, {...options, fix: undefined}, facade).located
    }
    const newest = by(upTo)
    // Each is asked once, whatever is found.
    const placesBy = new Map([[upTo.version, placesOf(newest)]])
    const isFoundBy = (version: number, one: Located): boolean => {
      const places = placesBy.get(version) ?? placesOf(by(target(String(version)) ?? upTo))
      placesBy.set(version, places)
      return places.has(placeOf(one))
    }
    const isAsked = new Set(asked.map(({rule}) => rule.id))
    const before = placesOf(checked.located.filter(({ruleId}) => isAsked.has(ruleId)))
    /** The first systemd that finds it, or finds it no more: it is looked for as if minds changed once. */
    const turn = (one: Located, finds: boolean): number => {
      let [low, high] = [unit.target.version, upTo.version]
      while (high - low > 1) {
        const middle = Math.floor((low + high) / 2)
        if (isFoundBy(middle, one) === finds) high = middle
        else low = middle
      }
      return high
    }
    const came = newest.filter((one) => !before.has(placeOf(one)))
    const told = new Set(asked.flatMap(({rule}) => (tellsOfLines(rule) ? [rule.id] : [])))
    const refusing = new Map<string, Located[]>()
    for (const one of came.filter(({ruleId}) => told.has(ruleId))) {
      const its = refusing.get(lineOf(one))
      if (!its) refusing.set(lineOf(one), [one])
      else if (its.length < mostOfLine) its.push(one)
    }
    const reworded = new Set<Located>()
    const held = checked.located.map((one) => {
      if (!isAsked.has(one.ruleId) || isFoundBy(upTo.version, one)) return one
      const refused = told.has(one.ruleId) ? [] : (refusing.get(lineOf(one)) ?? []).filter((other) => isWithin(one, other))
      for (const other of refused) reworded.add(other)
      return refused.length > 0 ? one : informing(one, () => `before systemd ${turn(one, false)}`)
    })
    const later = came.filter((one) => !reworded.has(one)).map((one) => informing(one, () => `since systemd ${turn(one, true)}`))
    return {...checked, located: [...held, ...later]}
  }
}

/** Nobody reads of more in one line. */
const mostOfLine = 16

function lineOf({file, line}: Located): string {
  return `${line} ${file.path}`
}

/** Whether a finding lies within what another is about: a systemd that refuses the words says the same with a reason of its own. */
function isWithin(one: Located, other: Located): boolean {
  const [{start, end}, outer] = [one.finding().position, other.finding().position]
  return (start.offset ?? 0) >= (outer.start.offset ?? 0) && (end.offset ?? 0) <= (outer.end.offset ?? 0)
}

/** Whether a rule asks for a directive that hardens. */
function asksForOne({directives}: Rule): boolean {
  return directives.length === 1 && directives.every(isHardening)
}

/** Whether a rule is about what systemd makes of lines, or of the unit as a whole. */
function tellsOfLines({on}: Rule): boolean {
  return on?.complaints !== undefined || on?.refused === true
}

/** Whether one systemd complains of the same as another: other words for it are no other complaint. */
function readsAlike(unit: LoadedUnit, other: LoadedUnit): boolean {
  const [one, another] = [verdict(unit), verdict(other)]
  if ((one.refusal === undefined) !== (another.refusal === undefined) || one.complaints.length !== another.complaints.length) return false
  return one.complaints.every(({kind, file, span, silent}, index) => {
    const its = another.complaints[index]
    return its?.kind === kind && its.file === file && its.span.start === span.start && its.span.end === span.end && its.silent === silent
  })
}

function placesOf(located: readonly Located[]): ReadonlySet<string> {
  return new Set(located.map(placeOf))
}

/** What a finding is of which rule: one systemd complains of a word, and another of all from there on. */
function placeOf({file, finding}: Located): string {
  const {ruleId, position} = finding()
  return `${file.path}\n${position.start.offset}\n${ruleId}`
}

/** A finding as information, with the versions in its message that it holds for, unless it names them. */
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
