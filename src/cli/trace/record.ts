import {spawn, spawnSync} from 'node:child_process'
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import process from 'node:process'
import {setTimeout as sleep} from 'node:timers/promises'
import {usageError} from '../../config/usage-error.ts'
import {codeOf, reasonOfFile} from '../../files/fault.ts'
import type {Trace} from '../../needs/evidence/traced.ts'
import {pastable, printable} from '../../reporters/printable.ts'
import {isUnitName} from '../../values/units.ts'
import {tellAll, writeLine} from '../io.ts'
import type {Io} from '../io.ts'
import {traceNamed} from '../trace-option.ts'

/** What is asked of a recording. */
export interface Recording {
  readonly unit: string
  /** Has the service do its work. */
  readonly check: string | undefined
  /** How long it may work without that, in seconds. */
  readonly settle: number
  /** Where the whole log is kept, absolute. */
  readonly log: string | undefined
}

/** What a command of the system said. */
interface CommandOutput {
  readonly status: number | null
  readonly text: string
}

/**
 * Trace a service of this machine from its start over its work to its end, by strace attached to
 * PID 1, and leave the machine as it was: the service runs again if it did, and the drop-in that
 * gives it time is gone.
 *
 * Returns what was seen, or undefined where it could not be traced, which is told. Rejects with a
 * usage error.
 */
export async function record(asked: Recording, io: Io): Promise<Trace | undefined> {
  const unit = /\.\w+$/.test(asked.unit) ? asked.unit : `${asked.unit}.service`
  if (!isUnitName(unit) || !unit.endsWith('.service'))
    throw usageError(
      'unitlint',
      `Unexpected \`${pastable(asked.unit)}\`, expected the name of a service`,
    )
  const missing = missingHere(io)
  if (missing !== undefined) {
    await writeLine(io.stderr, printable(`unitlint: Cannot trace here: ${missing}`))
    await writeLine(
      io.stderr,
      printable(
        `unitlint: Trace it where it runs, by \`strace -f -y -o ${unit}.log COMMAND\` or \`strace -f -y -o ${unit}.log -p 1\` while it starts, then: unitlint --trace ${unit}.log`,
      ),
    )
    return undefined
  }
  const loaded = systemctl('show', '-P', 'LoadState', '--', unit).text
  if (loaded !== 'loaded')
    throw usageError(
      'unitlint',
      `${pastable(unit)}: Not loaded by systemd: ${loaded === '' ? 'it does not answer' : loaded}`,
    )
  return traceLoaded({...asked, unit}, io)
}

/** What there is not that it takes, in words. */
function missingHere({env}: Io): string | undefined {
  if (process.platform !== 'linux' || !existsSync('/run/systemd/system'))
    return 'this machine was not started by systemd'
  if (process.getuid?.() !== 0) return 'it takes root'
  const isThere = (env['PATH'] ?? '/usr/sbin:/usr/bin:/sbin:/bin')
    .split(':')
    .some((folder) => isProgram(path.join(folder, 'strace')))
  return isThere ? undefined : 'there is no strace'
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}

function systemctl(...words: readonly string[]): CommandOutput {
  const {status, stdout, stderr} = spawnSync(
    'systemctl',
    ['--no-pager', '--no-ask-password', ...words],
    {encoding: 'utf8', timeout: 600_000},
  )
  return {status, text: `${stdout ?? ''}${status === 0 ? '' : (stderr ?? '')}`.trim()}
}

/** Strace slows things down: nothing is to be ended for that. */
const slowly = '[Service]\nTimeoutStartSec=600\nTimeoutStopSec=120\nWatchdogSec=0\n'

async function traceLoaded(asked: Recording, io: Io): Promise<Trace | undefined> {
  const {unit} = asked
  const folder = `/run/systemd/system/${unit}.d`
  const dropIn = `${folder}/zz-unitlint-trace.conf`
  const wasActive = systemctl('is-active', '--quiet', '--', unit).status === 0
  let place: string | undefined
  let tracer: ReturnType<typeof spawn> | undefined
  let caught: NodeJS.Signals | undefined
  const abort = new AbortController()
  const onSignal = (signal: NodeJS.Signals): void => {
    caught ??= signal
    abort.abort()
  }
  // From here on a signal waits until all is as it was.
  for (const signal of ended) process.on(signal, onSignal)
  try {
    claim(folder, dropIn, unit)
    place = mkdtempSync(path.join(tmpdir(), 'unitlint-trace-'))
    const log = asked.log ?? path.join(place, `${unit}.log`)
    systemctl('daemon-reload')
    systemctl('stop', '--', unit)
    tracer = straceTo(log)
    const fault = (await attached(tracer)) ?? (await live(asked, abort.signal, io))
    tracer.kill('SIGINT')
    await over(tracer)
    if (caught === undefined && fault === undefined) return await seenIn(log, unit, io)
    if (fault !== undefined) await tellAll(io, [`unitlint: ${pastable(unit)}: ${fault}`])
    return undefined
  } finally {
    // Else nothing is changed yet.
    if (place !== undefined) {
      if (tracer?.exitCode === null) tracer.kill('SIGINT')
      restore(unit, {folder, dropIn, wasActive})
      rmSync(place, {recursive: true, force: true})
    }
    for (const signal of ended) process.off(signal, onSignal)
    if (caught !== undefined) process.kill(process.pid, caught)
  }
}

