import {defineRule, fixBy, lives, rewrite, services, set} from 'unitlint/rule'
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
    const interval = written?.seconds ?? lives.usualStartLimit.interval
    const limit = unit.value('StartLimitBurst')
    const burst = limit?.number ?? lives.usualStartLimit.burst
    const at = written ?? limit
    if (unit.isPartial || !at || burst <= 0) return
    if (interval === 0 && limit && isRestarted(unit))
      yield {message: 'off', data: {burst}, at: limit}
    if (interval === Infinity) yield {message: 'infinite', data: {burst}, at}
    if (interval === 0 || interval === Infinity) return
    // Who only allows more starts than usual wants more of them.
    if (!written && !unit.value('RestartSec') && burst > lives.usualStartLimit.burst) return
    const delay = lives.restartDelay(unit)
    const least = lives.timeOfRestarts(unit, burst)
    if (!isRestarted(unit) || least < interval || least === Infinity) return
    // Of an interval that stands where systemd does not read it another rule tells.
    if (!written && unit.assignments('Service', 'StartLimitIntervalSec').length > 0) return
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

/**
 * Whether it is restarted for failing: one that goes on after success has no end that a limit is
 * for.
 */
function isRestarted(unit: Unit): boolean {
  return !/^(?:no|on-success|)$/.test(unit.text('Restart'))
}
