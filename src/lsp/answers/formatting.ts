import type {TextEdit} from 'vscode-languageserver'
import {isQuadlet} from '../../facts/quadlet.ts'
import type {UnitType} from '../../facts/unit-types.ts'
import {applyEdits} from '../../syntax/edit.ts'
import type {Edit} from '../../syntax/edit.ts'
import {parse} from '../../syntax/parse.ts'
import {linesOf} from '../../syntax/stringify.ts'
import {endsInBackslash, firstNonBlank, lastNonBlank} from '../../syntax/text.ts'
import {offsetsOf} from '../../syntax/place.ts'
import type {Directive, Entry, Header, Span, UnitTree} from '../../syntax/tree.ts'
import type {Document} from '../document.ts'
import {textEdits} from './edits.ts'

/**
 * What makes a file look as those of systemd do, and changes nothing that it says: no white space
 * that systemd passes over, one empty line between sections and never two; of the lines that a
 * range touches. Values over several lines stay as they are written. Nothing for Quadlet's files,
 * whose white space Podman reads in its own way, nor where lines end in several ways.
 */
export function formatting(its: Document, type: UnitType, {start, end}: Span): TextEdit[] {
  const {text, tree, places} = its
  const isMixed = /[\r\n\0]/.test(text.replaceAll(tree.lineEnd, ''))
  if (its.tooMuch !== undefined || isMixed || isQuadlet(type)) return []
  const [first, last] = [
    places.lineSpan(places.lineAt(start)).start,
    places.lineSpan(places.lineAt(end)).end,
  ]
  const edits = [...lineEdits(tree), ...blankEdits(tree)]
    .filter(({range: [from, to]}) => from <= last && first <= to)
    .toSorted(({range: one}, {range: other}) => one[0] - other[0] || one[1] - other[1])
  const isSame = edits.length > 0 && meaning(parse(applyEdits(text, edits))) === meaning(tree)
  return isSame ? textEdits(its, edits) : []
}

function* lineEdits(tree: UnitTree): Iterable<Edit> {
  for (const line of linesOf(tree)) {
    if (line.type === 'junk' || line.type === 'blank') continue
    const span = offsetsOf(line.position)
    const first = firstNonBlank(tree.text, span.start, span.end)
    if (first > span.start) yield {range: [span.start, first], text: ''}
    if (line.type === 'directive') yield* equalsEdits(line, tree.text)
    const last = lastNonBlank(tree.text, first, span.end)
    // A backslash that white space follows ends no line.
    if (last < span.end && !endsInBackslash(tree.text, first, last))
      yield {range: [last, span.end], text: ''}
  }
}

/**
 * No white space around the equals sign; a value that begins in the next line is left to stand so.
 */
function* equalsEdits({keySpan, valueSpan}: Directive, text: string): Iterable<Edit> {
  const equals = text.indexOf('=', keySpan.end)
  if (equals > keySpan.end) yield {range: [keySpan.end, equals], text: ''}
  const gap = text.slice(equals + 1, valueSpan.start)
  if (/^[ \t]+$/.test(gap) && valueSpan.end > valueSpan.start)
    yield {range: [equals + 1, valueSpan.start], text: ''}
}

/**
 * One empty line where there are several, or none before a section; none at the ends of the file.
 */
function* blankEdits(tree: UnitTree): Iterable<Edit> {
  const {text, lineEnd} = tree
  let above: Entry | Header | undefined
  let gap: Span | undefined
  for (const line of linesOf(tree)) {
    const start = line.position.start.offset
    if (line.type === 'blank') {
      gap = {start: gap?.start ?? start, end: start + line.raw.length}
      continue
    }
    const isApart =
      gap !== undefined ||
      (line.type === 'header' && above !== undefined && above.type !== 'comment')
    const between = above !== undefined && isApart ? lineEnd : ''
    const {start: from, end: to} = gap ?? {start, end: start}
    if (text.slice(from, to) !== between) yield {range: [from, to], text: between}
    above = line
    gap = undefined
  }
  if (gap) yield {range: [gap.start, gap.end], text: ''}
  if (above && !gap && !/[\r\n]$/.test(text) && !endsInBackslash(text, 0, text.length))
    yield {range: [text.length, text.length], text: lineEnd}
}

/** What a file says, in a text that is equal for files that say the same. */
function meaning(tree: UnitTree): string {
  const said = [...linesOf(tree)].flatMap((line) => {
    if (line.type === 'directive')
      return [[line.key, line.value, line.comments.map(({value}) => value)]]
    if (line.type === 'blank') return []
    return [
      line.type === 'header'
        ? [line.name]
        : line.type === 'comment'
          ? [line.value.trimEnd()]
          : [line.raw.trimEnd()],
    ]
  })
  return JSON.stringify(said)
}
