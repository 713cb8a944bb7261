import {existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import * as z from 'zod'
import {codeOf, reasonOfFile} from '../../files/fault.ts'
import {putText} from '../../files/put.ts'
import {readText} from '../../files/read.ts'
import {notWritten, writer} from '../../files/writer.ts'
import {Service} from './service.ts'
import type {Systemd} from './systemd.ts'

/** What is needed to put a machine back as it was, whoever does it. */
function undoSchema() {
  return z.strictObject({
    unit: z.string(),
    pid: z.int(),
    /** When that process was started, to tell it from later ones of its number. */
    born: z.string(),
    /** The drop-in for the time of the trial. */
    dropIn: z.string(),
    /** Folders that were made for it. */
    folders: z.array(z.string()),
    wasActive: z.boolean(),
    /** Units that were active and hang on it. */
    others: z.array(z.string()),
    /** What was written to stay, and is not known to work yet. */
    kept: z
      .strictObject({file: z.string(), before: z.string().nullable(), after: z.string()})
      .nullable(),
  })
}

export type Undo = z.infer<ReturnType<typeof undoSchema>>

/** Where all is that is touched on a machine. */
export interface MachineFolders {
  /** Of systemd: `/run/systemd/system`. */
  readonly transient: string
  /** Of the administrator: `/etc/systemd/system`. */
  readonly lasting: string
  /** Of ours: `/run/unitlint`. */
  readonly own: string
}

/** What cannot be done, in a line. */
export class Failed extends Error {}

/** Do something with a file; what the system refuses is told in a line. */
export function guarded<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw new Failed(`${file}: ${reasonOfFile(error)}`, {cause: error})
  }
}

/** Another run is at work on the unit. */
export class Busy extends Error {
  constructor(unit: string, pid: number) {
    super(`Another \`unitlint try\` is at work on ${unit}, process ${pid}`)
  }
}

/**
 * The notes of how to put a machine back: one for each unit that is tried, which is its lock too.
 * They are in `/run`, as what they undo.
 */
export class Undos {
  readonly #folder: string

  constructor({own}: MachineFolders) {
    this.#folder = own
  }

  /**
   * What a run has left that ended before it could put all back; undefined where there is nothing.
   * Throws where the run is at work.
   */
  left(unit: string): Undo | undefined {
    const undo = this.#read(unit)
    if (undo && isAlive(undo)) throw new Busy(unit, undo.pid)
    return undo
  }

  /** All units that something is left of. */
  units(): readonly string[] {
    try {
      return readdirSync(this.#folder).flatMap((name) =>
        name.endsWith('.json') ? [name.slice(0, -'.json'.length)] : [],
      )
    } catch {
      return []
    }
  }

  /** Note what is about to be done; throws where another run was faster. */
  begin(undo: Omit<Undo, 'pid' | 'born'>): Undo {
    guarded(this.#folder, () => mkdirSync(this.#folder, {recursive: true, mode: 0o700}))
    const its = {...undo, pid: process.pid, born: bornOf(process.pid)}
    const outcome = writer().create(this.#file(undo.unit), JSON.stringify(its), 0o600)
    if (outcome.state === 'changed') throw new Busy(undo.unit, this.#read(undo.unit)?.pid ?? 0)
    const fault = notWritten(outcome)
    if (fault !== undefined) throw new Failed(`${this.#file(undo.unit)}: ${fault}`)
    return its
  }

  change(undo: Undo): Undo {
    const fault = putText(this.#file(undo.unit), JSON.stringify(undo))
    if (fault !== undefined) throw new Failed(`${this.#file(undo.unit)}: ${fault}`)
    return undo
  }

  end(unit: string): void {
    rmSync(this.#file(unit), {force: true})
    try {
      rmdirSync(this.#folder)
    } catch {
      // Others have theirs there.
    }
  }

  #file(unit: string): string {
    return path.join(this.#folder, `${unit}.json`)
  }

  #read(unit: string): Undo | undefined {
    try {
      return undoSchema().parse(JSON.parse(readFileSync(this.#file(unit), 'utf8')))
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined
      throw new Failed(
        `${this.#file(unit)}: Unexpected text, expected what \`unitlint try\` has noted there`,
        {cause: error},
      )
    }
  }
}

/**
 * Put a machine back as it was: files, then the service and what hangs on it. Returns what could
 * not be put back, in lines.
 */
export async function putBack(undo: Undo, systemd: Systemd): Promise<readonly string[]> {
  const faults: string[] = []
  const step = async (
    work: () => Promise<string | undefined> | string | undefined,
  ): Promise<void> => {
    try {
      const fault = await work()
      if (fault !== undefined) faults.push(fault)
    } catch (error) {
      faults.push(error instanceof Error ? error.message : String(error))
    }
  }
  const {unit, dropIn, folders, wasActive, others, kept} = undo
  await step(() => rmSync(dropIn, {force: true}) as undefined)
  if (kept) {
    const {file, before, after} = kept
    // What somebody else has written since is theirs.
    await step(() =>
      textOf(file) !== after
        ? undefined
        : before === null
          ? (rmSync(file, {force: true}) as undefined)
          : putText(file, before),
    )
  }
  for (const folder of folders) await step(() => removeEmpty(folder))
  await step(() => systemd.reload())
  await step(() => (wasActive ? startedAgain(unit, systemd) : stopped(unit, systemd)))
  for (const other of others) await step(() => startAgain(other, systemd))
  return faults
}

const limits = {start: 90_000, stop: 20_000}

/** Start a service again that was active; what keeps it from being so, in a line. */
async function startedAgain(unit: string, systemd: Systemd): Promise<string | undefined> {
  const state = await new Service(systemd, unit).restart(limits)
  if ('fault' in state) return `${unit}: ${state.fault}`
  return state.active === 'active'
    ? undefined
    : `${unit}: It is ${state.active} now, and was active`
}

async function stopped(unit: string, systemd: Systemd): Promise<undefined> {
  await new Service(systemd, unit).stop(limits)
  await systemd.resetFailed(unit)
}

/** Undefined where there is no such file. */
function textOf(file: string): string | undefined {
  const read = existsSync(file) ? readText(file) : undefined
  return read && 'text' in read ? read.text : undefined
}

/** Start what hangs on a service, or starts it, unless it is still active. */
export async function startAgain(unit: string, systemd: Systemd): Promise<string | undefined> {
  const its = new Service(systemd, unit)
  const {active} = await its.state()
  if (active === 'active' || active === 'activating') return undefined
  await systemd.resetFailed(unit)
  return systemd.begin('start', unit)
}

/** Remove a folder that was made, unless somebody else has put something there. */
export function removeEmpty(folder: string): undefined {
  if (!existsSync(folder)) return
  try {
    rmdirSync(folder)
  } catch (error) {
    if (codeOf(error) !== 'ENOTEMPTY') throw error
  }
}

function isAlive({pid, born}: Undo): boolean {
  const now = bornOf(pid)
  return now !== '' && now === born
}

/**
 * When a process was started, in ticks since the boot; empty where there is none
 * (proc_pid_stat(5)).
 */
function bornOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? '' : (fields[19] ?? '')
  } catch {
    return ''
  }
}
