import {spawn} from 'node:child_process'
import process from 'node:process'
import {printable} from '../../reporters/printable.ts'
import {tellAll, writeLine} from '../io.ts'
import type {Io} from '../io.ts'
import {interruptible} from './interruptible.ts'
import {managerHere, machineFolders, unitNamed} from './machine.ts'
import type {Means} from './run-try.ts'
import type {RestoreArguments} from './try-arguments.ts'
import {putBack, Undos} from './undo.ts'

/**
 * `unitlint try --restore`: put back what is left of a unit, or of all. Returns the exit status: 2
 * where something could not be.
 */
export async function restore({restored}: RestoreArguments, io: Io): Promise<number> {
  const {systemd} = await managerHere(io)
  const undos = new Undos(machineFolders)
  const units = restored === undefined ? undos.units() : [unitNamed(restored)]
  let failed = false
  let count = 0
  for (const unit of units) {
    try {
      const left = undos.left(unit)
      if (!left) continue
      const faults = await interruptible(() => putBack(left, systemd))
      await tellAll(io, faults)
      if (faults.length === 0) undos.end(unit)
      failed ||= faults.length > 0
      count++
      if (faults.length === 0) await writeLine(io.stdout, printable(`${unit}: as it was`))
    } catch (error) {
      failed = true
      await writeLine(io.stderr, printable(error instanceof Error ? error.message : String(error)))
    }
  }
  if (count === 0 && !failed) await writeLine(io.stdout, 'Nothing to put back')
  return failed ? 2 : 0
}

/**
 * Have another process see to it that all is put back should this one be killed: it waits until we
 * are gone.
 */
export const startWatcher: Means['watch'] = (unit) => {
  const words = [...self(process), 'try', '--restore', unit]
  const child = spawn(
    '/bin/sh',
    ['-c', 'trap "" INT HUP TERM; cat >/dev/null; exec "$@"', 'sh', ...words],
    {
      detached: true,
      cwd: '/',
      stdio: ['pipe', 'ignore', 'ignore'],
    },
  )
  child.on('error', () => undefined)
  child.stdin.on('error', () => undefined)
  child.unref()
  return () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    } catch {
      // It has ended.
    }
  }
}

/**
 * The words that start this program: in the executable with Node in it, its name stands once more
 * where else the script does.
 */
export function self({
  execPath,
  argv0,
  argv: [, script = ''],
}: Pick<typeof process, 'execPath' | 'argv0' | 'argv'>): readonly string[] {
  return script === argv0 ? [execPath] : [execPath, script]
}
