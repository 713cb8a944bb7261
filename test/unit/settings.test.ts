import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {load, type LoadedUnit} from '../../src/unit/load.ts'
import {reading} from '../../src/unit/read/reading.ts'
import {refusal} from '../../src/unit/refusals/services.ts'
import {settingKeys, settings, settingsOf, type Settings} from '../../src/unit/settings.ts'
import type {Effective} from '../../src/unit/unit.ts'
import type {UnitType} from '../../src/facts/unit-types.ts'
import {capabilitiesIn} from '../../src/values/capabilities.ts'
import {parse} from '../../src/syntax/parse.ts'

interface Given {
  readonly version?: number
  readonly manager?: 'system' | 'user'
  readonly name?: string
  readonly dropIns?: Readonly<Record<string, string>>
}

/**
 * The settings of a unit whose own section has these lines; a service has a command beside them.
 */
function given(lines: string, its?: Given): Settings {
  return settings(unitOf(lines, its))
}

function unitOf(
  lines: string,
  {version = 252, manager = 'system', name = 'example.service', dropIns = {}}: Given = {},
): LoadedUnit {
  // The tests name units of these types only.
  const type = name.slice(name.lastIndexOf('.') + 1) as UnitType
  const section = `${type[0]?.toUpperCase()}${type.slice(1)}`
  const command =
    type === 'service' && !/^(?:Exec|Type)/m.test(lines) ? 'ExecStart=/bin/true\n' : ''
  const files = [
    {
      path: `/units/${name}`,
      role: 'fragment' as const,
      tree: parse(`[${section}]\n${command}${lines}\n`),
    },
    ...Object.entries(dropIns).map(([file, text]) => ({
      path: `/units/${name}.d/${file}`,
      role: 'drop-in' as const,
      tree: parse(`[${section}]\n${text}\n`),
    })),
  ]
  return load(files, {name, type, target: {name: String(version), version}, manager})
}

/**
 * `default`, `5 7` for the lines that decide, or `DynamicUser < 5` for what another setting
 * implies.
 */
function from({origin}: Effective<unknown>): string {
  if (origin.kind === 'default') return 'default'
  if (origin.kind === 'implied')
    return `${origin.by} < ${from({value: undefined, origin: origin.origin})}`
  return origin.assignments.map(({directive}) => directive.line).join(' ')
}

describe('scalars', () => {
  test('nothing written', () => {
    const {PrivateTmp, KeyringMode, UMask, User} = given('')
    expect([PrivateTmp.value, KeyringMode.value, UMask.value, User.value]).toEqual([
      'no',
      'private',
      0o022,
      undefined,
    ])
    expect([PrivateTmp, KeyringMode, UMask, User].map(from)).toEqual([
      'default',
      'default',
      'default',
      'default',
    ])
  })

  test('the last valid line decides', () => {
    const {ProtectHome} = given(
      'ProtectHome=yes\nProtectHome=read-only\nProtectHome=Tmpfs\nProtectHome=',
    )
    expect([ProtectHome.value, from(ProtectHome)]).toEqual(['read-only', '4'])
  })

  test('only bad lines leave the default', () => {
    const {ProtectSystem} = given('ProtectSystem=FULL')
    expect([ProtectSystem.value, from(ProtectSystem)]).toEqual(['no', 'default'])
  })

  test.each<[string, keyof Settings, number, unknown]>([
    ['PrivateTmp=on', 'PrivateTmp', 256, 'yes'],
    ['PrivateTmp=on', 'PrivateTmp', 257, 'connected'],
    ['PrivateTmp=disconnected', 'PrivateTmp', 256, 'no'],
    ['PrivateTmp=disconnected', 'PrivateTmp', 257, 'disconnected'],
    ['PrivateUsers=1', 'PrivateUsers', 257, 'self'],
    ['PrivateUsers=full', 'PrivateUsers', 257, 'no'],
    ['PrivateUsers=full', 'PrivateUsers', 258, 'full'],
    ['PrivateUsers=managed', 'PrivateUsers', 259, 'no'],
    ['ProtectControlGroups=strict', 'ProtectControlGroups', 257, 'strict'],
    ['ProtectHostname=private', 'ProtectHostname', 257, 'no'],
    ['ProtectHostname=private:host', 'ProtectHostname', 258, 'private'],
    ['ProtectHostname=yes:-', 'ProtectHostname', 258, 'no'],
    ['ProtectHostname=yes\nProtectHostname=', 'ProtectHostname', 257, 'yes'],
    ['ProtectHostname=yes\nProtectHostname=', 'ProtectHostname', 258, 'no'],
    ['PrivateMounts=yes\nPrivateMounts=', 'PrivateMounts', 253, 'yes'],
    ['PrivateMounts=yes\nPrivateMounts=', 'PrivateMounts', 254, 'no'],
    ['PrivatePIDs=yes', 'PrivatePIDs', 256, 'no'],
    ['PrivatePIDs=yes', 'PrivatePIDs', 257, 'yes'],
    ['User=web\nUser=', 'User', 252, undefined],
    ['User=%p', 'User', 252, 'example'],
    ['RootDirectory=/srv//x/', 'RootDirectory', 252, '/srv/x'],
    ['UMask=077', 'UMask', 252, 0o077],
    ['NotifyAccess=all', 'NotifyAccess', 252, 'all'],
    ['Delegate=', 'Delegate', 252, 'yes'],
    ['Delegate=cpu typo', 'Delegate', 252, 'yes'],
    ['Delegate=cpu "typo', 'Delegate', 252, 'no'],
    ['Delegate=yes\nDelegate=no', 'Delegate', 252, 'no'],
    ['User=a\nUser=', 'User', 252, undefined],
    ['RestrictAddressFamilies=', 'RestrictAddressFamilies', 252, undefined],
  ])('%j: %s in %i is %j', (text, key, version, value) =>
    expect(given(text, {version})[key]).toMatchObject({value}),
  )
})

