import type {SourceFile} from '../unit/unit.ts'
import type {Span} from '../syntax/tree.ts'
import {placeOf} from './place.ts'
import type {Problem} from './rule.ts'
import {clipped} from './thrown.ts'
import type {Place} from './place.ts'
import type {Unit} from './unit.ts'

/** What is written for people, in characters. */
export const longestText = 2000

/** The place of a problem in a file of the unit; throws for any other. */
export function soundPlace(at: unknown, unit: Unit): Place {
  // An assignment or a place; the rest is tested below.
  const {file, span} =
    isObject(at) && ('span' in at || 'directive' in at) ? placeOf(at as Problem['at']) : {}
  if (!file || !span) throw new Error('Expected a place `at` which the problem is')
  const {start, end} = span
  if (!isWithin({start, end}, file, unit))
    throw new Error(`Unexpected place from ${start} to ${end}, expected one in a file of the unit`)
  return {file, span: {start, end}}
}

function isWithin(
  {start, end}: {start: unknown; end: unknown},
  file: SourceFile,
  {files}: Unit,
): boolean {
  if (!files.includes(file) || !Number.isInteger(start) || !Number.isInteger(end)) return false
  // Both are whole numbers.
  const span = {start, end} as Span
  return span.start >= 0 && span.start <= span.end && span.end <= file.tree.text.length
}

/** What fills messages, as far as people read. */
export function soundWords(data: object): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      typeof value === 'number' ? value : clipped(String(value), longestText),
    ]),
  )
}

/** Whether something has parts. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
