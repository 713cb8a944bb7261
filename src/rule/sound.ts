import type {SourceFile} from '../unit/unit.ts'
import {Taken} from '../syntax/edit.ts'
import type {Span} from '../syntax/tree.ts'
import {placeOf} from './place.ts'
import {short} from './reason.ts'
import type {FileEdit, Fix, Place, Problem, Rule} from './rule.ts'
import type {Unit} from './unit.ts'

/** How many problems a rule may find beside one for each character of the unit; more is a rule that does not end. */
const moreProblems = 1000
/** How many edits a fix may make. */
const mostEdits = 10_000
/** What is written for people, in characters. */
const longestText = 2000
/** What a fix writes, in characters. */
const longestFix = 1_000_000

/** A problem that is what its type says. */
export type SoundProblem = Problem & {readonly at: Place}

/**
 * The problems that a rule finds in a unit, each read once and held to its type: a rule may be anybody's, and of JavaScript.
 *
 * Throws with the reason for what is no problem: a place or an edit outside of its file, edits that overlap, more than can be meant.
 */
export function soundProblems<Options>(rule: Rule<Options>, unit: Unit, options: Options): SoundProblem[] {
  const found: unknown = rule.check(unit, options)
  if (!isObject(found) || typeof (found as Partial<Iterable<unknown>>)[Symbol.iterator] !== 'function') {
    // What rejects later than it is asked for should not be told of twice.
    if (found instanceof Promise) found.catch(() => undefined)
    throw new Error(`Expected problems, found ${found instanceof Promise ? 'a promise' : typeof found}`)
  }
  const problems: SoundProblem[] = []
  const most = unit.files.reduce((sum, {tree}) => sum + tree.text.length, moreProblems)
  // As just tested.
  for (const problem of found as Iterable<unknown>) {
    if (problems.length === most) throw new Error(`Unexpected number of problems, expected at most ${most} in this unit`)
    problems.push(soundProblem(problem, unit))
  }
  return problems
}

function soundProblem(given: unknown, unit: Unit): SoundProblem {
  if (!isObject(given)) throw new Error(`Unexpected ${typeof given}, expected a problem`)
  // Each part is looked at before it is used.
  const {message, data, at, fix, note} = given as Partial<Record<keyof Problem, unknown>>
  if (typeof message !== 'string') throw new Error('Expected a `message`, the id of one of the rule')
  return {
    message: short(message, longestText),
    at: soundPlace(at, unit),
    ...(isObject(data) ? {data: soundData(data)} : {}),
    fix: isObject(fix) ? soundFix(fix, unit) : undefined,
    note: soundNote(note),
  } as SoundProblem // The message tells which data it needs, and words are made of what there is.
}

function soundNote(note: unknown): string | undefined {
  if (note !== undefined && typeof note !== 'string') throw new Error(`Unexpected ${typeof note}, expected the \`note\` of a problem`)
  return note === undefined ? undefined : short(note, longestText)
}

function soundData(data: object): Record<string, string | number> {
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, typeof value === 'number' ? value : short(String(value), longestText)]))
}

function soundPlace(at: unknown, unit: Unit): Place {
  // An assignment or a place; the rest is tested below.
  const {file, span} = isObject(at) && ('span' in at || 'directive' in at) ? placeOf(at as Problem['at']) : {}
  if (!file || !span) throw new Error('Expected a place `at` which the problem is')
  const {start, end} = span
  if (!isWithin({start, end}, file, unit)) throw new Error(`Unexpected place from ${start} to ${end}, expected one in a file of the unit`)
  return {file, span: {start, end}}
}

function soundFix(fix: object, unit: Unit): Fix {
  // Each part is looked at before it is used.
  const {title, applicability, edits} = fix as Partial<Fix>
  if (applicability !== 'safe' && applicability !== 'unsafe' && applicability !== 'suggestion')
    throw new Error('Unexpected `applicability` of a fix, expected `safe`, `unsafe` or `suggestion`')
  if (!Array.isArray(edits)) throw new Error('Expected an array of `edits`')
  if (edits.length > mostEdits) throw new Error(`Unexpected number of edits, expected at most ${mostEdits} in a fix`)
  const sound = edits.map((edit: unknown) => soundEdit(edit, unit))
  const taken = new Map<SourceFile, Taken>()
  for (const edit of sound) {
    const its = taken.get(edit.file) ?? new Taken()
    if (its.conflicts(edit)) throw new Error(`Unexpected edit from ${edit.range[0]} to ${edit.range[1]}, which overlaps another of its fix`)
    its.add(edit)
    taken.set(edit.file, its)
  }
  const length = sound.reduce((sum, {text, lead = ''}) => sum + text.length + lead.length, 0)
  if (length > longestFix) throw new Error(`Unexpected fix of ${length} characters, expected at most ${longestFix}`)
  return {title: short(String(title), longestText), applicability, edits: sound}
}

function soundEdit(given: unknown, unit: Unit): FileEdit {
  if (!isObject(given)) throw new Error(`Unexpected ${typeof given}, expected an edit`)
  // Each part is looked at before it is used.
  const {file, range, text, lead} = given as Partial<FileEdit>
  if (typeof text !== 'string' || (lead !== undefined && typeof lead !== 'string')) throw new Error('Expected the `text` of an edit')
  if (!file || !Array.isArray(range)) throw new Error('Expected the `file` and `range` of an edit')
  const [start, end] = range as readonly unknown[]
  if (!isWithin({start, end}, file, unit)) throw new Error(`Unexpected edit from ${String(start)} to ${String(end)}, expected one in a file of the unit`)
  return {file, range: [Number(start), Number(end)], text, ...(lead === undefined ? {} : {lead})}
}

function isWithin({start, end}: {start: unknown; end: unknown}, file: SourceFile, {files}: Unit): boolean {
  if (!files.includes(file) || !Number.isInteger(start) || !Number.isInteger(end)) return false
  // Both are whole numbers.
  const span = {start, end} as Span
  return span.start >= 0 && span.start <= span.end && span.end <= file.tree.text.length
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
