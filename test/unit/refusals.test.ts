import {describe, expect, test} from 'vitest'
import type {UnitType} from '../../src/facts/unit-types.ts'
import {parse} from '../../src/syntax/parse.ts'
import {load} from '../../src/unit/load.ts'
import {verdict} from '../../src/unit/verdict.ts'

/**
 * Why systemd does not load a unit, and behind `@` the directive that is to blame; undefined for
 * one that it loads.
 */
function refused(
  name: string,
  text: string,
  version: number,
  manager: 'system' | 'user' = 'system',
): string | undefined {
  // The tests name units of these types only.
  const type = name.slice(name.lastIndexOf('.') + 1) as UnitType
  const files = [
    {path: name, role: 'fragment' as const, tree: parse(text === '' ? text : `${text}\n`)},
  ]
  const {refusal} = verdict(
    load(files, {name, type, target: {name: String(version), version}, manager}),
  )
  return refusal && `${refusal.reason}${refusal.assignment ? ` @ ${refusal.assignment.key}` : ''}`
}

describe('a service', () => {
  test.each<[string, string | undefined, number, 'user'?]>([
    ['', 'none of `ExecStart=`, `ExecStop=` and `SuccessAction=` is set', 257],
    ['Type=oneshot', 'none of `ExecStart=`, `ExecStop=` and `SuccessAction=` is set', 257],
    ['Type=simple', 'none of `ExecStart=`, `ExecStop=` and `SuccessAction=` is set', 257],
    [
      'ExecStop=/bin/x',
      'without `ExecStart=`, `RemainAfterExit=yes` or `SuccessAction=` is needed',
      257,
    ],
    ['ExecStop=/bin/x\nRemainAfterExit=yes', undefined, 257],
    [
      'ExecStop=/bin/x\nRemainAfterExit=no',
      'without `ExecStart=`, `RemainAfterExit=yes` or `SuccessAction=` is needed',
      257,
    ],
    [
      'ExecStop=/bin/x\nSuccessAction=none',
      'without `ExecStart=`, `RemainAfterExit=yes` or `SuccessAction=` is needed',
      257,
    ],
    ['SuccessAction=none', 'none of `ExecStart=`, `ExecStop=` and `SuccessAction=` is set', 257],
    ['SuccessAction=reboot', 'none of `ExecStart=`, `ExecStop=` and `SuccessAction=` is set', 257],
    [
      'SuccessAction=reboot\nType=simple',
      'none of `ExecStart=`, `ExecStop=` and `SuccessAction=` is set',
      257,
    ],
    [
      'SuccessAction=reboot\nBusName=a.b',
      'none of `ExecStart=`, `ExecStop=` and `SuccessAction=` is set',
      257,
    ],
    [
      'ExecStop=/bin/x\nBusName=a.b\nRemainAfterExit=yes',
      '`ExecStart=` is missing, which only `Type=oneshot` allows @ BusName',
      257,
    ],
    [
      'ExecStart=/bin/true\nExecStart=/bin/true',
      'more than one `ExecStart=`, which only `Type=oneshot` allows @ ExecStart',
      257,
    ],
    [
      'ExecStart=/bin/true\nExecStart=/bin/a ; /bin/b',
      'more than one `ExecStart=`, which only `Type=oneshot` allows @ ExecStart',
      257,
    ],
    ['Type=oneshot\nExecStart=/bin/true\nExecStart=/bin/true', undefined, 257],
    ['Type=oneshot\nExecStart=/bin/a ; /bin/b', undefined, 257],
    [
      'ExecStart=/bin/a ; /bin/b\nBusName=a.b',
      'more than one `ExecStart=`, which only `Type=oneshot` allows @ ExecStart',
      257,
    ],
    ['ExecStart=/bin/true\nType=dbus', '`Type=dbus` without `BusName=` @ Type', 257],
    ['ExecStart=/bin/true\nType=dbus\nBusName=a.b', undefined, 257],
    [
      'ExecStart=/bin/true\nType=forking\nPrivatePIDs=yes',
      '`PrivatePIDs=yes` with `Type=forking` @ PrivatePIDs',
      257,
    ],
    ['ExecStart=/bin/true\nType=forking\nPrivatePIDs=no', undefined, 257],
    ['ExecStart=/bin/true\nType=simple\nPrivatePIDs=yes', undefined, 257],
    ['ExecStart=/bin/true\nType=forking\nPrivatePIDs=yes', undefined, 252],
    [
      'Type=oneshot\nExecStart=/bin/true\nRestart=always',
      '`Type=oneshot` with `Restart=always` @ Restart',
      257,
    ],
    [
      'Type=oneshot\nExecStart=/bin/true\nRestart=on-success',
      '`Type=oneshot` with `Restart=on-success` @ Restart',
      257,
    ],
    ['Type=oneshot\nExecStart=/bin/true\nRestart=on-failure', undefined, 257],
    ['Type=oneshot\nExecStart=/bin/true\nRestart=no', undefined, 257],
    ['Type=oneshot\nExecStart=/bin/true\nRestart=on-abnormal', undefined, 257],
    ['ExecStart=/bin/true\nRestart=always', undefined, 257],
    [
      'Type=oneshot\nExecStart=/bin/true\nExitType=cgroup',
      '`Type=oneshot` with `ExitType=cgroup` @ ExitType',
      257,
    ],
    ['Type=oneshot\nExecStart=/bin/true\nExitType=main', undefined, 257],
    ['ExecStart=/bin/true\nExitType=cgroup', undefined, 257],
    [
      'Type=oneshot\nExecStart=/bin/true\nRestartForceExitStatus=1',
      '`Type=oneshot` with `RestartForceExitStatus=` @ RestartForceExitStatus',
      254,
    ],
    ['Type=oneshot\nExecStart=/bin/true\nRestartForceExitStatus=1', undefined, 255],
    ['ExecStart=/bin/true\nRestartForceExitStatus=1', undefined, 254],
    ['ExecStart=/bin/true\nPAMName=x\nKillMode=control-group', undefined, 257],
    ['ExecStart=/bin/true\nPAMName=x\nKillMode=mixed', undefined, 257],
    ['ExecStart=/bin/true\nPAMName=x\nPAMName=\nKillMode=none', undefined, 257],
    // The name of no instance is empty.
    ['ExecStart=/bin/true\nPAMName=%i\nKillMode=none', undefined, 257],
    [
      'ExecStart=/bin/true\nPAMName=x\nKillMode=process',
      '`PAMName=` with `KillMode=process` @ PAMName',
      257,
    ],
    [
      'ExecStart=/bin/true\nPAMName=x\nKillMode=none',
      '`PAMName=` with `KillMode=none` @ PAMName',
      257,
    ],
    ['ExecStart=/bin/true\nPAMName=x', undefined, 257],
    ['ExecStart=/bin/true\nPAMName=\nKillMode=none', undefined, 257],
    ['ExecStart=/bin/true\nPAMName=%i\nKillMode=none', undefined, 257],
    ['ExecStart=/bin/true\nKillMode=none', undefined, 257],
    ['ExecStart=/bin/true\nPAMName=x\nKillMode=mixed', undefined, 252],
    [
      'ExecStart=/bin/true\nDynamicUser=yes',
      "`DynamicUser=yes` for a user's manager @ DynamicUser",
      256,
      'user',
    ],
    ['ExecStart=/bin/true\nDynamicUser=yes', undefined, 255, 'user'],
    ['ExecStart=/bin/true\nDynamicUser=yes', undefined, 256],
    ['ExecStart=/bin/true\nDynamicUser=no', undefined, 256, 'user'],
    [
      'ExecStart=/bin/true\nDynamicUser=yes\nWorkingDirectory=~',
      '`DynamicUser=yes` with `WorkingDirectory=~` @ WorkingDirectory',
      256,
    ],
    ['ExecStart=/bin/true\nDynamicUser=yes\nWorkingDirectory=~', undefined, 255],
    ['ExecStart=/bin/true\nDynamicUser=yes\nWorkingDirectory=/x', undefined, 256],
    ['ExecStart=/bin/true\nWorkingDirectory=~', undefined, 256],
    ['ExecStart=/bin/true\nPrivatePIDs=yes\nPAMName=x', undefined, 257],
    [
      'ExecStart=/bin/true\nPrivatePIDs=yes\nPAMName=x',
      '`PrivatePIDs=yes` with `PAMName=` @ PrivatePIDs',
      258,
    ],
    ['ExecStart=/bin/true\nPrivatePIDs=yes', undefined, 258],
    ['ExecStart=/bin/true\nPrivateUsers=yes\nUser=a', undefined, 260],
    ['ExecStart=/bin/true\nPrivateUsers=yes\nGroup=a', undefined, 260],
    ['ExecStart=/bin/true\nPrivateUsers=yes\nDynamicUser=yes', undefined, 260],
    ['ExecStart=/bin/true\nPrivateUsers=yes\nPAMName=a', undefined, 260],
    [
      'ExecStart=/bin/true\nPrivateUsers=yes\nUserNamespacePath=/x',
      '`PrivateUsers=` with `UserNamespacePath=` @ PrivateUsers',
      260,
    ],
    ['ExecStart=/bin/true\nPrivateUsers=yes', undefined, 260],
    [
      'ExecStart=/bin/true\nPrivateUsers=managed\nUser=a',
      '`PrivateUsers=managed` with `User=`, `Group=`, `DynamicUser=` or `PAMName=` @ PrivateUsers',
      260,
    ],
    [
      'ExecStart=/bin/true\nPrivateUsers=managed\nGroup=a',
      '`PrivateUsers=managed` with `User=`, `Group=`, `DynamicUser=` or `PAMName=` @ PrivateUsers',
      260,
    ],
    [
      'ExecStart=/bin/true\nPrivateUsers=managed\nDynamicUser=yes',
      '`PrivateUsers=managed` with `User=`, `Group=`, `DynamicUser=` or `PAMName=` @ PrivateUsers',
      260,
    ],
    [
      'ExecStart=/bin/true\nPrivateUsers=managed\nPAMName=a',
      '`PrivateUsers=managed` with `User=`, `Group=`, `DynamicUser=` or `PAMName=` @ PrivateUsers',
      260,
    ],
    [
      'ExecStart=/bin/true\nPrivateUsers=managed\nUserNamespacePath=/x',
      '`PrivateUsers=` with `UserNamespacePath=` @ PrivateUsers',
      260,
    ],
    ['ExecStart=/bin/true\nPrivateUsers=managed', undefined, 260],
    ['ExecStart=/bin/true\nPrivateUsers=self\nUser=a', undefined, 260],
    ['ExecStart=/bin/true\nPrivateUsers=self\nGroup=a', undefined, 260],
    ['ExecStart=/bin/true\nPrivateUsers=self\nDynamicUser=yes', undefined, 260],
    ['ExecStart=/bin/true\nPrivateUsers=self\nPAMName=a', undefined, 260],
    [
      'ExecStart=/bin/true\nPrivateUsers=self\nUserNamespacePath=/x',
      '`PrivateUsers=` with `UserNamespacePath=` @ PrivateUsers',
      260,
    ],
    ['ExecStart=/bin/true\nPrivateUsers=self', undefined, 260],
    ['ExecStart=/bin/true\nPrivateUsers=no\nUser=a', undefined, 260],
    ['ExecStart=/bin/true\nPrivateUsers=no\nGroup=a', undefined, 260],
    ['ExecStart=/bin/true\nPrivateUsers=no\nDynamicUser=yes', undefined, 260],
    ['ExecStart=/bin/true\nPrivateUsers=no\nPAMName=a', undefined, 260],
    ['ExecStart=/bin/true\nPrivateUsers=no\nUserNamespacePath=/x', undefined, 260],
    ['ExecStart=/bin/true\nPrivateUsers=no', undefined, 260],
    ['ExecStart=/bin/true\nPrivateUsers=full\nUser=a', undefined, 260],
    ['ExecStart=/bin/true\nPrivateUsers=full\nGroup=a', undefined, 260],
    ['ExecStart=/bin/true\nPrivateUsers=full\nDynamicUser=yes', undefined, 260],
    ['ExecStart=/bin/true\nPrivateUsers=full\nPAMName=a', undefined, 260],
    [
      'ExecStart=/bin/true\nPrivateUsers=full\nUserNamespacePath=/x',
      '`PrivateUsers=` with `UserNamespacePath=` @ PrivateUsers',
      260,
    ],
    ['ExecStart=/bin/true\nPrivateUsers=full', undefined, 260],
    ['ExecStart=/bin/true\nPrivateUsers=yes\nUserNamespacePath=/x', undefined, 259],
    ['ExecStart=/bin/true\nUserNamespacePath=/x', undefined, 260],
    ['[Unit]\nSuccessAction=reboot', undefined, 257],
    ['[Unit]\nSuccessAction=reboot\n[Service]\nType=oneshot', undefined, 257],
    [
      '[Unit]\nSuccessAction=reboot\n[Service]\nType=simple',
      '`ExecStart=` is missing, which only `Type=oneshot` allows @ Type',
      257,
    ],
    [
      '[Unit]\nSuccessAction=none\n[Service]\nExecStop=/bin/x',
      'without `ExecStart=`, `RemainAfterExit=yes` or `SuccessAction=` is needed',
      257,
    ],
    [
      '[Unit]\nSuccessAction=reboot\n[Service]\nBusName=a.b',
      '`ExecStart=` is missing, which only `Type=oneshot` allows @ BusName',
      257,
    ],
  ])('%j: %s (%i)', (lines, reason, version, manager) => {
    expect(refused('a.service', `[Service]\n${lines}`, version, manager)).toBe(reason)
  })
})

