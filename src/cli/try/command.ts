import {spawn} from 'node:child_process'
import type {ChildProcess} from 'node:child_process'
import process from 'node:process'

/** What came of a program that was run. */
export interface Ran {
  /** Undefined where it could not be started, or was killed. */
  readonly status: number | undefined
  readonly stdout: string
  readonly stderr: string
  readonly isLate: boolean
}

/** How a program is run. */
export interface Running {
  /** Milliseconds. */
  readonly limit: number
  readonly env: Readonly<Record<string, string | undefined>>
  /** Whether what it says is of use. */
  readonly isHeard?: boolean
  /** Ends it. */
  readonly signal?: AbortSignal | undefined
}

/** As much is kept of what a program says. */
const mostHeard = 1 << 22

/**
 * Run a program, at most so long: then it is killed with all that it has started. It is in a group
 * of its own, so that what ends us at a terminal does not end it in the middle. Never rejects.
 */
export function ran(
  [program = '', ...args]: readonly string[],
  {limit, env, isHeard = true, signal}: Running,
): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      env: {...env},
      detached: true,
      stdio: ['ignore', isHeard ? 'pipe' : 'ignore', isHeard ? 'pipe' : 'ignore'],
    })
    const heard = {stdout: '', stderr: ''}
    let isLate = false
    for (const name of ['stdout', 'stderr'] as const) {
      child[name]?.setEncoding('utf8').on('data', (text: string) => {
        if (heard[name].length < mostHeard) heard[name] += text
      })
    }
    const kill = (): void => killGroupOf(child)
    const timer = setTimeout(() => {
      isLate = true
      kill()
    }, limit)
    const end = (status: number | undefined): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', kill)
      resolve({status, ...heard, isLate})
    }
    signal?.addEventListener('abort', kill, {once: true})
    child.on('error', (error) => {
      heard.stderr = error.message
      end(undefined)
    })
    child.on('exit', (status) => {
      // What it has started in the background may hold the pipes for long.
      if (!isHeard) end(status ?? undefined)
      else setTimeout(() => end(status ?? undefined), 500).unref()
    })
    child.on('close', (status) => end(status ?? undefined))
    if (signal?.aborted) kill()
  })
}

function killGroupOf(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  } catch {
    // It has ended.
  }
  // Whoever has left its group may hold the pipes.
  child.stdout?.destroy()
  child.stderr?.destroy()
}
