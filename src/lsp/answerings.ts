import {
  CodeActionKind,
  ErrorCodes,
  MessageType,
  ResponseError,
  ShowMessageNotification,
} from 'vscode-languageserver'
import type {
  CodeAction,
  CodeActionParams,
  DocumentDiagnosticParams,
  DocumentOnTypeFormattingParams,
  ExecuteCommandParams,
  ReferenceParams,
  RenameParams,
  SelectionRangeParams,
  ServerCapabilities,
  WorkspaceDiagnosticParams,
  WorkspaceSymbolParams,
} from 'vscode-languageserver'
import {actionKinds, actions, actionCommands, pendingEdit} from './answers/actions.ts'
import type {PendingAction} from './answers/actions.ts'
import {explained, whyNotOf} from './answers/commands.ts'
import {completion, resolved} from './answers/completion.ts'
import {folding} from './answers/folding.ts'
import {formatting} from './answers/formatting.ts'
import {highlights} from './answers/highlights.ts'
import {exposureShown, hints} from './answers/hints.ts'
import {hover} from './answers/hover.ts'
import {links} from './answers/links.ts'
import {definition, referencesTo} from './answers/navigation.ts'
import {rename, renameable} from './answers/rename.ts'
import {selection} from './answers/selection.ts'
import {documentSymbols, flatSymbols, workspaceSymbols} from './answers/symbols.ts'
import {legend, tokens} from './answers/tokens.ts'
import {onNewline} from './answers/typing.ts'
import {asking, offsetIn, subjectAt} from './asking.ts'
import type {Answering} from './asking.ts'
import {workspaceReport} from './workspace-report.ts'
import {guarded} from './guarded.ts'
import {checkParams, isAboutDocument, isPlace} from './params.ts'
import {answerId} from './publisher.ts'

/** Answer what clients ask; see `answered`. */
export function answerings(given: Answering): void {
  answerOfText(given)
  answerOfUnits(given)
  answerOfWhatIsWrong(given)
  answerWithChanges(given)
}

/** What stands in a text, and could. */
function answerOfText(given: Answering): void {
  const {connection, pages, now} = given
  const {on, at, within} = asking(given)
  connection.onHover(guarded(at((its, offset) => hover(its, offset, now()) ?? null)))
  connection.onCompletion(
    guarded(at((its, offset) => (its.its.tooMuch === undefined ? completion(its, offset) : null))),
  )
  connection.onCompletionResolve(guarded(resolved))
  connection.onFoldingRanges(guarded(on((its) => folding(its.its))))
  connection.onDocumentHighlight(guarded(at((its, offset) => highlights(its, offset))))
  connection.onDocumentLinks(guarded(on((its) => links(its, pages))))
  connection.onSelectionRanges(
    guarded(
      on(({its}, {positions}: SelectionRangeParams) => {
        checkParams(Array.isArray(positions) && positions.every(isPlace), 'positions')
        return positions.map((position) => selection(its, offsetIn(its, position)))
      }),
    ),
  )
  connection.languages.semanticTokens.on(guarded(on((its) => tokens(its))))
  connection.languages.semanticTokens.onRange(guarded(within((its, span) => tokens(its, span))))
  connection.languages.inlayHint.on(guarded(within((its, span) => hints(its, span, now()))))
}

/** Where units are named, and what is in them. */
function answerOfUnits(given: Answering): void {
  const {desk, connection, abilities} = given
  const {on, at} = asking(given)
  connection.onDefinition(guarded(at((its, offset) => definition(its, offset))))
  connection.onReferences(
    guarded(
      at((its, offset, {context}: ReferenceParams) =>
        referencesTo(its, offset, {isDeclared: context?.includeDeclaration ?? false}),
      ),
    ),
  )
  connection.onDocumentSymbol(
    guarded(
      on((its) => (abilities().nestedSymbols ? documentSymbols(its.its) : flatSymbols(its.its))),
    ),
  )
  connection.onWorkspaceSymbol(
    guarded(async ({query}: WorkspaceSymbolParams) => {
      checkParams(typeof query === 'string', 'a query')
      const spaces = await Promise.all(desk.folders.map(async (folder) => desk.spaceIn(folder)))
      return spaces.flatMap((space) => workspaceSymbols(space, query))
    }),
  )
}

