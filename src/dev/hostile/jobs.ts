import {fork} from 'node:child_process'
import type {ChildProcess} from 'node:child_process'

/** A command line to run on hostile input; `FILE` in it stands for the first file. */
export interface HostileJob {
  readonly name: string
  readonly bytes: number
  readonly argv: readonly string[]
}

/**
 * Runs jobs one after another in a process of its own, which is replaced when a job takes too long.
 */
export class Jobs {
  #child: ChildProcess | undefined

  /**
   * The milliseconds of CPU that a job took; infinite where it was ended after so many
   * milliseconds.
   */
  async run(job: HostileJob, patience: number): Promise<number> {
    const child = (this.#child ??= fork('src/dev/run.mjs', ['hostile/worker'], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    }))
    return new Promise((resolve) => {
      const finish = (took: number): void => {
        clearTimeout(timer)
        child.removeAllListeners()
        if (took === Infinity) this.end()
        resolve(took)
      }
      const timer = setTimeout(finish, patience, Infinity)
      child.once('message', (took) => finish(Number(took)))
      child.once('exit', () => finish(Infinity))
      child.send(job)
    })
  }

  /** End the process. */
  end(): void {
    this.#child?.kill('SIGKILL')
    this.#child = undefined
  }
}
