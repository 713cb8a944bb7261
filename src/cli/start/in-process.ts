import process from 'node:process'
import type {Io} from '../io.ts'
import {outputs} from '../outputs.ts'
import {runToEnd} from '../run-to-end.ts'

/** Runs a command line in this process, to its end; `keep` is called when the work is done. */
export type InProcess = (argv: readonly string[], keep: () => void) => Promise<void>

/** A way to run command lines, for a process of its own. */
export function inThisProcess(
  run: (argv: readonly string[], io: Io) => Promise<number>,
): InProcess {
  return async (argv, keep) => {
    const output = outputs()
    const work = async (): Promise<number> => {
      const cwd = currentFolder()
      if (cwd === undefined) {
        output.stderr.write('unitlint: The current folder is gone\n')
        return 2
      }
      const status = await run(argv, {
        cwd,
        env: process.env,
        get stdin() {
          return process.stdin
        },
        get stdout() {
          return output.stdout
        },
        get stderr() {
          return output.stderr
        },
        now: () => performance.now(),
        date: () => Date.now(),
      })
      keep()
      return status
    }
    await runToEnd(work, output)
  }
}

function currentFolder(): string | undefined {
  try {
    return process.cwd()
  } catch {
    return undefined
  }
}
