import process from 'node:process'
import {run} from './run.ts'

// A reader that has seen enough, such as `head`, closes its end: what else we write is lost, and the status stays true.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

const cwd = currentFolder()
if (cwd === undefined) process.stderr.write('unitlint: The current folder is gone\n')
process.exitCode =
  cwd === undefined ? 2 : await run(process.argv.slice(2), {cwd, env: process.env, stdin: process.stdin, stdout: process.stdout, stderr: process.stderr})

function currentFolder(): string | undefined {
  try {
    return process.cwd()
  } catch {
    return undefined
  }
}