describe('sets and lists', () => {
  test('lines since the last reset count', () => {
    const {SystemCallArchitectures} = given(
      'SystemCallArchitectures=x86\nSystemCallArchitectures=\nSystemCallArchitectures=native\nSystemCallArchitectures=arm',
    )
    expect([[...SystemCallArchitectures.value], from(SystemCallArchitectures)]).toEqual([
      ['native', 'arm'],
      '5 6',
    ])
  })

  test('a reset alone is where the value comes from', () => {
    const {RestrictNamespaces, IPAddressDeny} = given(
      'RestrictNamespaces=yes\nRestrictNamespaces=\nIPAddressDeny=any\nIPAddressDeny=',
    )
    expect([
      RestrictNamespaces.value,
      from(RestrictNamespaces),
      IPAddressDeny.value,
      from(IPAddressDeny),
    ]).toEqual([undefined, '4', [], '6'])
  })

  test('an empty bounding set is a value', () => {
    const {CapabilityBoundingSet} = given(
      'CapabilityBoundingSet=CAP_KILL\nCapabilityBoundingSet=\nCapabilityBoundingSet=~CAP_CHOWN',
    )
    expect([CapabilityBoundingSet.value, from(CapabilityBoundingSet)]).toEqual([0n, '4 5'])
  })

  test('devices come newest first', () => {
    const {DeviceAllow} = given('DeviceAllow=/dev/a r\nDeviceAllow=bad\nDeviceAllow=/dev/b w')
    expect(DeviceAllow.value.map(({device}) => device)).toEqual(['/dev/b', '/dev/a'])
    expect(from(DeviceAllow)).toBe('3 5')
  })
})

