import type {ClientCapabilities} from 'vscode-languageserver'
import {textsOf} from './params.ts'

/** What of a client's capabilities answers hang on. */
export interface Abilities {
  readonly encodings: readonly string[]
  /** It asks for diagnostics. */
  readonly pulls: boolean
  readonly registersSettings: boolean
  readonly registersWatching: boolean
  readonly hasSettings: boolean
  readonly hasFolders: boolean
  /** Edits may name the versions of documents. */
  readonly versionedEdits: boolean
  readonly renamesFiles: boolean
  readonly refreshes: {
    readonly diagnostics: boolean
    readonly hints: boolean
    readonly tokens: boolean
  }
  readonly actionLiterals: boolean
  readonly resolvesEdits: boolean
  readonly markdown: boolean
  readonly showsDocuments: boolean
  readonly nestedSymbols: boolean
  readonly foldsLinesOnly: boolean
}

export function abilitiesOf({
  general,
  textDocument,
  workspace,
  window,
}: ClientCapabilities): Abilities {
  return {
    encodings: textsOf(general?.positionEncodings),
    pulls: textDocument?.diagnostic !== undefined,
    registersSettings: workspace?.didChangeConfiguration?.dynamicRegistration ?? false,
    registersWatching: workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false,
    hasSettings: workspace?.configuration ?? false,
    hasFolders: workspace?.workspaceFolders ?? false,
    versionedEdits: workspace?.workspaceEdit?.documentChanges ?? false,
    renamesFiles: textsOf(workspace?.workspaceEdit?.resourceOperations).includes('rename'),
    refreshes: {
      diagnostics: workspace?.diagnostics?.refreshSupport ?? false,
      hints: workspace?.inlayHint?.refreshSupport ?? false,
      tokens: workspace?.semanticTokens?.refreshSupport ?? false,
    },
    actionLiterals: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
    resolvesEdits: textsOf(textDocument?.codeAction?.resolveSupport?.properties).includes('edit'),
    markdown:
      textDocument?.hover?.contentFormat === undefined ||
      textsOf(textDocument.hover.contentFormat).includes('markdown'),
    showsDocuments: window?.showDocument?.support ?? false,
    nestedSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport ?? false,
    foldsLinesOnly: textDocument?.foldingRange?.lineFoldingOnly ?? false,
  }
}
