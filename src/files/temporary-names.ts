import {createHash, randomBytes} from 'node:crypto'
import {readFileSync, readlinkSync} from 'node:fs'
import type {Stats} from 'node:fs'
import {hostname, uptime} from 'node:os'
import process from 'node:process'
import {codeOf} from './fault.ts'

/** Names for files that are there for a moment. */
export interface TemporaryNames {
  /**
   * One that nobody can guess; it tells which process of which machine it is from, and is no unit's
   * and no drop-in's.
   */
  next(): string
  /** Whether a name is like these, whoever made it. */
  isOne(name: string): boolean
  /**
   * Whether a file of such a name is what a run of this machine has left that was killed: never one
   * of a run that may still need it.
   */
  isLeft(name: string, stats: Stats): boolean
  /**
   * Whether the run that a name is from is over, of a name that was given at that time; never if it
   * may be alive.
   */
  isDead(name: string, time: number): boolean
}

/** The names of temporary files as this process makes them, and tells them apart. */
export function temporaryNames(): TemporaryNames {
  const [host, boot] = machine()
  const own = [prefix, host, boot, process.pid, startOf(process.pid) ?? 0].join('-')
  const ownUser = process.getuid?.()
  const isDead = (name: string, time: number): boolean => {
    const [, itsHost, itsBoot, pid, start] = pattern.exec(name) ?? []
    if (itsHost !== host) return false
    return itsBoot === boot ? !isRunning(Number(pid), Number(start)) : time < bootTime()
  }
  return {
    next: () => `${own}-${randomBytes(8).toString('hex')}${suffix}`,
    isOne: (name) => pattern.test(name),
    isLeft(name, stats) {
      const isOurs = stats.isFile() && (ownUser === undefined || stats.uid === ownUser)
      return isOurs && isDead(name, stats.mtimeMs)
    },
    isDead,
  }
}

const prefix = '.unitlint'
const suffix = '.tmp'
const pattern = /^\.unitlint-([0-9a-f]{12})-([0-9a-f]{12})-(\d{1,10})-(\d{1,20})-[0-9a-f]{16}\.tmp$/

/**
 * What tells this machine from others, and this run of it from earlier ones; processes of another
 * container have numbers of their own.
 */
function machine(): [host: string, boot: string] {
  const digest = (...parts: readonly string[]): string =>
    createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 12)
  return [
    digest(hostname(), textOf('/etc/machine-id')),
    digest(textOf('/proc/sys/kernel/random/boot_id'), linkOf('/proc/self/ns/pid')),
  ]
}

function isRunning(pid: number, start: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false
  }
  const its = startOf(pid)
  return its === undefined || its === start
}

/**
 * When a process began, in ticks since the machine did (proc_pid_stat(5)): another process of the
 * same number began later.
 */
function startOf(pid: number): number | undefined {
  const text = textOf(`/proc/${pid}/stat`)
  // The name of the program comes second, in parentheses, and may hold anything.
  const start = text.slice(text.lastIndexOf(')') + 2).split(' ')[19]
  return start === undefined ? undefined : Number(start)
}

function bootTime(): number {
  return Date.now() - uptime() * 1000
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'latin1')
  } catch {
    return ''
  }
}

function linkOf(file: string): string {
  try {
    return readlinkSync(file)
  } catch {
    return ''
  }
}
