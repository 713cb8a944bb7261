import type {Edit} from '../syntax/edit.ts'
import type {LintResult, Message} from './lint-result.ts'
import type {EachFormatter} from './formatter.ts'
import {printable, printableJson} from './printable.ts'
import {standingPath} from './relative-path.ts'

/** What reviewdog calls severities. */
const severities = {0: 'INFO', 1: 'WARNING', 2: 'ERROR'} as const

/** The longest stretch of a file that a suggestion spans: nobody reads more of it beside a line. */
const longest = 2_000

/**
 * reviewdog's Diagnostic Format, with fixes as suggestions: one object, columns in bytes of UTF-8
 * from 1.
 */
export function rdjson(): EachFormatter {
  return {
    each: (entry, {cwd}) => {
      const path = standingPath(entry.path, cwd)
      const position = positions(entry)
      return entry.messages
        .map((message) => printableJson(diagnostic(message, path, entry, position)))
        .join(',\n')
    },
    frame: ['{"source":{"name":"unitlint"},"diagnostics":[', ',\n', ']}'],
  }
}

function diagnostic(
  {ruleId, severity, text, place, url, fix}: Message,
  path: string,
  entry: LintResult,
  position: (offset: number) => RdPosition | undefined,
): object {
  const [start, end] = [place?.start.offset, place?.end.offset].map((offset) =>
    offset === undefined ? undefined : position(offset),
  )
  const range =
    start && end
      ? {start, end}
      : place && {start: {line: place.start.line}, end: {line: place.end.line}}
  const change = fix && merged(fix.edits, entry)
  const [from, to] = change ? change.range.map(position) : []
  return {
    message: printable(text),
    location: {path, ...(range && {range})},
    severity: severities[severity],
    ...(ruleId !== undefined && {code: {value: ruleId, ...(url !== undefined && {url})}}),
    ...(change &&
      from &&
      to && {suggestions: [{range: {start: from, end: to}, text: change.text}]}),
  }
}

/** Lines and columns from 1. */
interface RdPosition {
  readonly line: number
  readonly column: number
}

/**
 * How to find places by their offsets; there are none in a file whose lines others would count
 * otherwise.
 */
function positions({slice}: LintResult): (offset: number) => RdPosition | undefined {
  let starts: readonly number[] | undefined
  const known = new Map<number, Uint32Array>()
  const columnsFrom = (start: number, end: number): Uint32Array => {
    const columns = known.get(start) ?? byteColumns(slice(start, end))
    known.set(start, columns)
    return columns
  }
  const linesOf = (text: string): readonly number[] =>
    /\r(?!\n)|\0/.test(text) ? [] : [0, ...[...text.matchAll(/\n/g)].map(({index}) => index + 1)]
  return (offset) => {
    starts ??= linesOf(slice(0, Infinity))
    let [low, high] = [0, starts.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle + 1
      else high = middle
    }
    const start = starts[low - 1]
    if (start === undefined) return undefined
    const columns = columnsFrom(start, starts[low] ?? Infinity)
    return {line: low, column: columns[Math.min(offset - start, columns.length - 1)] ?? 1}
  }
}

/**
 * The column of each UTF-16 unit of a line, and of its end, in bytes; a byte that is not UTF-8 is
 * one here too.
 */
function byteColumns(line: string): Uint32Array {
  const columns = new Uint32Array(line.length + 1)
  let column = 1
  for (let index = 0; index < line.length; index++) {
    columns[index] = column
    const code = line.codePointAt(index) ?? 0
    if (code > 0xffff) columns[++index] = column
    column +=
      code < 0x80 || (code >= 0xdc80 && code <= 0xdcff)
        ? 1
        : code < 0x800
          ? 2
          : code < 0x1_0000
            ? 3
            : 4
  }
  columns[line.length] = column
  return columns
}

/** Edits as one, with what stands between them; undefined where there are none, or that is much. */
function merged(edits: readonly Edit[], {slice}: LintResult): Edit | undefined {
  const sorted = edits.toSorted((one, other) => one.range[0] - other.range[0])
  const [first, last] = [sorted[0], sorted.at(-1)]
  if (!first || !last || last.range[1] - first.range[0] > longest) return undefined
  let [text, at] = ['', first.range[0]]
  for (const edit of sorted) {
    text += slice(at, edit.range[0]) + edit.text
    at = Math.max(at, edit.range[1])
  }
  // What is not UTF-8 cannot be said.
  return /\p{Cs}/u.test(text) ? undefined : {range: [first.range[0], at], text}
}
