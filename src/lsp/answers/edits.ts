import {diffLines} from 'diff'
import type {TextEdit, WorkspaceEdit} from 'vscode-languageserver'
import type {Edit} from '../../syntax/edit.ts'
import type {Abilities} from '../abilities.ts'
import type {Document} from '../document.ts'

/** Edits of a document as a client takes them. */
export function textEdits({places}: Document, edits: readonly Edit[]): TextEdit[] {
  return edits.map(({range: [start, end], text}) => ({
    range: places.rangeOf({start, end}),
    newText: text,
  }))
}

/** The edits that make a document another text: those of the lines that differ. */
export function editsTo(its: Document, text: string): TextEdit[] {
  if (its.text === text) return []
  const edits: Edit[] = []
  let at = 0
  for (const {added, removed, value} of diffLines(its.text, text)) {
    const last = edits.at(-1)
    if (removed) {
      edits.push({range: [at, at + value.length], text: ''})
      at += value.length
    } else if (!added) at += value.length
    else if (last?.range[1] === at && last.text === '')
      edits[edits.length - 1] = {range: last.range, text: value}
    else edits.push({range: [at, at], text: value})
  }
  return textEdits(its, edits)
}

/** Edits of documents as one change of the client's workspace. */
export function workspaceEdit(
  edits: ReadonlyArray<readonly [Document, readonly TextEdit[]]>,
  {versionedEdits}: Abilities,
): WorkspaceEdit {
  const made = edits.filter(([, its]) => its.length > 0)
  if (!versionedEdits)
    return {changes: Object.fromEntries(made.map(([{uri}, its]) => [uri, [...its]]))}
  return {
    documentChanges: made.map(([{uri, version}, its]) => ({
      textDocument: {uri, version},
      edits: [...its],
    })),
  }
}
