import {defineRule, fixBy, rewrite, services, set} from 'unitlint/rule'
import type {Unit} from 'unitlint/rule'

const about = ['StartLimitIntervalSec', 'StartLimitBurst']

export default defineRule({
  id: 'no-idle-start-limit',
  summary: 'Disallow limits of starts that are never reached',
  why: 'A service that fails is restarted for ever where restarts are too far apart for the limit that somebody has set.',
  unless:
    'It shall be restarted for ever; without the lines of the limit, or with `StartLimitIntervalSec=0` alone, it is as well.',
  directives: about,
  on: {...services, lines: about},
  fixesHangOn: [],
  messages: {
    off: 'Unexpected `StartLimitBurst={burst}`, `StartLimitIntervalSec=0` switches the limit off',
    never:
      'Unexpected limit of {burst} starts within {interval} s, restarts that are {delay} s apart never reach it',
    infinite:
      'Unexpected `StartLimitIntervalSec=infinity`, all starts are counted however far apart, and after {burst} it is not started again',
  },
  *check(unit) {
    const written = unit.value('StartLimitIntervalSec')
    const interval = written?.seconds ?? defaultInterval
    const limit = unit.value('StartLimitBurst')
    const burst = limit?.number ?? defaultBurst
    const at = written ?? limit
    if (unit.isPartial || !at || burst <= 0) return
    if (interval === 0 && limit && isRestarted(unit))
      yield {message: 'off', data: {burst}, at: limit}
    if (interval === Infinity) yield {message: 'infinite', data: {burst}, at}
    if (interval === 0 || interval === Infinity) return
    const pause = unit.value('RestartSec')
    // Who only allows more starts than usual wants more of them.
    if (!written && !pause && burst > defaultBurst) return
    const delay = pause?.seconds ?? defaultDelay
    const least = burst > 1000 ? Infinity : sumOfDelays(unit, delay, burst)
    if (!isRestarted(unit) || least < interval || least === Infinity) return
    const value = `${Math.ceil(least * 2)}s`
    const change = written
      ? rewrite(written.assignment, value)
      : set('Unit', 'StartLimitIntervalSec', value)
    const fix = fixBy('unsafe', change, `Set \`StartLimitIntervalSec=${value}\``)
    yield {message: 'never', data: {burst, interval, delay}, at, fix}
  },
  examples: {
    bad: [
      '[Unit]\nStartLimitIntervalSec=30s\nStartLimitBurst=5\n\n[Service]\nExecStart=/usr/bin/example\nRestart=on-failure\nRestartSec=10s\n',
    ],
    good: [
      '[Unit]\nStartLimitIntervalSec=5min\nStartLimitBurst=5\n\n[Service]\nExecStart=/usr/bin/example\nRestart=on-failure\nRestartSec=10s\n',
    ],
  },
})

/** systemd-system.conf(5), "DefaultStartLimitIntervalSec=", "DefaultRestartSec=". */
const defaultInterval = 10
const defaultBurst = 5
const defaultDelay = 0.1

/**
 * Whether it is restarted for failing: one that goes on after success has no end that a limit is
 * for.
 */
function isRestarted(unit: Unit): boolean {
  return !/^(?:no|on-success|)$/.test(unit.text('Restart'))
}

/**
 * How long the restarts up to the limit take at least; between two there is more time after each,
 * where steps are set (systemd.service(5), "RestartSteps=").
 */
function sumOfDelays(unit: Unit, delay: number, burst: number): number {
  const steps = unit.value('RestartSteps')?.number ?? 0
  const most = unit.value('RestartMaxDelaySec')?.seconds ?? Infinity
  if (steps <= 0 || most === Infinity || most <= delay || delay === 0) return delay * burst
  let sum = 0
  for (let restart = 0; restart < burst; restart++)
    sum += Math.min(most, delay * (most / delay) ** (restart / steps))
  return sum
}
