import {describe, expect, test} from 'vitest'
import type {UnitType} from '../../src/facts/unit-types.ts'
import {parse} from '../../src/syntax/parse.ts'
import {load} from '../../src/unit/load.ts'
import type {LoadedUnit} from '../../src/unit/load.ts'
import {defaultValues, impliedValues} from '../../src/unit/implied.ts'

/** A unit of one file. */
function unitOf(
  name: string,
  text: string,
  version = 257,
  manager: 'system' | 'user' = 'system',
): LoadedUnit {
  // The tests name units of these types only.
  const type = name.slice(name.lastIndexOf('.') + 1) as UnitType
  const files = [{path: name, role: 'fragment' as const, tree: parse(text)}]
  return load(files, {name, type, target: {name: String(version), version}, manager})
}

describe('what lines of a service imply', () => {
  test.each<[string, number, readonly string[]]>([
    [
      'DynamicUser=yes',
      257,
      [
        'Service.User=a < DynamicUser=yes',
        'Service.PrivateTmp=disconnected < DynamicUser=yes',
        'Service.ProtectHome=read-only < DynamicUser=yes',
        'Service.ProtectSystem=strict < DynamicUser=yes',
        'Service.NoNewPrivileges=yes < DynamicUser=yes',
        'Service.RemoveIPC=yes < DynamicUser=yes',
        'Service.RestrictSUIDSGID=yes < DynamicUser=yes',
      ],
    ],
    [
      'DynamicUser=yes\nUser=x',
      257,
      [
        'Service.PrivateTmp=disconnected < DynamicUser=yes',
        'Service.ProtectHome=read-only < DynamicUser=yes',
        'Service.ProtectSystem=strict < DynamicUser=yes',
        'Service.NoNewPrivileges=yes < DynamicUser=yes',
        'Service.RemoveIPC=yes < DynamicUser=yes',
        'Service.RestrictSUIDSGID=yes < DynamicUser=yes',
      ],
    ],
    [
      'PrivateDevices=yes',
      257,
      [
        'Service.DevicePolicy=closed < PrivateDevices=yes',
        'Service.CapabilityBoundingSet=~CAP_SYS_RAWIO CAP_MKNOD < PrivateDevices=yes +',
      ],
    ],
    [
      'PrivateDevices=yes\nCapabilityBoundingSet=CAP_CHOWN CAP_MKNOD',
      257,
      [
        'Service.DevicePolicy=closed < PrivateDevices=yes',
        'Service.CapabilityBoundingSet=~CAP_MKNOD < PrivateDevices=yes +',
      ],
    ],
    [
      'ProtectClock=yes',
      252,
      ['Service.CapabilityBoundingSet=~CAP_SYS_TIME CAP_WAKE_ALARM < ProtectClock=yes +'],
    ],
    [
      'ProtectClock=yes\nDevicePolicy=closed',
      252,
      [
        'Service.CapabilityBoundingSet=~CAP_SYS_TIME CAP_WAKE_ALARM < ProtectClock=yes +',
        'Service.DeviceAllow=char-rtc r < ProtectClock=yes +',
      ],
    ],
    [
      'ProtectClock=yes\nDeviceAllow=/dev/null rw',
      252,
      [
        'Service.CapabilityBoundingSet=~CAP_SYS_TIME CAP_WAKE_ALARM < ProtectClock=yes +',
        'Service.DeviceAllow=char-rtc r < ProtectClock=yes +',
      ],
    ],
    [
      'RootImage=/x\nDevicePolicy=closed',
      257,
      [
        'Service.DeviceAllow=/dev/loop-control rw < RootImage=/x +',
        'Service.DeviceAllow=/dev/mapper/control rw < RootImage=/x +',
        'Service.DeviceAllow=block-loop rwm < RootImage=/x +',
        'Service.DeviceAllow=block-blkext rwm < RootImage=/x +',
        'Service.DeviceAllow=block-device-mapper rwm < RootImage=/x +',
      ],
    ],
    ['RootImage=/x', 257, []],
    [
      'MountImages=/a:/b\nDevicePolicy=strict\nProtectClock=yes',
      252,
      [
        'Service.CapabilityBoundingSet=~CAP_SYS_TIME CAP_WAKE_ALARM < ProtectClock=yes +',
        'Service.DeviceAllow=/dev/loop-control rw < MountImages=/a:/b +',
        'Service.DeviceAllow=/dev/mapper/control rw < MountImages=/a:/b +',
        'Service.DeviceAllow=block-loop rwm < MountImages=/a:/b +',
        'Service.DeviceAllow=block-blkext rwm < MountImages=/a:/b +',
        'Service.DeviceAllow=block-device-mapper rwm < MountImages=/a:/b +',
        'Service.DeviceAllow=char-rtc r < ProtectClock=yes +',
      ],
    ],
    [
      'LoadCredentialEncrypted=a:/b\nDevicePolicy=closed',
      252,
      ['Service.DeviceAllow=/dev/tpmrm0 rw < LoadCredentialEncrypted=a:/b +'],
    ],
    [
      'LoadCredentialEncrypted=a:/b\nDevicePolicy=closed',
      254,
      ['Service.DeviceAllow=char-tpm rw < LoadCredentialEncrypted=a:/b +'],
    ],
    [
      'LoadCredentialEncrypted=a:/b\nDevicePolicy=closed',
      258,
      ['Service.Type=exec < LoadCredentialEncrypted=a:/b'],
    ],
    ['ImportCredential=a', 256, ['Service.Type=exec < ImportCredential=a']],
    ['ImportCredential=a', 255, []],
    ['ImportCredential=a\nType=simple', 256, []],
    ['ImportCredential=a\nBusName=a.b', 256, ['Service.Type=dbus < BusName=a.b']],
    ['LoadCredentialEncrypted=a:/b\nLoadCredential=a:/c\nDevicePolicy=closed', 254, []],
    [
      'LoadCredential=a:/c\nLoadCredentialEncrypted=a:/b\nDevicePolicy=closed',
      254,
      ['Service.DeviceAllow=char-tpm rw < LoadCredentialEncrypted=a:/b +'],
    ],
    ['LoadCredentialEncrypted=a:/b\nLoadCredential=\nDevicePolicy=closed', 254, []],
    [
      'SetCredentialEncrypted=a:YQ==\nDevicePolicy=closed',
      254,
      ['Service.DeviceAllow=char-tpm rw < SetCredentialEncrypted=a:YQ== +'],
    ],
    [
      'RootMStack=/a\nDevicePolicy=closed',
      260,
      [
        'Service.DeviceAllow=/dev/loop-control rw < RootMStack=/a +',
        'Service.DeviceAllow=/dev/mapper/control rw < RootMStack=/a +',
        'Service.DeviceAllow=block-loop rwm < RootMStack=/a +',
        'Service.DeviceAllow=block-blkext rwm < RootMStack=/a +',
        'Service.DeviceAllow=block-device-mapper rwm < RootMStack=/a +',
      ],
    ],
    ['RootMStack=/a\nDevicePolicy=closed', 259, []],
    ['BusName=a.b', 257, ['Service.Type=dbus < BusName=a.b']],
    ['Type=notify', 257, ['Service.NotifyAccess=main < Type=notify']],
    ['Type=notify\nNotifyAccess=none', 257, ['Service.NotifyAccess=main < Type=notify']],
    ['Type=notify\nNotifyAccess=all', 257, []],
    ['Type=notify-reload', 257, ['Service.NotifyAccess=main < Type=notify-reload']],
    ['WatchdogSec=0', 257, []],
    ['WatchdogSec=5', 257, ['Service.NotifyAccess=main < WatchdogSec=5']],
    ['WatchdogSec=infinity', 257, ['Service.NotifyAccess=main < WatchdogSec=infinity']],
    ['FileDescriptorStoreMax=0', 257, []],
    ['FileDescriptorStoreMax=2', 257, ['Service.NotifyAccess=main < FileDescriptorStoreMax=2']],
    ['BusName=a.b\nType=simple', 257, []],
    [
      'ProtectKernelModules=yes\nProtectKernelLogs=yes\nProtectClock=yes',
      257,
      [
        'Service.CapabilityBoundingSet=~CAP_SYS_TIME CAP_WAKE_ALARM < ProtectClock=yes +',
        'Service.CapabilityBoundingSet=~CAP_SYSLOG < ProtectKernelLogs=yes +',
        'Service.CapabilityBoundingSet=~CAP_SYS_MODULE < ProtectKernelModules=yes +',
      ],
    ],
    ['NoNewPrivileges=no\nRestrictRealtime=yes\nUser=a', 252, []],
    ['ProtectHostname=yes', 257, []],
    ['PrivatePIDs=yes', 257, []],
    ['DelegateSubgroup=x', 257, []],
    [
      'ProtectSystem=strict\nDynamicUser=yes',
      257,
      [
        'Service.User=a < DynamicUser=yes',
        'Service.PrivateTmp=disconnected < DynamicUser=yes',
        'Service.ProtectHome=read-only < DynamicUser=yes',
        'Service.NoNewPrivileges=yes < DynamicUser=yes',
        'Service.RemoveIPC=yes < DynamicUser=yes',
        'Service.RestrictSUIDSGID=yes < DynamicUser=yes',
      ],
    ],
  ])('%j in %i: %j', (lines, version, expected) => {
    const values = impliedValues(unitOf('a.service', `[Service]\nExecStart=/x\n${lines}`, version))
    const told = values.map(({value: {section, key, value, origin}, by, adds}) => {
      expect(origin).toEqual({kind: 'implied', by: `${by.key}=${by.value}`, assignment: by})
      return `${section}.${key}=${value} < ${by.key}=${by.value}${adds ? ' +' : ''}`
    })
    expect(told).toEqual(expected)
  })
})

