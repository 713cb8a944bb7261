import path from 'node:path'
import process from 'node:process'
import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  MessageType,
  ShowMessageNotification,
  TextDocumentSyncKind,
} from 'vscode-languageserver'
import type {
  Connection,
  InitializeParams,
  InitializeResult,
  ServerCapabilities,
} from 'vscode-languageserver'
import {configNames} from '../config/find.ts'
import {fileTypes} from '../facts/unit-types.ts'
import {messageOf} from '../rule/thrown.ts'
import {answered, answerings} from './answerings.ts'
import type {Pages} from './pages.ts'
import {checkParams, urisOf} from './params.ts'
import {Desk, documentPath} from './desk.ts'
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
  const served = new Server(connection, server)
  served.listen()
}

/** A server, and what it knows of its client. */
class Server {
  readonly #connection: Connection
  readonly #server: ServerProcess
  readonly #desk: Desk
  readonly #publisher: Publisher
  readonly #said = new Set<string>()
  #abilities: Abilities = abilitiesOf({})
  /** The settings that the client has begun with, which may be anything. */
  #initial: unknown

  constructor(connection: Connection, server: ServerProcess) {
    this.#connection = connection
    this.#server = server
    const note = (line: string): void => this.#note(line)
    this.#desk = new Desk({cwd: server.cwd, now: server.now, note})
    this.#publisher = new Publisher(connection, this.#desk, server.pages, note)
  }

  listen(): void {
    const connection = this.#connection
    connection.onInitialize((params) => this.#initialize(params))
    connection.onInitialized(() => this.#initialized())
    connection.onDidChangeConfiguration(({settings}) => {
      if (this.#abilities.hasSettings) return void this.#ask()
      if (typeof settings === 'object' && settings !== null) this.#configure(settings)
      this.#publisher.again()
    })
    connection.onDidChangeWatchedFiles(
      this.#heard('workspace/didChangeWatchedFiles', ({changes}) => {
        this.#desk.changed(urisOf(changes).map((uri) => documentPath(uri, this.#server.cwd)))
        this.#publisher.again()
      }),
    )
    this.#listenToDocuments()
    connection.onShutdown(() => this.#publisher.end())
    answerings({
      desk: this.#desk,
      connection,
      pages: this.#server.pages,
      abilities: () => this.#abilities,
      now: this.#server.now,
      publisher: this.#publisher,
    })
  }

  #listenToDocuments(): void {
    const [connection, desk, publisher] = [this.#connection, this.#desk, this.#publisher]
    connection.onDidOpenTextDocument(
      this.#heard('textDocument/didOpen', ({textDocument: {uri, text, version}}) => {
        checkParams(typeof uri === 'string' && typeof text === 'string', 'a document with its text')
        desk.open(uri, text, version)
        publisher.soon(uri)
      }),
    )
    connection.onDidChangeTextDocument(
      this.#heard('textDocument/didChange', ({textDocument: {uri, version}, contentChanges}) => {
        desk.change(uri, contentChanges, version)
        publisher.soon(uri)
      }),
    )
    connection.onDidCloseTextDocument(
      this.#heard('textDocument/didClose', ({textDocument: {uri}}) => {
        desk.close(uri)
        publisher.closed(uri)
      }),
    )
    connection.onDidSaveTextDocument(
      this.#heard('textDocument/didSave', ({textDocument: {uri}}) => {
        // Who does not tell of other files tells at least of this one, and others may have changed
        // with it.
        if (this.#abilities.registersWatching) return
        desk.lookAgain()
        publisher.soon(uri)
      }),
    )
  }

  #initialize(params: InitializeParams): InitializeResult {
    const desk = this.#desk
    this.#abilities = abilitiesOf(params.capabilities ?? {})
    desk.encoding = encodings.find((its) => this.#abilities.encodings.includes(its)) ?? 'utf-16'
    desk.look(foldersOf(params, this.#server.cwd))
    this.#initial = params.initializationOptions
    this.#configure(this.#initial)
    if (typeof params.processId === 'number') watch(params.processId, this.#server.orphaned)
    this.#publisher.isPushing = !this.#abilities.pulls
    return {
      capabilities: {...offered, positionEncoding: desk.encoding, ...answered},
      serverInfo: {name: 'unitlint', version: this.#server.version},
    }
  }

  #initialized(): void {
    const {registersSettings, registersWatching, hasFolders, hasSettings} = this.#abilities
    const {client, workspace} = this.#connection
    if (registersSettings)
      void client
        .register(DidChangeConfigurationNotification.type, {section: 'unitlint'})
        .catch(() => undefined)
    if (registersWatching) {
      const watchers = watched.map((globPattern) => ({globPattern}))
      void client
        .register(DidChangeWatchedFilesNotification.type, {watchers})
        .catch(() => undefined)
    }
    if (hasFolders) {
      const {cwd} = this.#server
      workspace.onDidChangeWorkspaceFolders(
        this.#heard('workspace/didChangeWorkspaceFolders', ({added, removed}) => {
          const gone = new Set(foldersIn(removed, cwd))
          const left = this.#desk.folders.filter((folder) => !gone.has(folder))
          this.#desk.look([...left, ...foldersIn(added, cwd)])
          this.#publisher.again()
        }),
      )
    }
    if (hasSettings) void this.#ask()
  }

  #configure(given: unknown): void {
    const {settings, faults} = settingsFrom(given)
    for (const line of faults) this.#note(line)
    this.#desk.configure(settings)
  }

  /** Ask the client for settings; without an answer those of the start hold. */
  async #ask(): Promise<void> {
    const its: unknown = await this.#connection.workspace
      .getConfiguration('unitlint')
      .catch(() => undefined)
    if (typeof its !== 'object' || its === null || Object.keys(its).length === 0) return
    const initial = this.#initial
    this.#configure(typeof initial === 'object' && initial !== null ? {...initial, ...its} : its)
    this.#publisher.again()
  }

  /** Show people a line, once. */
  #note(message: string): void {
    if (this.#said.has(message)) return
    this.#said.add(message)
    const type = MessageType.Warning
    void this.#connection.sendNotification(ShowMessageNotification.type, {type, message})
  }

  /** Take in what nobody waits to be answered; what makes no sense is passed over, in a word. */
  #heard<Params>(method: string, work: (params: Params) => void): (params: Params) => void {
    return (params) => {
      try {
        work(params)
      } catch (error) {
        this.#server.tell(`Unexpected ${method}: ${messageOf(error)}`)
      }
    }
  }
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
  `**/{${configNames.join(',')}}`,
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
  if (typeof rootUri === 'string') return [path.resolve(documentPath(rootUri, cwd))]
  return typeof rootPath === 'string' ? [path.resolve(rootPath)] : []
}

/** Folders that a client names, by absolute path. */
function foldersIn(folders: unknown, cwd: string): readonly string[] {
  return urisOf(folders).map((uri) => path.resolve(documentPath(uri, cwd)))
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
