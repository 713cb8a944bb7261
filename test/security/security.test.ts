import {describe, expect, test} from 'vitest'
import {load, type LoadedUnit} from '../../src/unit/load.ts'
import {sandboxingKeys} from '../../src/facts/hardening.ts'
import {rows as facts} from '../../src/facts/sandboxing/rows.ts'
import type {UnitType} from '../../src/facts/unit-types.ts'
import {
  assess,
  exposure,
  formatExposure,
  levelOf,
  type AssessOptions,
  type Row,
} from '../../src/security/index.ts'
import {assessors} from '../../src/security/assessors.ts'
import {parse} from '../../src/syntax/parse.ts'

const backup = `[Unit]
Description=Back up with restic

[Service]
Type=oneshot
User=restic
ExecStart=/usr/local/bin/restic-backup
AmbientCapabilities=CAP_DAC_READ_SEARCH
CapabilityBoundingSet=CAP_DAC_READ_SEARCH
`
test('directives that are said to have rows have some, and no others', () => {
  const told = sandboxingKeys().filter((key) => facts[key].exposure !== 'none')
  const first = (settings: readonly string[]): string => settings[0] ?? ''
  // The row of devices is about the policy first.
  const shown = [...new Set(assessors.map(({settings}) => first(settings)))].map((key) =>
    key === 'DevicePolicy' ? 'DeviceAllow' : key,
  )
  expect(shown.toSorted()).toEqual(told.filter((key) => key !== 'RootImage').toSorted())
})

const bare = '[Service]\nExecStart=/bin/true\n'

function unit(
  text: string,
  version = 252,
  name = 'example.service',
  manager: 'system' | 'user' = 'system',
): LoadedUnit {
  // The tests name units of known types only.
  const type = name.slice(name.lastIndexOf('.') + 1) as UnitType
  return load([{path: name, role: 'fragment', tree: parse(text)}], {
    name,
    type,
    target: {name: String(version), version},
    manager,
  })
}

function rows(given: LoadedUnit, options?: AssessOptions): readonly Row[] {
  const assessment = assess(given, options)
  if (assessment.refused) throw new Error(assessment.refused.reason)
  return assessment.rows
}

function row(given: LoadedUnit, name: string, options?: AssessOptions): Row | undefined {
  return rows(given, options).find((candidate) => candidate.name === name)
}

