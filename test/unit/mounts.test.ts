import {describe, expect, test} from 'vitest'
import type {UnitType} from '../../src/facts/unit-types.ts'
import {parse} from '../../src/syntax/parse.ts'
import {load} from '../../src/unit/load.ts'
import type {LoadedUnit} from '../../src/unit/load.ts'
import {mountNeeds, mountsAbove} from '../../src/unit/mount-needs.ts'
import {
  isBind,
  isExtrinsicMount,
  isNetworkMount,
  mountPoint,
  mountSource,
} from '../../src/unit/mount-source.ts'

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

describe('the paths whose mounts a unit needs', () => {
  test.each<[string, string, number, 'system' | 'user', string]>([
    [
      'a.target',
      '[Unit]\nRequiresMountsFor=/a "/b c" %t x\nWantsMountsFor=/d',
      255,
      'system',
      'Requires /a RequiresMountsFor, Requires /b c RequiresMountsFor, Requires /run RequiresMountsFor',
    ],
    [
      'a.target',
      '[Unit]\nRequiresMountsFor=/a "/b c" %t x\nWantsMountsFor=/d',
      256,
      'system',
      'Requires /a RequiresMountsFor, Requires /b c RequiresMountsFor, Requires /run RequiresMountsFor, Wants /d WantsMountsFor',
    ],
    ['a.service', '[Service]\nExecStart=/x\n', 248, 'system', ''],
    ['a.service', '[Service]\nExecStart=/x\n', 249, 'system', ''],
    ['a.service', '[Service]\nExecStart=/x\n', 255, 'system', ''],
    ['a.service', '[Service]\nExecStart=/x\n', 256, 'system', ''],
    [
      'a.service',
      '[Service]\nExecStart=/x\nPrivateTmp=yes',
      248,
      'system',
      'Requires /tmp, Requires /var/tmp',
    ],
    ['a.service', '[Service]\nExecStart=/x\nPrivateTmp=yes', 249, 'system', 'Requires /var/tmp'],
    ['a.service', '[Service]\nExecStart=/x\nPrivateTmp=yes', 255, 'system', 'Requires /var/tmp'],
    [
      'a.service',
      '[Service]\nExecStart=/x\nPrivateTmp=yes',
      256,
      'system',
      'Wants /tmp, Wants /var/tmp',
    ],
    [
      'a.service',
      '[Service]\nExecStart=/x\nPrivateTmp=yes',
      257,
      'system',
      'Wants /tmp, Wants /var/tmp',
    ],
    [
      'a.service',
      '[Service]\nExecStart=/x\nPrivateTmp=yes',
      258,
      'system',
      'Wants /tmp, Wants /var/tmp',
    ],
    ['a.service', '[Service]\nExecStart=/x\nPrivateTmp=disconnected', 257, 'system', ''],
    ['a.service', '[Service]\nExecStart=/x\nPrivateTmp=disconnected', 258, 'system', 'Wants /var'],
    [
      'a.service',
      '[Service]\nExecStart=/x\nPrivateTmp=disconnected\n[Unit]\nDefaultDependencies=no',
      258,
      'system',
      '',
    ],
    ['a.service', '[Service]\nExecStart=/x\nDynamicUser=yes', 249, 'system', 'Requires /var/tmp'],
    ['a.service', '[Service]\nExecStart=/x\nDynamicUser=yes', 258, 'system', 'Wants /var'],
    [
      'a.service',
      '[Service]\nExecStart=/x\nWorkingDirectory=/a',
      255,
      'system',
      'Requires /a WorkingDirectory',
    ],
    [
      'a.service',
      '[Service]\nExecStart=/x\nWorkingDirectory=/a',
      256,
      'system',
      'Requires /a WorkingDirectory',
    ],
    ['a.service', '[Service]\nExecStart=/x\nWorkingDirectory=-/a', 255, 'system', ''],
    [
      'a.service',
      '[Service]\nExecStart=/x\nWorkingDirectory=-/a',
      256,
      'system',
      'Wants /a WorkingDirectory',
    ],
    ['a.service', '[Service]\nExecStart=/x\nWorkingDirectory=~', 255, 'system', ''],
    [
      'a.service',
      '[Service]\nExecStart=/x\nWorkingDirectory=%t/a',
      256,
      'system',
      'Requires /run/a WorkingDirectory',
    ],
    [
      'a.service',
      '[Service]\nExecStart=/x\nRootDirectory=/a',
      255,
      'system',
      'Requires /a RootDirectory',
    ],
    [
      'a.service',
      '[Service]\nExecStart=/x\nRootDirectory=/a',
      256,
      'system',
      'Wants /a RootDirectory',
    ],
    ['a.service', '[Service]\nExecStart=/x\nRootImage=/a', 255, 'system', 'Requires /a RootImage'],
    ['a.service', '[Service]\nExecStart=/x\nRootImage=/a', 256, 'system', 'Wants /a RootImage'],
    [
      'a.service',
      '[Service]\nExecStart=/x\nRootDirectory=-/a',
      256,
      'system',
      'Wants /a RootDirectory',
    ],
    [
      'a.service',
      '[Unit]\nDefaultDependencies=no\n[Service]\nExecStart=/x\nPrivateTmp=yes',
      257,
      'system',
      'Wants /tmp, Wants /var/tmp',
    ],
    [
      'a.service',
      '[Unit]\nDefaultDependencies=no\n[Service]\nExecStart=/x\nPrivateTmp=yes',
      262,
      'system',
      'Wants /var/tmp',
    ],
    [
      'a.service',
      '[Unit]\nDefaultDependencies=no\nRequiresMountsFor=/tmp/\n[Service]\nExecStart=/x\nPrivateTmp=yes',
      262,
      'system',
      'Requires /tmp RequiresMountsFor, Wants /tmp, Wants /var/tmp',
    ],
    [
      'a.service',
      '[Unit]\nDefaultDependencies=no\nWantsMountsFor=/tmp\n[Service]\nExecStart=/x\nPrivateTmp=yes',
      262,
      'system',
      'Wants /tmp WantsMountsFor, Wants /tmp, Wants /var/tmp',
    ],
    [
      'a.service',
      '[Unit]\nDefaultDependencies=no\nRequiresMountsFor=/tmp/a\n[Service]\nExecStart=/x\nPrivateTmp=yes',
      262,
      'system',
      'Requires /tmp/a RequiresMountsFor, Wants /var/tmp',
    ],
    [
      'a.service',
      '[Unit]\nDefaultDependencies=no\nAfter=a.service tmp.mount\n[Service]\nExecStart=/x\nPrivateTmp=yes',
      262,
      'system',
      'Wants /tmp, Wants /var/tmp',
    ],
    [
      'a.service',
      '[Unit]\nDefaultDependencies=no\n[Service]\nExecStart=/x\nRootDirectory=/\nPrivateTmp=yes',
      262,
      'system',
      'Wants / RootDirectory, Wants /var/tmp',
    ],
    [
      'a.service',
      '[Unit]\nDefaultDependencies=no\n[Service]\nExecStart=/x\nRootDirectory=/a\nPrivateTmp=yes',
      262,
      'system',
      'Wants /a RootDirectory, Wants /tmp, Wants /var/tmp',
    ],
    [
      'a.service',
      '[Unit]\nDefaultDependencies=no\n[Service]\nExecStart=/x\nRootMStack=/a\nPrivateTmp=yes',
      262,
      'system',
      'Wants /tmp, Wants /var/tmp',
    ],
    [
      'a.service',
      '[Service]\nExecStart=/x\nRuntimeDirectory=a b:c',
      249,
      'system',
      'Requires /run/a RuntimeDirectory, Requires /run/b:c RuntimeDirectory',
    ],
    [
      'a.service',
      '[Service]\nExecStart=/x\nRuntimeDirectory=a b:c',
      250,
      'system',
      'Requires /run/a RuntimeDirectory, Requires /run/b RuntimeDirectory',
    ],
    [
      'a.service',
      '[Service]\nExecStart=/x\nStateDirectory=a',
      256,
      'system',
      'Requires /var/lib/a StateDirectory',
    ],
    [
      'a.service',
      '[Service]\nExecStart=/x\nCacheDirectory=%n',
      256,
      'system',
      'Requires /var/cache/a.service CacheDirectory',
    ],
    [
      'a.service',
      '[Service]\nExecStart=/x\nLogsDirectory=a\nConfigurationDirectory=b',
      256,
      'system',
      'Requires /var/log/a LogsDirectory, Requires /etc/b ConfigurationDirectory',
    ],
    ['a.service', '[Service]\nExecStart=/x\nStateDirectory=a\nStateDirectory=', 256, 'system', ''],
    ['a.service', '[Service]\nExecStart=/x', 255, 'user', ''],
    [
      'a.service',
      '[Service]\nExecStart=/x\nWorkingDirectory=/a',
      255,
      'user',
      'Requires /a WorkingDirectory',
    ],
    ['a.service', '[Service]\nExecStart=/x\nPrivateTmp=yes', 255, 'user', ''],
    ['a.service', '[Service]\nExecStart=/x', 256, 'user', 'Wants /home/user'],
    [
      'a.service',
      '[Service]\nExecStart=/x\nWorkingDirectory=/a',
      256,
      'user',
      'Requires /a WorkingDirectory',
    ],
    ['a.service', '[Service]\nExecStart=/x\nPrivateTmp=yes', 256, 'user', 'Wants /home/user'],
    ['a.socket', '[Socket]\nListenStream=/a/b', 257, 'system', 'Requires /a/b ListenStream'],
    ['a.socket', '[Socket]\nListenDatagram=/a/b', 257, 'system', 'Requires /a/b ListenDatagram'],
    [
      'a.socket',
      '[Socket]\nListenSequentialPacket=/a/b',
      257,
      'system',
      'Requires /a/b ListenSequentialPacket',
    ],
    ['a.socket', '[Socket]\nListenFIFO=/a/b', 257, 'system', 'Requires /a/b ListenFIFO'],
    ['a.socket', '[Socket]\nListenSpecial=/a/b', 257, 'system', 'Requires /a/b ListenSpecial'],
    [
      'a.socket',
      '[Socket]\nListenUSBFunction=/a/b',
      257,
      'system',
      'Requires /a/b ListenUSBFunction',
    ],
    ['a.socket', '[Socket]\nListenMessageQueue=/a/b', 257, 'system', ''],
    [
      'a.socket',
      '[Socket]\nListenStream=80\nListenStream=@x\nListenFIFO=%t/x',
      257,
      'system',
      'Requires /run/x ListenFIFO',
    ],
    [
      'a.socket',
      '[Socket]\nListenStream=80\nExecStartPre=/x\nPrivateTmp=yes',
      257,
      'system',
      'Wants /tmp, Wants /var/tmp',
    ],
    ['a.socket', '[Socket]\nListenStream=80\nPrivateTmp=yes', 257, 'system', ''],
    ['a.path', '[Path]\nPathExists=/a/b*', 257, 'system', 'Requires /a/b* PathExists'],
    ['a.path', '[Path]\nPathExistsGlob=/a/b*', 257, 'system', 'Requires /a/b* PathExistsGlob'],
    ['a.path', '[Path]\nPathChanged=/a/b*', 257, 'system', 'Requires /a/b* PathChanged'],
    ['a.path', '[Path]\nPathModified=/a/b*', 257, 'system', 'Requires /a/b* PathModified'],
    [
      'a.path',
      '[Path]\nDirectoryNotEmpty=/a/b*',
      257,
      'system',
      'Requires /a/b* DirectoryNotEmpty',
    ],
    [
      'a.timer',
      '[Timer]\nOnCalendar=daily\nPersistent=yes',
      257,
      'system',
      'Requires /var/lib/systemd/timers Persistent',
    ],
    ['a.timer', '[Timer]\nOnCalendar=daily\nPersistent=no', 257, 'system', ''],
    ['a.timer', '[Timer]\nOnCalendar=daily\nPersistent=yes', 257, 'user', ''],
    ['a.timer', '[Timer]\nOnCalendar=daily', 257, 'system', ''],
    ['a-b.mount', '[Mount]\nWhat=/dev/x', 257, 'system', 'Requires /a, Requires /dev/x What'],
    [
      'a-b.mount',
      '[Mount]\nWhat=/src\nType=bind',
      257,
      'system',
      'Requires /a, Requires /src What',
    ],
    [
      'a-b.mount',
      '[Mount]\nWhat=/src\nOptions=bind',
      257,
      'system',
      'Requires /a, Requires /src What',
    ],
    [
      'a-b.mount',
      '[Mount]\nWhat=/src\nOptions=ro,rbind',
      257,
      'system',
      'Requires /a, Requires /src What',
    ],
    [
      'a-b.mount',
      '[Mount]\nWhat=/src\nType=rbind',
      257,
      'system',
      'Requires /a, Requires /src What',
    ],
    ['a-b.mount', '[Mount]\nWhat=//h/s\nType=cifs', 257, 'system', 'Requires /a'],
    ['a-b.mount', '[Mount]\nWhat=/x\nType=nfs', 257, 'system', 'Requires /a'],
    [
      'a-b.mount',
      '[Mount]\nWhat=/x\nType=nfs\nOptions=bind',
      257,
      'system',
      'Requires /a, Requires /x What',
    ],
    ['a-b.mount', '[Mount]\nWhat=/x\nOptions=_netdev', 257, 'system', 'Requires /a'],
    [
      'a-b.mount',
      '[Mount]\nWhat=/x\nOptions=_netdev,loop',
      257,
      'system',
      'Requires /a, Requires /x What',
    ],
    ['a-b.mount', '[Mount]\nWhat=h:/x\nType=nfs', 257, 'system', 'Requires /a'],
    ['a-b.mount', '[Mount]\nWhat=/x\nType=fuse.sshfs', 257, 'system', 'Requires /a'],
    ['a-b.mount', '[Mount]\nWhat=tmpfs\nType=tmpfs', 257, 'system', 'Requires /a'],
    [
      'a-b.mount',
      '[Mount]\nWhat=UUID=x',
      257,
      'system',
      'Requires /a, Requires /dev/disk/by-uuid/x What',
    ],
    ['a-b.mount', '[Mount]\nWhat=/x\nWhere=/a/b', 257, 'system', 'Requires /a, Requires /x What'],
    ['a-b.mount', '[Mount]\nWhat=UUID=x', 255, 'system', 'Requires /a'],
    ['-.mount', '[Mount]\nWhat=/x', 257, 'system', ''],
    ['a.mount', '[Mount]\nWhat=/x', 257, 'system', 'Requires /, Requires /x What'],
    ['a-b.automount', '[Automount]', 257, 'system', 'Requires /a'],
    ['a.swap', '[Swap]\nWhat=/a/b', 257, 'system', 'Requires /a/b'],
    ['a.swap', '[Swap]\nWhat=LABEL=x', 257, 'system', 'Requires /dev/disk/by-label/x'],
    ['a.device', '[Unit]', 257, 'system', ''],
  ])('%s %j (%i, %s): %s', (name, text, version, manager, expected) => {
    const needs = mountNeeds(unitOf(name, text, version, manager))
    const told = needs.map(({kind, path, origin}) =>
      (origin === 'implicit' ? [kind, path] : [kind, path, origin.key]).join(' '),
    )
    expect(told.join(', ')).toBe(expected)
  })
})

