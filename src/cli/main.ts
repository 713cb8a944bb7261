import path from 'node:path'
import process from 'node:process'
import {codeOf, reasonOfFile} from '../files/fault.ts'
import {commands} from './commands.ts'
import type {InProcess} from './start/in-process.ts'
import {version} from './version.ts'

const argv = process.argv.slice(2)
if (argv.length === 1 && argv[0] === '--version') sayVersion()
else void start()

/** Load the script of the command, which is all that is loaded of us, and run it. */
async function start(): Promise<void> {
  const {loadScript} = await import('./start/script.ts')
  const [first = ''] = argv
  const script = first === 'lsp' ? 'lsp.js' : commands.has(first) ? 'commands.js' : 'lint.js'
  const {exported, keep} = loadScript(path.join(import.meta.dirname, script))
  // The build makes all scripts, of modules that export just this.
  const {inProcess} = exported as {readonly inProcess: InProcess}
  await inProcess(argv, keep)
}

/** A reader that is gone has seen enough; whatever else keeps it from being written is status 2. */
function sayVersion(): void {
  process.stdout.on('error', (error) => {
    if (codeOf(error) === 'EPIPE') return
    process.stderr.write(`unitlint: Standard output cannot be written: ${reasonOfFile(error)}\n`)
    process.exitCode = 2
  })
  process.stdout.write(`${version}\n`)
}
