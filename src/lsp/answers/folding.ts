import {FoldingRangeKind} from 'vscode-languageserver'
import type {FoldingRange} from 'vscode-languageserver'
import type {Entry} from '../../syntax/tree.ts'
import type {Document} from '../document.ts'
import {trimmed} from './symbols.ts'

/** What can be folded away: sections, values of several lines, and comments of several lines. */
export function folding(its: Document): FoldingRange[] {
  const {places, tree} = its
  const made: FoldingRange[] = []
  const fold = (start: number, end: number, kind?: FoldingRangeKind): void => {
    const span = trimmed(its, {start, end})
    const [startLine, endLine] = [
      places.lineAt(span.start),
      places.lineAt(Math.max(span.start, span.end - 1)),
    ]
    if (endLine > startLine) made.push({startLine, endLine, ...(kind && {kind})})
  }
  const entries = (children: readonly Entry[]): void => {
    let comment: {start: number; end: number} | undefined
    for (const entry of children) {
      const [start, end] = [entry.position.start.offset, entry.position.end.offset]
      if (entry.type === 'comment') {
        comment = {start: comment?.start ?? start, end}
        continue
      }
      if (comment) fold(comment.start, comment.end, FoldingRangeKind.Comment)
      comment = undefined
      if (entry.type === 'directive') fold(start, end)
    }
    if (comment) fold(comment.start, comment.end, FoldingRangeKind.Comment)
  }
  const outside: Entry[] = []
  for (const child of tree.children) {
    if (child.type !== 'section') {
      outside.push(child)
      continue
    }
    fold(child.position.start.offset, child.position.end.offset, FoldingRangeKind.Region)
    entries(child.children)
  }
  entries(outside)
  return made.toSorted(
    (one, other) => one.startLine - other.startLine || other.endLine - one.endLine,
  )
}
