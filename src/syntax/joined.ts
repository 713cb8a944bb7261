import {byteLength, endsInBackslash, isTooLong, longLineMax} from './text.ts'
import type {Piece} from './tree.ts'

/** A comment that stands among the lines of a logical one. */
export interface InnerComment {
  /** Of what follows the marker. */
  readonly from: number
  readonly start: number
  readonly end: number
  readonly next: number
}

/** A logical line that goes on over several lines of the file. */
export interface JoinedLine {
  readonly start: number
  /** The lines joined: a backslash that continues is the space that it stands for. */
  text: string
  readonly pieces: Piece[]
  readonly comments: InnerComment[]
  bytes: number
  isTooLong: boolean
  /** The text so far ends in an unescaped backslash. */
  isContinued: boolean
  /** The file ended while the line was still being continued. */
  isUnfinished: boolean
}

/** A logical line with nothing in it yet. */
export function joinedLine(start: number): JoinedLine {
  return {
    start,
    text: '',
    pieces: [],
    comments: [],
    bytes: 0,
    isTooLong: false,
    isContinued: false,
    isUnfinished: false,
  }
}

/**
 * Add a line of the file, whose text starts at `from`: behind `start` where a byte order mark was
 * taken off.
 */
export function addPiece(
  joined: JoinedLine,
  text: string,
  start: number,
  from: number,
  end: number,
): void {
  const isContinued = endsInBackslash(text, from, end)
  joined.pieces.push({at: joined.text.length, offset: from, length: end - from})
  joined.bytes += byteLength(text, from, end)
  joined.isTooLong = isTooLong(text, start, end) || joined.bytes > longLineMax
  joined.isContinued = isContinued
  joined.text += isContinued ? `${text.slice(from, end - 1)} ` : text.slice(from, end)
}

/** The pieces of a run of joined text. */
export function piecesOf(pieces: readonly Piece[], start: number, end: number): Piece[] {
  const kept: Piece[] = []
  for (const {at, offset, length} of pieces) {
    const from = Math.max(at, start)
    const to = Math.min(at + length, end)
    if (to > from) kept.push({at: from - start, offset: offset + from - at, length: to - from})
  }
  return kept
}
