import type {Blank, Comment, Directive, Entry, FaultKind, Header, Junk, Piece, Position, Section, Span, UnitTree} from './tree.ts'
import {offsetOf, pointAt} from './place.ts'

/** Bytes that one line, and one logical line, may have (systemd's `LONG_LINE_MAX`). */
const longLineMax = 1024 * 1024

/**
 * Read unit syntax into a lossless tree, as systemd's `config_parse()` reads it (systemd.syntax(7)).
 *
 * Takes any text and never throws: what systemd would not understand becomes `junk` with the reason.
 */
export function parse(text: string): UnitTree {
  const lines = splitLines(text)
  const lineStarts = lines.map((line) => line.start)
  if (lineStarts.length === 0) lineStarts.push(0)
  const tree: UnitTree = {
    type: 'unit',
    children: [],
    lineStarts,
    lineEnd: lineEndOf(text, lines[0]),
    text,
    position: {start: pointAt(lineStarts, 0), end: pointAt(lineStarts, text.length)},
  }
  let section: Section | undefined
  for (const node of nodes(text, lines, lineStarts)) {
    if (node.type === 'header') {
      section = {type: 'section', name: node.name, header: node, children: [], position: {...node.position}}
      tree.children.push(section)
    } else if (section) {
      section.children.push(node)
      section.position.end = node.position.end
    } else {
      tree.children.push(outside(node))
    }
  }
  return tree
}

/** The same node as it counts before the first header: an assignment there is ignored. */
function outside(node: Entry): Entry {
  if (node.type !== 'directive' && !(node.type === 'junk' && (node.fault === 'no-equals' || node.fault === 'no-key'))) return node
  return {type: 'junk', fault: 'outside-section', raw: node.raw, line: node.line, position: node.position}
}

interface PhysicalLine {
  start: number
  /** Before the line end. */
  end: number
  /** After the line end. */
  next: number
}

/**
 * Line ends are `\n`, `\r` and NUL; different ones in a row are one line end, except that nothing joins a NUL.
 */
function splitLines(text: string): PhysicalLine[] {
  const lines: PhysicalLine[] = []
  const ends = /[\n\r\0]/g
  let start = 0
  while (start < text.length) {
    ends.lastIndex = start
    const end = ends.exec(text)?.index ?? text.length
    let next = end
    let seen = ''
    while (next < text.length && isLineEnd(text[next]) && !seen.includes('\0') && !seen.includes(text[next] ?? '')) seen += text[next++] ?? ''
    lines.push({start, end, next})
    start = next
  }
  return lines
}

function isLineEnd(character: string | undefined): boolean {
  return character === '\n' || character === '\r' || character === '\0'
}

function lineEndOf(text: string, first: PhysicalLine | undefined): string {
  const end = first ? text.slice(first.end, first.next) : ''
  return end === '' || end.includes('\0') ? '\n' : end
}

function* nodes(text: string, lines: readonly PhysicalLine[], lineStarts: readonly number[]): Generator<Header | Entry> {
  let markRead = false
  let logical: LogicalLine | undefined
  for (const [index, line] of lines.entries()) {
    const first = firstNonBlank(text, line.start, line.end)
    const comment = first < line.end && (text[first] === '#' || text[first] === ';')
    if (comment && tooLong(text, line.start, line.end)) {
      yield junk('line-too-long', text, logical?.start ?? line.start, line, lineStarts, index + 1)
      logical = undefined
      continue
    }
    if (comment) {
      const node: Comment = {
        type: 'comment',
        value: text.slice(first + 1, line.end),
        raw: text.slice(line.start, line.next),
        position: place(lineStarts, line.start, line.end),
      }
      if (logical) logical.comments.push(node)
      else yield node
      continue
    }
    let from = line.start
    // One byte order mark is taken off, wherever the first one stands that opens a line.
    if (!markRead && text[from] === '\uFEFF') {
      markRead = true
      from++
    }
    logical ??= {start: line.start, text: '', bytes: 0, escaped: false, pieces: [], comments: [], tooLong: false}
    append(logical, text, from, line)
    if (logical.escaped && !logical.tooLong) continue
    yield classify(logical, text, line, lineStarts, index + 1)
    logical = undefined
  }
  const last = lines.at(-1)
  // Continued by nothing: taken as complete, and counted as standing on the line after the last.
  if (logical && last) {
    const node = classify(logical, text, last, lineStarts, lines.length + 1)
    if (node.type === 'directive') node.unfinished = true
    yield node
  }
}

interface LogicalLine {
  start: number
  text: string
  bytes: number
  /** The text so far ends in an unescaped backslash: already turned into the space that it stands for. */
  escaped: boolean
  pieces: Piece[]
  comments: Comment[]
  tooLong: boolean
}

