import path from 'node:path'
import process from 'node:process'
import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  ErrorCodes,
  MessageType,
  ResponseError,
  ShowMessageNotification,
  TextDocumentSyncKind,
} from 'vscode-languageserver'
import type {
  CancellationToken,
  Connection,
  InitializeParams,
  InitializeResult,
  ServerCapabilities,
} from 'vscode-languageserver'
import {fileTypes} from '../facts/unit-types.ts'
import {reasonOf} from '../rule/reason.ts'
import {answerings} from './answerings.ts'
import type {Pages} from './pages.ts'
import {check, urisOf} from './params.ts'
import {Desk, pathOf} from './desk.ts'
import type {World} from './desk.ts'
import {Publisher} from './publisher.ts'
import {encodings} from './places.ts'
import {settingsFrom} from './settings.ts'
import {abilitiesOf} from './abilities.ts'
import type {Abilities} from './abilities.ts'

/** What a server has of the process that runs it. */
export interface ServerProcess extends Pick<World, 'cwd' | 'now'> {
  readonly version: string
  readonly pages: Pages
  /** Takes a line about what no client should send. */
  readonly tell: (line: string) => void
  /** To be called when the process that started this one is gone. */
  readonly orphaned: () => void
}

/** Answer a client over a connection, until it ends. Reads files, and writes none. */
export function serve(connection: Connection, server: ServerProcess): void {
  const said = new Set<string>()
  const note = (line: string): void => {
    if (said.has(line)) return
    said.add(line)
    void connection.sendNotification(ShowMessageNotification.type, {
      type: MessageType.Warning,
      message: line,
    })
  }
  const desk = new Desk({cwd: server.cwd, now: server.now, note})
  let abilities: Abilities = abilitiesOf({})
  const publisher = new Publisher(connection, desk, server.pages, note)
  let initial: unknown

  connection.onInitialize((params): InitializeResult => {
    abilities = abilitiesOf(params.capabilities ?? {})
    desk.encoding = encodings.find((its) => abilities.encodings.includes(its)) ?? 'utf-16'
    desk.look(foldersOf(params, server.cwd))
    initial = params.initializationOptions
    configure(initial)
    if (typeof params.processId === 'number') watch(params.processId, server.orphaned)
    publisher.isPushing = !abilities.pulls
    return {
      capabilities: {...offered, positionEncoding: desk.encoding, ...answers.capabilities},
      serverInfo: {name: 'unitlint', version: server.version},
    }
  })

  function configure(given: unknown): void {
    const {settings, faults} = settingsFrom(given)
    for (const line of faults) note(line)
    desk.configure(settings)
  }

  /** Take in what nobody waits to be answered; what makes no sense is passed over, in a word. */
  const heard =
    <Params>(method: string, work: (params: Params) => void) =>
    (params: Params): void => {
      try {
        work(params)
      } catch (error) {
        server.tell(`Unexpected ${method}: ${reasonOf(error)}`)
      }
    }

  connection.onInitialized(() => {
    if (abilities.registersSettings)
      void connection.client
        .register(DidChangeConfigurationNotification.type, {section: 'unitlint'})
        .catch(() => undefined)
    if (abilities.registersWatching) {
      const watchers = watched.map((globPattern) => ({globPattern}))
      void connection.client
        .register(DidChangeWatchedFilesNotification.type, {watchers})
        .catch(() => undefined)
    }
    if (abilities.hasFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(
        heard('workspace/didChangeWorkspaceFolders', ({added, removed}) => {
          const gone = new Set(foldersIn(removed, server.cwd))
          desk.look([
            ...desk.folders.filter((folder) => !gone.has(folder)),
            ...foldersIn(added, server.cwd),
          ])
          publisher.again()
        }),
      )
    }
    if (abilities.hasSettings) void ask()
  })

  /** Ask the client for settings; without an answer those of the start hold. */
  async function ask(): Promise<void> {
    const its: unknown = await connection.workspace
      .getConfiguration('unitlint')
      .catch(() => undefined)
    if (typeof its !== 'object' || its === null || Object.keys(its).length === 0) return
    configure(typeof initial === 'object' && initial !== null ? {...initial, ...its} : its)
    publisher.again()
  }

  connection.onDidChangeConfiguration(({settings}) => {
    if (abilities.hasSettings) return void ask()
    if (typeof settings === 'object' && settings !== null) configure(settings)
    publisher.again()
  })
  connection.onDidChangeWatchedFiles(
    heard('workspace/didChangeWatchedFiles', ({changes}) => {
      desk.changed(urisOf(changes).map((uri) => pathOf(uri, server.cwd)))
      publisher.again()
    }),
  )
  connection.onDidOpenTextDocument(
    heard('textDocument/didOpen', ({textDocument: {uri, text, version}}) => {
      check(typeof uri === 'string' && typeof text === 'string', 'a document with its text')
      desk.open(uri, text, version)
      publisher.soon(uri)
    }),
  )
  connection.onDidChangeTextDocument(
    heard('textDocument/didChange', ({textDocument: {uri, version}, contentChanges}) => {
      desk.change(uri, contentChanges, version)
      publisher.soon(uri)
    }),
  )
  connection.onDidCloseTextDocument(
    heard('textDocument/didClose', ({textDocument: {uri}}) => {
      desk.close(uri)
      publisher.closed(uri)
    }),
  )
  connection.onDidSaveTextDocument(
    heard('textDocument/didSave', ({textDocument: {uri}}) => {
      // Who does not tell of other files tells at least of this one, and others may have changed
      // with it.
      if (abilities.registersWatching) return
      desk.lookAgain()
      publisher.soon(uri)
    }),
  )
  connection.onShutdown(() => publisher.end())

  /** Work on an answer; what fails is told to the client, and the server goes on. */
  const guarded =
    <Params, Answer>(
      work: (params: Params, token: CancellationToken) => Promise<Answer> | Answer,
    ) =>
    async (params: Params, token: CancellationToken): Promise<Answer | ResponseError> => {
      try {
        return await work(params, token)
      } catch (error) {
        if (error instanceof ResponseError) return error
        return new ResponseError(
          ErrorCodes.InternalError,
          `A fault of unitlint: ${reasonOf(error)}`,
        )
      }
    }
  const answers = answerings({
    desk,
    connection,
    pages: server.pages,
    abilities: () => abilities,
    now: server.now,
    publisher,
    guarded,
  })
}

