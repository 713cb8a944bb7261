import process from 'node:process'
import {outputs} from './outputs.ts'
import {runToEnd} from './run-to-end.ts'
import {run} from './run.ts'

const output = outputs()
const {stdout, stderr} = output
const cwd = currentFolder()
if (cwd === undefined) stderr.write('unitlint: The current folder is gone\n')
const io = {env: process.env, stdin: process.stdin, stdout, stderr, now: () => performance.now()}
void runToEnd(async () => (cwd === undefined ? 2 : run(process.argv.slice(2), {...io, cwd})), output)

function currentFolder(): string | undefined {
  try {
    return process.cwd()
  } catch {
    return undefined
  }
}