test.each([
  ['/', '-.mount'],
  ['/a', '-.mount a.mount'],
  ['/a/b-c', '-.mount a.mount a-b\\x2dc.mount'],
  ['//a/', '-.mount a.mount'],
  ['/a b', '-.mount a\\x20b.mount'],
])('above %s may be %s', (path, expected) => {
  expect(mountsAbove(path).join(' ')).toBe(expected)
})

describe('a mount', () => {
  test.each<[string, string, 'system' | 'user', number, boolean, string]>([
    ['-.mount', '', 'system', 248, true, '/'],
    ['-.mount', '', 'system', 249, true, '/'],
    ['usr.mount', '', 'system', 248, true, '/usr'],
    ['usr.mount', '', 'system', 249, true, '/usr'],
    ['etc.mount', '', 'system', 248, false, '/etc'],
    ['etc.mount', '', 'system', 249, true, '/etc'],
    ['run-initramfs-x.mount', '', 'system', 248, true, '/run/initramfs/x'],
    ['run-initramfs-x.mount', '', 'system', 249, true, '/run/initramfs/x'],
    ['run-nextroot.mount', '', 'system', 248, true, '/run/nextroot'],
    ['run-nextroot.mount', '', 'system', 249, true, '/run/nextroot'],
    ['proc-x.mount', '', 'system', 248, true, '/proc/x'],
    ['proc-x.mount', '', 'system', 249, true, '/proc/x'],
    ['sys.mount', '', 'system', 248, true, '/sys'],
    ['sys.mount', '', 'system', 249, true, '/sys'],
    ['dev-x.mount', '', 'system', 248, true, '/dev/x'],
    ['dev-x.mount', '', 'system', 249, true, '/dev/x'],
    ['home.mount', '', 'system', 248, false, '/home'],
    ['home.mount', '', 'system', 249, false, '/home'],
    ['home.mount', 'Options=x-initrd.mount', 'system', 248, true, '/home'],
    ['home.mount', 'Options=x-initrd.mount', 'system', 249, true, '/home'],
    ['home.mount', 'Options=ro,x-initrd.mount,rw', 'system', 248, true, '/home'],
    ['home.mount', 'Options=ro,x-initrd.mount,rw', 'system', 249, true, '/home'],
    ['home.mount', '', 'user', 248, true, '/home'],
    ['home.mount', '', 'user', 249, true, '/home'],
    ['etc.mount', 'Where=/etc', 'system', 248, false, '/etc'],
    ['etc.mount', 'Where=/etc', 'system', 249, true, '/etc'],
    ['b.mount', 'Where=/c/d/', 'system', 248, false, '/c/d'],
    ['b.mount', 'Where=/c/d/', 'system', 249, false, '/c/d'],
  ])(
    '%s %j (%s, %i) is there before systemd: %s, at %s',
    (name, lines, manager, version, isExtrinsic, where) => {
      const unit = unitOf(name, `[Mount]\nWhat=x\n${lines}`, version, manager)
      expect([isExtrinsicMount(unit), mountPoint(unit)]).toEqual([isExtrinsic, where])
    },
  )

  test.each([
    [255, 'LABEL=data'],
    [256, '/dev/disk/by-label/data'],
  ])('named by its label is found by systemd %i as %s', (version, expected) => {
    const mount = unitOf('a.mount', '[Mount]\nWhat=LABEL=data\nWhere=/a', version)
    expect(mountSource(mount).what).toBe(expected)
  })

  test.each<[string, string, boolean, boolean]>([
    ['ext4', '', false, false],
    ['nfs', '', true, false],
    ['nfs4', '', true, false],
    ['fuse.sshfs', '', true, false],
    ['fuse.x', '', false, false],
    ['sshfs', '', true, false],
    ['fuse', '', false, false],
    ['ext4', '_netdev', true, false],
    ['ext4', 'ro,_netdev', true, false],
    ['bind', '', false, true],
    ['rbind', '', false, true],
    ['none', 'bind', false, true],
    ['none', 'ro,rbind', false, true],
    ['none', 'binds', false, false],
  ])(
    'of type %s with the options %j is of the network: %s, and shows a folder: %s',
    (type, options, isNetwork, isFolder) => {
      const source = mountSource(
        unitOf('a.mount', `[Mount]\nWhat=x\nType=${type}\nOptions=${options}`),
      )
      expect([isNetworkMount(source), isBind(source)]).toEqual([isNetwork, isFolder])
    },
  )
})
