import type {TextEdit} from 'vscode-languageserver'
import {endsInBackslash, firstNonBlank, lastNonBlank} from '../../syntax/text.ts'
import type {Edit} from '../../syntax/edit.ts'
import type {Document} from '../document.ts'
import {textEdits} from './edits.ts'

/**
 * What to change once a new line was begun at a position: within a value that goes over several
 * lines the line before has a backslash again, and the new one stands where the others do.
 */
export function onNewline(its: Document, offset: number): TextEdit[] {
  const {text, places} = its
  const line = places.lineAt(offset)
  if (line === 0) return []
  const [above, own] = [places.lineSpan(line - 1), places.lineSpan(line)]
  const first = firstNonBlank(text, above.start, above.end)
  const [rest, isEmpty] = [
    text.slice(firstNonBlank(text, own.start, own.end), own.end),
    first === above.end,
  ]
  if (isEmpty || '#;['.includes(text[first] ?? '')) return []
  const isContinued = endsInBackslash(text, above.start, above.end)
  const before = line > 1 ? places.lineSpan(line - 2) : undefined
  const isContinuation = before !== undefined && endsInBackslash(text, before.start, before.end)
  const isSplit =
    !isContinued &&
    rest !== '' &&
    !/^(?:[#;[]|[A-Za-z][\w-]*\s*=)/.test(rest) &&
    (isContinuation || text.slice(above.start, above.end).includes('='))
  if (!isContinued && !isSplit) return []
  const edits: Edit[] = []
  if (isSplit)
    edits.push({range: [lastNonBlank(text, above.start, above.end), above.end], text: ' \\'})
  const indent = isContinuation ? text.slice(above.start, first) : '    '
  const start = firstNonBlank(text, own.start, own.end)
  if (text.slice(own.start, start) !== indent) edits.push({range: [own.start, start], text: indent})
  return textEdits(its, edits)
}
