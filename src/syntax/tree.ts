import type {Node, Parent} from 'unist'

/** A half-open range of UTF-16 offsets into the text of one file. */
export interface Span {
  readonly start: number
  readonly end: number
}

/**
 * Why a logical line does not do what it seems to say.
 *
 * `fatal` ones end the reading of the file: systemd does not load the unit (systemd.syntax(7);
 * `config_parse()` gives up).
 */
export type FaultKind =
  | 'outside-section'
  | 'no-equals'
  | 'no-key'
  | 'open-header'
  | 'not-utf8'
  | 'line-too-long'

/** Faults at which systemd stops reading the file. */
export const fatalFaults: ReadonlySet<FaultKind> = new Set([
  'open-header',
  'not-utf8',
  'line-too-long',
])

/** A place in a file, whose lines and columns count from 1; `offset` is in UTF-16. */
export interface Point {
  line: number
  column: number
  offset: number
}

/** From where to where a node stands. */
export interface Position {
  start: Point
  end: Point
}

interface TreeLine extends Node {
  /**
   * The exact text, line ends included; the raws of all lines of a tree, in order, are the file.
   */
  raw: string
  position: Position
}

/** A run of white space that ends a line, or an empty line. */
export interface Blank extends TreeLine {
  type: 'blank'
}

/** A line that starts with `#` or `;`. */
export interface Comment extends TreeLine {
  type: 'comment'
  /** What follows the marker, as written. */
  value: string
}

/** A logical line that assigns nothing, with the reason. */
export interface Junk extends TreeLine {
  type: 'junk'
  fault: FaultKind
  /** The line that systemd names in a message about it, counted from 1. */
  line: number
}

/** The line that opens a section. */
export interface Header extends TreeLine {
  type: 'header'
  name: string
  nameSpan: Span
  line: number
}

/** `KEY=VALUE`, continuation lines and the comments among them included. */
export interface Directive extends TreeLine {
  type: 'directive'
  key: string
  /**
   * The logical value: continuations joined, white space stripped at both ends, nothing unquoted.
   */
  value: string
  keySpan: Span
  /**
   * From the first to the last character of the value; empty, just behind the `=` or its white
   * space, for an empty value.
   */
  valueSpan: Span
  /**
   * Where the value stands in the file when it spans several lines: runs of equal text, by offset
   * in the value.
   */
  pieces?: Piece[] | undefined
  /** Comment lines between the continuation lines. */
  comments: Comment[]
  /**
   * The line that systemd names in a message about it: the last one of the logical line, counted
   * from 1.
   */
  line: number
  /** The file ended while the line was still being continued. */
  unfinished?: true | undefined
}

/** A run of a logical value that stands in one line of the file. */
export interface Piece {
  /** Offset in the logical value. */
  at: number
  /** Offset in the file. */
  offset: number
  length: number
}

/** What can stand below a header. */
export type Entry = Directive | Comment | Blank | Junk

/** A header and all that follows it up to the next one. */
export interface Section extends Parent {
  type: 'section'
  name: string
  header: Header
  children: Entry[]
  position: Position
}

/** A unit file or drop-in; lines before the first header are children of the root itself. */
export interface UnitTree extends Parent {
  type: 'unit'
  children: Array<Section | Entry>
  /** Offsets at which the lines start, as systemd counts lines. */
  lineStarts: number[]
  /** The line end that the file uses: that of its first line, `\n` when it has none. */
  lineEnd: string
  /** The whole text. */
  text: string
  position: Position
}

/** All nodes of a tree. */
export type UnitNode = UnitTree | Section | Header | Entry

/** The sections of a tree in order. */
export function sectionsIn({children}: UnitTree): readonly Section[] {
  return children.filter((child) => child.type === 'section')
}
