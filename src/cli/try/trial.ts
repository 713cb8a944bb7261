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
export class Trials {
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
    const begun = Date.now()
    const start = this.#usual
      ? Math.min(this.#checking.startTimeout, 5 * this.#checking.grace + 4 * this.#usual.start)
      : this.#checking.startTimeout
    const state = await this.#service.restart({
      start,
      stop: this.#usual ? this.#checking.grace + 3 * this.#usual.stop : 100_000,
    })
    if ('fault' in state) return state.fault
    if (state.load !== 'loaded') return `systemd does not load it (${state.load})`
    const started = Date.now() - begun
    if (
      state.active === 'failed' ||
      (state.active === 'inactive' &&
        (state.result !== 'success' || this.#usual?.isActive === true))
    ) {
      return `it did not start (${state.result})`
    }
    const {fault, took} = await this.#answers(
      state,
      this.#usual ? this.#checking.grace + 3 * this.#usual.check : this.#checking.timeout,
    )
    // Of the last start it is not to be stopped.
    if (fault !== undefined || !lines) return fault
    const reload = this.#usual?.reloads === false ? 'impossible' : await this.#service.reload(start)
    if (this.#usual && reload === 'failed') return 'its reload failed with it'
    if (this.#usual && reload === 'reloaded') {
      const {fault: after} = await this.#answers(
        await this.#service.state(),
        this.#checking.grace + 3 * this.#usual.check,
      )
      if (after !== undefined) return `${after}, after a reload`
    }
    const stopping = Date.now()
    const hung = await this.#service.stop({
      start: 0,
      stop: this.#usual ? this.#checking.grace + 3 * this.#usual.stop : 100_000,
    })
    this.#usual ??= {
      start: started,
      check: took,
      stop: Date.now() - stopping,
      reloads: reload === 'reloaded',
      isActive: state.active === 'active',
    }
    return hung === undefined ? undefined : `${hung} with it`
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
