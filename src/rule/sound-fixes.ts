import {misspelt} from '../facts/misspelt.ts'
import {nearest} from '../facts/nearest.ts'
import type {Assignment} from '../unit/unit.ts'
import {Value} from '../unit/value.ts'
import type {Change} from './change.ts'
import {clipped} from './thrown.ts'
import type {Fix} from './rule.ts'
import {isObject, longestText, soundPlace, soundWords} from './sound-place.ts'
import type {Unit} from './unit.ts'
import {sectionsIn} from '../syntax/tree.ts'
import {dialectOf} from '../values/dialect.ts'
import {sectionsOf} from './validity.ts'

/** How many changes a fix may make. */
const mostChanges = 10_000
/** What a fix writes, in characters. */
const longestFix = 1_000_000

/**
 * The fixes of a problem, each read once and held to its type; throws with the reason for what is
 * none.
 */
export function soundFixes(given: unknown, unit: Unit): readonly Fix[] {
  const fixes: readonly unknown[] = Array.isArray(given) ? given : [given]
  return fixes.map((fix) => soundFix(fix, unit))
}

function soundFix(given: unknown, unit: Unit): Fix {
  if (!isObject(given)) throw new Error(`Unexpected ${typeof given}, expected a fix`)
  // Each part is looked at before it is used.
  const {title, applicability, changes, data} = given as Partial<Record<keyof Fix, unknown>>
  if (applicability !== undefined && !isApplicability(applicability)) {
    throw new Error(
      'Unexpected `applicability` of a fix, expected `safe`, `unsafe` or `suggestion`',
    )
  }
  if (!Array.isArray(changes)) throw new Error('Expected an array of `changes`')
  if (changes.length > mostChanges) {
    throw new Error(`Unexpected number of changes, expected at most ${mostChanges} in a fix`)
  }
  const sound = changes.map((change: unknown) => soundChange(change, unit))
  refuseOverlaps(sound)
  const length = sound.reduce(
    (sum, change) => sum + textsOf(change).reduce((all, text) => all + text.length, 0),
    0,
  )
  if (length > longestFix)
    throw new Error(`Unexpected fix of ${length} characters, expected at most ${longestFix}`)
  return {
    title: clipped(String(title), longestText),
    changes: sound,
    applicability,
    ...(isObject(data) && {data: soundWords(data)}),
  }
}

function isApplicability(given: unknown): given is Fix['applicability'] {
  return given === 'safe' || given === 'unsafe' || given === 'suggestion'
}

type UnknownFields = Partial<Record<string, unknown>>

function soundChange(given: unknown, unit: Unit): Change {
  if (!isObject(given)) throw new Error(`Unexpected ${typeof given}, expected a change`)
  // Each part is looked at before it is used.
  const parts = given as UnknownFields
  const text = (name: string): string => textOf(parts[name], name)
  const assignment = (): Assignment => assignmentOf(parts['assignment'], unit)
  const line = (moved?: Assignment) =>
    lineOf({section: text('section'), key: text('key'), value: text('value')}, unit, moved)
  switch (parts['kind']) {
    case 'set':
      return {kind: 'set', ...line()}
    case 'add': {
      const {below} = parts
      return {
        kind: 'add',
        ...line(),
        ...(below === undefined ? {} : {below: assignmentOf(below, unit)}),
      }
    }
    case 'remove':
      return {kind: 'remove', assignment: assignment()}
    case 'rewrite': {
      const {values, comment} = parts
      if (!Array.isArray(values) || values.length === 0)
        throw new Error('Expected an array of `values` of a change')
      const lines = values.map((value: unknown) => textOf(value, 'values'))
      const above = comment === undefined ? {} : {comment: text('comment')}
      return {kind: 'rewrite', assignment: assignment(), values: lines, ...above}
    }
    case 'word': {
      const its = assignment()
      return {kind: 'word', assignment: its, span: spanOf(parts['span'], its), text: text('text')}
    }
    case 'rename': {
      const {at} = parts
      const isAssignment = isObject(at) && 'directive' in at
      return {
        kind: 'rename',
        at: isAssignment ? assignmentOf(at, unit) : soundPlace(at, unit),
        name: text('name'),
      }
    }
    case 'move': {
      const its = assignment()
      return {kind: 'move', assignment: its, ...line(its)}
    }
    case 'assign':
      return {kind: 'assign', sign: soundPlace(parts['sign'], unit)}
    default:
      throw new Error(`Unexpected kind of change \`${String(parts['kind'])}\``)
  }
}