const offered: ServerCapabilities = {
  textDocumentSync: {
    openClose: true,
    change: TextDocumentSyncKind.Incremental,
    save: {includeText: false},
  },
  workspace: {workspaceFolders: {supported: true, changeNotifications: true}},
}

/** Configs, units, and drop-ins. */
const watched = [
  '**/unitlint.config.{ts,mts,js,mjs,json}',
  `**/*.{${fileTypes.join(',')}}`,
  '**/*.d/*.conf',
  '**/*.d',
]

/** The folders that the user works in; older clients name one in other ways. */
function foldersOf(
  params: Pick<InitializeParams, 'workspaceFolders'> & {
    readonly rootUri?: unknown
    readonly rootPath?: unknown
  },
  cwd: string,
): readonly string[] {
  const {workspaceFolders, rootUri, rootPath} = params
  const folders = foldersIn(workspaceFolders, cwd)
  if (folders.length > 0) return folders
  if (typeof rootUri === 'string') return [path.resolve(pathOf(rootUri, cwd))]
  return typeof rootPath === 'string' ? [path.resolve(rootPath)] : []
}

/** Folders that a client names, by absolute path. */
function foldersIn(folders: unknown, cwd: string): readonly string[] {
  return urisOf(folders).map((uri) => path.resolve(pathOf(uri, cwd)))
}

/** Call back when a process is gone; one that cannot be seen from here is not waited for. */
function watch(id: number, gone: () => void): void {
  const isThere = (): boolean => {
    try {
      process.kill(id, 0)
      return true
    } catch (error) {
      return error instanceof Error && 'code' in error && error.code === 'EPERM'
    }
  }
  if (!isThere()) return
  const timer = setInterval(() => {
    if (isThere()) return
    clearInterval(timer)
    gone()
  }, 500)
  timer.unref()
}