describe('implications', () => {
  test('a dynamic user brings its settings along', () => {
    const its = given('DynamicUser=yes\nProtectHome=tmpfs\nProtectSystem=full\nNoNewPrivileges=no')
    expect({
      User: [its.User.value, from(its.User)],
      PrivateTmp: [its.PrivateTmp.value, from(its.PrivateTmp)],
      ProtectHome: [its.ProtectHome.value, from(its.ProtectHome)],
      ProtectSystem: [its.ProtectSystem.value, from(its.ProtectSystem)],
      NoNewPrivileges: [its.NoNewPrivileges.value, from(its.NoNewPrivileges)],
      RemoveIPC: [its.RemoveIPC.value, from(its.RemoveIPC)],
      RestrictSUIDSGID: [its.RestrictSUIDSGID.value, from(its.RestrictSUIDSGID)],
    }).toEqual({
      User: ['example', 'DynamicUser < 3'],
      PrivateTmp: ['yes', 'DynamicUser < 3'],
      ProtectHome: ['tmpfs', '4'],
      ProtectSystem: ['strict', 'DynamicUser < 3'],
      NoNewPrivileges: ['yes', 'DynamicUser < 3'],
      RemoveIPC: ['yes', 'DynamicUser < 3'],
      RestrictSUIDSGID: ['yes', 'DynamicUser < 3'],
    })
  })

  test.each([
    ['web@x.service', 'web'],
    ['9lives.service', '_du0000000000000000'],
    ['a.b.service', '_du0000000000000000'],
  ])('the dynamic user of %s is %s', (name, user) =>
    expect(given('DynamicUser=yes', {name}).User.value).toBe(user),
  )

  test('protections take capabilities, listed ones too', () => {
    const listed = given(
      'CapabilityBoundingSet=CAP_MKNOD CAP_SYS_TIME CAP_KILL\nPrivateDevices=yes\nProtectClock=yes',
    ).CapabilityBoundingSet
    expect([capabilitiesIn(listed.value), from(listed)]).toEqual([['CAP_KILL'], '3'])
    const implied = given('ProtectKernelLogs=yes').CapabilityBoundingSet
    expect([capabilitiesIn(implied.value).includes('CAP_SYSLOG'), from(implied)]).toEqual([
      false,
      'ProtectKernelLogs < 3',
    ])
  })

  test('private devices close the policy, and then others list devices', () => {
    const its = given('PrivateDevices=yes\nProtectClock=yes\nRootImage=/image', {version: 257})
    expect([its.DevicePolicy.value, from(its.DevicePolicy)]).toEqual([
      'closed',
      'PrivateDevices < 3',
    ])
    expect(its.DeviceAllow.value.map(({device}) => device)).toEqual([
      'char-rtc',
      'block-device-mapper',
      'block-blkext',
      'block-loop',
      '/dev/mapper/control',
      '/dev/loop-control',
    ])
    expect(given('ProtectClock=yes').DeviceAllow.value).toEqual([])
  })

  test.each([
    ['RootImage=/a', 'RootImage < 3'],
    ['MountImages=/a:/b', 'MountImages < 3'],
    ['MountImages=', 'default'],
    ['RootMStack=/a', 'RootMStack < 3'],
    ['ProtectClock=yes', 'ProtectClock < 3'],
    ['LoadCredentialEncrypted=a', 'default'],
  ])('%s lists devices beside a policy, and is told as what does', (line, expected) => {
    const its = given(`${line}\nDevicePolicy=closed`, {version: 260})
    expect(from(its.DeviceAllow)).toBe(expected)
  })

  test('a list that is written stays the one that is told, with the devices of others in it', () => {
    const {DeviceAllow} = given('DevicePolicy=closed\nDeviceAllow=/dev/null r\nProtectClock=yes')
    expect(DeviceAllow.value.map(({device}) => device)).toEqual(['char-rtc', '/dev/null'])
    expect(from(DeviceAllow)).toBe('4')
  })

  test('an encrypted credential is told as what lists its device', () => {
    const its = given('LoadCredentialEncrypted=a\nDevicePolicy=closed', {version: 257})
    expect(from(its.DeviceAllow)).toBe('LoadCredentialEncrypted < 3')
  })

  test.each([
    [251, []],
    [252, ['/dev/tpmrm0']],
    [257, ['char-tpm']],
    [258, []],
  ])('an encrypted credential in %i lists %j', (version, expected) => {
    expect(
      given('DevicePolicy=closed\nLoadCredentialEncrypted=key', {version}).DeviceAllow.value.map(
        ({device}) => device,
      ),
    ).toEqual(expected)
  })

  test('a plain credential of the same name takes its place', () => {
    expect(
      given('DevicePolicy=closed\nLoadCredentialEncrypted=key\nLoadCredential=key:/x').DeviceAllow
        .value,
    ).toEqual([])
    expect(
      given('DevicePolicy=closed\nLoadCredential=key:/x\nLoadCredentialEncrypted=key').DeviceAllow
        .value,
    ).toHaveLength(1)
    expect(
      given('DevicePolicy=closed\nSetCredentialEncrypted=key:Zm9v\nSetCredential=').DeviceAllow
        .value,
    ).toEqual([])
  })
})