/** What is wrong in a document, or in all of a folder; why, and what is known of it. */
function answerOfWhatIsWrong(given: Answering): void {
  const {desk, connection, pages, publisher} = given
  connection.languages.diagnostics.on(
    guarded(async ({textDocument, previousResultId}: DocumentDiagnosticParams) => {
      checkParams(isAboutDocument({textDocument}), 'a document')
      const its = desk.document(textDocument.uri)
      const items = its ? [...(await publisher.of(its))] : []
      const resultId = answerId(items)
      return resultId === previousResultId
        ? {kind: 'unchanged' as const, resultId}
        : {kind: 'full' as const, resultId, items}
    }) as never,
  )
  connection.languages.diagnostics.onWorkspace(
    guarded(async ({previousResultIds: known = []}: WorkspaceDiagnosticParams, token) => {
      checkParams(Array.isArray(known), 'a list of answers')
      return workspaceReport(desk, pages, known, token)
    }) as never,
  )
  connection.onExecuteCommand(guarded(async (params) => answerToCommand(params, given)))
}

/** What a command tells, also in a few words that the client shows. */
async function answerToCommand(
  {command, arguments: words = []}: ExecuteCommandParams,
  given: Answering,
): Promise<string | null> {
  const [first, second] = Array.isArray(words) ? (words as readonly unknown[]) : []
  checkParams(typeof first === 'string', 'an argument')
  if (command === actionCommands.exposure) {
    const its = await subjectAt(first, given)
    return its ? (exposureShown(its)?.label ?? null) : null
  }
  const its = command === actionCommands.whyNot ? await subjectAt(first, given) : undefined
  const told =
    command === actionCommands.explain
      ? explained(first)
      : its && typeof second === 'string'
        ? whyNotOf(its, second)
        : undefined
  if (!told)
    throw new ResponseError(
      ErrorCodes.InvalidParams,
      `Nothing is known of \`${typeof second === 'string' ? second : first}\``,
    )
  void given.connection.sendNotification(ShowMessageNotification.type, {
    type: MessageType.Info,
    message: told.summary,
  })
  return told.markdown
}

/** What may be changed: fixes, names, and how a text is laid out. */
function answerWithChanges(given: Answering): void {
  const {connection, pages, abilities} = given
  const {on, at, within} = asking(given)
  connection.onCodeAction(
    guarded(
      within((its, span, {context}: CodeActionParams) => {
        const only = context?.only
        checkParams(
          only === undefined ||
            (Array.isArray(only) && only.every((kind) => typeof kind === 'string')),
          'a list of kinds',
        )
        return actions(its, {span, only}, {abilities: abilities(), pages})
      }),
    ),
  )
  connection.onCodeActionResolve(guarded(async (action) => withEdit(action, given)))
  connection.onPrepareRename(guarded(at((its, offset) => renameable(its, offset) ?? null)))
  connection.onRenameRequest(
    guarded(
      at((its, offset, {newName}: RenameParams) => {
        checkParams(typeof newName === 'string', 'a name')
        return rename(its, offset, newName, abilities())
      }),
    ),
  )
  connection.onDocumentFormatting(
    guarded(on((its) => formatting(its.its, its.type, {start: 0, end: its.its.text.length}))),
  )
  connection.onDocumentRangeFormatting(
    guarded(within((its, span) => formatting(its.its, its.type, span))),
  )
  connection.onDocumentOnTypeFormatting(
    guarded(
      at((its, offset, {ch}: DocumentOnTypeFormattingParams) =>
        ch === '\n' ? onNewline(its.its, offset) : [],
      ),
    ),
  )
}

/** An action with its edit, if its document is still as it was. */
async function withEdit(action: CodeAction, given: Answering): Promise<CodeAction> {
  // What was sent is what comes back, or anything.
  const pending = action.data as Partial<PendingAction> | undefined
  const its = typeof pending?.uri === 'string' ? await subjectAt(pending.uri, given) : undefined
  if (!pending || !its || its.its.version !== pending.version) return action
  const edit = pendingEdit(its, pending as PendingAction, given.abilities())
  return edit ? {...action, edit} : action
}

/** What is answered, as a client is told. */
export const answered: ServerCapabilities = {
  hoverProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  renameProvider: {prepareProvider: true},
  documentSymbolProvider: true,
  workspaceSymbolProvider: true,
  foldingRangeProvider: true,
  documentHighlightProvider: true,
  documentLinkProvider: {},
  selectionRangeProvider: true,
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  semanticTokensProvider: {legend, full: true, range: true},
  inlayHintProvider: true,
  documentOnTypeFormattingProvider: {firstTriggerCharacter: '\n'},
  completionProvider: {
    resolveProvider: true,
    triggerCharacters: ['[', '=', '~', '@', '%', ' ', ':', '-', '+', '!', '|'],
  },
  codeActionProvider: {
    codeActionKinds: [
      actionKinds.fix,
      actionKinds.fixAll,
      actionKinds.preset,
      CodeActionKind.Source,
    ],
    resolveProvider: true,
  },
  executeCommandProvider: {commands: Object.values(actionCommands)},
  diagnosticProvider: {
    identifier: 'unitlint',
    interFileDependencies: true,
    workspaceDiagnostics: true,
  },
}
