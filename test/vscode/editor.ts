import {readFileSync} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {fileURLToPath, pathToFileURL} from 'node:url'
import type * as Extension from '../../src/vscode/extension.ts'

/**
 * What stands in for the module `vscode` that the editor gives to extensions: one document is open,
 * settings are given, and what the extension shows is told, in lines of JSON.
 */
const given = JSON.parse(process.env['UNITLINT_EDITOR'] ?? '{}') as {
  /** The folder of the extension. */
  readonly extension: string
  /** The document that is open. */
  readonly file: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly isTrusted: boolean
  /** The file that declares VS Code's module. */
  readonly declarations: string
}

class Disposable {
  static from(...all: readonly Disposable[]): Disposable {
    return new Disposable(() => {
      for (const one of all) one.dispose()
    })
  }
  readonly #end: () => void
  constructor(end: () => void = () => undefined) {
    this.#end = end
  }
  dispose(): void {
    this.#end()
  }
}
/** An event that never happens. */
const never = (): Disposable => new Disposable()

class EventEmitter {
  readonly #listeners = new Set<(value: unknown) => void>()
  readonly event = (listener: (value: unknown) => void): Disposable => {
    this.#listeners.add(listener)
    return new Disposable(() => this.#listeners.delete(listener))
  }
  fire(value: unknown): void {
    for (const listener of this.#listeners) listener(value)
  }
  dispose(): void {
    this.#listeners.clear()
  }
}

class Uri {
  static parse(text: string): Uri {
    return new Uri(fileURLToPath(text))
  }
  static file(file: string): Uri {
    return new Uri(file)
  }
  readonly scheme = 'file'
  readonly fsPath: string
  constructor(file: string) {
    this.fsPath = file
  }
  toString(): string {
    return pathToFileURL(this.fsPath).href
  }
}

class CancellationTokenSource {
  readonly token = {isCancellationRequested: false, onCancellationRequested: never}
  cancel(): void {
    this.token.isCancellationRequested = true
  }
  dispose(): void {
    this.cancel()
  }
}

class Diagnostic {
  readonly message: string
  constructor(_range: object, message: string) {
    this.message = message
  }
}

class CodeActionKind {
  static readonly Empty = new CodeActionKind('')
  readonly value: string
  constructor(value: string) {
    this.value = value
  }
  append(part: string): CodeActionKind {
    return new CodeActionKind(this.value === '' ? part : `${this.value}.${part}`)
  }
}

const text = readFileSync(given.file, 'utf8')
const document = {
  uri: Uri.file(given.file),
  fileName: given.file,
  languageId: 'systemd',
  version: 1,
  isClosed: false,
  getText: () => text,
}
const folder = {uri: Uri.file(path.dirname(given.file)), name: 'folder', index: 0}
const events = (names: readonly string[]): object =>
  Object.fromEntries(names.map((name) => [name, never]))

/** The text in the status bar; told when it is shown. */
const item = {
  text: '',
  show(): void {
    tell('status', item.text)
  },
  hide: () => undefined,
  dispose: () => undefined,
}

const waiting = new Set(['found', 'status'])
let done: () => void
/** Settles when the findings and the exposure have been shown. */
const shown = new Promise<void>((resolve) => (done = resolve))

function tell(kind: string, what: unknown): void {
  waiting.delete(kind)
  if (waiting.size === 0) done()
  process.stdout.write(`${JSON.stringify([kind, what])}\n`)
}

const collection = {
  set: (_uri: object, found: ReadonlyArray<{readonly message: string}>) =>
    tell(
      'found',
      found.map(({message}) => message),
    ),
  has: () => false,
  delete: () => undefined,
  clear: () => undefined,
  forEach: () => undefined,
  dispose: () => undefined,
}
const channel = {
  ...events(['dispose', 'show', 'clear', 'onDidChangeLogLevel']),
  logLevel: 3,
  append: (words: string) => tell('log', words),
  appendLine: (words: string) => tell('log', words),
}
for (const level of ['trace', 'debug', 'info', 'warn', 'error'])
  Object.assign(channel, {[level]: (words: string) => tell('log', words)})

const known = {
  CancellationTokenSource,
  CodeActionKind,
  Diagnostic,
  Disposable,
  EventEmitter,
  Uri,
  version: '1.100.0',
  env: {appName: 'a test', language: 'en'},
  commands: {registerCommand: never, executeCommand: async () => undefined},
  window: {
    ...events([
      'onDidChangeActiveTextEditor',
      'onDidChangeVisibleTextEditors',
      'onDidChangeWindowState',
    ]),
    activeTextEditor: {document},
    visibleTextEditors: [{document}],
    tabGroups: {all: [], ...events(['onDidChangeTabs', 'onDidChangeTabGroups'])},
    createStatusBarItem: () => item,
    createOutputChannel: () => channel,
    showErrorMessage: async (words: string) => tell('error', words),
    showWarningMessage: async (words: string) => tell('warning', words),
    showInformationMessage: async (words: string) => tell('information', words),
  },
  workspace: {
    ...events([
      'onDidOpenNotebookDocument',
      'onDidChangeNotebookDocument',
      'onDidCloseNotebookDocument',
      'onDidSaveNotebookDocument',
    ]),
    ...events([
      'onDidOpenTextDocument',
      'onDidChangeTextDocument',
      'onDidCloseTextDocument',
      'onDidSaveTextDocument',
      'onWillSaveTextDocument',
    ]),
    ...events([
      'onDidChangeConfiguration',
      'onDidChangeWorkspaceFolders',
      'onDidGrantWorkspaceTrust',
      'registerTextDocumentContentProvider',
    ]),
    ...events([
      'onDidCreateFiles',
      'onDidRenameFiles',
      'onDidDeleteFiles',
      'onWillCreateFiles',
      'onWillRenameFiles',
      'onWillDeleteFiles',
    ]),
    isTrusted: given.isTrusted,
    textDocuments: [document],
    notebookDocuments: [],
    workspaceFolders: [folder],
    getWorkspaceFolder: () => folder,
    getConfiguration: () => ({get: (key: string) => given.settings[key]}),
    createFileSystemWatcher: () => ({
      ...events(['onDidCreate', 'onDidChange', 'onDidDelete', 'dispose']),
    }),
  },
  languages: new Proxy(
    {createDiagnosticCollection: () => collection, match: () => 10},
    {get: (its, name) => Reflect.get(its, name) ?? never},
  ),
}

/**
 * The classes and enumerations of VS Code, by name, from its declarations: classes that do nothing.
 */
function declared(): Record<string, unknown> {
  const text = readFileSync(given.declarations, 'utf8')
  const classes = [...text.matchAll(/^\texport class (\w+)/gm)].map(
    ([, name = '']): [string, unknown] => [name, class extends Disposable {}],
  )
  const enums = [...text.matchAll(/^\texport enum (\w+) \{(.*?)^\t\}/gms)].map(
    ([, name = '', body = '']): [string, unknown] => [
      name,
      Object.fromEntries(
        [...body.matchAll(/^\t\t(\w+)(?: = (-?\d+))?,?$/gm)].map(
          ([, member = '', value], index) => [member, Number(value ?? index)],
        ),
      ),
    ],
  )
  return Object.fromEntries([...classes, ...enums])
}

export const editor = {...declared(), ...known}

/** Activate the extension, wait until it has shown what there is, and deactivate it. */
export async function run(): Promise<void> {
  const its = (await import(pathToFileURL(path.join(given.extension, 'extension.js')).href)) as {
    readonly default: typeof Extension
  }
  const context = {
    subscriptions: [],
    asAbsolutePath: (name: string) => path.join(given.extension, name),
  }
  await its.default.activate(context as never)
  await shown
  await its.default.deactivate()
  tell('stopped', true)
}
