import type {LoadedUnit} from '../unit/load.ts'
import {withLead} from '../rule/apply.ts'
import {addLines} from '../rule/edits.ts'
import {unitFor} from '../rule/unit.ts'
import {applyEdits} from '../syntax/edit.ts'
import type {Edit} from '../syntax/edit.ts'
import type {UnitTree} from '../syntax/tree.ts'

/** The name of the drop-in that fixes are put in: behind what packages ship, before what people write. */
export const dropInName = '50-unitlint.conf'

/** Stands at the top of a drop-in that was not there before. */
const opening = '# Written by `unitlint --fix-to dropin`. Removing this file undoes it all.\n'

/** Values to assign to a directive in a drop-in. */
export interface AddedValues {
  readonly values: readonly string[]
  /** Above the first line of that directive; else below the last. */
  readonly isAbove?: true
}

/** The text of a drop-in, loaded alone, with values of a directive added. What is there stays as it is. */
export function withValues(dropIn: LoadedUnit, section: string, key: string, {values, isAbove}: AddedValues): string {
  const tree = dropIn.files[0]?.tree
  if (!tree) return ''
  const above = isAbove && linesAbove(dropIn, tree, section, key, values)
  if (above) return applyEdits(tree.text, [above])
  const below = addLines(
    unitFor(dropIn, {permitted: 'safe'}),
    section,
    values.map((value) => [key, value]),
  )
  if (below) return applyEdits(tree.text, below.map(withLead))
  const lines = [`[${section}]`, ...values.map((value) => `${key}=${value}`)]
  return headOf(tree) + lines.map((line) => line + tree.lineEnd).join('')
}

/** Lines like the first of a directive, above it and its comments. */
function linesAbove(dropIn: LoadedUnit, tree: UnitTree, section: string, key: string, values: readonly string[]): Edit | undefined {
  const directive = dropIn.assignments(section, key)[0]?.directive
  const home = tree.children.find((child) => child.type === 'section' && directive !== undefined && child.children.includes(directive))
  if (!directive || home?.type !== 'section') return undefined
  const before = home.children.slice(0, home.children.indexOf(directive))
  const comments = before.slice(before.findLastIndex(({type}) => type !== 'comment') + 1)
  const start = ([...comments, directive][0] ?? directive).position.start.offset ?? 0
  const {keySpan, valueSpan, position} = directive
  const [indent, equals] = [tree.text.slice(position.start.offset, keySpan.start), tree.text.slice(keySpan.end, valueSpan.start)]
  // A line that goes on in the next one, or a byte order mark, is no model.
  const [left, middle] = /^[ \t]*$/.test(indent) && /^[ \t]*=[ \t]*$/.test(equals) ? [indent, equals] : ['', '=']
  const lines = values.map((value) => `${left}${key}${value === '' ? middle.trimEnd() : middle}${value}${tree.lineEnd}`)
  return {range: [start, start], text: lines.join('')}
}

/** What stands before a new section: the text with its last line ended, and an empty line. */
function headOf({text, lineEnd}: UnitTree): string {
  if (text === '') return opening
  return text + lineEnd.repeat(/[\n\r\0]$/.test(text) ? 1 : 2)
}
