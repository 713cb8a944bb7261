import {defineRule, fixBy, lines, lives, rewrite, services, set} from 'unitlint/rule'
import type {Unit} from 'unitlint/rule'

export default defineRule({
  id: 'no-unsent-notification',
  summary: 'Disallow `Type=notify` for what never says that it is ready',
  why: 'systemd waits for the message until the start times out, and kills the service.',
  unless: 'The program has the name of one that unitlint knows, and is another one.',
  directives: ['Type'],
  on: {...services, ...lines('Type')},
  fixesHangOn: [],
  messages: {
    unsent:
      'Unexpected `Type={type}`, `{subject}` never says that it is ready, expected `Type=exec`',
    unheard:
      'Unexpected `Type={type}` without `NotifyAccess=all`, what `{subject}` has `systemd-notify` report comes from another process than the main one',
    behind:
      'Unexpected `Type={type}` without `NotifyAccess=all`, `{subject}` starts the program as another process than the main one, which systemd does not hear',
  },
  *check(unit) {
    const at = unit.value('Type')
    if (unit.isPartial || !at || !/^notify(?:-reload)?$/.test(at.value)) return
    const type = at.value
    const exec = fixBy('unsafe', rewrite(at.assignment, 'exec'), 'Set `Type=exec`')
    const hearing = fixBy('unsafe', set('Service', 'NotifyAccess', 'all'))
    const [silent] = lives.silentLines(unit, 'READY')
    const [starting] = unit.text('NotifyAccess') === 'all' ? [] : lives.startingLines(unit)
    const [reporting] = isHeard(unit) ? [] : lives.reportingShells(unit)
    if (silent) yield {message: 'unsent', data: {type, subject: silent.subject}, at, fix: exec}
    else if (starting)
      yield {message: 'behind', data: {type, subject: starting.subject}, at, fix: hearing}
    else if (reporting)
      yield {message: 'unheard', data: {type, subject: reporting.subject}, at, fix: hearing}
  },
  examples: {
    bad: [
      '[Service]\nType=notify\nExecStart=/usr/sbin/cron -f\n',
      '[Service]\nType=notify\nExecStart=/bin/sh -c "touch /run/example; sleep infinity"\n',
    ],
    good: [
      '[Service]\nType=notify\nExecStart=/bin/sh -c "systemd-notify --ready; sleep infinity"\n',
      '[Service]\nType=exec\nExecStart=/usr/sbin/cron -f\n',
    ],
  },
})

/**
 * Whether systemd hears other processes than the main one: those of root report in its name
 * (systemd-notify(1), "--pid=").
 */
function isHeard(unit: Unit): boolean {
  if (unit.text('NotifyAccess') === 'all' || unit.manager === 'user') return true
  return /^(?:|root|0)$/.test(unit.text('User')) && !unit.value('DynamicUser')?.boolean
}