describe('a backup job with one capability', () => {
  // As systemd-analyze 252.39, 254.26, 257.13 and 262.1 say.
  test.each([
    [252, 70],
    [254, 68],
    [257, 68],
    [262, 68],
  ])('in %i is exposed by %i tenths', (version, total) => {
    expect(exposure(unit(backup, version))).toBe(total)
    expect(assess(unit(backup, version))).toMatchObject({total, level: 'MEDIUM'})
  })

  test('row by row in 252', () => {
    const found = rows(unit(backup))
    const names = (tenths: string | null): string[] =>
      found
        .filter((one) => one.exposure === tenths)
        .map(({name}) => name.replace('CapabilityBoundingSet=~', '~'))
    expect(names('0.5')).toEqual(['PrivateNetwork='])
    expect(names('0.3')).toEqual([
      'RestrictAddressFamilies=~AF_(INET|INET6)',
      'RestrictAddressFamilies=~…',
      'RestrictNamespaces=~user',
    ])
    expect(names('0.2')).toEqual([
      ...[
        '~CAP_(DAC_*|FOWNER|IPC_OWNER)',
        'DeviceAllow=',
        'IPAddressDeny=',
        'NoNewPrivileges=',
        'PrivateDevices=',
        'PrivateMounts=',
        'PrivateTmp=',
        'PrivateUsers=',
      ],
      ...[
        'ProtectClock=',
        'ProtectControlGroups=',
        'ProtectHome=',
        'ProtectKernelLogs=',
        'ProtectKernelModules=',
        'ProtectKernelTunables=',
        'ProtectProc=',
      ],
      ...[
        'ProtectSystem=',
        'RestrictAddressFamilies=~AF_PACKET',
        'RestrictSUIDSGID=',
        'SystemCallArchitectures=',
        'SystemCallFilter=~@clock',
      ],
      ...[
        'SystemCallFilter=~@debug',
        'SystemCallFilter=~@module',
        'SystemCallFilter=~@mount',
        'SystemCallFilter=~@privileged',
        'SystemCallFilter=~@raw-io',
      ],
      ...['SystemCallFilter=~@reboot', 'SystemCallFilter=~@resources', 'SystemCallFilter=~@swap'],
    ])
    expect(names('0.1')).toEqual([
      ...[
        'AmbientCapabilities=',
        'LockPersonality=',
        'MemoryDenyWriteExecute=',
        'ProcSubset=',
        'ProtectHostname=',
        'RemoveIPC=',
      ],
      ...[
        'RestrictAddressFamilies=~AF_NETLINK',
        'RestrictAddressFamilies=~AF_UNIX',
        'RestrictNamespaces=~cgroup',
        'RestrictNamespaces=~ipc',
      ],
      ...[
        'RestrictNamespaces=~mnt',
        'RestrictNamespaces=~net',
        'RestrictNamespaces=~pid',
        'RestrictNamespaces=~uts',
        'RestrictRealtime=',
      ],
      ...[
        'RootDirectory=/RootImage=',
        'SystemCallFilter=~@cpu-emulation',
        'SystemCallFilter=~@obsolete',
        'UMask=',
      ],
    ])
    expect(names(null)).toHaveLength(30)
    expect(found.filter(({set, badness}) => set === true && badness === 0)).toHaveLength(30)
  })
})

describe('a service with nothing set', () => {
  test.each([
    [247, 96],
    [252, 96],
    [254, 94],
    [262, 94],
  ])('in %i is exposed by %i tenths', (version, total) =>
    expect(exposure(unit(bare, version))).toBe(total),
  )

  test('an unset PrivateMounts= counts as set since 254, but not to the honest', () => {
    expect([252, 254].map((version) => row(unit(bare, version), 'PrivateMounts=')?.set)).toEqual([
      false,
      true,
    ])
    expect(assess(unit(bare, 254), {honest: true})).toMatchObject({total: 96})
    expect(row(unit(`${bare}PrivateMounts=no`, 254), 'PrivateMounts=')?.set).toBe(false)
    expect(row(unit(`${bare}PrivateMounts=no\nPrivateMounts=`, 254), 'PrivateMounts=')?.set).toBe(
      true,
    )
  })

  test('a version has the rows that it has', () => {
    expect([249, 251, 252, 262].map((version) => rows(unit(bare, version)).length)).toEqual([
      80, 80, 81, 81,
    ])
    expect(row(unit(bare, 249), 'RestrictNamespaces=~CLONE_NEWNS')?.jsonField).toBe(
      'RestrictNamespaces_mnt',
    )
    expect(row(unit(bare, 250), 'RestrictNamespaces=~mnt')?.jsonField).toBe(
      'RestrictNamespaces_mnt',
    )
  })
})

