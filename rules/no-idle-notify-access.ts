import {defineRule, fixBy, lines, services, set} from 'unitlint/rule'
import type {Unit} from 'unitlint/rule'

export default defineRule({
  id: 'no-idle-notify-access',
  summary: 'Disallow `NotifyAccess=none` where systemd waits for messages of the service',
  why: 'systemd listens to the main process all the same: who means to mute it has not, and who reads the line believes that nothing is heard.',
  directives: ['NotifyAccess'],
  on: {...services, ...lines('NotifyAccess')},
  fixesHangOn: [],
  messages: {
    heard:
      'Unexpected `NotifyAccess=none` with `{line}`, systemd hears the main process all the same',
  },
  *check(unit) {
    const at = unit.value('NotifyAccess')
    const line = at?.value === 'none' && !unit.isPartial ? waiting(unit) : undefined
    if (!at || line === undefined) return
    const fix = fixBy('unsafe', set('Service', 'NotifyAccess', 'main'))
    yield {message: 'heard', data: {line}, at, fix}
  },
  examples: {
    bad: ['[Service]\nType=notify\nNotifyAccess=none\nExecStart=/usr/bin/example\n'],
    good: [
      '[Service]\nType=notify\nExecStart=/usr/bin/example\n',
      '[Service]\nNotifyAccess=none\nExecStart=/usr/bin/example\n',
    ],
  },
})

/**
 * The line for which systemd listens to the main process whatever `NotifyAccess=` says
 * (systemd.service(5), "NotifyAccess=").
 */
function waiting(unit: Unit): string | undefined {
  const type = unit.value('Type')?.value ?? ''
  if (/^notify(?:-reload)?$/.test(type)) return `Type=${type}`
  const watchdog = unit.value('WatchdogSec')
  return watchdog?.seconds ? `WatchdogSec=${watchdog.value}` : undefined
}
