import {describe, expect, it} from 'vitest'
import {
  livesOf,
  reportingShells,
  scatteringLines,
  shellsInFront,
  silentLines,
  startingLines,
} from '../../src/needs/evidence/lives.ts'
import type {SilentLine} from '../../src/needs/evidence/lives.ts'
import type {LoadedUnit} from '../../src/unit/load.ts'
import {hostOf} from '../../src/unit/host.ts'
import {service} from '../unit/unit.ts'

const unitOf = (line: string, files?: Parameters<typeof hostOf>[0]): LoadedUnit =>
  service(
    `[Service]\nType=oneshot\nExecStart=${line}\n`,
    '257',
    'a.service',
    files && hostOf(files),
  )

/** The subjects of the lines that are found, or nothing. */
const subjects = (found: readonly SilentLine[]): string | undefined =>
  found
    .map(
      ({assignment, subject}) =>
        `${assignment.key === 'ExecStart' ? '' : assignment.key}${subject}`,
    )
    .join(' ') || undefined

describe('the life of what a line starts', () => {
  const told = (line: string, files?: Parameters<typeof hostOf>[0]): string | undefined =>
    livesOf(unitOf(line, files))
      .map(({life, subject}) => `${life}: ${subject}`)
      .join(' ') || undefined

  it.each([
    ['/usr/sbin/nginx', 'forks: nginx'],
    ['-/usr/sbin/nginx', 'forks: nginx'],
    ['/usr/sbin/sshd -D', 'stays: sshd -D'],
    ['/usr/sbin/unheard-of', undefined],
    ['/usr/bin/env A=b nice -n 5 /usr/sbin/nginx', 'forks: nginx'],
    ['@sbindir@/nginx', undefined],
    ['-@sbindir@/nginx', undefined],
    // What a runtime runs tells more than it does itself.
    ['/usr/bin/node /opt/a.js', 'stays: node'],
    ['/usr/bin/node /usr/bin/memcached', 'stays: memcached'],
    ['/opt/@x@/sshd -D', 'stays: sshd -D'],
    // A script is what it runs where that is all of it.
    ["/bin/sh -c '/usr/sbin/nginx'", 'forks: nginx'],
    [String.raw`/bin/sh -c '/usr/sbin/nginx\n'`, 'forks: nginx'],
    ["/bin/sh -c '/usr/sbin/nginx >/dev/null 2>&1'", 'forks: nginx'],
    ["/bin/sh -c '/usr/sbin/nginx; /bin/true'", undefined],
    ["/bin/sh -c '/usr/sbin/nginx | cat'", undefined],
    [String.raw`/bin/sh -c '/usr/sbin/nginx\ntrue'`, undefined],
    ["/bin/sh -c 'a=`date` /usr/sbin/nginx'", undefined],
    ["/bin/sh -c 'A=$$(date) /usr/sbin/nginx'", undefined],
    ["/bin/sh -c '/usr/sbin/nginx >&2'", 'forks: nginx'],
    ["/bin/sh -c '/usr/sbin/nginx >&a'", undefined],
    ["/bin/sh -c 'bash -c /usr/sbin/nginx'", undefined],
    ['/bin/sh', undefined],
    // What comes before its shell is known all the same.
    ["/usr/bin/screen -dmS a /bin/sh -c 'a; b'", 'forks: screen -dmS'],
    // It ends with what nothing waits for.
    ["/bin/sh -c '/opt/a &'", 'forks: sh'],
    ["/bin/sh -c '/opt/a & '", 'forks: sh'],
    ["/bin/sh -c '/opt/a&'", 'forks: sh'],
    ["/bin/sh -c '/opt/b; /opt/a  &'", 'forks: sh'],
    ["/bin/sh -c '/opt/a &&'", undefined],
    ["/bin/sh -c '/opt/a & wait'", undefined],
    ["/bin/sh -c 'wait /opt/a &'", undefined],
    ["/bin/sh -c 'tail -f /a &'", undefined],
    ["/bin/sh -c 'setsid /opt/a &'", undefined],
    ["/bin/sh -c 'systemd-notify --ready &'", undefined],
    ["/bin/sh -c '/opt/a & /opt/b'", undefined],
    ["/usr/bin/env /bin/sh -c '/opt/a &'", undefined],
    ['/bin/sh -c \'sh -c "/opt/b &" &\'', undefined],
  ])('of `%s` is told: %s', (line, expected) => expect(told(line)).toBe(expected))

  it.each([
    ['#!/bin/sh\nnginx\n', undefined],
    ['#!/bin/sh\n/opt/b &\n', undefined],
    ['#!/bin/sh\n/opt/b &', undefined],
    ['#!/usr/bin/python3\nimport subprocess\nsubprocess.run(["/usr/sbin/nginx"])\n', undefined],
  ])('of a script in sight is not that of what it runs: %j', (text, expected) => {
    expect(told('/opt/a.sh', {'/opt/a.sh': text})).toBe(expected)
    expect(told('/bin/sh /opt/a.sh', {'/opt/a.sh': text})).toBe(expected)
  })

  it('of a script in sight is known by its name', () => {
    expect(
      told('/opt/tomcat/bin/startup.sh', {'/opt/tomcat/bin/startup.sh': '#!/bin/sh\nexec nginx\n'}),
    ).toBe('forks: startup.sh')
  })

  it('in the background is that of one process of the service', () => {
    expect(livesOf(unitOf("/bin/sh -c '/opt/a &'"))).toMatchObject([
      {life: 'forks', isElsewhere: false, isSeveral: false, isRuntime: false},
    ])
  })

  it('is of lines that start the service alone', () => {
    expect(
      livesOf(
        service(
          '[Service]\nExecStart=/opt/a\nExecStartPre=/usr/sbin/nginx\nExecReload=/usr/sbin/nginx\n',
        ),
      ),
    ).toEqual([])
  })
})

