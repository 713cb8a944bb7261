import {commands, StatusBarAlignment, window, workspace} from 'vscode'
import type {ExtensionContext, TextEditor} from 'vscode'
import {LanguageClient, TransportKind} from 'vscode-languageclient/node'
import type {LanguageClientOptions, ServerOptions} from 'vscode-languageclient/node'
import {unitTypes} from '../facts/unit-types.ts'

let client: LanguageClient | undefined

/**
 * Start the server that lies in the extension, and show the exposure of the service that is looked
 * at.
 */
export async function activate(context: ExtensionContext): Promise<void> {
  const its = new LanguageClient('unitlint', 'unitlint', serverIn(context), options)
  client = its
  const item = window.createStatusBarItem('unitlint.exposure', StatusBarAlignment.Right)
  item.name = 'Exposure of the service'
  item.tooltip =
    'The exposure that `systemd-analyze security` finds: 0 is best, 10 is worst. After the arrow: once what is safe to fix is fixed'
  let asked = 0
  const show = async (editor: TextEditor | undefined): Promise<void> => {
    const turn = ++asked
    const text =
      editor && isOurs(editor.document)
        ? await exposureOf(its, editor.document.uri.toString())
        : undefined
    if (turn !== asked) return
    item.text = `$(shield) ${text ?? ''}`
    if (text === undefined) item.hide()
    else item.show()
  }
  let soon: NodeJS.Timeout | undefined
  context.subscriptions.push(
    its,
    item,
    {dispose: () => clearTimeout(soon)},
    window.onDidChangeActiveTextEditor(show),
    workspace.onDidChangeTextDocument(({document}) => {
      // What is no unit may still be a config or a neighbour of one that is.
      if (document.uri.scheme !== 'file') return
      clearTimeout(soon)
      soon = setTimeout(() => void show(window.activeTextEditor), patience)
    }),
    workspace.onDidSaveTextDocument(async () => show(window.activeTextEditor)),
    workspace.onDidGrantWorkspaceTrust(async () =>
      its.sendNotification('workspace/didChangeConfiguration', {settings: {unitlint: settings()}}),
    ),
    commands.registerCommand('unitlint.restart', async () => its.restart()),
  )
  await its.start()
  await show(window.activeTextEditor)
}

/** Stop the server. */
export async function deactivate(): Promise<void> {
  await client?.stop()
}

/** How long nothing is to be typed before the exposure is asked for, in milliseconds. */
const patience = 200

/**
 * Units in a language of another extension are units as well; what a file was once, in a
 * comparison, is not to be mended.
 */
const options: LanguageClientOptions = {
  documentSelector: [
    {scheme: 'file', language: 'systemd'},
    {scheme: 'untitled', language: 'systemd'},
    {scheme: 'file', pattern: `**/*.{${unitTypes.join(',')}}`},
  ],
  initializationOptions: settings,
  middleware: {workspace: {configuration: () => [settings()]}},
}

function isOurs({languageId, fileName}: TextEditor['document']): boolean {
  return languageId === 'systemd' || unitTypes.some((type) => fileName.endsWith(`.${type}`))
}

/** The command in the extension, run by the editor's own Node. */
function serverIn(context: ExtensionContext): ServerOptions {
  return {
    module: context.asAbsolutePath('dist/cli.js'),
    args: ['lsp'],
    transport: TransportKind.stdio,
  }
}

/** What the user has set; code is run only in a workspace that the editor trusts too. */
function settings(): {
  readonly preset: unknown
  readonly targets: unknown
  readonly trust: boolean
} {
  const its = workspace.getConfiguration('unitlint')
  return {
    preset: its.get('preset'),
    targets: its.get('targets'),
    trust: workspace.isTrusted && its.get('trust') === true,
  }
}

/** As the server shows it at `[Service]`. */
async function exposureOf(its: LanguageClient, uri: string): Promise<string | undefined> {
  if (!its.isRunning()) return undefined
  const shown = await its.sendRequest<string | null>('workspace/executeCommand', {
    command: 'unitlint.exposure',
    arguments: [uri],
  })
  return shown ?? undefined
}
