import type {Position, Range} from 'vscode-languageserver'
import {countFirst} from '../syntax/ordered.ts'
import type {Span} from '../syntax/tree.ts'

/**
 * How a client counts characters of a line (LSP, "Position Encoding Kind"); those that it would
 * rather not leave to others first.
 */
export const encodings = ['utf-8', 'utf-16', 'utf-32'] as const
export type Encoding = (typeof encodings)[number]

/** Between offsets of a text and the positions that a client knows. */
export interface Positions {
  /** The offset of a position; one outside of the text is taken for the nearest in it. */
  offsetAt(position: Position): number
  positionAt(offset: number): Position
  rangeOf(span: Span): Range
  /** Offsets of a line, its end left out. */
  lineSpan(line: number): Span
  /** The line that an offset is in, from 0. */
  lineAt(offset: number): number
}

/**
 * The places of a text. Lines end as clients see them, with `\n`, `\r\n` or `\r`, which is not
 * always as systemd does.
 */
export function positionsIn(text: string, encoding: Encoding): Positions {
  const starts = lineStarts(text)
  const lineAt = (offset: number): number => countFirst(starts, (start) => start <= offset) - 1
  const lineSpan = (line: number): Span => {
    const start = starts[line] ?? text.length
    let end = starts[line + 1] ?? text.length
    while (end > start && isLineEnd(text.charCodeAt(end - 1))) end--
    return {start, end}
  }
  const positionAt = (offset: number): Position => {
    const within = Math.min(Math.max(0, offset), text.length)
    const line = lineAt(within)
    const {start, end} = lineSpan(line)
    return {line, character: lengthIn(text, start, Math.min(within, end), encoding)}
  }
  return {
    lineAt,
    lineSpan,
    positionAt,
    offsetAt({line, character}) {
      if (!(line >= 0)) return 0
      if (line >= starts.length) return text.length
      const {start, end} = lineSpan(Math.floor(line))
      return character > 0 ? offsetIn(text, {start, end}, character, encoding) : start
    },
    rangeOf: ({start, end}) => ({start: positionAt(start), end: positionAt(end)}),
  }
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === 13 && text.charCodeAt(index + 1) === 10) continue
    if (code === 10 || code === 13) starts.push(index + 1)
  }
  return starts
}

function isLineEnd(code: number): boolean {
  return code === 10 || code === 13
}

function lengthIn(text: string, start: number, end: number, encoding: Encoding): number {
  if (encoding === 'utf-16') return end - start
  let length = 0
  for (let index = start; index < end;) {
    const point = text.codePointAt(index) ?? 0
    length += encoding === 'utf-8' ? bytesOf(point) : 1
    index += point > 0xffff ? 2 : 1
  }
  return length
}

function offsetIn(text: string, {start, end}: Span, character: number, encoding: Encoding): number {
  if (encoding === 'utf-16') return Math.min(start + Math.floor(character), end)
  let left = character
  let index = start
  while (index < end) {
    const point = text.codePointAt(index) ?? 0
    left -= encoding === 'utf-8' ? bytesOf(point) : 1
    // The middle of a character is its start.
    if (left < 0) break
    index += point > 0xffff ? 2 : 1
  }
  return Math.min(index, end)
}

/** How many bytes a character is in UTF-8; a lone surrogate is sent as the three of U+FFFD. */
function bytesOf(point: number): number {
  if (point < 0x80) return 1
  if (point < 0x800) return 2
  return point > 0xffff ? 4 : 3
}
