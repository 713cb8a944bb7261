import {mkdirSync, rmSync} from 'node:fs'
import path from 'node:path'
import {putText} from '../../files/put.ts'
import {trialText} from '../../try/drop-in.ts'
import type {NewLine} from '../../engine/anchors.ts'
import {ran} from './command.ts'
import {Interrupted, Service} from './service.ts'
import type {State} from './service.ts'
import {pause} from './interruptible.ts'
import type {Systemd} from './systemd.ts'
import {Failed, guarded, startAgain} from './undo.ts'
import type {Undo} from './undo.ts'

/** How it is told whether a service works; times in milliseconds. */
export interface Checking {
  /** A command of the user's; absent: it has to stay active. */
  readonly command: string | undefined
  readonly timeout: number
  readonly settle: number
  readonly startTimeout: number
  /** How much longer than usual what is no failure may take. */
  readonly grace: number
}

/** A start that failed, and when it began, in seconds since 1970. */
export interface Failure {
  readonly because: string
  readonly since: number
}

/** A service with other lines for a time, started and checked. */
export class LinesOnTrial {
  readonly #systemd: Systemd
  readonly #undo: Undo
  readonly #checking: Checking
  readonly #env: Readonly<Record<string, string | undefined>>
  readonly #signal: AbortSignal
  readonly #service: Service
  /**
   * How long it took, and how the service is after it, when nothing was added; undefined before.
   */
  #usual:
    | {
        readonly start: number
        readonly check: number
        readonly stop: number
        readonly reloads: boolean
        readonly isActive: boolean
      }
    | undefined

  constructor(
    undo: Undo,
    {
      systemd,
      checking,
      env,
      signal,
    }: {
      systemd: Systemd
      checking: Checking
      env: Readonly<Record<string, string | undefined>>
      signal: AbortSignal
    },
  ) {
    this.#systemd = systemd
    this.#undo = undo
    this.#checking = checking
    this.#env = env
    this.#signal = signal
    this.#service = new Service(systemd, undo.unit, signal)
  }

