import {pause} from './interruptible.ts'
import type {Systemd} from './systemd.ts'

/** How a service is, as its manager tells. */
export interface State {
  /** `loaded`, `bad-setting`, `masked`, `not-found`. */
  readonly load: string
  /** `active`, `inactive`, `failed`, or on its way. */
  readonly active: string
  readonly result: string
  readonly hasJob: boolean
  /** How often it was started again by itself. */
  readonly restarts: number
  /** What tells one start from the next. */
  readonly invocation: string
}

/** What ends the work: a signal, or a connection that is gone. */
export class Interrupted extends Error {}

/** How long systemd may take for what is asked of a service, in milliseconds. */
export interface Limits {
  start: number
  stop: number
}

const names = ['LoadState', 'ActiveState', 'Result', 'Job', 'NRestarts', 'InvocationID']

/** A service that is started and stopped, with an end to every wait. */
export class Service {
  readonly #systemd: Systemd
  readonly #unit: string
  readonly #signal: AbortSignal | undefined

  /** Throws `Interrupted` from waits when the signal comes. */
  constructor(systemd: Systemd, unit: string, signal?: AbortSignal) {
    this.#systemd = systemd
    this.#unit = unit
    this.#signal = signal
  }

  async state(): Promise<State> {
    const its = await this.#systemd.show(this.#unit, names)
    return {
      load: its('LoadState'),
      active: its('ActiveState'),
      result: its('Result'),
      hasJob: /^[1-9]/.test(its('Job')),
      restarts: Number(its('NRestarts')) || 0,
      invocation: its('InvocationID'),
    }
  }

  /**
   * Stop and start it; what hangs at its stop, or has not started in time, is killed. Returns how
   * it is then, or why not.
   */
  async restart(limits: Limits): Promise<State | {readonly fault: string}> {
    await this.#systemd.resetFailed(this.#unit)
    const refused = await this.#systemd.begin('restart', this.#unit)
    if (refused !== undefined) return {fault: refused}
    const state = await this.#settled(limits)
    if (!isOnItsWay(state)) return state
    await this.#systemd.kill(this.#unit)
    return {
      fault: state.active === 'deactivating' ? 'it does not stop' : 'it does not start in time',
    }
  }

  /** Have it read its settings anew: whether it did, or cannot. */
  async reload(limit: number): Promise<'reloaded' | 'failed' | 'impossible'> {
    const its = await this.#systemd.show(this.#unit, ['CanReload', 'ActiveState'])
    if (its('CanReload') !== 'yes' || its('ActiveState') !== 'active') return 'impossible'
    return (await this.#systemd.reloadUnit(this.#unit, limit)) === undefined ? 'reloaded' : 'failed'
  }

  /** Stop it. Returns why it had to be killed, if it had. */
  async stop(limits: Limits): Promise<string | undefined> {
    await this.#systemd.begin('stop', this.#unit)
    const isKilled = isOnItsWay(await this.#settled({start: 0, stop: limits.stop}, false))
    if (isKilled) {
      await this.#systemd.kill(this.#unit)
      await this.#settled({start: 5000, stop: 5000})
    }
    return isKilled ? 'it does not stop' : undefined
  }

  async #settled({start, stop}: Limits, mayKill = true): Promise<State> {
    const begun = Date.now()
    let step = 30
    let isKilled = false
    let stopped = 0
    for (;;) {
      if (this.#signal?.aborted) throw new Interrupted()
      const state = await this.state()
      if (!isOnItsWay(state)) return state
      stopped = state.active === 'deactivating' ? stopped || Date.now() : 0
      if (stopped > 0 && Date.now() - stopped > stop) {
        if (isKilled || !mayKill) return state
        isKilled = true
        stopped = Date.now()
        await this.#systemd.kill(this.#unit)
      }
      if (Date.now() - begun > start + stop) return state
      await pause(step, this.#signal)
      step = Math.min(250, step * 2)
    }
  }
}

function isOnItsWay({active, hasJob}: State): boolean {
  return (
    hasJob ||
    ['activating', 'deactivating', 'reloading', 'refreshing', 'maintenance'].includes(active)
  )
}
