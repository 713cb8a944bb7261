import {describe, expect, it} from 'vitest'
import {said} from './cases.ts'

const job = '[Service]\nType=oneshot\nExecStart=/usr/lib/acme/report\n'
const timer = (...lines: readonly string[]): string =>
  ['[Timer]', ...lines, '', '[Install]', 'WantedBy=timers.target', ''].join('\n')
/** A timer of the lines, and what it starts. */
const files = (lines: readonly string[], service = job): Record<string, string> => ({
  'a.timer': timer(...lines),
  'a.service': service,
})

/**
 * What public bug reports tell of timers, paths and sockets: what a first run says of them, and
 * what it is silent on.
 */
describe('services that are not there', () => {
  const timer = '[Timer]\nOnCalendar=daily\n'
  const job = '[Service]\nType=oneshot\nExecStart=/usr/bin/a\n'
  it('are told of beside the one that nothing else starts', async () => {
    const wrong = `${timer}Unit=backup.service\n`
    expect(await said({'a.timer': wrong, 'a.service': job})).toEqual([
      'a.timer:3 error no-missing-activated-unit',
    ])
    expect(
      await said({'a.timer': wrong, 'a.service': `${job}\n[Install]\nWantedBy=basic.target\n`}),
    ).toEqual([])
    expect(await said({'a.timer': `${timer}Unit=reboot.target\n`, 'a.service': job})).toEqual([])
    expect(await said({'pack.a.timer': `${timer}Unit=a.service\n`, 'pack.a.service': job})).toEqual(
      [],
    )
  })
  it('are told of where all others are there', async () => {
    const pairs = {'a.timer': timer, 'a.service': job, 'b.timer': timer, 'b.service': job}
    expect(await said({...pairs, 'c.path': '[Path]\nPathChanged=/srv\n'})).toEqual([
      'c.path:1 error no-missing-activated-unit',
    ])
    expect(
      await said({...pairs, 'c.path': '[Path]\nPathChanged=/srv\n', 'd.timer': timer}),
    ).toEqual([])
  })
})

describe('timers', () => {
  it.each([
    [
      'what counts from the last run alone',
      ['OnUnitActiveSec=1m'],
      ['a.timer:2 error no-idle-timer'],
    ],
    [
      'the same from its end',
      ['OnUnitInactiveSec=1d', 'RandomizedDelaySec=1h'],
      ['a.timer:2 error no-idle-timer'],
    ],
    [
      'what is remembered without a date',
      ['OnBootSec=1m', 'OnUnitActiveSec=1m', 'Persistent=true'],
      ['a.timer:4 warning no-lone-option'],
    ],
    [
      'a delay that is fixed and none',
      ['OnCalendar=daily', 'FixedRandomDelay=yes'],
      ['a.timer:3 warning no-lone-option'],
    ],
    ['a day that no month has', ['OnCalendar=*-02-30'], ['a.timer:2 error no-impossible-date']],
    ['a day that was', ['OnCalendar=2020-01-01'], ['a.timer:2 error no-impossible-date']],
    ['each second', ['OnCalendar=*:*:*'], ['a.timer:2 warning no-restless-timer']],
    [
      'seconds with the accuracy of minutes',
      ['OnCalendar=*:*:0/10'],
      ['a.timer:2 warning no-coarse-timer'],
    ],
    [
      'the same from the last run',
      ['OnBootSec=1min', 'OnUnitActiveSec=10s'],
      ['a.timer:3 warning no-coarse-timer'],
    ],
    [
      'an accuracy of more than the schedule',
      ['OnCalendar=hourly', 'AccuracySec=1d'],
      ['a.timer:3 warning no-coarse-timer'],
    ],
    [
      'a delay of more than the schedule',
      ['OnCalendar=*:0/10', 'RandomizedDelaySec=1h'],
      ['a.timer:3 warning no-coarse-timer'],
    ],
  ])('tells of %s', async (_name, lines, expected) => {
    expect(await said(files(lines))).toEqual(expected)
  })

  it('tells of a job that remains active', async () => {
    expect(await said(files(['OnCalendar=daily'], `${job}RemainAfterExit=yes\n`))).toEqual([
      'a.service:4 error no-lasting-job',
    ])
    expect(
      await said(files(['OnBootSec=5min', 'OnUnitActiveSec=1h'], `${job}RemainAfterExit=yes\n`)),
    ).toEqual(['a.service:4 error no-lasting-job'])
  })

  it.each([
    ['a first run at boot', ['OnBootSec=1m', 'OnUnitActiveSec=1m'], job],
    ['one run', ['OnBootSec=1m'], `${job}RemainAfterExit=yes\n`],
    [
      'what starts at boot by itself',
      ['OnUnitActiveSec=1h'],
      `${job}\n[Install]\nWantedBy=multi-user.target\n`,
    ],
    [
      'a service that is restarted at once',
      ['OnBootSec=1m', 'OnUnitActiveSec=1s'],
      '[Service]\nExecStart=/usr/lib/acme/daemon\n',
    ],
    [
      'runs that are made up for',
      ['OnCalendar=weekly', 'Persistent=true', 'AccuracySec=1h', 'RandomizedDelaySec=1d'],
      job,
    ],
    ['as accurate as it is often', ['OnCalendar=*:*:0/10', 'AccuracySec=1s'], job],
    [
      'as random as it is often',
      ['OnCalendar=hourly', 'RandomizedDelaySec=1h', 'AccuracySec=1h'],
      job,
    ],
    ['a day to come', ['OnCalendar=2199-12-24 18:00'], job],
    ['a leap day', ['OnCalendar=*-02-29'], job],
    ['the first Monday', ['OnCalendar=Mon *-*-01..07 10:00 Europe/Berlin'], job],
  ])('is silent on %s', async (_name, lines, service) => {
    expect(await said(files(lines, service))).toEqual([])
  })
})