describe('rows', () => {
  test.each<[string, string, Partial<Row>]>([
    ['User=nobody', 'User=/DynamicUser=', {set: false, badness: 9, exposure: '0.4'}],
    ['User=0', 'User=/DynamicUser=', {set: false, badness: 10, description: 'It runs as root'}],
    ['', 'SupplementaryGroups=', {set: null, badness: null, exposure: null}],
    ['User=web\nSupplementaryGroups=adm', 'SupplementaryGroups=', {set: false}],
    ['ProtectHome=read-only', 'ProtectHome=', {set: false, badness: 5, exposure: '0.1'}],
    ['ProtectSystem=full', 'ProtectSystem=', {set: false, badness: 3}],
    ['UMask=077', 'UMask=', {set: true}],
    ['UMask=027', 'UMask=', {set: false, badness: 1}],
    ['ProtectProc=noaccess', 'ProtectProc=', {set: false, badness: 1, range: 3}],
    ['Delegate=cpu', 'Delegate=', {set: false, badness: 1}],
    ['RestrictAddressFamilies=~AF_BLUETOOTH', 'RestrictAddressFamilies=~…', {set: true}],
    ['RestrictAddressFamilies=AF_INET6', 'RestrictAddressFamilies=~AF_(INET|INET6)', {set: false}],
    ['RestrictAddressFamilies=none', 'RestrictAddressFamilies=~AF_UNIX', {set: true}],
    ['SystemCallArchitectures=x86-64', 'SystemCallArchitectures=', {set: false, badness: 8}],
    ['SystemCallFilter=@system-service', 'SystemCallFilter=~@resources', {set: false, badness: 9}],
    ['SystemCallFilter=~@clock', 'SystemCallFilter=~@privileged', {set: false, badness: 10}],
    [
      'SystemCallFilter=~',
      'SystemCallFilter=~@clock',
      {set: false, badness: 10, description: 'No system call filter stops @clock'},
    ],
    ['IPAddressDeny=any\nIPAddressAllow=localhost', 'IPAddressDeny=', {set: false, badness: 2}],
    ['IPAddressDeny=any\nIPAddressAllow=10.0.0.0/8', 'IPAddressDeny=', {set: false, badness: 5}],
    ['IPIngressFilterPath=/sys/fs/bpf/x', 'IPAddressDeny=', {set: true}],
    [
      'DevicePolicy=closed\nDeviceAllow=char-pts rw',
      'DeviceAllow=',
      {set: false, badness: 5, description: 'Some devices are let through: char-pts:rw'},
    ],
  ])('%j: %s', (text, name, expected) =>
    expect(row(unit(`${bare}${text}\n`), name)).toMatchObject(expected),
  )

  test('say which call passes', () => {
    const {description} =
      row(unit(`${bare}SystemCallFilter=@system-service\n`), 'SystemCallFilter=~@privileged') ?? {}
    expect(description).toContain('chown of @privileged')
  })

  test('about the file system do not apply in early boot', () => {
    const early = unit(`[Unit]\nDefaultDependencies=no\n${bare}ProtectHome=yes\n`)
    expect(
      ['PrivateTmp=', 'ProtectHome=', 'ProtectSystem=', 'RootDirectory=/RootImage='].map(
        (name) => row(early, name)?.set,
      ),
    ).toEqual([null, null, null, null])
  })

  test('come worst first', () => {
    const shown = rows(unit(bare)).map(({exposure: tenths}) => Number(tenths ?? 0))
    expect(shown).toEqual(shown.toSorted((a, b) => b - a))
  })

  test('have words of their own for good and bad', () => {
    const good = rows(
      unit(
        [
          `${bare}DynamicUser=yes\nPrivateDevices=yes\nPrivateMounts=yes\nPrivateNetwork=yes\nPrivateUsers=yes\nProtectControlGroups=yes\nProtectKernelModules=yes`,
          'ProtectKernelTunables=yes\nProtectKernelLogs=yes\nProtectClock=yes\nProtectHome=yes\nProtectHostname=yes\nRootDirectory=/srv\nLockPersonality=yes',
          'MemoryDenyWriteExecute=yes\nCapabilityBoundingSet=\nUMask=077\nProtectProc=invisible\nProcSubset=pid\nRestrictRealtime=yes\nRestrictNamespaces=yes',
          'RestrictAddressFamilies=none\nSystemCallArchitectures=native\nSystemCallFilter=~@known @privileged\nIPAddressDeny=any\nDevicePolicy=strict\n',
        ].join('\n'),
      ),
    )
    // A clock that is protected lists its device, so one row stays.
    expect(good.filter(({set}) => !set).map(({name}) => name)).toEqual(['DeviceAllow='])
    const bad = new Map(
      rows(unit(bare)).map(({name, set, description}) => [name, {set, description}]),
    )
    for (const {name, description, set} of good)
      if (bad.get(name)?.set !== set) expect(description).not.toBe(bad.get(name)?.description)
  })
})

