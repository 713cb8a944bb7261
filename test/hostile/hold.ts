import {spawn, spawnSync} from 'node:child_process'
import {readFileSync, watch} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {onTestFinished} from 'vitest'
import {makeFolder} from '../files/folder.ts'
import {has} from './built.ts'

/** Whether strace can hold a program where it is. */
export const canHold =
  has('strace') &&
  spawnSync('strace', ['-f', '-e', 'trace=fsync', '-e', 'inject=fsync:signal=CONT', 'true'])
    .status === 0

/** A program that stands still right after a system call. */
export interface Held {
  goOn(): void
  /** Its status, and what it wrote to standard error. */
  readonly ended: Promise<readonly [status: number | null, stderr: string]>
}

/**
 * Start a program and wait until it stands still, right after its first system call of a name.
 *
 * @throws if it ends before
 */
export async function hold(
  [program = '', ...argv]: readonly string[],
  call: string,
  cwd: string,
): Promise<Held> {
  const log = path.join(makeFolder({log: ''}), 'log')
  const flags = [
    '-f',
    '-qq',
    '-o',
    log,
    '-e',
    `trace=${call}`,
    '-e',
    `inject=${call}:signal=STOP:when=1`,
  ]
  const child = spawn('strace', [...flags, program, ...argv], {
    cwd,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let stderr = ''
  child.stderr.on('data', (data: Buffer) => (stderr += String(data)))
  const ended = new Promise<readonly [number | null, string]>((resolve) =>
    child.on('close', (status) => resolve([status, stderr])),
  )
  const pid = await new Promise<number>((resolve, reject) => {
    const watcher = watch(log, look)
    function look(): void {
      const [, stopped] =
        /^(\d+) +--- stopped by SIGSTOP ---$/m.exec(readFileSync(log, 'utf8')) ?? []
      if (stopped === undefined) return
      watcher.close()
      resolve(Number(stopped))
    }
    look()
    child.on('close', (status) => {
      watcher.close()
      reject(new Error(`Ended with ${status} before ${call}: ${stderr}`))
    })
  })
  onTestFinished(() => {
    // A test that failed may have left it as it stands.
    if (child.exitCode === null) process.kill(pid, 'SIGKILL')
  })
  return {ended, goOn: () => process.kill(pid, 'SIGCONT')}
}
