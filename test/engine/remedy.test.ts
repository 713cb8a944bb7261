import {expect, test} from 'vitest'
import {remedyOf} from '../../src/engine/remedy.ts'
import {target} from '../../src/facts/targets.ts'
import {assess} from '../../src/security/index.ts'
import {unitOf} from './fixing.ts'

/** What would close each row of a service. */
function remedies(version: string): ReadonlyMap<string, string | undefined> {
  const unit = unitOf(
    '[Service]\nExecStart=/x\nCapabilityBoundingSet=CAP_CHOWN CAP_SETUID CAP_KILL\n',
    '',
    target(version),
  )
  const assessment = assess(unit)
  if (assessment.refused) throw new Error('Expected a service that systemd loads')
  return new Map(assessment.rows.map((row) => [row.name, remedyOf(row, unit)?.join('=')]))
}

test.each<[string, string | undefined]>([
  ['PrivateNetwork=', 'PrivateNetwork=yes'],
  ['User=/DynamicUser=', 'DynamicUser=yes'],
  ['CapabilityBoundingSet=~CAP_SET(UID|GID|PCAP)', 'CapabilityBoundingSet=~CAP_SETUID'],
  ['RestrictAddressFamilies=~AF_(INET|INET6)', 'RestrictAddressFamilies=~AF_INET AF_INET6'],
  ['RestrictAddressFamilies=~…', 'RestrictAddressFamilies=~AF_ALG AF_BLUETOOTH AF_VSOCK'],
  ['RestrictNamespaces=~user', 'RestrictNamespaces=~user'],
  ['CapabilityBoundingSet=~CAP_(CHOWN|FSETID|SETFCAP)', 'CapabilityBoundingSet=~CAP_CHOWN'],
  ['DeviceAllow=', 'DevicePolicy=closed'],
  ['IPAddressDeny=', 'IPAddressDeny=any'],
  ['NoNewPrivileges=', 'NoNewPrivileges=yes'],
  ['PrivateDevices=', 'PrivateDevices=yes'],
  ['PrivateMounts=', 'PrivateMounts=yes'],
  ['PrivateTmp=', 'PrivateTmp=yes'],
  ['PrivateUsers=', 'PrivateUsers=yes'],
  ['ProtectClock=', 'ProtectClock=yes'],
  ['ProtectControlGroups=', 'ProtectControlGroups=yes'],
  ['ProtectHome=', 'ProtectHome=yes'],
  ['ProtectKernelLogs=', 'ProtectKernelLogs=yes'],
  ['ProtectKernelModules=', 'ProtectKernelModules=yes'],
  ['ProtectKernelTunables=', 'ProtectKernelTunables=yes'],
  ['ProtectProc=', 'ProtectProc=invisible'],
  ['ProtectSystem=', 'ProtectSystem=strict'],
  ['RestrictAddressFamilies=~AF_PACKET', 'RestrictAddressFamilies=~AF_PACKET'],
  ['RestrictSUIDSGID=', 'RestrictSUIDSGID=yes'],
  ['SystemCallArchitectures=', 'SystemCallArchitectures=native'],
  ['SystemCallFilter=~@clock', 'SystemCallFilter=~@clock'],
  ['SystemCallFilter=~@debug', 'SystemCallFilter=~@debug'],
  ['SystemCallFilter=~@module', 'SystemCallFilter=~@module'],
  ['SystemCallFilter=~@mount', 'SystemCallFilter=~@mount'],
  ['SystemCallFilter=~@privileged', 'SystemCallFilter=~@privileged'],
  ['SystemCallFilter=~@raw-io', 'SystemCallFilter=~@raw-io'],
  ['SystemCallFilter=~@reboot', 'SystemCallFilter=~@reboot'],
  ['SystemCallFilter=~@resources', 'SystemCallFilter=~@resources'],
  ['SystemCallFilter=~@swap', 'SystemCallFilter=~@swap'],
  ['CapabilityBoundingSet=~CAP_KILL', 'CapabilityBoundingSet=~CAP_KILL'],
  ['LockPersonality=', 'LockPersonality=yes'],
  ['MemoryDenyWriteExecute=', 'MemoryDenyWriteExecute=yes'],
  ['ProcSubset=', 'ProcSubset=pid'],
  ['ProtectHostname=', 'ProtectHostname=yes'],
  ['RestrictAddressFamilies=~AF_NETLINK', 'RestrictAddressFamilies=~AF_NETLINK'],
  ['RestrictAddressFamilies=~AF_UNIX', 'RestrictAddressFamilies=~AF_UNIX'],
  ['RestrictNamespaces=~cgroup', 'RestrictNamespaces=~cgroup'],
  ['RestrictNamespaces=~ipc', 'RestrictNamespaces=~ipc'],
  ['RestrictNamespaces=~mnt', 'RestrictNamespaces=~mnt'],
  ['RestrictNamespaces=~net', 'RestrictNamespaces=~net'],
  ['RestrictNamespaces=~pid', 'RestrictNamespaces=~pid'],
  ['RestrictNamespaces=~uts', 'RestrictNamespaces=~uts'],
  ['RestrictRealtime=', 'RestrictRealtime=yes'],
  ['RootDirectory=/RootImage=', undefined],
  ['SystemCallFilter=~@cpu-emulation', 'SystemCallFilter=~@cpu-emulation'],
  ['SystemCallFilter=~@obsolete', 'SystemCallFilter=~@obsolete'],
  ['UMask=', 'UMask=0077'],
  ['AmbientCapabilities=', undefined],
  ['CapabilityBoundingSet=~CAP_(DAC_*|FOWNER|IPC_OWNER)', 'CapabilityBoundingSet=~'],
  ['CapabilityBoundingSet=~CAP_AUDIT_*', 'CapabilityBoundingSet=~'],
  ['CapabilityBoundingSet=~CAP_BLOCK_SUSPEND', 'CapabilityBoundingSet=~'],
  ['CapabilityBoundingSet=~CAP_BPF', 'CapabilityBoundingSet=~'],
  ['CapabilityBoundingSet=~CAP_IPC_LOCK', 'CapabilityBoundingSet=~'],
  ['CapabilityBoundingSet=~CAP_LEASE', 'CapabilityBoundingSet=~'],
  ['CapabilityBoundingSet=~CAP_LINUX_IMMUTABLE', 'CapabilityBoundingSet=~'],
  ['CapabilityBoundingSet=~CAP_MAC_*', 'CapabilityBoundingSet=~'],
  ['CapabilityBoundingSet=~CAP_MKNOD', 'CapabilityBoundingSet=~'],
  ['CapabilityBoundingSet=~CAP_NET_(BIND_SERVICE|BROADCAST|RAW)', 'CapabilityBoundingSet=~'],
  ['CapabilityBoundingSet=~CAP_NET_ADMIN', 'CapabilityBoundingSet=~'],
  ['CapabilityBoundingSet=~CAP_SYSLOG', 'CapabilityBoundingSet=~'],
  ['CapabilityBoundingSet=~CAP_SYS_(NICE|RESOURCE)', 'CapabilityBoundingSet=~'],
  ['CapabilityBoundingSet=~CAP_SYS_ADMIN', 'CapabilityBoundingSet=~'],
  ['CapabilityBoundingSet=~CAP_SYS_BOOT', 'CapabilityBoundingSet=~'],
  ['CapabilityBoundingSet=~CAP_SYS_CHROOT', 'CapabilityBoundingSet=~'],
  ['CapabilityBoundingSet=~CAP_SYS_MODULE', 'CapabilityBoundingSet=~'],
  ['CapabilityBoundingSet=~CAP_SYS_PACCT', 'CapabilityBoundingSet=~'],
  ['CapabilityBoundingSet=~CAP_SYS_PTRACE', 'CapabilityBoundingSet=~'],
  ['CapabilityBoundingSet=~CAP_SYS_RAWIO', 'CapabilityBoundingSet=~'],
  ['CapabilityBoundingSet=~CAP_SYS_TIME', 'CapabilityBoundingSet=~'],
  ['CapabilityBoundingSet=~CAP_SYS_TTY_CONFIG', 'CapabilityBoundingSet=~'],
  ['CapabilityBoundingSet=~CAP_WAKE_ALARM', 'CapabilityBoundingSet=~'],
  ['Delegate=', undefined],
  ['KeyringMode=', 'KeyringMode=private'],
  ['NotifyAccess=', 'NotifyAccess=exec'],
  ['RemoveIPC=', 'RemoveIPC=yes'],
  ['SupplementaryGroups=', undefined],
])('%s is closed by %s', (name, expected) => {
  expect(remedies('252').get(name)).toBe(expected)
})

test('a row that no value closes stays open', () => {
  const unit = unitOf('[Service]\nExecStart=/x\n')
  const assessment = assess(unit)
  if (assessment.refused) throw new Error('Expected a service that systemd loads')
  expect(
    remedyOf({...assessment.rows[0]!, name: 'Nice=', settings: ['Nice']}, unit),
  ).toBeUndefined()
})

test('a row is closed by the strictest value that its systemd knows', () => {
  const later = remedies('257')
  expect(
    ['PrivateTmp=', 'ProtectControlGroups=', 'ProtectHome='].map((name) => later.get(name)),
  ).toEqual(['PrivateTmp=disconnected', 'ProtectControlGroups=strict', 'ProtectHome=yes'])
})
