import type {ValueFacts} from '../../facts/directives.ts'
import {add} from '../../rule/change.ts'
import {applyEdits} from '../../syntax/edit.ts'
import type {Edit} from '../../syntax/edit.ts'
import {sectionsIn} from '../../syntax/tree.ts'
import type {UnitTree} from '../../syntax/tree.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import type {Counting, MeaningDifference} from '../meaning.ts'
import {operations} from '../operations.ts'
import {edits} from './inline.ts'

/** Values to assign to a directive in a drop-in. */
export interface Assignments {
  readonly values: readonly string[]
  /** Above the first line of that directive; else below the last. */
  readonly isAbove?: true
}

/**
 * What to assign to a directive in a drop-in so that it means what a change in an earlier file
 * makes it mean: ways to try, the shortest first.
 *
 * `at` is the place of the drop-in among the files of the unit. A way may turn out to lead
 * elsewhere, and there may be none.
 */
export function waysTo({facts, before, after}: MeaningDifference, at: number): Assignments[] {
  const reset = resetOf(facts)
  if (!isList(facts)) {
    const last = after.at(-1)?.value ?? reset
    return last === undefined ? [] : [{values: [last]}]
  }
  const upTo = (values: readonly Counting[], last: number): string[] =>
    values.filter((value) => value.at <= last).map(({value}) => value)
  const [had, has] = [upTo(before, at), upTo(after, at)]
  const added = had.every((value, index) => value === has[index]) ? has.slice(had.length) : []
  const ways: Assignments[] = added.length > 0 ? [{values: added}] : []
  if (reset === undefined) return ways
  if (before.some((value) => value.at === at))
    ways.push({values: [reset, ...upTo(after, at - 1)], isAbove: true})
  return [...ways, {values: [reset, ...has]}]
}

/** Whether lines add up, so that a value can only be replaced by taking all back. */
export function isList({repeat}: ValueFacts): boolean {
  return repeat === 'append' || repeat === 'merge'
}

/**
 * The value that takes all back that was assigned before, and nothing else; undefined where there
 * is none.
 */
export function resetOf(facts: ValueFacts): string | undefined {
  if (facts.key === 'CapabilityBoundingSet') return '~'
  return facts.resets && facts.emptyResets === undefined && !credential.test(facts.key)
    ? ''
    : undefined
}

/** Plain and encrypted credentials are in one list: an empty value of either takes back both. */
const credential = /^(?:Load|Set)Credential/

/** Stands at the top of a drop-in that was not there before. */
const opening = '# Written by `unitlint --fix-to dropin`. Removing this file undoes it all.\n'

/**
 * The text of a drop-in, loaded alone, with values of a directive assigned. What is there stays as
 * it is.
 */
export function withAssignments(
  dropIn: LoadedUnit,
  {section, key}: Pick<MeaningDifference, 'section' | 'key'>,
  {values, isAbove}: Assignments,
): string {
  const tree = dropIn.files[0]?.tree
  if (!tree) return ''
  const above = isAbove && linesAbove(dropIn, tree, section, key, values)
  if (above) return applyEdits(tree.text, [above])
  const below = operations(
    dropIn,
    values.map((value) => add(section, key, value)),
  )
  if (below) return applyEdits(tree.text, edits(below))
  const lines = [`[${section}]`, ...values.map((value) => `${key}=${value}`)]
  return headOf(tree) + lines.map((line) => line + tree.lineEnd).join('')
}

/** Lines like the first of a directive, above it and its comments. */
function linesAbove(
  dropIn: LoadedUnit,
  tree: UnitTree,
  section: string,
  key: string,
  values: readonly string[],
): Edit | undefined {
  const directive = dropIn.assignments(section, key)[0]?.directive
  const home = directive && sectionsIn(tree).find(({children}) => children.includes(directive))
  if (!home) return undefined
  const before = home.children.slice(0, home.children.indexOf(directive))
  const comments = before.slice(before.findLastIndex(({type}) => type !== 'comment') + 1)
  const start = ([...comments, directive][0] ?? directive).position.start.offset
  const {keySpan, valueSpan, position} = directive
  const indent = tree.text.slice(position.start.offset, keySpan.start)
  const equals = tree.text.slice(keySpan.end, valueSpan.start)
  // A line that goes on in the next one, or a byte order mark, is no model.
  const isModel = /^[ \t]*$/.test(indent) && /^[ \t]*=[ \t]*$/.test(equals)
  const [left, middle] = isModel ? [indent, equals] : ['', '=']
  const lines = values.map(
    (value) => `${left}${key}${value === '' ? middle.trimEnd() : middle}${value}${tree.lineEnd}`,
  )
  return {range: [start, start], text: lines.join('')}
}

/** What stands before a new section: the text with its last line ended, and an empty line. */
function headOf({text, lineEnd}: UnitTree): string {
  if (text === '') return opening
  return text + lineEnd.repeat(/[\n\r\0]$/.test(text) ? 1 : 2)
}
