import {spawn} from 'node:child_process'
import type {ChildProcess} from 'node:child_process'
import {mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import process from 'node:process'
import {pathToFileURL} from 'node:url'
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node'
import type {
  Diagnostic,
  InitializeResult,
  ProtocolConnection,
  PublishDiagnosticsParams,
  TextEdit,
} from 'vscode-languageserver-protocol/node'

/** A folder with files; gone after the test that disposes of it. */
export interface Folder {
  readonly path: string
  uri(name: string): string
  write(name: string, text: string): void
  [Symbol.dispose](): void
}

export function folderWith(files: Readonly<Record<string, string>>): Folder {
  const top = realpathSync(mkdtempSync(path.join(tmpdir(), 'unitlint-lsp-')))
  const write = (name: string, text: string): void => {
    mkdirSync(path.dirname(path.join(top, name)), {recursive: true})
    writeFileSync(path.join(top, name), text)
  }
  for (const [name, text] of Object.entries(files)) write(name, text)
  return {
    path: top,
    uri: (name) => pathToFileURL(path.join(top, name)).href,
    write,
    [Symbol.dispose]: () => rmSync(top, {recursive: true, force: true}),
  }
}

/** A client of the server, which is a process of its own. */
export interface Client {
  readonly child: ChildProcess
  readonly connection: ProtocolConnection
  readonly capabilities: InitializeResult['capabilities']
  /** Messages for the user, and what the server wrote on standard error. */
  readonly shown: readonly string[]
  ask<Answer>(method: string, params: object): Promise<Answer>
  open(name: string, text: string): void
  change(name: string, version: number, contentChanges: readonly object[]): void
  /** What was told last of a document; waits until it is of that version. */
  told(name: string, version: number): Promise<readonly Diagnostic[]>
  /** What is found in a document, asked for. */
  pull(name: string): Promise<readonly Diagnostic[]>
  /** Waits until a message for the user has a text in it. */
  message(part: string): Promise<string>
  /** The exit status. */
  quit(): Promise<number | null>
  readonly exited: Promise<number | null>
  [Symbol.asyncDispose](): Promise<void>
}

/** How a client begins. */
export interface Beginning {
  /** More arguments. */
  readonly argv?: readonly string[]
  readonly capabilities?: object
  readonly options?: unknown
  readonly rootUri?: string | null
  /** What it answers when it is asked for settings. */
  readonly settings?: unknown
}

export async function client(
  command: readonly [string, ...string[]],
  folder: Folder,
  {argv: more = [], capabilities = {}, options, rootUri = folder.uri(''), settings}: Beginning = {},
): Promise<Client> {
  const [program, ...argv] = command
  const child = spawn(program, [...argv, 'lsp', '--stdio', ...more], {
    cwd: folder.path,
    env: {PATH: process.env['PATH']},
  })
  const shown: string[] = []
  const waiting = new Set<() => void>()
  const tell = (): void => {
    for (const look of waiting) look()
  }
  const until = <Found>(look: () => Found | undefined): Promise<Found> =>
    new Promise((resolve) => {
      const check = (): void => {
        const found = look()
        if (found === undefined) return
        waiting.delete(check)
        resolve(found)
      }
      waiting.add(check)
      check()
    })
  child.stderr.on('data', (chunk) => {
    shown.push(String(chunk))
    tell()
  })
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  )
  const published = new Map<string, PublishDiagnosticsParams>()
  connection.onNotification(
    'textDocument/publishDiagnostics',
    (params: PublishDiagnosticsParams) => {
      published.set(params.uri, params)
      tell()
    },
  )
  connection.onNotification('window/showMessage', ({message}: {message: string}) => {
    shown.push(message)
    tell()
  })
  connection.onRequest('workspace/configuration', () => [settings])
  connection.onRequest('client/registerCapability', () => null)
  connection.onRequest('workspace/diagnostic/refresh', () => null)
  connection.listen()
  const ask = async <Answer>(method: string, params: object): Promise<Answer> =>
    connection.sendRequest<Answer>(method, params)
  const begun: InitializeResult = await ask('initialize', {
    processId: process.pid,
    rootUri,
    capabilities,
    initializationOptions: options,
  })
  let isGone = false
  // What is still to be written when the server is ended is lost with it, and no fault.
  const tellServer = (method: string, params?: object): void => {
    connection.sendNotification(method, params).catch((error: unknown) => {
      if (!isGone) throw error
    })
  }
  tellServer('initialized', {})
  const quit = async (): Promise<number | null> => {
    await ask('shutdown', {})
    isGone = true
    tellServer('exit')
    return exited
  }
  return {
    child,
    connection,
    capabilities: begun.capabilities,
    shown,
    ask,
    open: (name, text) =>
      tellServer('textDocument/didOpen', {
        textDocument: {uri: folder.uri(name), languageId: 'systemd', version: 1, text},
      }),
    change: (name, version, contentChanges) =>
      tellServer('textDocument/didChange', {
        textDocument: {uri: folder.uri(name), version},
        contentChanges,
      }),
    told: async (name, version) =>
      until(() =>
        published.get(folder.uri(name))?.version === version
          ? published.get(folder.uri(name))?.diagnostics
          : undefined,
      ),
    pull: async (name) =>
      (
        await ask<{items: Diagnostic[]}>('textDocument/diagnostic', {
          textDocument: {uri: folder.uri(name)},
        })
      ).items,
    message: async (part) => until(() => shown.find((line) => line.includes(part))),
    quit,
    exited,
    async [Symbol.asyncDispose]() {
      const hasQuit = isGone
      isGone = true
      if (!hasQuit && child.exitCode === null) child.kill('SIGKILL')
      await exited
      connection.dispose()
    },
  }
}

/** A text after edits, as a client makes them: places count from the text as it was. */
export function afterEdits(text: string, edits: readonly TextEdit[]): string {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({index}) => index + 1)]
  const at = ({line, character}: TextEdit['range']['start']): number =>
    Math.min((starts[line] ?? text.length) + character, text.length)
  return edits
    .map(({range, newText}, index) => ({
      start: at(range.start),
      end: at(range.end),
      newText,
      index,
    }))
    .toSorted((one, other) => other.start - one.start || other.index - one.index)
    .reduce(
      (whole, {start, end, newText}) => whole.slice(0, start) + newText + whole.slice(end),
      text,
    )
}