describe('the defaults of a unit', () => {
  test.each<[string, number, number, string]>([
    [
      'a.service',
      252,
      43,
      'Service.User= Service.PrivateMounts=no Service.ProtectProc=default Service.UMask=0022 Service.CapabilityBoundingSet=~ Service.AmbientCapabilities= Service.IPAddressDeny=',
    ],
    [
      'a.service',
      257,
      44,
      'Service.User= Service.PrivateMounts= Service.ProtectProc=default Service.UMask=0022 Service.CapabilityBoundingSet=~ Service.AmbientCapabilities= Service.IPAddressDeny=',
    ],
    [
      'a.socket',
      252,
      42,
      'Socket.User= Socket.PrivateMounts=no Socket.PrivateTmp=no Socket.ProtectProc=default Socket.UMask=0022 Socket.CapabilityBoundingSet=~ Socket.AmbientCapabilities= Socket.IPAddressDeny=',
    ],
    [
      'a.socket',
      257,
      43,
      'Socket.User= Socket.PrivateMounts= Socket.PrivateTmp=no Socket.ProtectProc=default Socket.UMask=0022 Socket.CapabilityBoundingSet=~ Socket.AmbientCapabilities= Socket.IPAddressDeny=',
    ],
    ['a.timer', 252, 1, ''],
    ['a.timer', 257, 1, ''],
    ['a.slice', 252, 7, 'Slice.IPAddressDeny='],
    ['a.slice', 257, 7, 'Slice.IPAddressDeny='],
  ])('%s in %i are %i, among them %s', (name, version, count, expected) => {
    const shown = [
      'PrivateTmp',
      'UMask',
      'CapabilityBoundingSet',
      'AmbientCapabilities',
      'PrivateMounts',
      'User',
      'ProtectProc',
      'IPAddressDeny',
    ]
    const known = [
      {section: 'Service', key: 'PrivateTmp', value: 'x', origin: {kind: 'default'}},
    ] as const
    const values = defaultValues(unitOf(name, '', version), known)
    expect(values).toHaveLength(count)
    expect(
      values
        .filter(({key}) => shown.includes(key))
        .map(({section, key, value}) => `${section}.${key}=${value}`)
        .join(' '),
    ).toBe(expected)
  })
})

