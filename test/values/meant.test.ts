import {describe, expect, it} from 'vitest'
import {isWhole} from '../../src/values/meant.ts'
import {said} from './said.ts'

/** What is meant by a value, by each of its faults in turn. */
function meant(assignment: string, version?: number): (string | undefined)[] {
  return said(assignment, version).map((text) => text.split(' → ')[1])
}

describe('what is plainly meant', () => {
  it.each([
    ['Service.Nice=5 # polite', '5'],
    ['Service.Nice=5\t; polite', '5'],
    ['Service.Nice=5 // polite', '5'],
    ['Service.Nice="5"', '5'],
    ["Service.Nice='5", '5'],
    ['Service.Nice=5,', '5'],
    ['Service.Nice==5', '5'],
    ['Service.RootDirectory="/run/x # y"', '/run/x # y'],
    ['Service.Restart="On-Failure"; # always', 'on-failure'],
    ['Service.Restart=on_failure', 'on-failure'],
    ['Service.StandardOutput=Append:/var/log/X', 'append:/var/log/X'],
    ['Service.RootImagePolicy=Root=Verity', 'root=verity'],
    ['Service.RootImageOptions=ROOT:,RO,DEV', 'root:,ro,dev'],
    ['Service.SupplementaryGroups=g ; needed', undefined],
    ['Service.SupplementaryGroups=g # needed', undefined],
    ['Service.WorkingDirectory="/srv/a b"', '/srv/a b'],
    ['Service.TimeoutStopSec=5 Secs', '5 s'],
    ['Service.TimeoutStopSec=unlimited', 'infinity'],
    ['Service.MemoryMax=1.5gib', '1.5G'],
    ['Service.MemoryMax=50 %', '50%'],
    ['Service.LimitNOFILE=1024:Unlimited', '1024:infinity'],
    ['Service.LimitCORE=1gb', '1G'],
    ['Service.TasksMax=10 %', '10%'],
    ['Service.KillSignal=SIG_TERM', 'SIGTERM'],
    ['Service.KillSignal=SIGTREM', 'SIGTERM'],
    ['Service.SuccessExitStatus=TEMPFIAL', 'TEMPFAIL'],
    ['Service.TimeoutStopSec=5 mintues', '5 minutes'],
    ['Service.LimitNOFILE=infinty', 'infinity'],
    ['Service.LockPersonality=treu', 'yes'],
    ['Service.RestrictAddressFamilies=AF_INTE6', 'AF_INET6'],
    ['Service.RestrictNamespaces=nett', 'net'],
    ['Service.SystemCallArchitectures=natvie', 'native'],
    ['Service.SystemCallFilter=reaad', 'read'],
    ['Service.Slice=system.slcie', 'system.slice'],
    ['Unit.Requires=docker.sock', 'docker.socket'],
    ['Unit.OnFailure=mail@%n.sevice', 'mail@%n.service'],
    ['Service.SystemCallErrorNumber=Kill', 'kill'],
    ['Timer.OnCalendar=@daily', 'daily'],
    ['Timer.OnCalendar=dialy', 'daily'],
    ['Timer.OnCalendar=every day', 'daily'],
    ['Timer.OnCalendar=every 5 minutes', '*:0/5'],
    ['Timer.OnCalendar=every 2 hours', '0/2:00'],
    ['Timer.OnCalendar=*-*-*13:35:00', '*-*-* 13:35:00'],
    ['Service.DeviceAllow=/dev/null "rw"', 'rw'],
    ['Service.IOReadBandwidthMax=/dev/sda 10MB', '10M'],
    ['Service.RestrictNamespaces=enabled', 'yes'],
    ['Service.Slice=System', 'System.slice'],
    ['Timer.Unit=backup', 'backup.service'],
    ["Service.ExecStart=/bin/sed 's/\\./x/'", "'s/\\\\./x/'"],
    ['Service.ExecStart=/bin/date +%F', '%%F'],
    ['Service.Environment="A=b c', '"A=b c"'],
  ])('by %s is %s', (assignment, expected) => {
    expect(meant(assignment)).toEqual([expected])
  })

  it('by a word of a list is a word, or some', () => {
    expect(meant('Service.RestrictAddressFamilies=inet,af_inet6 "AF_UNIX', 257)).toEqual([
      'AF_INET af_inet6',
      'AF_UNIX',
    ])
    expect(
      meant('Service.SystemCallFilter=@System_Service io-uring-setup Read:EPERM clock'),
    ).toEqual(['@system-service', 'io_uring_setup', undefined, '@clock'])
    expect(meant('Service.SystemCallFilter=~Read:EPERM, @mount;write')).toEqual([
      'read:EPERM',
      '@mount write',
    ])
    expect(meant('Unit.After=network foo,bar.service Baz.Target qux.Timer')).toEqual([
      'network.target',
      'foo.service bar.service',
      undefined,
      'qux.timer',
    ])
    expect(meant('Service.IPAddressDeny=linklocal, Any')).toEqual(['link-local', 'any'])
    expect(meant('Service.SuccessExitStatus=tempfail,sigterm')).toEqual(['TEMPFAIL SIGTERM'])
    expect(meant('Service.RestrictFileSystems=@Basic_API')).toEqual(['@basic-api'])
  })

  it.each([
    'Service.Nice=many',
    'Service.TimeoutStopSec=5M x',
    // A name with capitals may have been in another case too.
    'Timer.Unit=BACKUP.SERVICE',
    'Service.StandardOutput=Append:X',
    // The quote may be one too many, or one too few.
    'Service.ExecStart=/bin/sh -c "echo a',
    'Service.ReadWritePaths="/a /b',
    'Service.ExecStart=/bin/echo %z"',
    'Service.User=%z',
    'Service.MemoryMax=${MEMORY}',
    `Service.Restart=${'"'.repeat(2000)}`,
  ])('by %s nobody can say', (assignment) => {
    expect(new Set(meant(assignment))).toEqual(new Set([undefined]))
  })
})

describe('a value that looks whole', () => {
  it.each([
    ['', true],
    ['!/a', true],
    ['!/a"', false],
    ["'/a", false],
    ['"a b"', true],
    ["the boss's", true],
    ["the bosses' own", false],
    ['a # b', false],
    ['a ; b', false],
    ['a#b', true],
    ['"a # b"', true],
  ])('%s: %s', (value, expected) => {
    expect(isWhole(value)).toBe(expected)
  })
})