describe('other managers and types', () => {
  test("of units of a user's manager do not speak of root", () => {
    const told = rows(unit(bare, 252, 'a.service', 'user')).map(
      ({name, description}) => `${name} ${description}`,
    )
    expect(told.filter((line) => /as root|to root|Root's/.test(line))).toEqual([])
    expect(told).toContain(
      'User=/DynamicUser= It runs as its user, whom systemd takes for root before 258',
    )
    expect(told).toContain(
      'CapabilityBoundingSet=~CAP_SYS_ADMIN By a program with rights of its file it may administer the system',
    )
    expect(told).toContain("SupplementaryGroups= A user's manager adds no groups")
    expect(told).toContain("RemoveIPC= A user's manager does not remove IPC objects")
  })

  test("a user's manager never runs as root, since 258", () => {
    expect(
      [257, 258].map(
        (version) => row(unit(bare, version, 'a.service', 'user'), 'User=/DynamicUser=')?.set,
      ),
    ).toEqual([false, true])
    expect(row(unit(bare, 258, 'a.service', 'user'), 'RemoveIPC=')?.set).toBeNull()
  })

  test.each(['a.target', 'a.slice', 'a.path', 'a.timer'])('%s is judged by defaults', (name) =>
    expect([252, 262].map((version) => exposure(unit('[Unit]\n', version, name)))).toEqual([
      98, 98,
    ]),
  )
})

describe('units that do not load', () => {
  test.each([
    ['a fault of syntax', `${bare}[Service\n`],
    ['an empty file', ''],
    ['a bad value', `${bare}User=a:b\n`],
    ['a missing command', '[Service]\n'],
  ])('%s', (_, text) => {
    expect(exposure(unit(text))).toBeUndefined()
    expect(assess(unit(text)).refused?.reason).toEqual(expect.any(String))
  })
})

describe('a security policy', () => {
  const policy = (entry: object): AssessOptions => ({policy: new Map([['PrivateNetwork', entry]])})

  test('weighs rows anew', () => {
    const heavy = row(unit(bare), 'PrivateNetwork=', policy({weight: 56_460}))
    expect([heavy?.weight, heavy?.exposure]).toEqual([56_460, '5.2'])
  })

  test('leaves rows out by weight 0', () => {
    expect(row(unit(bare), 'PrivateNetwork=', policy({weight: 0}))).toMatchObject({
      set: null,
      exposure: null,
      description: 'The security policy leaves it out',
    })
  })

  test('has words of its own', () => {
    const words = {descriptionGood: 'Fine', descriptionBad: 'Oh no'}
    expect(
      ['', 'PrivateNetwork=yes'].map(
        (line) => row(unit(`${bare}${line}\n`), 'PrivateNetwork=', policy(words))?.description,
      ),
    ).toEqual(['Oh no', 'Fine'])
  })

  test('with an impossible range gives no rows', () => {
    expect(assess(unit(bare), policy({range: 0})).refused?.reason).toContain('PrivateNetwork')
  })
})

test('what exposures are called', () => {
  expect([0, 1, 9, 10, 49, 50, 74, 75, 89, 90, 99, 100].map(levelOf)).toEqual([
    ...[
      'PERFECT',
      'SAFE',
      'SAFE',
      'OK',
      'OK',
      'MEDIUM',
      'MEDIUM',
      'EXPOSED',
      'EXPOSED',
      'UNSAFE',
      'UNSAFE',
      'DANGEROUS',
    ],
  ])
  expect([0, 7, 96, 100].map(formatExposure)).toEqual(['0.0', '0.7', '9.6', '10.0'])
})