describe('lines that never tell systemd', () => {
  it.each([
    ['/bin/sleep 1', 'sleep', 'sleep'],
    ['/usr/bin/env A=b /bin/sleep 1', 'env', 'env'],
    ['/opt/unheard-of', undefined, undefined],
    ["/bin/sh -c 'sleep 1; sleep 2'", 'sh', 'sh'],
    ["/bin/sh -c 'sleep 1; unheard-of'", undefined, undefined],
    ['/bin/sh /opt/a.sh', undefined, undefined],
    ['/usr/bin/env nice', undefined, undefined],
    ["/bin/sh -c 'sleep 1; systemd-notify STATUS=x'", undefined, 'sh'],
    ["/bin/sh -c 'sleep 1; systemd-notify --ready'", undefined, 'sh'],
    ["/bin/sh -c 'sleep 1; systemd-notify READY=1'", undefined, 'sh'],
    ["/bin/sh -c 'sleep 1; systemd-notify WATCHDOG=1'", undefined, undefined],
    ["/bin/sh -c 'sleep 1 $$NOTIFY_SOCKET'", undefined, undefined],
    ["/bin/sh -c 'sleep 1 sd_notify'", undefined, undefined],
    ["/bin/sh -c 'sleep 1 --ready'", undefined, 'sh'],
    ['/bin/sleep READY=1', undefined, 'sleep'],
    ['/bin/sleep sd_notify', undefined, undefined],
    ['@bindir@/sleep 1', undefined, undefined],
  ])('`%s`: %s of READY, %s of WATCHDOG', (line, ready, watchdog) => {
    expect([
      subjects(silentLines(unitOf(line), 'READY')),
      subjects(silentLines(unitOf(line), 'WATCHDOG')),
    ]).toEqual([ready, watchdog])
  })

  it.each([
    ['#!/bin/sh\nsleep 1\n', 'sh'],
    ['#!/bin/sh\nsleep 1\nunheard-of\n', undefined],
    ['#!/bin/sh\nsleep 1\nsystemd-notify --ready\n', undefined],
  ])('a script in sight: %j, %s', (text, expected) => {
    expect(subjects(silentLines(unitOf('/bin/sh /opt/a.sh', {'/opt/a.sh': text}), 'READY'))).toBe(
      expected,
    )
  })
})

