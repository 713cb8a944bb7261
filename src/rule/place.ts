import {valueSpan} from '../syntax/place.ts'
import type {Span} from '../syntax/tree.ts'
import type {Assignment, SourceFile} from '../unit/unit.ts'

/** The place that a problem is at: of an assignment, all of its key and value. */
export function placeOf(at: Assignment | Place): Place {
  if ('span' in at) return at
  const {keySpan, valueSpan} = at.directive
  return {file: at.file, span: {start: keySpan.start, end: Math.max(keySpan.end, valueSpan.end)}}
}

/** The place of a part of an assignment's value, by its offsets in that. */
export function partOf({file, directive}: Assignment, {start, end}: Span): Place {
  return {file, span: valueSpan(directive, start, end)}
}

/** A place in one file of a unit. */
export interface Place {
  readonly file: SourceFile
  readonly span: Span
}
