import type {SelectionRange} from 'vscode-languageserver'
import {offsetsOf} from '../../syntax/place.ts'
import type {Position as Place, Span} from '../../syntax/tree.ts'
import type {Document} from '../document.ts'
import {spotAt} from '../subject.ts'
import {trimmed} from './symbols.ts'

/**
 * What to select around an offset, more each time: the word, the value, the line with those that
 * continue it, the section, all.
 */
export function selection(its: Document, offset: number): SelectionRange {
  const section = its.tree.children.find(
    (child) => child.type === 'section' && isIn(child.position, offset),
  )
  const line = (section?.type === 'section' ? section.children : its.tree.children).find(
    ({position}) => isIn(position, offset),
  )
  const spot = spotAt(its, offset)
  const spans = [
    {start: 0, end: its.text.length},
    ...(section ? [trimmed(its, offsetsOf(section.position))] : []),
    ...(line && line.type !== 'section' ? [trimmed(its, offsetsOf(line.position))] : []),
    ...(line?.type === 'directive' ? [line.valueSpan] : []),
    ...(spot.kind === 'key' || spot.kind === 'value' ? [spot.word] : []),
  ]
  let made: SelectionRange = {range: its.places.rangeOf({start: offset, end: offset})}
  let [last, outer]: [Span | undefined, SelectionRange | undefined] = [undefined, undefined]
  for (const span of spans) {
    // Each is within the one before, and holds the offset.
    if (
      offset < span.start ||
      offset > span.end ||
      (last && (span.start < last.start || span.end > last.end))
    )
      continue
    if (last && span.start === last.start && span.end === last.end) continue
    made = {range: its.places.rangeOf(span), ...(outer && {parent: outer})}
    last = span
    outer = made
  }
  return made
}

function isIn({start, end}: Place, offset: number): boolean {
  return start.offset <= offset && offset < end.offset
}
