import path from 'node:path'
import process from 'node:process'
import {commands} from './commands.ts'
import type {Io, Output} from './io.ts'
import {version} from './version.ts'

const argv = process.argv.slice(2)
if (argv.length === 1 && argv[0] === '--version') quiet(process.stdout).write(`${version}\n`)
else void start()

/** Load the script of the command, which is all that is loaded of us, and run it. */
async function start(): Promise<void> {
  const cwd = currentFolder()
  if (cwd === undefined) {
    quiet(process.stderr).write('unitlint: The current folder is gone\n')
    process.exitCode = 2
    return
  }
  const {loadScript} = await import('./start/script.ts')
  const script = path.join(import.meta.dirname, commands.has(argv[0] ?? '') ? 'commands.js' : 'lint.js')
  const {exported, keep} = loadScript(script)
  // The build makes both scripts, of modules that export just this.
  const {run} = exported as {readonly run: (argv: readonly string[], io: Io) => Promise<number>}
  process.exitCode = await run(argv, io(cwd))
  keep()
}

/** The streams are made when they are used: that takes a while. */
function io(cwd: string): Io {
  return {
    cwd,
    env: process.env,
    get stdin() {
      return process.stdin
    },
    get stdout() {
      return quiet(process.stdout)
    },
    get stderr() {
      return quiet(process.stderr)
    },
  }
}

/** A reader that has seen enough, such as `head`, closes its end: what else we write is lost, and the status stays true. */
function quiet(stream: Output): Output {
  if (stream.listenerCount('error') === 0) stream.on('error', () => undefined)
  return stream
}

function currentFolder(): string | undefined {
  try {
    return process.cwd()
  } catch {
    return undefined
  }
}