/** Take the drop-in away, and have the service as it was. */
function restore(
  unit: string,
  {
    folder,
    dropIn,
    wasActive,
  }: {readonly folder: string; readonly dropIn: string; readonly wasActive: boolean},
): void {
  rmSync(dropIn, {force: true})
  // Only where it is empty: others may have put something there.
  spawnSync('rmdir', ['--ignore-fail-on-non-empty', folder])
  systemctl('daemon-reload')
  systemctl(wasActive ? 'restart' : 'stop', '--', unit)
  if (!wasActive) systemctl('reset-failed', '--', unit)
}

const ended = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const

/**
 * Put the drop-in there, which says that it is being traced; one that a trace left that is gone is
 * no hindrance. Throws a usage error.
 */
function claim(folder: string, dropIn: string, unit: string): void {
  const text = `# Written by \`unitlint trace\` (process ${process.pid}) until it is done.\n${slowly}`
  mkdirSync(folder, {recursive: true})
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      writeFileSync(dropIn, text, {flag: 'wx'})
      return
    } catch (cause) {
      if (codeOf(cause) !== 'EEXIST')
        throw usageError('unitlint', `${dropIn}: ${reasonOfFile(cause)}`)
      const [, pid] = /\(process (\d+)\)/.exec(readFileSync(dropIn, 'utf8')) ?? []
      if (pid !== undefined && existsSync(`/proc/${pid}`))
        throw usageError('unitlint', `${pastable(unit)}: Being traced already, by process ${pid}`)
      rmSync(dropIn, {force: true})
    }
  }
}

/** All that PID 1 starts is traced, and what that starts. */
function straceTo(log: string): ReturnType<typeof spawn> {
  const words = ['-f', '-y', '-s', '64', '-o', log, '-p', '1']
  return spawn('strace', words, {stdio: ['ignore', 'ignore', 'pipe']})
}

/** Wait until strace is attached; why it is not, in words. */
async function attached(tracer: ReturnType<typeof spawn>): Promise<string | undefined> {
  return new Promise((resolve) => {
    let said = ''
    tracer.stderr?.on('data', (data: Uint8Array) => {
      said += new TextDecoder().decode(data)
      if (said.includes('attached')) resolve(undefined)
    })
    tracer.on('error', (cause) => resolve(`strace: ${reasonOfFile(cause)}`))
    tracer.on('exit', () =>
      resolve(`strace cannot attach to PID 1: ${said.trim().split('\n', 1)[0] ?? ''}`),
    )
  })
}

async function over(tracer: ReturnType<typeof spawn>): Promise<void> {
  if (tracer.exitCode !== null || tracer.signalCode !== null) return
  await Promise.race([
    new Promise((resolve) => tracer.once('exit', resolve)),
    sleep(10_000, undefined, {ref: false}),
  ])
}

/** Have the service start, do its work, reload and stop; what went wrong, in words. */
async function live(
  {unit, check, settle}: Recording,
  signal: AbortSignal,
  io: Io,
): Promise<string | undefined> {
  const said = await asking(['systemctl', '--no-pager', 'start', '--', unit], signal)
  if (said.status !== 0)
    return signal.aborted ? 'Stopped' : `It does not start: ${said.text.split('\n', 1)[0] ?? ''}`
  const reloads = systemctl('show', '-P', 'CanReload', '--', unit).text === 'yes'
  for (const isAgain of reloads ? [false, true] : [false]) {
    if (isAgain) await asking(['systemctl', '--no-pager', 'reload', '--', unit], signal)
    if (check !== undefined) {
      const done = await asking(['/bin/sh', '-c', check], signal)
      if (done.status !== 0)
        return signal.aborted ? 'Stopped' : `The check failed: ${done.text.split('\n', 1)[0] ?? ''}`
    } else if (!isAgain) {
      await writeLine(
        io.stderr,
        `unitlint: Tracing ${pastable(unit)} for ${settle} seconds: have it do its work now`,
      )
      await sleep(settle * 1000, undefined, {signal}).catch(() => undefined)
    }
    if (signal.aborted) return 'Stopped'
  }
  await asking(['systemctl', '--no-pager', 'stop', '--', unit], signal)
  return signal.aborted ? 'Stopped' : undefined
}

/** Run a command to its end, or until a signal comes. */
async function asking(
  [program = '', ...words]: readonly string[],
  signal: AbortSignal,
): Promise<CommandOutput> {
  return new Promise((resolve) => {
    let text = ''
    const child = spawn(program, words, {
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
      timeout: 900_000,
    })
    const take = (data: Uint8Array): void => {
      if (text.length < 10_000) text += new TextDecoder().decode(data)
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.on('error', (cause) => resolve({status: null, text: reasonOfFile(cause)}))
    child.on('close', (status) => resolve({status, text: text.trim()}))
  })
}

async function seenIn(log: string, unit: string, io: Io): Promise<Trace | undefined> {
  const all = await traceNamed([log], io)
  const services = (all?.services ?? []).filter((one) => one.unit === unit)
  if (services.length > 0) return {services}
  await writeLine(
    io.stderr,
    printable(`unitlint: ${pastable(unit)}: Nothing of it in the log of strace`),
  )
  return undefined
}