describe('lines of which a shell stays in front', () => {
  it.each([
    ['/opt/a.sh', 'a.sh'],
    ['/opt/a.bash', 'a.bash'],
    ['/opt/a.zsh', 'a.zsh'],
    ['/opt/a.ksh', 'a.ksh'],
    ['/opt/a.dash', 'a.dash'],
    ['/opt/a.shy', undefined],
    ['/usr/bin/env /opt/a.sh', 'a.sh'],
    ['/bin/sh /opt/a', 'sh'],
    ['/bin/sh -x /opt/a', 'sh'],
    ['/bin/sh -c /opt/a', undefined],
    ["/bin/sh -xc '/opt/a'", undefined],
    ["/bin/sh -cx '/opt/a'", undefined],
    [`/bin/sh -c "'/opt/a'|'/opt/b'"`, 'sh'],
    ['/bin/sh --rc /opt/a', 'sh'],
    ['/bin/sh', undefined],
    ['/bin/sh -x', undefined],
    ['/opt/a', undefined],
    ['/opt/a /opt/b.sh', undefined],
    ["/bin/sh -c 'exec /opt/a.sh'", undefined],
    ["/bin/sh -c '/opt/a | /opt/b'", 'sh'],
    ["/bin/sh -c '/opt/a || /opt/b'", undefined],
    [`/bin/sh -c '/opt/a "b|c"'`, undefined],
    [`/bin/sh -c "/opt/a 'b|c'"`, undefined],
    ["/bin/sh -c 'bash -c /opt/b | /opt/c'", 'sh'],
    ["/bin/sh -c 'while true; do bash -c /opt/a; done'", 'sh'],
    ["/bin/sh -c 'while true; do /opt/a; done'", 'sh'],
    ["/bin/sh -c 'while true; do /opt/a; done  '", 'sh'],
    ["/bin/sh -c 'while true; do /opt/a; done; /opt/b'", undefined],
    ["/bin/sh -c '/opt/abandone'", undefined],
    ["/bin/sh -c '/opt/a.sh'", 'sh'],
    ["/bin/sh -c '/opt/a; /opt/b.bash'", 'sh'],
    ["/bin/sh -c '/opt/a.shy'", undefined],
    ['@bindir@/a.sh', undefined],
    ['/usr/bin/env', undefined],
  ])('`%s`: %s', (line, expected) => expect(subjects(shellsInFront(unitOf(line)))).toBe(expected))
})

describe('lines of which a shell has systemd-notify report', () => {
  it.each([
    ["/bin/sh -c 'systemd-notify --ready; /opt/a'", 'sh'],
    ["/usr/bin/env bash -c 'systemd-notify --ready; exec /opt/a'", 'bash'],
    ["/bin/sh -c 'exec /opt/a; systemd-notify --ready'", undefined],
    ["/bin/sh -c 'systemd-notify --ready --exec /opt/a'", undefined],
    ["/bin/sh -c '/opt/a'", undefined],
    ['/bin/sh -c \'exec bash -c "systemd-notify --ready"\'', undefined],
    ['/usr/bin/systemd-notify --ready', undefined],
    ["@bindir@/sh -c 'systemd-notify --ready'", undefined],
  ])('`%s`: %s', (line, expected) => expect(subjects(reportingShells(unitOf(line)))).toBe(expected))
})

describe('lines whose program starts another and waits', () => {
  it.each([
    ['/usr/bin/npm start', 'npm'],
    ['/usr/bin/env A=b /usr/bin/npm start', 'npm'],
    ['/opt/a npm', undefined],
    ['/usr/bin/node /usr/bin/npm start', undefined],
    ['@bindir@/npm start', undefined],
  ])('`%s`: %s', (line, expected) => expect(subjects(startingLines(unitOf(line)))).toBe(expected))
})

describe('lines that leave several processes in the background', () => {
  it.each([
    ['/usr/bin/mysqld_multi start', 'mysqld_multi start'],
    ['/usr/sbin/nginx', undefined],
    ["/bin/sh -c '/opt/a & /opt/b &'", 'sh'],
    ["/bin/sh -c '/opt/a & /opt/b & wait'", 'sh'],
    ["/bin/sh -c '/opt/a & /opt/b'", undefined],
    ["/bin/sh -c '/opt/a && /opt/b 2>&1 >&2 &>/dev/null &'", undefined],
    ["/bin/sh -c '/usr/sbin/nginx; /usr/sbin/tinyproxy'", 'sh'],
    ["/bin/sh -c '/usr/sbin/nginx; /opt/b &'", 'sh'],
    ['/usr/sbin/unheard-of', undefined],
    ["/bin/sh -c '/usr/sbin/nginx; /usr/bin/docker run -d a'", undefined],
    ['/bin/sh -c \'sh -c "/opt/a &"; /opt/b & /opt/c &\'', undefined],
    ["@bindir@/sh -c '/opt/a & /opt/b &'", undefined],
    ['@bindir@/mysqld_multi start', undefined],
  ])('`%s`: %s', (line, expected) => expect(subjects(scatteringLines(unitOf(line)))).toBe(expected))

  it('are none where a script in sight does', () => {
    expect(
      scatteringLines(unitOf('/bin/sh /opt/a', {'/opt/a': '#!/bin/sh\n/opt/b &\n/opt/c &\n'})),
    ).toEqual([])
  })
})
