import {countFirst} from './ordered.ts'
import type {Directive, Piece, Point, Position, Span, UnitTree} from './tree.ts'

/** The line and column, both from 1, of an offset, given the offsets at which lines start. */
export function pointAt(lineStarts: readonly number[], offset: number): Point {
  const line = countFirst(lineStarts, (start) => start <= offset)
  return {line, column: offset - (lineStarts[line - 1] ?? 0) + 1, offset}
}

/** The position of a span of a tree's text. */
export function positionOf(tree: UnitTree, {start, end}: Span): Position {
  return {start: pointAt(tree.lineStarts, start), end: pointAt(tree.lineStarts, end)}
}

/** The span of a position. */
export function offsetsOf({start, end}: Position): Span {
  return {start: start.offset, end: end.offset}
}

/** The place in the file of a run of a directive's logical value. */
export function valueSpan(directive: Directive, from: number, to: number): Span {
  const pieces = directive.pieces ?? [
    {at: 0, offset: directive.valueSpan.start, length: directive.value.length},
  ]
  return spanOf(pieces, from, to)
}

/** The place in the file of a run of logical text that is put together from pieces. */
export function spanOf(pieces: readonly Piece[], from: number, to: number): Span {
  return {
    start: offsetOf(pieces, from),
    end: to > from ? offsetOf(pieces, to - 1) + 1 : offsetOf(pieces, from),
  }
}

/** The place in a directive's logical value of an offset in the file. */
export function valueOffset({pieces = [], valueSpan: {start}}: Directive, offset: number): number {
  const piece = pieces[countFirst(pieces, (its) => its.offset <= offset) - 1]
  return piece ? piece.at + offset - piece.offset : offset - start
}

/**
 * The offset in the file of one in logical text that is put together from pieces; 0 for no pieces.
 */
function offsetOf(pieces: readonly Piece[], at: number): number {
  const piece = pieces[countFirst(pieces, (its) => its.at <= at) - 1]
  return piece ? piece.offset + at - piece.at : 0
}
