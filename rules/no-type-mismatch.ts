import {defineRule, fixBy, lines, lives, services, set, values} from 'unitlint/rule'
import type {Fix, Unit} from 'unitlint/rule'

export default defineRule({
  id: 'no-type-mismatch',
  summary: 'Disallow a `Type=` that does not fit how the program lives',
  why: 'With `Type=forking` systemd waits for the program to go to the background, and takes one that stays in front for one that does not start. Without it the service ends as soon as the program has gone there, and systemd kills what is left of it.',
  unless: 'The program has the name of one that unitlint knows, and is another one.',
  directives: ['Type', 'ExecStart'],
  on: {...services, ...lines('ExecStart')},
  fixesHangOn: [],
  messages: {
    stays:
      'Unexpected `Type=forking`, `{subject}` stays in front and systemd waits for it to go to the background until the start times out',
    forks:
      'Unexpected {found}, `{subject}` goes to the background, and systemd takes the service for ended and kills it, expected `Type=forking`',
    returns:
      'Unexpected {found}, `{subject}` returns at once and {outcome}, expected `Type=oneshot` with `RemainAfterExit=yes`',
  },
  *check(unit) {
    if (unit.isPartial) return
    const type = unit.value('Type')
    const unlessTold = type ? [] : values.lostLines(unit, ['Type'])
    const found = type ? `\`Type=${type.value}\`` : '`ExecStart=` without `Type=`'
    const is = type?.value ?? (unit.value('BusName') ? 'dbus' : 'simple')
    // Of several commands, which no other type takes, no one is the service.
    if (is !== 'oneshot' && unit.values('ExecStart').length > 1) return
    for (const {life, subject, isElsewhere, assignment} of lives.livesOf(unit)) {
      const at = type ?? assignment
      if (is === 'forking' && life === 'stays') {
        yield {message: 'stays', data: {subject}, at, fix: typed('exec')}
        return
      }
      if (life === 'stays' || !/^(?:simple|exec|idle|oneshot)$/.test(is) || keeps(unit)) continue
      if (!isElsewhere) {
        const fix = is === 'oneshot' ? undefined : typed('forking')
        yield {message: 'forks', data: {found, subject}, at, fix, unlessTold}
        return
      }
      const restart = unit.text('Restart')
      const again = restart === 'always' ? 'is started again and again' : undefined
      const outcome = unit.value('ExecStop') ? '`ExecStop=` runs then' : again
      if (is === 'oneshot' || outcome === undefined) continue
      const changes = [set('Service', 'Type', 'oneshot'), set('Service', 'RemainAfterExit', 'yes')]
      const once = fixBy('unsafe', changes, 'Set `Type=oneshot` and `RemainAfterExit=yes`')
      const fix = /^(?:always|on-success)$/.test(restart) ? undefined : once
      yield {message: 'returns', data: {found, subject, outcome}, at, fix, unlessTold}
      return
    }
  },
  examples: {
    bad: [
      '[Service]\nType=forking\nExecStart=/usr/sbin/httpd -DFOREGROUND\n',
      '[Service]\nExecStart=/usr/bin/memcached -d -u memcache\n',
    ],
    good: [
      '[Service]\nType=notify\nExecStart=/usr/sbin/httpd -DFOREGROUND\n',
      '[Service]\nType=forking\nExecStart=/usr/sbin/httpd -k start\nPIDFile=/run/httpd.pid\n',
      '[Service]\nExecStart=/usr/bin/memcached -u memcache\n',
    ],
  },
})

function typed(type: string): Fix {
  return fixBy('unsafe', set('Service', 'Type', type))
}

/**
 * Whether what goes to the background lives on, or does not go there as its input is a connection.
 */
function keeps(unit: Unit): boolean {
  if (unit.value('RemainAfterExit')?.boolean || unit.text('ExitType') === 'cgroup') return true
  return /^(?:process|none)$/.test(unit.text('KillMode')) || unit.text('StandardInput') === 'socket'
}
