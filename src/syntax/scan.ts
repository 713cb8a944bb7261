import {addPiece, joinedLine} from './joined.ts'
import type {JoinedLine} from './joined.ts'
import {
  endsInBackslash,
  firstNonBlank,
  isTooLong,
  isUnicode,
  lastNonBlank,
  longLineMax,
  nextLine,
} from './text.ts'
import type {FaultKind} from './tree.ts'

/** What a logical line is, by number. */
export const lineKinds = {blank: 0, comment: 1, header: 2, directive: 3, fault: 4} as const

/** What a logical line of the kind `kinds.fault + INDEX` lacks. */
export const faults: readonly FaultKind[] = [
  'outside-section',
  'no-equals',
  'no-key',
  'open-header',
  'not-utf8',
  'line-too-long',
]

const outsideSection = lineKinds.fault
const noEquals = lineKinds.fault + 1
const noKey = lineKinds.fault + 2
const openHeader = lineKinds.fault + 3
const notUtf8 = lineKinds.fault + 4
const lineTooLong = lineKinds.fault + 5

/**
 * How many marks a logical line has: its kind; where it starts, where it ends, where the next one
 * starts; the line that systemd names; from where to where its key or name stands, and its value.
 * The last four are offsets in the joined text where there is one.
 */
export const marksEach = 9

/** A text cut into logical lines. */
export interface Scan {
  readonly text: string
  /** Offsets at which the lines start, as systemd counts lines. */
  readonly lineStarts: number[]
  /** The line end of the first line, empty when it has none. */
  readonly firstEnd: string
  readonly marks: readonly number[]
  /** The lines that go on over several, by the index of their first mark. */
  readonly joined: ReadonlyMap<number, JoinedLine>
}

/** Cut a text into logical lines, as systemd's `config_parse()` does (systemd.syntax(7)). */
export function scan(text: string): Scan {
  const lineStarts: number[] = []
  const marks: number[] = []
  const joined = new Map<number, JoinedLine>()
  const {length} = text
  let open: JoinedLine | undefined
  let hadMark = false
  let isInSection = false
  let end = 0
  let firstEnd = ''
  let lineAfter = 0

  const put = (
    kind: number,
    start: number,
    next: number,
    from = 0,
    to = 0,
    valueFrom = 0,
    valueTo = 0,
  ): void => {
    marks.push(kind, start, end, next, lineStarts.length + lineAfter, from, to, valueFrom, valueTo)
  }
  /**
   * A line that is neither a comment nor continued, in its own text: that of the file, or one that
   * was joined.
   */
  const putLine = (
    own: string,
    from: number,
    to: number,
    equals: number,
    isPlain: boolean,
    start: number,
    next: number,
  ): void => {
    const first = firstNonBlank(own, from, to)
    const last = lastNonBlank(own, first, to)
    const kind = kindOf(own, first, last, equals, isPlain)
    if (kind === lineKinds.header) {
      isInSection = true
      put(kind, start, next, first + 1, last - 1)
    } else if (
      !isInSection &&
      (kind === lineKinds.directive || kind === noEquals || kind === noKey)
    ) {
      put(outsideSection, start, next)
    } else if (kind === lineKinds.directive) {
      put(
        kind,
        start,
        next,
        first,
        lastNonBlank(own, first, equals),
        firstNonBlank(own, equals + 1, last),
        last,
      )
    } else put(kind, start, next)
  }
  const close = (line: JoinedLine, next: number): void => {
    joined.set(marks.length, line)
    if (line.isTooLong) put(lineTooLong, line.start, next)
    else putLine(line.text, 0, line.text.length, line.text.indexOf('='), false, line.start, next)
    open = undefined
  }

  for (let start = 0, next = 0; start < length; start = next) {
    lineStarts.push(start)
    let equals = -1
    let bits = 0
    for (end = start; end < length; end++) {
      const code = text.charCodeAt(end)
      if (code === 0x0a || code === 0x0d || code === 0) break
      if (code === 0x3d && equals === -1) equals = end
      bits |= code
    }
    next = nextLine(text, end)
    if (start === 0) firstEnd = text.slice(end, next)
    const first = firstNonBlank(text, start, end)
    const lead = first < end ? text.charCodeAt(first) : 0
    if (lead === 0x23 || lead === 0x3b) {
      if (isTooLong(text, start, end)) {
        put(lineTooLong, open?.start ?? start, next)
        open = undefined
      } else if (open) open.comments.push({from: first + 1, start, end, next})
      else put(lineKinds.comment, start, next, first + 1, end)
      continue
    }
    // One byte order mark is taken off, wherever the first one stands that opens a line.
    const isMarked: boolean = !hadMark && text.charCodeAt(start) === 0xfeff
    hadMark ||= isMarked
    const from = isMarked ? start + 1 : start
    if (!open && (end - start) * 3 < longLineMax && !endsInBackslash(text, from, end)) {
      putLine(text, from, end, equals, bits < 0xd800, start, next)
      continue
    }
    open ??= joinedLine(start)
    addPiece(open, text, start, from, end)
    if (!open.isContinued || open.isTooLong) close(open, next)
  }
  if (open) {
    // Continued by nothing: taken as complete, and counted as standing on the line after the last.
    lineAfter = 1
    open.isUnfinished = true
    close(open, length)
  }
  if (lineStarts.length === 0) lineStarts.push(0)
  return {text, lineStarts, firstEnd, marks, joined}
}

function kindOf(
  text: string,
  first: number,
  last: number,
  equals: number,
  isPlain: boolean,
): number {
  if (first === last) return lineKinds.blank
  if (!isPlain && !isUnicode(text.slice(first, last))) return notUtf8
  if (text.charCodeAt(first) === 0x5b)
    return last - first > 1 && text.charCodeAt(last - 1) === 0x5d ? lineKinds.header : openHeader
  return equals === -1 ? noEquals : equals === first ? noKey : lineKinds.directive
}
