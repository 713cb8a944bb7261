import type {LoadedUnit} from './load.ts'
import {valueOf} from './value.ts'

/** How many starts there may be in how many seconds (systemd-system.conf(5)). */
export const usualStartLimit = {interval: 10, burst: 5} as const

/** How long systemd waits before a restart, in seconds (systemd.service(5), "RestartSec="). */
export function restartDelay(unit: LoadedUnit): number {
  return valueOf(unit, 'RestartSec')?.seconds ?? 0.1
}

/**
 * How long so many restarts take at least; between two there is more time after each, where steps
 * are set (systemd.service(5), "RestartSteps="). Infinity for more than anybody counts.
 */
export function timeOfRestarts(unit: LoadedUnit, restarts: number): number {
  if (restarts > 1000) return Infinity
  const delay = restartDelay(unit)
  const steps = valueOf(unit, 'RestartSteps')?.number ?? 0
  const most = valueOf(unit, 'RestartMaxDelaySec')?.seconds ?? Infinity
  if (steps <= 0 || most === Infinity || most <= delay || delay === 0) return delay * restarts
  let sum = 0
  for (let restart = 0; restart < restarts; restart++)
    sum += Math.min(most, delay * (most / delay) ** (restart / steps))
  return sum
}
