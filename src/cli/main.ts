import process from 'node:process'
import {outputs} from './outputs.ts'
import {run} from './run.ts'

const {stdout, stderr, faults} = outputs()
const cwd = currentFolder()
if (cwd === undefined) stderr.write('unitlint: The current folder is gone\n')
const io = {env: process.env, stdin: process.stdin, stdout, stderr, now: () => performance.now()}
const status = cwd === undefined ? 2 : await run(process.argv.slice(2), {...io, cwd})
for (const fault of faults) stderr.write(`${fault}\n`)
process.exitCode = faults.size > 0 ? 2 : status

function currentFolder(): string | undefined {
  try {
    return process.cwd()
  } catch {
    return undefined
  }
}
