import {setImmediate} from 'node:timers/promises'
import {LSPErrorCodes, ResponseError} from 'vscode-languageserver'
import type {
  CancellationToken,
  Diagnostic,
  PreviousResultId,
  WorkspaceDiagnosticReport,
  WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver'
import {diagnostics} from './answers/diagnostics.ts'
import type {Desk} from './desk.ts'
import type {Pages} from './pages.ts'
import {answerId} from './publisher.ts'

/** So many files are judged before others have their turn. */
const atOnce = 10

/** What is wrong in all files of the folders that the user works in, open or not. */
export async function workspaceReport(
  desk: Desk,
  pages: Pages,
  previous: readonly PreviousResultId[],
  token: CancellationToken,
): Promise<WorkspaceDiagnosticReport> {
  const before = new Map(
    previous.flatMap((one) => (typeof one?.uri === 'string' ? [[one.uri, one.value]] : [])),
  )
  const items: WorkspaceDocumentDiagnosticReport[] = []
  const add = (uri: string, version: number | null, found: Diagnostic[]): void => {
    const resultId = answerId(found)
    if (before.get(uri) === resultId) items.push({kind: 'unchanged', uri, version, resultId})
    else items.push({kind: 'full', uri, version, resultId, items: found})
    before.delete(uri)
  }
  for (const folder of desk.folders) {
    const space = await desk.spaceIn(folder)
    let count = 0
    for (const file of space.scene.byFile.keys()) {
      if (token.isCancellationRequested)
        throw new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled')
      if (count++ % atOnce === 0) await setImmediate()
      const text = space.read(file)
      if (text === undefined) continue
      const its = space.documentOf(file, text)
      add(its.uri, its.version, diagnostics(space, its, pages))
    }
  }
  // What is gone has nothing wrong any more.
  for (const uri of [...before.keys()]) add(uri, null, [])
  return {items}
}
