import {defineRule, fixBy, lines, lives, services, set} from 'unitlint/rule'

export default defineRule({
  id: 'no-restart-loop',
  summary: 'Disallow restarts without a limit and without a pause',
  why: 'A service that fails at once is started many times a second, for ever: it takes a processor and fills the log.',
  directives: ['RestartSec', 'StartLimitIntervalSec', 'StartLimitBurst'],
  on: {...services, ...lines('StartLimitIntervalSec', 'StartLimitBurst')},
  fixesHangOn: [],
  messages: {
    loop: 'Unexpected restarts after {delay} s without a limit, a service that fails is started for ever without a pause, expected `RestartSec=`',
  },
  *check(unit) {
    const limit = [unit.value('StartLimitIntervalSec'), unit.value('StartLimitBurst')].find(
      (value) => value?.seconds === 0 || value?.number === 0,
    )
    const pause = unit.value('RestartSec')
    const delay = lives.restartDelay(unit)
    if (unit.isPartial || !limit || delay >= shortest) return
    if (/^(?:no|)$/.test(unit.text('Restart'))) return
    // Each is longer than the one before.
    if ((unit.value('RestartSteps')?.number ?? 0) > 0 && unit.value('RestartMaxDelaySec')) return
    const fix = fixBy('unsafe', set('Service', 'RestartSec', '5s'))
    yield {message: 'loop', data: {delay}, at: pause ?? limit, fix}
  },
  examples: {
    bad: [
      '[Unit]\nStartLimitIntervalSec=0\n\n[Service]\nExecStart=/usr/bin/example\nRestart=always\n',
    ],
    good: [
      '[Unit]\nStartLimitIntervalSec=0\n\n[Service]\nExecStart=/usr/bin/example\nRestart=always\nRestartSec=5s\n',
      '[Service]\nExecStart=/usr/bin/example\nRestart=always\n',
    ],
  },
})

/** A pause in which a machine has time for others. */
const shortest = 0.5
