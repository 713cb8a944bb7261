import type {Directive, Point, Position, Span, UnitTree} from './tree.ts'

/** The line and column, both from 1, of an offset, given the offsets at which lines start. */
export function pointAt(lineStarts: readonly number[], offset: number): Point {
  let low = 0
  let high = lineStarts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((lineStarts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return {line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1, offset}
}

/** The position of a span of a tree's text. */
export function positionOf(tree: UnitTree, {start, end}: Span): Position {
  return {start: pointAt(tree.lineStarts, start), end: pointAt(tree.lineStarts, end)}
}

/** The place in the file of a run of a directive's logical value. */
export function valueSpan(directive: Directive, from: number, to: number): Span {
  const pieces = directive.pieces ?? [{at: 0, offset: directive.valueSpan.start, length: directive.value.length}]
  return {start: offsetOf(pieces, from), end: to > from ? offsetOf(pieces, to - 1) + 1 : offsetOf(pieces, from)}
}

function offsetOf(pieces: ReadonlyArray<{at: number; offset: number}>, at: number): number {
  const piece = pieces.findLast((candidate) => candidate.at <= at) ?? pieces[0]
  return piece ? piece.offset + at - piece.at : 0
}