  /** Whether the check passes with the service as it runs now; why not, in a clause. */
  async asItIs(): Promise<string | undefined> {
    const {fault, status} = await this.#answers(
      await this.#service.state(),
      5 * this.#checking.grace,
    )
    return status === undefined ? fault : `the check ends with status ${status}`
  }

  /**
   * Start the service with lines, undefined for none and as it always is. Why it does not work,
   * undefined where it does.
   */
  async fault(lines: readonly NewLine[] | undefined): Promise<Failure | undefined> {
    const since = Date.now() / 1000
    const because = await this.#faultWith(lines)
    if (this.#signal.aborted) throw new Interrupted()
    return because === undefined ? undefined : {because, since}
  }

  async #faultWith(lines: readonly NewLine[] | undefined): Promise<string | undefined> {
    await this.#put(lines)
    const begun = Date.now()
    const limits = {start: this.#longest('start'), stop: this.#longest('stop')}
    const state = await this.#service.restart(limits)
    if ('fault' in state) return state.fault
    const started = Date.now() - begun
    const unstarted = this.#unstarted(state)
    if (unstarted !== undefined) return unstarted
    const {fault, took} = await this.#answers(state, this.#longest('check'))
    // Of the last start it is not to be stopped.
    if (fault !== undefined || !lines) return fault
    const reload =
      this.#usual?.reloads === false ? 'impossible' : await this.#service.reload(limits.start)
    const worse = this.#usual && (await this.#faultAfter(reload))
    if (worse !== undefined) return worse
    const stopping = Date.now()
    const hung = await this.#service.stop({start: 0, stop: this.#longest('stop')})
    this.#usual ??= {
      start: started,
      check: took,
      stop: Date.now() - stopping,
      reloads: reload === 'reloaded',
      isActive: state.active === 'active',
    }
    return hung === undefined ? undefined : `${hung} with it`
  }

  /** Have systemd read the lines, none where they are undefined, and start what hangs on it. */
  async #put(lines: readonly NewLine[] | undefined): Promise<void> {
    const {dropIn, others} = this.#undo
    if (lines) {
      guarded(path.dirname(dropIn), () => mkdirSync(path.dirname(dropIn), {recursive: true}))
      const fault = putText(dropIn, trialText(lines))
      if (fault !== undefined) throw new Failed(`${dropIn}: ${fault}`)
    } else rmSync(dropIn, {force: true})
    const refused = await this.#systemd.reload()
    if (refused !== undefined) throw new Failed(`systemctl daemon-reload: ${refused}`)
    for (const other of others)
      if (other.endsWith('.socket')) await startAgain(other, this.#systemd)
  }

  /** How long a step may take: some times as long as it took when nothing was added. */
  #longest(step: 'start' | 'stop' | 'check'): number {
    const {grace, startTimeout, timeout} = this.#checking
    const usual = this.#usual
    switch (step) {
      case 'start':
        return usual ? Math.min(startTimeout, 5 * grace + 4 * usual.start) : startTimeout
      case 'stop':
        return usual ? grace + 3 * usual.stop : 100_000
      default:
        return usual ? grace + 3 * usual.check : timeout
    }
  }

  /** Why a service that was started is not up; undefined where it is. */
  #unstarted({load, active, result}: State): string | undefined {
    if (load !== 'loaded') return `systemd does not load it (${load})`
    return active === 'failed' ||
      (active === 'inactive' && (result !== 'success' || this.#usual?.isActive === true))
      ? `it did not start (${result})`
      : undefined
  }

  /** What is wrong once a service was told to reload. */
  async #faultAfter(
    reload: Awaited<ReturnType<Service['reload']>> | 'impossible',
  ): Promise<string | undefined> {
    if (reload === 'failed') return 'its reload failed with it'
    if (reload !== 'reloaded') return undefined
    const {fault} = await this.#answers(await this.#service.state(), this.#longest('check'))
    return fault === undefined ? undefined : `${fault}, after a reload`
  }

  /**
   * Whether the check passes, asked at least twice and for a while; whether the service stays as it
   * was all the time.
   */
  async #answers(
    state: State,
    patience: number,
  ): Promise<{
    readonly fault?: string
    readonly took: number
    readonly status?: number | undefined
  }> {
    const {command, timeout, settle} = this.#checking
    const begun = Date.now()
    if (command === undefined) {
      while (Date.now() - begun < settle) {
        await pause(Math.min(200, settle), this.#signal)
        if (this.#signal.aborted) throw new Interrupted()
        const fault = this.#change(state, await this.#service.state())
        if (fault !== undefined) return {fault, took: 0}
      }
      return {took: 0}
    }
    for (let asked = 1; ; asked++) {
      const {status, isLate} = await ran(['/bin/sh', '-c', command], {
        limit: timeout,
        env: this.#env,
        isHeard: false,
        signal: this.#signal,
      })
      if (this.#signal.aborted) throw new Interrupted()
      const took = Date.now() - begun
      const changed = this.#change(state, await this.#service.state())
      if (changed !== undefined) return {fault: changed, took}
      if (status === 0) return {took}
      if (isLate) return {fault: 'the check did not end with it', took}
      if (asked > 1 && took > patience) return {fault: 'the check failed with it', took, status}
      await pause(250, this.#signal)
    }
  }

  /** What has happened to the service by itself. */
  #change(before: State, now: State): string | undefined {
    if (
      now.restarts > before.restarts ||
      (now.invocation !== before.invocation && now.active === before.active)
    )
      return 'it was started again by itself'
    if (now.active === 'failed') return `it failed (${now.result})`
    return before.active === 'active' && now.active !== 'active' && now.active !== 'reloading'
      ? `it ended (${now.result})`
      : undefined
  }
}