/**
 * A line that a change writes; throws where its section or its directive is plainly another one.
 * What nobody knows may be of others, or newer than what is known here; what is moved has its name
 * from its file.
 */
function lineOf<Line extends {section: string; key: string}>(
  line: Line,
  unit: Unit,
  moved?: Assignment,
): Line {
  const {section, key} = line
  refuseSection(section, unit)
  const isKnown =
    key === moved?.key ||
    unit.assignments(section, key).length > 0 ||
    dialectOf(unit.target).row(section, key, unit.target.version)
  const meant = isKnown ? undefined : misspelt(key)
  if (meant === undefined) return line
  throw new Error(`Unexpected directive \`${key}\` of a change, did you mean \`${meant}\`?`)
}

/** Throws for a section that is one of another type of units, or one of these misspelt. */
function refuseSection(name: string, unit: Unit): void {
  const sections = sectionsOf(unit)
  if (sections.includes(name) || name.startsWith('X-') || hasSection(unit, name)) return
  const meant = nearest(name, sections)
  const isOfOthers = Object.values(dialectOf(unit.target).types).flat().includes(name)
  if (meant === undefined && !isOfOthers) return
  const expected =
    meant === undefined
      ? `expected one of \`${sections.join('`, `')}\``
      : `did you mean \`${meant}\`?`
  throw new Error(`Unexpected section \`${name}\` of a change of a ${unit.type}, ${expected}`)
}

function hasSection({files}: Unit, name: string): boolean {
  return files.some(({tree}) => sectionsIn(tree).some((section) => section.name === name))
}

function textOf(given: unknown, name: string): string {
  if (typeof given !== 'string') throw new Error(`Expected the text \`${name}\` of a change`)
  return given
}

/** An assignment of the unit, which a change must be about. */
function assignmentOf(given: unknown, {files}: Unit): Assignment {
  // What counts of a line stands for the line. Each part is looked at before it is used.
  const whole: unknown = given instanceof Value ? given.assignment : given
  const {file, directive, section} = (isObject(whole) ? whole : {}) as Partial<Assignment>
  const isOfUnit =
    file !== undefined &&
    directive !== undefined &&
    files.includes(file) &&
    sectionsIn(file.tree).some(({children}) => children.includes(directive))
  if (!isOfUnit || typeof section !== 'string') {
    throw new Error('Expected a change of an assignment of the unit')
  }
  return {section, key: directive.key, value: directive.value, directive, file}
}

function spanOf(given: unknown, {value}: Assignment): {start: number; end: number} {
  // Each part is looked at before it is used.
  const {start, end} = (isObject(given) ? given : {}) as UnknownFields
  if (
    typeof start !== 'number' ||
    typeof end !== 'number' ||
    !Number.isInteger(start) ||
    !Number.isInteger(end)
  ) {
    throw new Error('Expected the `span` of a change')
  }
  if (start < 0 || start > end || end > value.length) {
    throw new Error(`Unexpected change from ${start} to ${end}, expected one within the value`)
  }
  return {start, end}
}

/** Words of one value that overlap cannot all be replaced. */
function refuseOverlaps(changes: readonly Change[]): void {
  const words = changes.filter((change) => change.kind === 'word')
  if (words.length < 2) return
  const ordered = words.toSorted(
    (one, other) => one.span.start - other.span.start || one.span.end - other.span.end,
  )
  const ends = new Map<unknown, number>()
  for (const {assignment, span} of ordered) {
    if (span.start < (ends.get(assignment.directive) ?? 0)) {
      throw new Error(
        `Unexpected change from ${span.start} to ${span.end}, which overlaps another of its fix`,
      )
    }
    ends.set(assignment.directive, span.end)
  }
}

function textsOf(change: Change): readonly string[] {
  switch (change.kind) {
    case 'set':
    case 'add':
    case 'move':
      return [change.key, change.value]
    case 'rewrite':
      return [...change.values, change.comment ?? '']
    case 'word':
      return [change.text]
    case 'rename':
      return [change.name]
    default:
      return []
  }
}