describe('unit types and managers', () => {
  test.each<[string, Given['manager'], string]>([
    ['a.service', 'system', 'private'],
    ['a.socket', 'system', 'shared'],
    ['a.slice', 'system', 'shared'],
    ['a.service', 'user', 'inherit'],
  ])('the keyring of %s (%s) is %s', (name, manager, value) =>
    expect(given('', {name, manager: manager ?? 'system'}).KeyringMode.value).toBe(value),
  )

  test.each([
    ['-.slice', 'no'],
    ['system.slice', 'no'],
    ['user.slice', 'yes'],
    ['-.mount', 'no'],
  ])('%s has default dependencies: %s', (name, value) =>
    expect(given('', {name}).DefaultDependencies.value).toBe(value),
  )

  test('a slice has a control group, and no processes of its own', () => {
    const its = given('PrivateTmp=yes\nIPAddressDeny=any\nDelegate=yes\nUMask=077', {
      name: 'a.slice',
    })
    expect([
      its.PrivateTmp.value,
      its.IPAddressDeny.value.length,
      its.Delegate.value,
      its.UMask.value,
    ]).toEqual(['no', 2, 'no', 0o002])
  })
})

describe('values that systemd insists on', () => {
  test.each([
    ['DynamicUser=maybe', 'DynamicUser'],
    ['User=a:b', 'User'],
    ['SupplementaryGroups=a "b c"', undefined],
    ['SupplementaryGroups=a b:c', 'SupplementaryGroups'],
    ['RootDirectory=srv', 'RootDirectory'],
    ['WorkingDirectory=srv', 'WorkingDirectory'],
    ['WorkingDirectory=-srv', undefined],
    ['WorkingDirectory=~', undefined],
    ['SELinuxContext=%Q', 'SELinuxContext'],
    ['AppArmorProfile=-%Q', undefined],
    ['PIDFile=../x', 'PIDFile'],
    ['ExecStart=/bin/a "b', 'ExecStart'],
    ['ExecStart=-/bin/a "b', undefined],
    ['RootMStack=x', undefined],
  ])('%j refuses by %j', (text, key) =>
    expect(reading(unitOf(text)).ending?.directive?.key).toBe(key),
  )

  test('the first in the file is the reason', () => {
    expect(
      reading(unitOf('RootDirectory=srv\nUser=a:b\nDynamicUser=maybe')).ending?.directive?.key,
    ).toBe('RootDirectory')
  })

  test('in a drop-in they only end it', () => {
    const unit = unitOf('PrivateTmp=yes', {
      dropIns: {
        '10-a.conf':
          'ProtectClock=yes\nUser=a:b\nPrivateTmp=no\nProtectHome=yes\nDynamicUser=maybe',
        '20-b.conf': 'ProtectSystem=yes',
      },
    })
    const its = settings(unit)
    expect(reading(unit).ending).toBeUndefined()
    expect(
      reading(unit).complaints.flatMap(({effect, directive}) =>
        effect === 'unit' ? [directive?.key] : [],
      ),
    ).toEqual(['User'])
    expect([
      its.ProtectClock.value,
      its.PrivateTmp.value,
      its.ProtectHome.value,
      its.ProtectSystem.value,
    ]).toEqual(['yes', 'yes', 'no', 'yes'])
    expect(refusal(unit)).toBeUndefined()
  })
})