describe('paths', () => {
  const paths = (line: string, service: string): Record<string, string> => ({
    'a.path': `[Path]\n${line}\n\n[Install]\nWantedBy=paths.target\n`,
    'a.service': service,
  })

  it.each([
    [
      'what is there and stays',
      paths(
        'PathExists=/run/deploy',
        '[Service]\nType=oneshot\nExecStart=/usr/bin/systemctl restart b.service\n',
      ),
    ],
    [
      'what is not empty and stays so',
      paths(
        'DirectoryNotEmpty=/srv/in',
        '[Service]\nType=oneshot\nExecStart=/usr/bin/cp -r /srv/in /srv/out\n',
      ),
    ],
    [
      'a pattern',
      paths(
        'PathExistsGlob=/run/*.job',
        "[Service]\nExecStart=/bin/sh -c 'for a in /run/*.job; do logger $$a; done'\n",
      ),
    ],
  ])('tells of %s', async (_name, given) => {
    expect(await said(given)).toContain('a.path:2 error no-path-loop')
  })

  it.each([
    [
      'what is taken away',
      paths(
        'PathExists=/run/deploy',
        '[Service]\nType=oneshot\nExecStart=/usr/bin/logger a\nExecStartPost=/usr/bin/rm /run/deploy\n',
      ),
    ],
    ['what nobody knows', paths('PathExists=/run/deploy', job)],
    [
      'what is moved by a shell',
      paths(
        'DirectoryNotEmpty=/srv/in',
        "[Service]\nType=oneshot\nExecStart=/bin/sh -c 'mv /srv/in/* /srv/out'\n",
      ),
    ],
    [
      'what stays active',
      paths(
        'PathExists=/run/deploy',
        '[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/usr/bin/logger a\n',
      ),
    ],
    [
      'changes',
      paths(
        'PathChanged=/etc/a.conf',
        '[Service]\nType=oneshot\nExecStart=/usr/bin/systemctl restart b.service\n',
      ),
    ],
    [
      'what it ends itself',
      paths(
        'PathExists=/run/ready',
        '[Service]\nType=oneshot\nExecStart=/usr/bin/systemctl stop a.path\n',
      ),
    ],
  ])('is silent on %s', async (_name, given) => {
    expect((await said(given)).filter((line) => line.includes('a.path'))).toEqual([])
  })

  it('tells of a service that hears of one change only', async () => {
    const service = '[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/usr/lib/acme/reload\n'
    expect(await said(paths('PathChanged=/etc/a.conf', service))).toEqual([
      'a.service:3 error no-lasting-job',
    ])
    expect(await said(paths('PathExists=/etc/a.conf', service))).toEqual([])
  })
})

describe('sockets', () => {
  const sockets = (...lines: readonly string[]): Record<string, string> => ({
    'a.socket': ['[Socket]', ...lines, '', '[Install]', 'WantedBy=sockets.target', ''].join('\n'),
    [lines.includes('Accept=yes') ? 'a@.service' : 'a.service']:
      '[Service]\nExecStart=/usr/lib/acme/daemon\n',
  })

  it.each([
    [
      'connections that are limited and not accepted',
      sockets('ListenStream=7', 'MaxConnections=10'),
      3,
    ],
    ['an owner of a port', sockets('ListenStream=127.0.0.1:7', 'SocketUser=www-data'), 3],
    ['a mode of a port', sockets('ListenStream=[::1]:7', 'SocketMode=0600'), 3],
    ['a pipe without one', sockets('ListenStream=/run/a', 'PipeSize=1M'), 3],
    ['TCP in a file', sockets('ListenStream=/run/a', 'NoDelay=yes'), 3],
  ])('tells of %s', async (_name, given, line) => {
    expect(await said(given)).toEqual([`a.socket:${line} warning no-lone-option`])
  })

  it.each([
    ['connections that are accepted', sockets('ListenStream=7', 'Accept=yes', 'MaxConnections=10')],
    [
      'an owner of a file',
      sockets('ListenStream=7', 'ListenStream=%t/a', 'SocketUser=www-data', 'SocketMode=0600'),
    ],
    ['placeholders', sockets('ListenStream=@runtimedir@/a', 'SocketMode=0600')],
    ['datagrams of both kinds', sockets('ListenDatagram=69', 'FreeBind=yes', 'IPTOS=low-delay')],
  ])('is silent on %s', async (_name, given) => {
    expect(await said(given)).toEqual([])
  })
})
