import type {Edit} from './edit.ts'
import {parse} from './parse.ts'
import {countFirst} from './ordered.ts'
import type {Span, UnitTree} from './tree.ts'

/**
 * A unit that stands in another document, such as a here-document or a block of YAML, with the way
 * back to it.
 */
export interface Region {
  /** The unit, without what stands in front of its lines there. */
  readonly tree: UnitTree
  /** Where a span of the unit stands in the host: from its first to its last character. */
  spanIn(span: Span): Span
  /** What an edit of the unit is in the host. */
  editIn(edit: Edit): Edit
}

/**
 * The unit in a text that is not one itself.
 *
 * Takes where its lines stand, in their order: each is a prefix, such as an indentation, and behind
 * it, as a span with its line end, what is of the unit. Lines of the host end in `\n`. A new line
 * gets the prefix of the line that it stands at, or where that is empty the prefix of the first
 * that is not. The line end behind all is the host's: no edit takes it away.
 */
export function region(host: string, places: readonly [Span, ...Span[]]): Region {
  const lines = new RegionLines(host, places)
  const {text} = lines
  const lastEnd = text.endsWith('\n') ? (text.endsWith('\r\n') ? '\r\n' : '\n') : ''
  return {
    tree: parse(text),
    spanIn: ({start, end}) => ({
      start: lines.inHost(start),
      end: end > start ? lines.inHost(end - 1) + 1 : lines.inHost(start),
    }),
    editIn({range: [from, to], text: given}) {
      const isLast = to === text.length && lastEnd !== ''
      const isEnded = given.endsWith('\n')
      const prefix = lines.prefixAt(from)
      const [first, last] = [lines.beforePrefix(from), lines.beforePrefix(to)]
      // Whole lines come and go with their prefixes.
      if (
        first !== undefined &&
        last !== undefined &&
        (isEnded || (given === '' && from < to) || (isLast && from === to))
      ) {
        const whole = isEnded || given === '' ? given : given + lastEnd
        return {range: [first, last], text: whole.replaceAll(/[^\n]*\n/g, (line) => prefix + line)}
      }
      const [start, behind] = [lines.inHost(from), lines.inHost(to)]
      const end = isEnded && last !== undefined ? last : isLast ? behind - lastEnd.length : behind
      return {
        range: [start, Math.max(end, start)],
        text: given.replaceAll(/\n(?!$)/g, `\n${prefix}`),
      }
    },
  }
}

/** A line of the unit, and where it stands. */
interface RegionLine {
  /** Its offset in the unit. */
  readonly at: number
  /** What is of the unit, line end included. */
  readonly content: string
  readonly prefix: string
  /** The offset in the host of what is of the unit. */
  readonly start: number
}

/** The lines of the unit, by offsets in it. */
class RegionLines {
  readonly text: string
  readonly #lines: readonly [RegionLine, ...RegionLine[]]
  /** What new lines get where the one that they stand at is empty. */
  readonly #indentation: string

  constructor(host: string, places: readonly [Span, ...Span[]]) {
    this.#lines = linesOf(host, places)
    this.text = this.#lines.map(({content}) => content).join('')
    this.#indentation = this.#lines.find(({content}) => content.trim() !== '')?.prefix ?? ''
  }

  /** Where it is in the host. */
  inHost(offset: number): number {
    const {at, start} = this.#at(offset)
    return start + offset - at
  }

  /** A place before the prefix of a line that starts there; undefined in the middle of a line. */
  beforePrefix(offset: number): number | undefined {
    const {at, content, start, prefix} = this.#at(offset)
    if (offset === at) return start - prefix.length
    return offset === at + content.length && content.endsWith('\n')
      ? start + content.length
      : undefined
  }

  prefixAt(offset: number): string {
    const {content, prefix} = this.#at(offset)
    return content.trim() === '' ? this.#indentation : prefix
  }

  #at(offset: number): RegionLine {
    return this.#lines[countFirst(this.#lines, ({at}) => at <= offset) - 1] ?? this.#lines[0]
  }
}

function linesOf(
  host: string,
  places: readonly [Span, ...Span[]],
): readonly [RegionLine, ...RegionLine[]] {
  let at = 0
  const line = ({start, end}: Span): RegionLine => {
    const its = {
      at,
      content: host.slice(start, end),
      prefix: host.slice(host.lastIndexOf('\n', start - 1) + 1, start),
      start,
    }
    at += its.content.length
    return its
  }
  const [first, ...rest] = places
  return [line(first), ...rest.map(line)]
}