describe('units that do not load', () => {
  test.each<[string, string | undefined, Given?]>([
    ['Type=simple', 'ExecStart'],
    ['ExecStop=/bin/a', 'RemainAfterExit'],
    ['ExecStop=/bin/a\nRemainAfterExit=yes', undefined],
    ['ExecStart=/bin/a\nExecStart=/bin/b', 'more than one'],
    ['ExecStart=/bin/a\nExecStart=\nExecStart=/bin/b', undefined],
    ['ExecStart=/bin/a ; /bin/b', 'more than one'],
    ['ExecStart=-a/b\nExecStart=/bin/b', undefined],
    ['Type=oneshot\nExecStart=/bin/a\nExecStart=/bin/b', undefined],
    ['Type=oneshot\nExecStart=/bin/a\nRestart=always', 'Restart=always'],
    ['Type=oneshot\nExecStart=/bin/a\nExitType=cgroup', 'ExitType'],
    ['Type=oneshot\nExecStart=/bin/a\nExitType=cgroup', undefined, {version: 249}],
    [
      'Type=oneshot\nExecStart=/bin/a\nRestartForceExitStatus=1',
      'RestartForceExitStatus',
      {version: 254},
    ],
    ['Type=oneshot\nExecStart=/bin/a\nRestartForceExitStatus=1', undefined, {version: 257}],
    ['Type=dbus\nExecStart=/bin/a', 'BusName'],
    ['Type=dbus\nExecStart=/bin/a\nBusName=a.b', undefined],
    ['BusName=a.b', undefined],
    ['PAMName=login\nKillMode=process', 'KillMode'],
    ['PAMName=login\nKillMode=mixed', undefined],
    ['PAMName=login\nKillMode=mixed', 'KillMode', {name: 'a.socket'}],
    ['PAMName=login\nKillMode=mixed', undefined, {name: 'a.socket', version: 257}],
    ['DynamicUser=yes\nWorkingDirectory=~', undefined, {version: 255}],
    ['DynamicUser=yes\nWorkingDirectory=~', 'WorkingDirectory', {version: 256}],
    ['DynamicUser=yes', 'DynamicUser', {version: 256, manager: 'user'}],
    ['WorkingDirectory=/proc/x\nPrivateDevices=yes', 'WorkingDirectory', {version: 257}],
    ['WorkingDirectory=/proc/x\nMountImages=bad', undefined, {version: 257}],
    ['WorkingDirectory=/proc/x\nPrivateTmp=yes', undefined, {version: 257}],
    ['WorkingDirectory=/proc/x\nPrivateTmp=yes', 'WorkingDirectory', {version: 262}],
    ['Type=forking\nExecStart=/bin/a\nPrivatePIDs=yes', 'PrivatePIDs', {version: 257}],
    ['PrivatePIDs=yes', 'only services', {version: 257, name: 'a.socket'}],
    ['PrivateUsers=managed\nUser=web', 'PrivateUsers', {version: 260}],
    ['PrivateUsers=yes\nUserNamespacePath=/x', 'UserNamespacePath', {version: 260}],
    ['', 'scope', {name: 'a.scope'}],
    ['', undefined, {name: 'a.target'}],
  ])('%j: %j %j', (text, reason, context) => {
    const found = refusal(unitOf(text, context))
    expect(found?.reason).toEqual(
      reason === undefined ? undefined : expect.stringContaining(reason),
    )
  })
})

test('hypothetical units: one more line', () => {
  const unit = load(
    [
      {
        path: 'a.service',
        role: 'fragment',
        tree: parse('[Service]\nCapabilityBoundingSet=CAP_KILL\n'),
      },
    ],
    {
      name: 'a.service',
      type: 'service',
      target: {name: '252', version: 252},
      manager: 'system',
    },
  )
  const [line] = unit.assignments('Service', 'CapabilityBoundingSet')
  if (!line) throw new Error('Expected an assignment')
  const more = {
    ...unit,
    assignments: (section: string, key: string) =>
      key === line.key ? [line, {...line, value: 'CAP_CHOWN'}] : unit.assignments(section, key),
  }
  expect(capabilitiesIn(settingsOf(more).CapabilityBoundingSet.value)).toEqual([
    'CAP_CHOWN',
    'CAP_KILL',
  ])
})

test('no text makes a setting throw', () => {
  const value = fc.string({
    unit: fc.constantFrom(
      '~',
      ' ',
      '"',
      "'",
      '\\',
      '%',
      'i',
      '/',
      ':',
      '.',
      '@',
      '-',
      '0',
      '9',
      'yes',
      'CAP_KILL',
      'AF_INET',
      'net',
      '\ud800',
      '\0',
    ),
  })
  fc.assert(
    fc.property(
      fc.constantFrom(...settingKeys),
      value,
      fc.constantFrom(247, 252, 258, 262),
      (key, text, version) => {
        const unit = unitOf(`${key}=${text}\n${key}=${text}`, {version})
        const its = settings(unit)
        for (const each of settingKeys)
          expect(its[each].origin.kind).toMatch(/^(?:default|written|implied)$/)
        expect(() => refusal(unit)).not.toThrow()
      },
    ),
  )
})

test('an empty value is `no` from the version on that takes it so', () => {
  const mounts = (version: number): string =>
    given('PrivateMounts=yes\nPrivateMounts=', {version}).PrivateMounts.value
  expect([252, 253, 254, 257].map(mounts)).toEqual(['yes', 'yes', 'no', 'no'])
  expect(from(given('PrivateMounts=', {version: 254}).PrivateMounts)).toBe('3')
  expect(from(given('PrivateMounts=', {version: 253}).PrivateMounts)).toBe('default')
  expect(given('PrivateDevices=yes\nPrivateDevices=', {version: 257}).PrivateDevices.value).toBe(
    'yes',
  )
})