test('a credential is what the last file by name says, whatever folder that is in', () => {
  const target = {name: '254', version: 254}
  const file = (path: string, line: string) => ({
    path,
    role: 'drop-in' as const,
    tree: parse(`[Service]\n${line}\n`),
  })
  const needs = (...dropIns: ReadonlyArray<ReturnType<typeof file>>): boolean => {
    const main = {
      path: '/etc/a.service',
      role: 'fragment' as const,
      tree: parse('[Service]\nExecStart=/x\nDevicePolicy=closed\n'),
    }
    const unit = load([main, ...dropIns], {
      name: 'a.service',
      type: 'service',
      target,
      manager: 'system',
    })
    return impliedValues(unit).some(({value}) => value.key === 'DeviceAllow')
  }
  const [plain, encrypted] = ['LoadCredential=a:/b', 'LoadCredentialEncrypted=a:/c']
  expect(
    needs(file('/run/a.service.d/1.conf', plain), file('/etc/a.service.d/2.conf', encrypted)),
  ).toBe(true)
  expect(
    needs(file('/run/a.service.d/1.conf', encrypted), file('/etc/a.service.d/2.conf', plain)),
  ).toBe(false)
  expect(
    needs(file('/etc/a.service.d/1.conf', encrypted), file('/run/a.service.d/2.conf', plain)),
  ).toBe(false)
})
