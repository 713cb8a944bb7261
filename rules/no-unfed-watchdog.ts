import {defineRule, fixBy, lines, lives, remove, services} from 'unitlint/rule'

export default defineRule({
  id: 'no-unfed-watchdog',
  summary: 'Disallow `WatchdogSec=` for what never says that it is alive',
  why: 'systemd kills the service each time that the watchdog has waited for long enough, however well it is.',
  unless: 'The program has the name of one that unitlint knows, and is another one.',
  directives: ['WatchdogSec'],
  on: {...services, ...lines('WatchdogSec')},
  fixesHangOn: [],
  messages: {
    unfed:
      'Unexpected `WatchdogSec={time}`, `{subject}` never says that it is alive and systemd kills it each time',
  },
  *check(unit) {
    const at = unit.value('WatchdogSec')
    const seconds = at?.seconds ?? 0
    if (unit.isPartial || !at || seconds === 0 || seconds === Infinity) return
    if (unit.text('Type') === 'oneshot') return
    // Others may say it for it.
    if (/^(?:all|exec)$/.test(unit.text('NotifyAccess')) && unit.value('ExecStartPost')) return
    const [silent] = lives.silentLines(unit, 'WATCHDOG')
    const fix = fixBy('unsafe', remove(at.assignment), 'Remove `WatchdogSec=`')
    if (silent) yield {message: 'unfed', data: {time: at.value, subject: silent.subject}, at, fix}
  },
  examples: {
    bad: ['[Service]\nExecStart=/bin/sleep infinity\nWatchdogSec=30s\n'],
    good: [
      '[Service]\nExecStart=/bin/sleep infinity\n',
      '[Service]\nExecStart=/bin/sh -c "while systemd-notify WATCHDOG=1; do sleep 10; done"\nNotifyAccess=all\nWatchdogSec=30s\n',
    ],
  },
})
