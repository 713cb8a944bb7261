import {DocumentHighlightKind} from 'vscode-languageserver'
import type {DocumentHighlight} from 'vscode-languageserver'
import type {Span} from '../../syntax/tree.ts'
import {unitNameAt, unitNamesIn} from '../names.ts'
import {spotAt} from '../subject.ts'
import type {Subject} from '../subject.ts'

/**
 * What else of a document is about what stands at an offset: the same unit where one is named, else
 * all lines of the same directive, or all headers of the same section.
 */
export function highlights(subject: Subject, offset: number): DocumentHighlight[] {
  const {its} = subject
  const shown = (spans: readonly Span[], kind: DocumentHighlightKind): DocumentHighlight[] =>
    spans.map((span) => ({range: its.places.rangeOf(span), kind}))
  const named = unitNameAt(subject, offset)
  if (named) {
    const same = unitNamesIn(its.tree, subject).filter(({name}) => name === named.name)
    return shown(
      same.map(({span}) => span),
      DocumentHighlightKind.Read,
    )
  }
  const spot = spotAt(its, offset)
  if (spot.kind === 'comment') return []
  const sections = its.tree.children.flatMap((child) => (child.type === 'section' ? [child] : []))
  if (spot.kind === 'header') {
    const own = sections.find(({header: {position}}) => position.start.offset === spot.line.start)
    return shown(
      sections.filter(({name}) => name === own?.name).map(({header}) => header.nameSpan),
      DocumentHighlightKind.Text,
    )
  }
  const key = spot.kind === 'key' ? its.text.slice(spot.word.start, spot.word.end).trim() : spot.key
  const same = sections.flatMap(({name, children}) => (name === spot.section ? children : []))
  return shown(
    same.flatMap((entry) =>
      entry.type === 'directive' && entry.key === key ? [entry.keySpan] : [],
    ),
    DocumentHighlightKind.Write,
  )
}
