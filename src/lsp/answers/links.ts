import type {DocumentLink} from 'vscode-languageserver'
import {linesOf} from '../../syntax/stringify.ts'
import type {Span} from '../../syntax/tree.ts'
import {expandSpecifiers} from '../../values/specifiers.ts'
import {ruleNamesIn, wordsWithSpans} from '../names.ts'
import type {Pages} from '../pages.ts'
import type {Subject} from '../subject.ts'

/**
 * What of a document leads elsewhere: the pages that `Documentation=` names, and those of rules
 * that comments name.
 */
export function links({its, name, manager, newest}: Subject, pages: Pages): DocumentLink[] {
  const made: DocumentLink[] = []
  const link = (span: Span, target: string | undefined): void => {
    if (target !== undefined) made.push({range: its.places.rangeOf(span), target})
  }
  for (const line of linesOf(its.tree)) {
    if (line.type === 'directive' && line.key === 'Documentation')
      for (const {text, span} of wordsWithSpans(line))
        link(span, webPage(expandSpecifiers(text, {name, manager, target: newest}) ?? ''))
    if (line.type === 'comment')
      for (const {text, span} of ruleNamesIn(line.raw, line.position.start.offset))
        link(span, pages.ruleUrl(text))
  }
  return made
}

/** Where a browser finds what `Documentation=` names (uri(7)); undefined for what it does not. */
function webPage(uri: string): string | undefined {
  const [, page, section] = /^man:([\w.:@+-]+)\(([1-9]\w{0,3})\)$/.exec(uri) ?? []
  if (page !== undefined && section !== undefined)
    return `https://manpages.debian.org/${encodeURIComponent(page)}.${section}`
  return /^(?:https?|file):\/\//.test(uri) && URL.canParse(uri) ? uri : undefined
}
