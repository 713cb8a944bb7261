import type {Place, Problem} from './rule.ts'

/** The place that a problem is at: of an assignment, all of its key and value. */
export function placeOf(at: Problem['at']): Place {
  if ('span' in at) return at
  const {keySpan, valueSpan} = at.directive
  return {file: at.file, span: {start: keySpan.start, end: Math.max(keySpan.end, valueSpan.end)}}
}