function append(logical: LogicalLine, text: string, from: number, line: PhysicalLine): void {
  const piece = text.slice(from, line.end)
  logical.pieces.push({at: logical.text.length, offset: from, length: piece.length})
  logical.bytes += byteLength(piece)
  logical.tooLong = tooLong(text, line.start, line.end) || logical.bytes > longLineMax
  logical.escaped = endsInBackslash(piece)
  logical.text += logical.escaped ? `${piece.slice(0, -1)} ` : piece
}

/**
 * Whether the last character is a backslash that no backslash escapes.
 *
 * Within one physical line is enough: what came before ends in a space that no backslash precedes unescaped.
 */
function endsInBackslash(piece: string): boolean {
  let run = 0
  for (let index = piece.length - 1; index >= 0 && piece[index] === '\\'; index--) run++
  return run % 2 === 1
}

function classify(logical: LogicalLine, text: string, last: PhysicalLine, lineStarts: readonly number[], line: number): Header | Entry {
  const whole = logical.text
  const start = firstNonBlank(whole, 0, whole.length)
  const end = lastNonBlank(whole, start, whole.length)
  if (logical.tooLong) return junk('line-too-long', text, logical.start, last, lineStarts, line)
  if (start === end) {
    const blank: Blank = {type: 'blank', raw: text.slice(logical.start, last.next), position: place(lineStarts, logical.start, last.end)}
    return blank
  }
  const stripped = whole.slice(start, end)
  if (!isUnicode(stripped)) return junk('not-utf8', text, logical.start, last, lineStarts, line)
  const span = (from: number, to: number): Span => spanOf(logical.pieces, from, to)
  if (stripped.startsWith('[')) {
    if (!stripped.endsWith(']') || stripped.length < 2) return junk('open-header', text, logical.start, last, lineStarts, line)
    const header: Header = {
      type: 'header',
      name: stripped.slice(1, -1),
      nameSpan: span(start + 1, end - 1),
      line,
      raw: text.slice(logical.start, last.next),
      position: place(lineStarts, logical.start, last.end),
    }
    return header
  }
  const equals = whole.indexOf('=', start)
  if (equals === -1) return junk('no-equals', text, logical.start, last, lineStarts, line)
  if (equals === start) return junk('no-key', text, logical.start, last, lineStarts, line)
  const keyEnd = lastNonBlank(whole, start, equals)
  const valueStart = firstNonBlank(whole, equals + 1, end)
  const directive: Directive = {
    type: 'directive',
    key: whole.slice(start, keyEnd),
    value: whole.slice(valueStart, end),
    keySpan: span(start, keyEnd),
    valueSpan: span(valueStart, end),
    comments: logical.comments,
    line,
    raw: text.slice(logical.start, last.next),
    position: place(lineStarts, logical.start, last.end),
  }
  if (logical.pieces.length > 1) directive.pieces = piecesFrom(logical.pieces, valueStart, end)
  return directive
}

function junk(fault: FaultKind, text: string, start: number, last: PhysicalLine, lineStarts: readonly number[], line: number): Junk {
  return {type: 'junk', fault, line, raw: text.slice(start, last.next), position: place(lineStarts, start, last.end)}
}

function place(lineStarts: readonly number[], start: number, end: number): Position {
  return {start: pointAt(lineStarts, start), end: pointAt(lineStarts, end)}
}

/** The place in the file of a run of logical text. */
function spanOf(pieces: readonly Piece[], from: number, to: number): Span {
  return {start: offsetOf(pieces, from), end: to > from ? offsetOf(pieces, to - 1) + 1 : offsetOf(pieces, from)}
}

function piecesFrom(pieces: readonly Piece[], start: number, end: number): Piece[] {
  const kept: Piece[] = []
  for (const {at, offset, length} of pieces) {
    const from = Math.max(at, start)
    const to = Math.min(at + length, end)
    if (to > from) kept.push({at: from - start, offset: offset + from - at, length: to - from})
  }
  return kept
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t'
}

function firstNonBlank(text: string, start: number, end: number): number {
  let index = start
  while (index < end && isBlank(text[index])) index++
  return index
}

function lastNonBlank(text: string, start: number, end: number): number {
  let index = end
  while (index > start && isBlank(text[index - 1])) index--
  return index
}

function tooLong(text: string, start: number, end: number): boolean {
  return (end - start) * 3 >= longLineMax && byteLength(text.slice(start, end)) >= longLineMax
}

/** Lone surrogates stand for bytes that are not UTF-8: see `decode`. To systemd noncharacters are none either (`unichar_is_valid()`). */
function isUnicode(text: string): boolean {
  return !/[\p{Cs}\p{Noncharacter_Code_Point}]/u.test(text)
}

function byteLength(text: string): number {
  let bytes = 0
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : unit >= 0xd800 && unit < 0xdc00 ? 4 : unit >= 0xdc00 && unit < 0xe000 ? 0 : 3
  }
  return bytes
}
