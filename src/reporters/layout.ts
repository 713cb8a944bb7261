import {widthOf} from './width.ts'
import type {Paint} from './exposure.ts'
import type {Excerpt, List, ReportRow} from './rows.ts'
import {printable} from './printable.ts'
import {wrap} from './wrap.ts'

/**
 * How to break the text of any of some rows into lines, given that vfile-reporter puts place,
 * level, text and rule into columns.
 */
export function layout(
  rows: readonly ReportRow[],
  columns: number,
  paint: Paint,
): (row: ReportRow) => string {
  const widest = (cell: (row: ReportRow) => string): number =>
    rows.reduce((width, row) => Math.max(width, widthOf(cell(row))), 0)
  const indentation = widest(placeWords) + 1 + widest(({severity}) => severity) + 1
  const ruleWidth = widest(({ruleId}) => (ruleId === undefined ? '' : ` ${ruleId}`))
  const width = Math.max(columns - indentation, 30)
  const firstWidth = Math.max(width - ruleWidth, 30)
  return ({text, excerpt, lists}) => {
    const [first = '', ...others] = wrap(withCode(text, paint), width, firstWidth)
    const below = [
      ...others.map((line) => paint('bold', line)),
      ...(excerpt ? excerptLines(excerpt, width, paint) : []),
      ...lists.flatMap((list) => listLines(list, width, paint)),
    ]
    return [first, ...below.map((line) => ' '.repeat(indentation) + line)].join('\n')
  }
}

/** As vfile-reporter paints what is in one line. */
function withCode(text: string, paint: Paint): string {
  return text.replaceAll(/`[^`]*`/g, (code) => paint('cyan', code))
}

function listLines({label, items}: List, width: number, paint: Paint): string[] {
  const hanging = '  '
  const [first = '', ...others] = wrap(
    `${label} ${paint('cyan', items.join(', '))}`,
    width - hanging.length,
  )
  return [first, ...others.map((line) => hanging + line)]
}

/**
 * A line of the file, cut where there is no room for it, and one that marks what it is about, where
 * that is not all of it.
 */
function excerptLines({line, from, to}: Excerpt, width: number, paint: Paint): string[] {
  const bar = paint('cyan', '|')
  const room = width - 2
  // Of what stands before it so much is shown that the place has half of the line.
  const before = lastPart(shown(line.slice(0, from)), room >> 1)
  const marked = shown(line.slice(from, to))
  const text = firstPart(before + marked + shown(line.slice(to)), room)
  if (line.slice(0, from).trim() === '' && line.slice(to).trim() === '') return [`${bar} ${text}`]
  const left = widthOf(before)
  const marks = '^'.repeat(Math.max(1, Math.min(widthOf(marked), room - left)))
  return [`${bar} ${text}`, `${bar} ${' '.repeat(left)}${paint('red', marks)}`]
}

function shown(text: string): string {
  return printable(text.replaceAll('\t', ' '))
}

/** The start of a text, as much as fits. */
function firstPart(text: string, width: number): string {
  return widthOf(text) <= width ? text : `${fitting([...text], width - 1).join('')}…`
}

/** The end of a text, as much as fits. */
function lastPart(text: string, width: number): string {
  return widthOf(text) <= width
    ? text
    : `…${fitting([...text].toReversed(), width - 1)
        .toReversed()
        .join('')}`
}

function fitting(characters: readonly string[], width: number): string[] {
  const found: string[] = []
  let used = 0
  for (const character of characters) {
    used += widthOf(character)
    if (used > width) break
    found.push(character)
  }
  return found
}

function placeWords({place}: ReportRow): string {
  return place
    ? `${place.start.line}:${place.start.column}-${place.end.line}:${place.end.column}`
    : ''
}