describe('a service that starts in a kernel file system', () => {
  const of = (lines: string, version: number, folder = '/proc'): string | undefined =>
    refused(
      'a.service',
      `[Service]\nExecStart=/bin/true\nWorkingDirectory=${folder}\n${lines}`,
      version,
    )
  const reason =
    '`WorkingDirectory=` in a kernel file system with a mount namespace @ WorkingDirectory'

  test.each([
    'BindPaths=/a',
    'ReadOnlyPaths=/a',
    'InaccessiblePaths=-/a',
    'InaccessiblePaths=+/a',
    'TemporaryFileSystem=/a',
    'MountImages=/a:/b',
    'RootImage=/a',
    'RootDirectory=/a',
    'RootDirectory=/a\nMountAPIVFS=yes',
    'MountAPIVFS=yes',
    'ProtectHome=yes',
    'ProtectSystem=full',
    'PrivateMounts=yes',
    'PrivateNetwork=yes',
    'PrivateIPC=yes',
    'PrivateDevices=yes',
    'ProtectProc=invisible',
    'ProcSubset=pid',
    'ProtectControlGroups=yes',
    'MountFlags=slave',
    'ExtensionImages=/a',
    'ExtensionDirectories=/a',
    'DynamicUser=yes',
    'LogNamespace=x',
    'NoExecPaths=/a',
    'ExecPaths=/a',
    'PrivatePIDs=yes',
    'IPCNamespacePath=/x',
    'NetworkNamespacePath=/x',
    'BindLogSockets=yes',
    'ProtectKernelModules=yes',
    'ProtectKernelLogs=yes',
    'ProtectKernelTunables=yes',
  ])('is refused with %s', (lines) => {
    expect([256, 257, 262].map((version) => of(lines, version))).toEqual([
      undefined,
      reason,
      reason,
    ])
  })

  test.each(['ProtectControlGroups=private', 'PrivateBPF=yes'])(
    'is refused with %s in later versions',
    (lines) => {
      expect([257, 262].map((version) => of(lines, version))).toEqual([undefined, reason])
    },
  )

  test.each([
    'BindPaths=',
    'BindPaths=a',
    'MountImages=',
    'RootDirectory=/',
    'RootDirectory=/a\nMountAPIVFS=no',
    'MountAPIVFS=no',
    'ProtectHome=no',
    'PrivateMounts=no',
    'ProtectProc=default',
    'ProtectHostname=yes',
    'ProtectClock=yes',
    'PrivateUsers=yes',
    'MountFlags=shared',
    'RuntimeDirectory=x',
    'StateDirectory=x',
    'RootHash=/x',
    'LoadCredential=a:/b',
    'TemporaryFileSystem=',
    'BindLogSockets=no',
    'RootVerity=/a',
    'MemoryTHP=madvise',
    'KeyringMode=shared',
    'RestrictNamespaces=yes',
  ])('is loaded with %s', (lines) => {
    expect([257, 262].map((version) => of(lines, version))).toEqual([undefined, undefined])
  })

  test('is one in `/proc`, `/sys` or `/dev`', () => {
    const folders = ['/proc', '/sys/x', '/dev/', '-/proc', '/', '/procx', '/x/proc', '~']
    expect(folders.filter((folder) => of('PrivateDevices=yes', 257, folder) !== undefined)).toEqual(
      ['/proc', '/sys/x', '/dev/', '-/proc'],
    )
  })
})

