import process from 'node:process'
import {run} from './run.ts'

// A reader that has seen enough, such as `head`, closes its end: what else we write is lost, and the status stays true.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

process.exitCode = await run(process.argv.slice(2), {
  cwd: process.cwd(),
  env: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
})
