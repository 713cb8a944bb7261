import {isConcerned} from './on.ts'
import {placeholdersIn} from './define.ts'
import {clipped, FaultAt} from './thrown.ts'
import type {Problem, Rule} from './rule.ts'
import type {Place} from './place.ts'
import {soundFixes} from './sound-fixes.ts'
import {isObject, longestText, soundPlace, soundWords} from './sound-place.ts'
import type {Unit} from './unit.ts'

/**
 * How many problems a rule may find beside one for each character of the unit; more is a rule that
 * does not end.
 */
const moreProblems = 1000

/** A problem that is what its type says. */
export type SoundProblem = Problem & {
  readonly at: Place
  readonly unlessTold?: readonly Place[]
}

/**
 * The problems that a rule finds in a unit that it is about, each read once and held to its type: a
 * rule may be anybody's, and of JavaScript.
 *
 * Throws with the reason for what is no problem: a place outside of its file, a change that no unit
 * can be given, more than can be meant.
 */
export function soundProblems<Options>(
  rule: Rule<Options>,
  unit: Unit,
  options: Options,
): SoundProblem[] {
  if (rule.on && !isConcerned(rule.on, unit)) return []
  const found: unknown = rule.check(unit, options)
  if (
    !isObject(found) ||
    typeof (found as Partial<Iterable<unknown>>)[Symbol.iterator] !== 'function'
  ) {
    // What rejects later than it is asked for should not be told of twice.
    if (found instanceof Promise) found.catch(() => undefined)
    throw new Error(`Expected problems, found ${kindOf(found)}`)
  }
  const problems: SoundProblem[] = []
  // As just tested.
  for (const problem of found as Iterable<unknown>) {
    if (problems.length >= moreProblems) refuseMore(problems.length, unit)
    problems.push(soundProblem(problem, unit, rule.messages))
  }
  return problems
}

/** Throws where there are as many problems already as there may be. */
function refuseMore(count: number, {files}: Unit): void {
  const most = files.reduce((sum, {tree}) => sum + tree.text.length, moreProblems)
  if (count >= most)
    throw new Error(`Unexpected number of problems, expected at most ${most} in this unit`)
}

function kindOf(found: unknown): string {
  if (found instanceof Promise) return 'a promise'
  const isAsync = isObject(found) && Symbol.asyncIterator in found
  return isAsync ? 'an async generator' : typeof found
}

function soundProblem(given: unknown, unit: Unit, messages: Rule['messages']): SoundProblem {
  if (!isObject(given)) throw new Error(`Unexpected ${typeof given}, expected a problem`)
  // Each part is looked at before it is used.
  const problem = given as UnknownProblem
  const place = soundPlace(problem.at, unit)
  try {
    return soundParts(problem, place, unit, messages)
  } catch (error) {
    throw new FaultAt(place, error)
  }
}

type UnknownProblem = Partial<Record<keyof Problem, unknown>>

function soundParts(
  problem: UnknownProblem,
  at: Place,
  unit: Unit,
  messages: Rule['messages'],
): SoundProblem {
  const {message, data, fix, note, atMost, unlessTold, isRefusal} = problem
  const words = typeof message === 'string' ? messages[message] : undefined
  if (typeof words !== 'string')
    throw new Error(
      `Unexpected message \`${clipped(String(message), longestText)}\`, expected the id of one of the rule`,
    )
  return {
    message,
    at,
    data: soundData(isObject(data) ? data : {}, words),
    // `condition && fix` is how one leaves it out in JavaScript.
    fix: fix ? soundFixes(fix, unit) : undefined,
    note: soundNote(note),
    atMost: atMost === 'warn' || atMost === 'info' ? atMost : undefined,
    unlessTold: unlessTold === undefined ? undefined : soundPlaces(unlessTold, unit),
    isRefusal: isRefusal === true ? isRefusal : undefined,
  } as SoundProblem // The message tells which data it needs, and words are made of what there is.
}

function soundPlaces(given: unknown, unit: Unit): readonly Place[] {
  if (!Array.isArray(given)) throw new Error('Expected a list of places `unlessTold`')
  return given.slice(0, mostPlaces).map((place: unknown) => soundPlace(place, unit))
}

/** One mistake shows in a few places. */
const mostPlaces = 100

function soundNote(note: unknown): string | undefined {
  if (note !== undefined && typeof note !== 'string')
    throw new Error(`Unexpected ${typeof note}, expected the \`note\` of a problem`)
  return note === undefined ? undefined : clipped(note, longestText)
}

/** What fills a message: all of its placeholders, as `tsc` would have it. */
function soundData(data: object, words: string): Record<string, string | number> {
  for (const name of placeholdersIn(words))
    if (!Object.hasOwn(data, name))
      throw new Error(`Expected \`data\` for \`{${name}}\` of the message`)
  return soundWords(data)
}