describe('a unit of another type', () => {
  test.each<[string, string, string | undefined, number]>([
    ['a.socket', '[Socket]\nListenStream=%t/a\nSymlinks=/b', undefined, 257],
    ['a.socket', '[Socket]\nListenStream=80\nAccept=yes', undefined, 257],
    ['a.socket', '[Socket]\nListenSequentialPacket=/a\nAccept=yes', undefined, 257],
    [
      'a.socket',
      '[Socket]\nListenFIFO=/a\nAccept=yes',
      '`Accept=yes` with `ListenFIFO=`, which takes no connections @ Accept',
      257,
    ],
    [
      'a.socket',
      '[Socket]\nListenNetlink=route 1\nAccept=yes',
      '`Accept=yes` with `ListenNetlink=`, which takes no connections @ Accept',
      257,
    ],
    [
      'a.socket',
      '[Socket]\nListenFIFO=/a/../b',
      'nothing to listen on, such as `ListenStream=`',
      257,
    ],
    [
      'a.socket',
      '[Socket]\nListenDatagram=/a/../b',
      '`..` in the path of `ListenDatagram=` @ ListenDatagram',
      257,
    ],
    [
      'a.socket',
      '[Socket]\nListenSequentialPacket=/a/../b',
      '`..` in the path of `ListenSequentialPacket=` @ ListenSequentialPacket',
      257,
    ],
    ['a.socket', '[Socket]\nListenStream=@/a/../b', undefined, 257],
    ['a.socket', '[Socket]\nListenStream=/a/..b', undefined, 257],
    ['a.socket', '[Socket]\nListenStream=80\nMaxConnections=0', undefined, 254],
    [
      'a.socket',
      '[Socket]\nListenStream=80\nMaxConnections=0',
      '`MaxConnections=0` @ MaxConnections',
      255,
    ],
    ['a.socket', '[Socket]\nListenStream=80\nMaxConnections=1', undefined, 255],
    [
      'a.socket',
      '[Socket]\nListenStream=80\nMaxConnections=0\nAccept=yes',
      '`MaxConnections=0` @ MaxConnections',
      254,
    ],
    ['a.socket', '[Socket]\nListenStream=80\nMaxConnections=1', undefined, 257],
    ['a.socket', '[Socket]\nListenStream=80\nService=b.service', undefined, 257],
    ['a.socket', '[Socket]\nListenStream=80\nAccept=no\nService=b.service', undefined, 257],
    [
      'a.socket',
      '[Socket]\nListenStream=80\nAccept=yes\nDeferTrigger=yes',
      '`Accept=yes` with `DeferTrigger=` @ DeferTrigger',
      258,
    ],
    ['a.socket', '[Socket]\nListenStream=80\nAccept=yes\nDeferTrigger=no', undefined, 258],
    [
      'a.socket',
      '[Socket]\nListenStream=80\nAccept=yes\nDeferTrigger=patient',
      '`Accept=yes` with `DeferTrigger=` @ DeferTrigger',
      258,
    ],
    ['a.socket', '[Socket]\nListenStream=80\nAccept=no\nDeferTrigger=yes', undefined, 258],
    [
      'a.socket',
      '[Socket]\nListenStream=/a\nListenFIFO=/b\nSymlinks=/c',
      '`Symlinks=` without exactly one socket or FIFO in the file system @ Symlinks',
      257,
    ],
    ['a.socket', '[Socket]\nListenFIFO=/b\nSymlinks=/c', undefined, 257],
    [
      'a.socket',
      '[Socket]\nListenSpecial=/dev/b\nSymlinks=/c',
      '`Symlinks=` without exactly one socket or FIFO in the file system @ Symlinks',
      257,
    ],
    ['a.socket', '[Socket]\nListenStream=80\nSymlinks=', undefined, 257],
    ['a.socket', '[Socket]\nListenStream=80', undefined, 257],
    ['a.socket', '[Socket]\nListenDatagram=80', undefined, 257],
    ['a.socket', '[Socket]\nListenSequentialPacket=/a', undefined, 257],
    ['a.socket', '[Socket]\nListenFIFO=/a', undefined, 257],
    ['a.socket', '[Socket]\nListenSpecial=/a', undefined, 257],
    ['a.socket', '[Socket]\nListenNetlink=route 1', undefined, 257],
    ['a.socket', '[Socket]\nListenMessageQueue=/a', undefined, 257],
    ['a.socket', '[Socket]\nListenUSBFunction=/a', undefined, 257],
    ['a.target', '', 'empty main file, which masks the unit', 247],
    ['a.service', '', 'empty main file, which masks the unit', 262],
    ['a.target', '\n', undefined, 257],
    ['a.timer', '[Timer]\nOnActiveSec=1', undefined, 257],
    ['a.timer', '[Timer]\nOnBootSec=1', undefined, 257],
    ['a.timer', '[Timer]\nOnStartupSec=1', undefined, 257],
    ['a.timer', '[Timer]\nOnUnitActiveSec=1', undefined, 257],
    ['a.timer', '[Timer]\nOnUnitInactiveSec=1', undefined, 257],
    ['a.timer', '[Timer]\nOnCalendar=daily', undefined, 257],
    ['a.timer', '[Timer]\nOnClockChange=yes', undefined, 257],
    [
      'a.timer',
      '[Timer]\nOnClockChange=no',
      'no time at which the timer elapses, such as `OnCalendar=` or `OnBootSec=`',
      257,
    ],
    ['a.timer', '[Timer]\nOnTimezoneChange=yes', undefined, 257],
    [
      'a.timer',
      '[Timer]\nOnTimezoneChange=no',
      'no time at which the timer elapses, such as `OnCalendar=` or `OnBootSec=`',
      257,
    ],
    [
      'a.timer',
      '[Timer]\nPersistent=yes',
      'no time at which the timer elapses, such as `OnCalendar=` or `OnBootSec=`',
      257,
    ],
    ['a.path', '[Path]\nPathExists=/a', undefined, 257],
    ['a.path', '[Path]\nPathExistsGlob=/a*', undefined, 257],
    ['a.path', '[Path]\nPathChanged=/a', undefined, 257],
    ['a.path', '[Path]\nPathModified=/a', undefined, 257],
    ['a.path', '[Path]\nDirectoryNotEmpty=/a', undefined, 257],
    [
      'a.path',
      '[Path]\nMakeDirectory=yes',
      'no path to watch, such as `PathExists=` or `PathChanged=`',
      257,
    ],
    [
      'a.path',
      '[Path]\nPathExists=',
      'no path to watch, such as `PathExists=` or `PathChanged=`',
      257,
    ],
    ['a.mount', '[Mount]\nWhat=x', undefined, 257],
    [
      'a.mount',
      '[Mount]\nWhat=x\nWhere=/b',
      '`Where=` is not what the unit is named after: expected the name `b.mount` @ Where',
      257,
    ],
    ['a-b.mount', '[Mount]\nWhat=x\nWhere=/a/b/', undefined, 257],
    ['proc.mount', '[Mount]\nWhat=x', 'mount point of systemd itself', 257],
    [
      'run-lock.mount',
      '[Mount]\nWhat=x\nWhere=/run/lock',
      'mount point of systemd itself in `Where=` @ Where',
      256,
    ],
    ['run-lock.mount', '[Mount]\nWhat=x\nWhere=/run/lock', undefined, 257],
    ['run-credentials-x.mount', '[Mount]\nWhat=x\nWhere=/run/credentials/x', undefined, 254],
    [
      'run-credentials-x.mount',
      '[Mount]\nWhat=x\nWhere=/run/credentials/x',
      'mount point of systemd itself in `Where=` @ Where',
      255,
    ],
    [
      'sys-fs-cgroup-x.mount',
      '[Mount]\nWhat=x\nWhere=/sys/fs/cgroup/x',
      'mount point of systemd itself in `Where=` @ Where',
      257,
    ],
    [
      'run-host.mount',
      '[Mount]\nWhat=x\nWhere=/run/host',
      'mount point of systemd itself in `Where=` @ Where',
      257,
    ],
    ['run-hosts.mount', '[Mount]\nWhat=x\nWhere=/run/hosts', undefined, 257],
    [
      'proc-sys.mount',
      '[Mount]\nWhat=x\nWhere=/proc/sys',
      'mount point of systemd itself in `Where=` @ Where',
      257,
    ],
    ['dev-x.mount', '[Mount]\nWhat=x\nWhere=/dev/x', undefined, 257],
    ['-.mount', '[Mount]\nWhere=/', undefined, 257],
    ['a.automount', '[Automount]\nWhere=/a', undefined, 257],
    [
      'a.automount',
      '[Automount]\nWhere=/b',
      '`Where=` is not what the unit is named after: expected the name `b.automount` @ Where',
      257,
    ],
    ['-.automount', '[Automount]', 'automount of the root folder', 257],
    ['a.swap', '[Swap]\nWhat=/a', undefined, 257],
    [
      'a.swap',
      '[Swap]\nWhat=/b',
      '`What=` is not what the unit is named after: expected the name `b.swap` @ What',
      257,
    ],
    ['a.swap', '[Swap]\nWhat=b', '`What=` that is no path of a file or device @ What', 257],
    ['a.swap', '[Swap]', undefined, 257],
    ['dev-disk-by\\x2dlabel-x.swap', '[Swap]\nWhat=LABEL=x', undefined, 257],
    ['-.slice', '[Slice]', undefined, 257],
    ['a-.slice', '[Slice]', 'empty part in the name of the slice', 257],
    ['a.scope', '[Scope]', 'scope, which is not read from a file', 257],
    ['a.target', '[Unit]', undefined, 257],
    ['a.device', '[Unit]', undefined, 257],
    [
      'a.socket',
      '[Socket]\nListenStream=80\nPAMName=x\nKillMode=mixed',
      '`PAMName=` with `KillMode=mixed` @ PAMName',
      256,
    ],
    ['a.socket', '[Socket]\nListenStream=80\nPAMName=x\nKillMode=mixed', undefined, 257],
    [
      'a.mount',
      '[Mount]\nWhat=x\nPrivatePIDs=yes',
      '`PrivatePIDs=yes`, which only services allow @ PrivatePIDs',
      257,
    ],
  ])('%s %j: %s (%i)', (name, text, reason, version) => {
    expect(refused(name, text, version)).toBe(reason)
  })
})
