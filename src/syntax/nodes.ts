import {piecesOf} from './joined.ts'
import type {InnerComment} from './joined.ts'
import {pointAt, spanOf} from './place.ts'
import {faults, lineKinds, marksEach} from './scan.ts'
import type {Scan} from './scan.ts'
import type {
  Blank,
  Comment,
  Directive,
  Entry,
  FaultKind,
  Header,
  Junk,
  Piece,
  Position,
  Section,
  Span,
  UnitTree,
} from './tree.ts'

/**
 * The tree of a scanned text: its nodes are made when they are first asked for, their places each
 * time.
 */
export class ScannedTree implements UnitTree {
  readonly type = 'unit'
  readonly text: string
  readonly lineStarts: number[]
  readonly lineEnd: string
  readonly #scanned: Scan
  #children: Array<Section | Entry> | undefined

  constructor(scanned: Scan) {
    const {text, lineStarts, firstEnd} = scanned
    this.#scanned = scanned
    this.text = text
    this.lineStarts = lineStarts
    this.lineEnd = firstEnd === '' || firstEnd.includes('\0') ? '\n' : firstEnd
  }

  get children(): Array<Section | Entry> {
    return (this.#children ??= childrenOf(this.#scanned))
  }

  get position(): Position {
    return between(this.#scanned, 0, this.text.length)
  }
}

function childrenOf(scanned: Scan): Array<Section | Entry> {
  const children: Array<Section | Entry> = []
  const {marks} = scanned
  let section: ScannedSection | undefined
  for (let at = 0; at < marks.length; at += marksEach) {
    if (marks[at] === lineKinds.header) {
      section = new ScannedSection(new ScannedHeader(scanned, at))
      children.push(section)
    } else if (section) section.children.push(entryOf(scanned, at))
    else children.push(entryOf(scanned, at))
  }
  return children
}

function entryOf(scanned: Scan, at: number): Entry {
  const kind = markOf(scanned, at, 0)
  if (kind === lineKinds.directive) return new ScannedDirective(scanned, at)
  if (kind === lineKinds.blank) return new ScannedBlank(scanned, at)
  if (kind !== lineKinds.comment)
    return new ScannedJunk(scanned, at, faults[kind - lineKinds.fault] ?? 'no-equals')
  return new ScannedComment(scanned, {
    start: markOf(scanned, at, 1),
    end: markOf(scanned, at, 2),
    next: markOf(scanned, at, 3),
    from: markOf(scanned, at, 5),
  })
}

class ScannedSection implements Section {
  readonly type = 'section'
  readonly header: Header
  readonly name: string
  readonly children: Entry[] = []

  constructor(header: Header) {
    this.header = header
    this.name = header.name
  }

  get position(): Position {
    const {start, end} = this.header.position
    return {start, end: this.children.at(-1)?.position.end ?? end}
  }
}

class ScannedHeader implements Header {
  readonly type = 'header'
  readonly name: string
  readonly #scanned: Scan
  readonly #at: number

  constructor(scanned: Scan, at: number) {
    this.#scanned = scanned
    this.#at = at
    this.name = textIn(scanned, at, 5)
  }

  get nameSpan(): Span {
    return spanIn(this.#scanned, this.#at, 5)
  }

  get line(): number {
    return markOf(this.#scanned, this.#at, 4)
  }

  get raw(): string {
    return rawOf(this.#scanned, this.#at)
  }

  get position(): Position {
    return positionOf(this.#scanned, this.#at)
  }
}

class ScannedDirective implements Directive {
  readonly type = 'directive'
  readonly key: string
  readonly value: string
  readonly pieces: Piece[] | undefined
  readonly #scanned: Scan
  readonly #at: number

  constructor(scanned: Scan, at: number) {
    this.#scanned = scanned
    this.#at = at
    this.key = textIn(scanned, at, 5)
    this.value = textIn(scanned, at, 7)
    const pieces = scanned.joined.get(at)?.pieces ?? []
    this.pieces =
      pieces.length > 1
        ? piecesOf(pieces, markOf(scanned, at, 7), markOf(scanned, at, 8))
        : undefined
  }

  get keySpan(): Span {
    return spanIn(this.#scanned, this.#at, 5)
  }

  get valueSpan(): Span {
    return spanIn(this.#scanned, this.#at, 7)
  }

  get comments(): Comment[] {
    const inner = this.#scanned.joined.get(this.#at)?.comments ?? []
    return inner.map((comment) => new ScannedComment(this.#scanned, comment))
  }

  get unfinished(): true | undefined {
    return this.#scanned.joined.get(this.#at)?.isUnfinished ? true : undefined
  }

  get line(): number {
    return markOf(this.#scanned, this.#at, 4)
  }

  get raw(): string {
    return rawOf(this.#scanned, this.#at)
  }

  get position(): Position {
    return positionOf(this.#scanned, this.#at)
  }
}

class ScannedComment implements Comment {
  readonly type = 'comment'
  readonly #scanned: Scan
  readonly #place: InnerComment

  constructor(scanned: Scan, place: InnerComment) {
    this.#scanned = scanned
    this.#place = place
  }

  get value(): string {
    return this.#scanned.text.slice(this.#place.from, this.#place.end)
  }

  get raw(): string {
    return this.#scanned.text.slice(this.#place.start, this.#place.next)
  }

  get position(): Position {
    return between(this.#scanned, this.#place.start, this.#place.end)
  }
}

class ScannedBlank implements Blank {
  readonly type = 'blank'
  readonly #scanned: Scan
  readonly #at: number

  constructor(scanned: Scan, at: number) {
    this.#scanned = scanned
    this.#at = at
  }

  get raw(): string {
    return rawOf(this.#scanned, this.#at)
  }

  get position(): Position {
    return positionOf(this.#scanned, this.#at)
  }
}

class ScannedJunk implements Junk {
  readonly type = 'junk'
  readonly fault: FaultKind
  readonly #scanned: Scan
  readonly #at: number

  constructor(scanned: Scan, at: number, fault: FaultKind) {
    this.#scanned = scanned
    this.#at = at
    this.fault = fault
  }

  get line(): number {
    return markOf(this.#scanned, this.#at, 4)
  }

  get raw(): string {
    return rawOf(this.#scanned, this.#at)
  }

  get position(): Position {
    return positionOf(this.#scanned, this.#at)
  }
}

function markOf({marks}: Scan, at: number, index: number): number {
  return marks[at + index] ?? 0
}

function textIn(scanned: Scan, at: number, index: number): string {
  const text = scanned.joined.get(at)?.text ?? scanned.text
  return text.slice(markOf(scanned, at, index), markOf(scanned, at, index + 1))
}

function spanIn(scanned: Scan, at: number, index: number): Span {
  const [start, end] = [markOf(scanned, at, index), markOf(scanned, at, index + 1)]
  const joined = scanned.joined.get(at)
  return joined ? spanOf(joined.pieces, start, end) : {start, end}
}

function rawOf(scanned: Scan, at: number): string {
  return scanned.text.slice(markOf(scanned, at, 1), markOf(scanned, at, 3))
}

function positionOf(scanned: Scan, at: number): Position {
  return between(scanned, markOf(scanned, at, 1), markOf(scanned, at, 2))
}

function between({lineStarts}: Scan, start: number, end: number): Position {
  return {start: pointAt(lineStarts, start), end: pointAt(lineStarts, end)}
}
