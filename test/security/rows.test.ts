import {describe, expect, test} from 'vitest'
import type {UnitType} from '../../src/facts/unit-types.ts'
import {assess, exposure, formatExposure, levelOf} from '../../src/security/index.ts'
import type {Assessment, Row} from '../../src/security/index.ts'
import {parse} from '../../src/syntax/parse.ts'
import {load} from '../../src/unit/load.ts'
import type {LoadedUnit} from '../../src/unit/load.ts'

/** A unit of one file. */
function unitOf(name: string, text: string, version = 257, manager: 'system' | 'user' = 'system'): LoadedUnit {
  // The tests name units of these types only.
  const type = name.slice(name.lastIndexOf('.') + 1) as UnitType
  return load([{path: name, role: 'fragment', tree: parse(text)}], {name, type, target: {name: String(version), version}, manager})
}

/** A row by its name or its name in JSON. */
function rowOf(assessment: Assessment, name: string): Row | undefined {
  return assessment.refused ? undefined : assessment.rows.find((row) => row.jsonField === name || row.name === name)
}

describe('a row', () => {
  test.each<[string, string, number, 'system' | 'user', number | null, string]>([
    ['UserOrDynamicUser', '', 257, 'system', 10, 'It runs as root'],
    ['UserOrDynamicUser', 'User=root', 257, 'system', 10, 'It runs as root'],
    ['UserOrDynamicUser', 'User=0', 257, 'system', 10, 'It runs as root'],
    ['UserOrDynamicUser', 'User=nobody', 257, 'system', 9, 'It runs as nobody, a user that other services may share'],
    ['UserOrDynamicUser', 'User=a', 257, 'system', 0, 'It runs as a'],
    ['UserOrDynamicUser', 'DynamicUser=yes', 257, 'system', 0, 'It runs as a user that exists only while it runs'],
    ['UserOrDynamicUser', 'DynamicUser=yes\nUser=a', 257, 'system', 0, 'It runs as a user that exists only while it runs'],
    ['UserOrDynamicUser', 'User=', 257, 'system', 10, 'It runs as root'],
    ['UserOrDynamicUser', '', 257, 'user', 10, 'It runs as root'],
    ['SupplementaryGroups', '', 257, 'system', null, 'Groups do not matter to root'],
    ['SupplementaryGroups', 'SupplementaryGroups=a', 257, 'system', null, 'Groups do not matter to root'],
    ['SupplementaryGroups', 'User=a', 257, 'system', 0, 'It has no further groups'],
    ['SupplementaryGroups', 'User=a\nSupplementaryGroups=b', 257, 'system', 1, 'It has further groups'],
    ['SupplementaryGroups', 'User=a\nSupplementaryGroups=b\nSupplementaryGroups=', 257, 'system', 0, 'It has no further groups'],
    ['SupplementaryGroups', 'DynamicUser=yes\nSupplementaryGroups=b', 257, 'system', 1, 'It has further groups'],
    ['PrivateMounts', '', 252, 'system', 1, 'What it mounts, the host sees'],
    ['PrivateMounts', 'PrivateMounts=no', 252, 'system', 1, 'What it mounts, the host sees'],
    ['PrivateMounts', 'PrivateMounts=yes', 252, 'system', 0, 'It sees mounts of its own'],
    ['PrivateMounts', 'PrivateMounts=no\nPrivateMounts=', 252, 'system', 1, 'What it mounts, the host sees'],
    ['PrivateMounts', '', 254, 'system', 0, 'Not set, which systemd counts as set here'],
    ['PrivateMounts', 'PrivateMounts=no', 254, 'system', 1, 'What it mounts, the host sees'],
    ['PrivateMounts', 'PrivateMounts=yes', 254, 'system', 0, 'It sees mounts of its own'],
    ['PrivateMounts', 'PrivateMounts=no\nPrivateMounts=', 254, 'system', 0, 'Not set, which systemd counts as set here'],
    ['RootDirectoryOrRootImage', '', 257, 'system', 1, "It runs in the host's root folder"],
    ['RootDirectoryOrRootImage', 'RootDirectory=/', 257, 'system', 1, "It runs in the host's root folder"],
    ['RootDirectoryOrRootImage', 'RootDirectory=/a', 257, 'system', 0, 'It has a root folder or image of its own'],
    ['RootDirectoryOrRootImage', 'RootImage=/a', 257, 'system', 0, 'It has a root folder or image of its own'],
    ['RootDirectoryOrRootImage', 'RootImage=/', 257, 'system', 1, "It runs in the host's root folder"],
    ['RootDirectoryOrRootImage', '[Unit]\nDefaultDependencies=no', 257, 'system', null, 'It may start before this could work'],
    ['UMask', '', 257, 'system', 5, 'Everybody may read the files it creates'],
    ['UMask', 'UMask=0022', 257, 'system', 5, 'Everybody may read the files it creates'],
    ['UMask', 'UMask=0002', 257, 'system', 5, 'Everybody may read the files it creates'],
    ['UMask', 'UMask=0000', 257, 'system', 10, 'Everybody may change the files it creates'],
    ['UMask', 'UMask=0027', 257, 'system', 1, 'Its group may read the files it creates'],
    ['UMask', 'UMask=0077', 257, 'system', 0, 'Files it creates are its own alone'],
    ['UMask', 'UMask=0007', 257, 'system', 2, 'Its group may change the files it creates'],
    ['UMask', 'UMask=0037', 257, 'system', 1, 'Its group may read the files it creates'],
    ['UMask', 'UMask=0026', 257, 'system', 1, 'Its group may read the files it creates'],
    ['UMask', 'UMask=0067', 257, 'system', 0, 'Files it creates are its own alone'],
    ['RemoveIPC', '', 257, 'system', null, "Root's IPC objects are never removed"],
    ['RemoveIPC', 'User=a', 257, 'system', 1, 'IPC objects of its user may stay when it stops'],
    ['RemoveIPC', 'User=a\nRemoveIPC=yes', 257, 'system', 0, 'IPC objects of its user go when it stops'],
    ['RemoveIPC', 'DynamicUser=yes', 257, 'system', 0, 'IPC objects of its user go when it stops'],
    ['RemoveIPC', 'RemoveIPC=yes', 257, 'system', null, "Root's IPC objects are never removed"],
    ['RemoveIPC', 'RemoveIPC=yes', 257, 'user', null, "Root's IPC objects are never removed"],
    ['SystemCallArchitectures', '', 257, 'system', 10, 'System calls of every architecture are let through'],
    ['SystemCallArchitectures', 'SystemCallArchitectures=native', 257, 'system', 0, "Only system calls of the machine's own architecture are let through"],
    ['SystemCallArchitectures', 'SystemCallArchitectures=native x86', 257, 'system', 8, 'System calls of native, x86 are let through'],
    ['SystemCallArchitectures', 'SystemCallArchitectures=x86', 257, 'system', 8, 'System calls of x86 are let through'],
    [
      'SystemCallArchitectures',
      'SystemCallArchitectures=native\nSystemCallArchitectures=',
      257,
      'system',
      10,
      'System calls of every architecture are let through',
    ],
    ['IPAddressDeny', '', 257, 'system', 10, 'IP addresses are not limited to a list'],
    ['IPAddressDeny', 'IPAddressDeny=any', 257, 'system', 0, 'No IP address is let through'],
    ['IPAddressDeny', 'IPAddressDeny=any\nIPAddressAllow=localhost', 257, 'system', 2, 'Of all IP addresses only localhost is let through'],
    ['IPAddressDeny', 'IPAddressDeny=any\nIPAddressAllow=10.0.0.0/8', 257, 'system', 5, 'Some IP addresses beside localhost are let through'],
    ['IPAddressDeny', 'IPAddressDeny=any\nIPAddressAllow=localhost 10.0.0.0/8', 257, 'system', 5, 'Some IP addresses beside localhost are let through'],
    ['IPAddressDeny', 'IPAddressDeny=0.0.0.0/0', 257, 'system', 10, 'IP addresses are not limited to a list'],
    ['IPAddressDeny', 'IPAddressDeny=0.0.0.0/0 ::/0', 257, 'system', 0, 'No IP address is let through'],
    ['IPAddressDeny', 'IPAddressAllow=localhost', 257, 'system', 10, 'IP addresses are not limited to a list'],
    ['IPAddressDeny', 'IPIngressFilterPath=/sys/fs/bpf/x', 257, 'system', 0, 'A program of its own filters IP packets'],
    ['IPAddressDeny', 'IPEgressFilterPath=/sys/fs/bpf/x', 257, 'system', 0, 'A program of its own filters IP packets'],
    ['IPAddressDeny', 'IPAddressDeny=any\nIPAddressAllow=127.0.0.1 ::1', 257, 'system', 2, 'Of all IP addresses only localhost is let through'],
    ['DeviceAllow', '', 257, 'system', 10, 'Devices are not limited to a list'],
    ['DeviceAllow', 'DevicePolicy=closed', 257, 'system', 0, 'Only pseudo devices are let through'],
    ['DeviceAllow', 'DevicePolicy=strict', 257, 'system', 0, 'Only pseudo devices are let through'],
    ['DeviceAllow', 'DevicePolicy=auto', 257, 'system', 10, 'Devices are not limited to a list'],
    ['DeviceAllow', 'DeviceAllow=/dev/null rw', 257, 'system', 10, 'Devices are not limited to a list'],
    ['DeviceAllow', 'PrivateDevices=yes', 257, 'system', 0, 'Only pseudo devices are let through'],
    ['DeviceAllow', 'DevicePolicy=closed\nDeviceAllow=/dev/a r\nDeviceAllow=char-b', 257, 'system', 5, 'Some devices are let through: char-b:rwm /dev/a:r'],
    ['DeviceAllow', 'PrivateDevices=yes\nDeviceAllow=/dev/a', 257, 'system', 5, 'Some devices are let through: /dev/a:rwm'],
    ['AmbientCapabilities', '', 257, 'system', 0, 'It starts without capabilities beyond those of its user'],
    ['AmbientCapabilities', 'AmbientCapabilities=CAP_CHOWN', 257, 'system', 1, 'It starts with capabilities beyond those of its user'],
    ['AmbientCapabilities', 'AmbientCapabilities=CAP_CHOWN\nAmbientCapabilities=', 257, 'system', 0, 'It starts without capabilities beyond those of its user'],
    ['CapabilityBoundingSet_CAP_SET_UID_GID_PCAP', '', 257, 'system', 1, 'As root it may become another user or hand out capabilities'],
    ['CapabilityBoundingSet_CAP_SET_UID_GID_PCAP', 'CapabilityBoundingSet=', 257, 'system', 0, 'It can never become another user or hand out capabilities'],
    [
      'CapabilityBoundingSet_CAP_SET_UID_GID_PCAP',
      'CapabilityBoundingSet=CAP_SETUID',
      257,
      'system',
      1,
      'As root it may become another user or hand out capabilities',
    ],
    [
      'CapabilityBoundingSet_CAP_SET_UID_GID_PCAP',
      'CapabilityBoundingSet=~CAP_SETUID CAP_SETGID',
      257,
      'system',
      1,
      'As root it may become another user or hand out capabilities',
    ],
    [
      'CapabilityBoundingSet_CAP_SET_UID_GID_PCAP',
      'CapabilityBoundingSet=~CAP_SETUID CAP_SETGID CAP_SETPCAP',
      257,
      'system',
      0,
      'It can never become another user or hand out capabilities',
    ],
    ['CapabilityBoundingSet_CAP_SYS_TIME', 'ProtectClock=yes', 257, 'system', 0, 'It can never set the system clock'],
    ['CapabilityBoundingSet_CAP_NET_BIND_SERVICE_BROADCAST_RAW)', '', 257, 'system', 1, 'As root it may use low ports and raw sockets'],
    ['CapabilityBoundingSet_CAP_AUDIT', '', 257, 'system', 1, 'As root it may use the audit system'],
    ['CapabilityBoundingSet_CAP_DAC_FOWNER_IPC_OWNER', '', 257, 'system', 1, 'As root it may pass over the permissions of files and IPC objects'],
    ['CapabilityBoundingSet_CAP_BPF', '', 252, 'system', 1, 'As root it may load BPF programs'],
    ['RestrictNamespaces_user', '', 257, 'system', 1, 'It may create and enter user namespaces'],
    ['RestrictNamespaces_user', 'RestrictNamespaces=yes', 257, 'system', 0, 'It cannot create or enter user namespaces'],
    ['RestrictNamespaces_user', 'RestrictNamespaces=no', 257, 'system', 1, 'It may create and enter user namespaces'],
    ['RestrictNamespaces_user', 'RestrictNamespaces=user', 257, 'system', 1, 'It may create and enter user namespaces'],
    ['RestrictNamespaces_user', 'RestrictNamespaces=~user', 257, 'system', 0, 'It cannot create or enter user namespaces'],
    ['RestrictNamespaces_user', 'RestrictNamespaces=~net', 257, 'system', 1, 'It may create and enter user namespaces'],
    ['RestrictNamespaces=~CLONE_NEWUSER', '', 249, 'system', 1, 'It may create and enter user namespaces'],
    ['RestrictNamespaces=~user', '', 250, 'system', 1, 'It may create and enter user namespaces'],
    ['RestrictAddressFamilies_AF_UNIX', '', 257, 'system', 1, 'It may open local sockets'],
    ['RestrictAddressFamilies_AF_UNIX', 'RestrictAddressFamilies=AF_UNIX', 257, 'system', 1, 'It may open local sockets'],
    ['RestrictAddressFamilies_AF_UNIX', 'RestrictAddressFamilies=~AF_UNIX', 257, 'system', 0, 'It cannot open local sockets'],
    ['RestrictAddressFamilies_AF_UNIX', 'RestrictAddressFamilies=none', 257, 'system', 0, 'It cannot open local sockets'],
    ['RestrictAddressFamilies_AF_UNIX', 'RestrictAddressFamilies=AF_INET6 AF_NETLINK', 257, 'system', 0, 'It cannot open local sockets'],
    ['RestrictAddressFamilies_AF_UNIX', 'RestrictAddressFamilies=~AF_INET AF_PACKET', 257, 'system', 1, 'It may open local sockets'],
    ['RestrictAddressFamilies_AF_UNIX', 'RestrictAddressFamilies=AF_BLUETOOTH', 257, 'system', 0, 'It cannot open local sockets'],
    ['RestrictAddressFamilies_AF_INET_INET6', '', 257, 'system', 1, 'It may open internet sockets'],
    ['RestrictAddressFamilies_AF_INET_INET6', 'RestrictAddressFamilies=AF_UNIX', 257, 'system', 0, 'It cannot open internet sockets'],
    ['RestrictAddressFamilies_AF_INET_INET6', 'RestrictAddressFamilies=~AF_UNIX', 257, 'system', 1, 'It may open internet sockets'],
    ['RestrictAddressFamilies_AF_INET_INET6', 'RestrictAddressFamilies=none', 257, 'system', 0, 'It cannot open internet sockets'],
    ['RestrictAddressFamilies_AF_INET_INET6', 'RestrictAddressFamilies=AF_INET6 AF_NETLINK', 257, 'system', 1, 'It may open internet sockets'],
    ['RestrictAddressFamilies_AF_INET_INET6', 'RestrictAddressFamilies=~AF_INET AF_PACKET', 257, 'system', 0, 'It cannot open internet sockets'],
    ['RestrictAddressFamilies_AF_INET_INET6', 'RestrictAddressFamilies=AF_BLUETOOTH', 257, 'system', 0, 'It cannot open internet sockets'],
    ['RestrictAddressFamilies_AF_NETLINK', '', 257, 'system', 1, 'It may open netlink sockets'],
    ['RestrictAddressFamilies_AF_NETLINK', 'RestrictAddressFamilies=AF_UNIX', 257, 'system', 0, 'It cannot open netlink sockets'],
    ['RestrictAddressFamilies_AF_NETLINK', 'RestrictAddressFamilies=~AF_UNIX', 257, 'system', 1, 'It may open netlink sockets'],
    ['RestrictAddressFamilies_AF_NETLINK', 'RestrictAddressFamilies=none', 257, 'system', 0, 'It cannot open netlink sockets'],
    ['RestrictAddressFamilies_AF_NETLINK', 'RestrictAddressFamilies=AF_INET6 AF_NETLINK', 257, 'system', 1, 'It may open netlink sockets'],
    ['RestrictAddressFamilies_AF_NETLINK', 'RestrictAddressFamilies=~AF_INET AF_PACKET', 257, 'system', 1, 'It may open netlink sockets'],
    ['RestrictAddressFamilies_AF_NETLINK', 'RestrictAddressFamilies=AF_BLUETOOTH', 257, 'system', 0, 'It cannot open netlink sockets'],
    ['RestrictAddressFamilies_AF_PACKET', '', 257, 'system', 1, 'It may open packet sockets'],
    ['RestrictAddressFamilies_AF_PACKET', 'RestrictAddressFamilies=AF_UNIX', 257, 'system', 0, 'It cannot open packet sockets'],
    ['RestrictAddressFamilies_AF_PACKET', 'RestrictAddressFamilies=~AF_UNIX', 257, 'system', 1, 'It may open packet sockets'],
    ['RestrictAddressFamilies_AF_PACKET', 'RestrictAddressFamilies=none', 257, 'system', 0, 'It cannot open packet sockets'],
    ['RestrictAddressFamilies_AF_PACKET', 'RestrictAddressFamilies=AF_INET6 AF_NETLINK', 257, 'system', 0, 'It cannot open packet sockets'],
    ['RestrictAddressFamilies_AF_PACKET', 'RestrictAddressFamilies=~AF_INET AF_PACKET', 257, 'system', 0, 'It cannot open packet sockets'],
    ['RestrictAddressFamilies_AF_PACKET', 'RestrictAddressFamilies=AF_BLUETOOTH', 257, 'system', 0, 'It cannot open packet sockets'],
    ['RestrictAddressFamilies_OTHER', '', 257, 'system', 1, 'It may open exotic sockets'],
    ['RestrictAddressFamilies_OTHER', 'RestrictAddressFamilies=AF_UNIX', 257, 'system', 0, 'It cannot open exotic sockets'],
    ['RestrictAddressFamilies_OTHER', 'RestrictAddressFamilies=~AF_UNIX', 257, 'system', 1, 'It may open exotic sockets'],
    ['RestrictAddressFamilies_OTHER', 'RestrictAddressFamilies=none', 257, 'system', 0, 'It cannot open exotic sockets'],
    ['RestrictAddressFamilies_OTHER', 'RestrictAddressFamilies=AF_INET6 AF_NETLINK', 257, 'system', 0, 'It cannot open exotic sockets'],
    ['RestrictAddressFamilies_OTHER', 'RestrictAddressFamilies=~AF_INET AF_PACKET', 257, 'system', 1, 'It may open exotic sockets'],
    ['RestrictAddressFamilies_OTHER', 'RestrictAddressFamilies=AF_BLUETOOTH', 257, 'system', 1, 'It may open exotic sockets'],
    ['SystemCallFilter_clock', '', 257, 'system', 10, 'No system call filter stops @clock'],
    ['SystemCallFilter_clock', 'SystemCallFilter=@system-service', 257, 'system', 0, 'The system call filter stops all of @clock'],
    ['SystemCallFilter_clock', 'SystemCallFilter=~@clock', 257, 'system', 0, 'The system call filter stops all of @clock'],
    ['SystemCallFilter_clock', 'SystemCallFilter=~@clock @privileged @cpu-emulation', 257, 'system', 0, 'The system call filter stops all of @clock'],
    ['SystemCallFilter_clock', 'SystemCallFilter=', 257, 'system', 10, 'No system call filter stops @clock'],
    ['SystemCallFilter_clock', 'SystemCallFilter=~', 257, 'system', 10, 'No system call filter stops @clock'],
    ['SystemCallFilter_clock', 'SystemCallFilter=adjtimex chown read', 257, 'system', 9, 'The list of allowed system calls lets adjtimex of @clock pass'],
    ['SystemCallFilter_clock', 'SystemCallFilter=read', 257, 'system', 0, 'The system call filter stops all of @clock'],
    ['SystemCallFilter_cpu_emulation', '', 257, 'system', 10, 'No system call filter stops @cpu-emulation'],
    ['SystemCallFilter_cpu_emulation', 'SystemCallFilter=@system-service', 257, 'system', 0, 'The system call filter stops all of @cpu-emulation'],
    ['SystemCallFilter_cpu_emulation', 'SystemCallFilter=~@clock', 257, 'system', 10, 'The list of denied system calls lets modify_ldt of @cpu-emulation pass'],
    [
      'SystemCallFilter_cpu_emulation',
      'SystemCallFilter=~@clock @privileged @cpu-emulation',
      257,
      'system',
      0,
      'The system call filter stops all of @cpu-emulation',
    ],
    ['SystemCallFilter_cpu_emulation', 'SystemCallFilter=', 257, 'system', 10, 'No system call filter stops @cpu-emulation'],
    ['SystemCallFilter_cpu_emulation', 'SystemCallFilter=~', 257, 'system', 10, 'No system call filter stops @cpu-emulation'],
    ['SystemCallFilter_cpu_emulation', 'SystemCallFilter=adjtimex chown read', 257, 'system', 0, 'The system call filter stops all of @cpu-emulation'],
    ['SystemCallFilter_cpu_emulation', 'SystemCallFilter=read', 257, 'system', 0, 'The system call filter stops all of @cpu-emulation'],
    ['SystemCallFilter_privileged', '', 257, 'system', 10, 'No system call filter stops @privileged'],
    ['SystemCallFilter_privileged', 'SystemCallFilter=@system-service', 257, 'system', 9, 'The list of allowed system calls lets chown of @privileged pass'],
    ['SystemCallFilter_privileged', 'SystemCallFilter=~@clock', 257, 'system', 10, 'The list of denied system calls lets chown of @privileged pass'],
    ['SystemCallFilter_privileged', 'SystemCallFilter=~@clock @privileged @cpu-emulation', 257, 'system', 0, 'The system call filter stops all of @privileged'],
    ['SystemCallFilter_privileged', 'SystemCallFilter=', 257, 'system', 10, 'No system call filter stops @privileged'],
    ['SystemCallFilter_privileged', 'SystemCallFilter=~', 257, 'system', 10, 'No system call filter stops @privileged'],
    [
      'SystemCallFilter_privileged',
      'SystemCallFilter=adjtimex chown read',
      257,
      'system',
      9,
      'The list of allowed system calls lets chown of @privileged pass',
    ],
    ['SystemCallFilter_privileged', 'SystemCallFilter=read', 257, 'system', 0, 'The system call filter stops all of @privileged'],
    ['ProtectHome', 'ProtectHome=yes', 257, 'system', 0, 'Home folders are out of reach'],
    ['ProtectHome', 'ProtectHome=read-only', 257, 'system', 5, 'Home folders can be read, not changed'],
    ['ProtectHome', 'ProtectHome=tmpfs', 257, 'system', 1, 'Home folders are hidden by an empty file system'],
    ['ProtectSystem', 'ProtectSystem=yes', 257, 'system', 5, '/usr and the boot loader are read-only, /etc is not'],
    ['ProtectSystem', 'ProtectSystem=full', 257, 'system', 3, '/usr, the boot loader and /etc are read-only'],
    ['ProtectSystem', 'ProtectSystem=strict', 257, 'system', 0, 'The whole file system is read-only'],
    ['PrivateTmp', 'PrivateTmp=yes', 257, 'system', 0, 'It has temporary folders of its own'],
    ['PrivateTmp', 'PrivateTmp=connected', 257, 'system', 0, 'It has temporary folders of its own'],
    ['PrivateTmp', 'PrivateTmp=disconnected', 257, 'system', 0, 'It has temporary folders of its own'],
    ['NotifyAccess', 'NotifyAccess=all', 257, 'system', 1, 'Any of its processes may report its state'],
    ['Delegate', 'Delegate=yes', 257, 'system', 1, 'It manages its control group itself'],
    ['KeyringMode', 'KeyringMode=shared', 257, 'system', 1, 'It shares a kernel keyring with others'],
    ['KeyringMode', 'KeyringMode=inherit', 257, 'system', 1, 'It shares a kernel keyring with others'],
    ['ProtectProc', 'ProtectProc=invisible', 257, 'system', 0, 'Processes of others are hidden in /proc'],
    ['ProtectProc', 'ProtectProc=noaccess', 257, 'system', 1, 'Processes of others are listed in /proc, with nothing about them'],
    ['ProtectProc', 'ProtectProc=ptraceable', 257, 'system', 0, 'Processes of others are hidden in /proc'],
    ['ProcSubset', 'ProcSubset=pid', 257, 'system', 0, '/proc holds nothing but processes'],
    ['PrivateUsers', 'PrivateUsers=yes', 257, 'system', 0, 'Its users are not those of the host'],
    ['PrivateUsers', 'PrivateUsers=identity', 257, 'system', 0, 'Its users are not those of the host'],
    ['PrivateUsers', 'PrivateUsers=self', 257, 'system', 0, 'Its users are not those of the host'],
    ['ProtectControlGroups', 'ProtectControlGroups=yes', 257, 'system', 0, 'It cannot change control groups'],
    ['ProtectControlGroups', 'ProtectControlGroups=strict', 257, 'system', 0, 'It cannot change control groups'],
    ['ProtectControlGroups', 'ProtectControlGroups=private', 257, 'system', 0, 'It cannot change control groups'],
    ['ProtectHostname', 'ProtectHostname=yes', 257, 'system', 0, "It cannot change the host's name"],
  ])('%s with %j (%i, %s) has %s: %s', (name, lines, version, manager, badness, description) => {
    const row = rowOf(assess(unitOf('a.service', `[Service]\nExecStart=/x\n${lines}`, version, manager)), name)
    expect([row?.badness, row?.description, row?.set]).toEqual([badness, description, badness === null ? null : badness === 0])
  })

  test.each([
    ['a.socket', '[Socket]\nListenStream=80\n', 0],
    ['a.mount', '[Mount]\nWhat=x\n', 0],
    ['a.swap', '[Swap]\nWhat=/a\n', 0],
    ['a.timer', '[Timer]\n', 1],
    ['a.slice', '[Slice]\n', 1],
  ])('of mounts that nobody decides about counts as set for what starts processes: %s', (name, text, badness) => {
    expect(rowOf(assess(unitOf(name, text)), 'PrivateMounts')?.badness).toBe(badness)
  })

  test('is there from the version on that has it', () => {
    const has = (version: number): boolean =>
      rowOf(assess(unitOf('a.service', '[Service]\nExecStart=/x\n', version)), 'CapabilityBoundingSet_CAP_BPF') !== undefined
    expect([250, 251, 252].map(has)).toEqual([false, false, true])
  })

  test('is told as systemd has it, or as it is', () => {
    const told = (honest: boolean): readonly unknown[] => {
      const assessment = assess(unitOf('a.service', '[Service]\nExecStart=/x\n'), {honest})
      const row = rowOf(assessment, 'PrivateMounts')
      return [assessment.refused ? undefined : assessment.total, row?.badness, row?.description]
    }
    expect(told(true)).toEqual([96, 1, 'What it mounts, the host sees'])
    expect(told(false)).toEqual([94, 0, 'Not set, which systemd counts as set here'])
  })

  test('of what may start too early does not apply', () => {
    const assessment = assess(unitOf('a.service', '[Unit]\nDefaultDependencies=no\n[Service]\nExecStart=/x\nPrivateTmp=yes\n'))
    const told = ['PrivateTmp', 'RootDirectoryOrRootImage', 'PrivateNetwork'].map((name) => {
      const row = rowOf(assessment, name)
      return [row?.set, row?.exposure, row?.badness, row?.description]
    })
    expect(told).toEqual([
      [null, null, null, 'It may start before this could work'],
      [null, null, null, 'It may start before this could work'],
      [false, '0.5', 1, "It uses the host's network"],
    ])
  })
})

describe('a policy', () => {
  const text = '[Service]\nExecStart=/x\nPrivateTmp=yes\n'
  test.each<[string, object, number | string, readonly unknown[] | null]>([
    ['PrivateTmp', {weight: 0}, 94, [null, null, null, 0, 1, 'The security policy leaves it out']],
    ['PrivateTmp', {descriptionGood: 'Good!'}, 92, [true, null, 0, 1000, 1, 'Good!']],
    ['PrivateNetwork', {descriptionBad: 'Bad!'}, 92, [false, '0.5', 1, 2500, 1, 'Bad!']],
    ['SupplementaryGroups', {descriptionInapplicable: 'Not!'}, 92, [null, null, null, 200, 1, 'Not!']],
    ['PrivateNetwork', {range: 0}, 'the security policy gives `PrivateNetwork` a range of 0, at which systemd aborts', null],
    ['PrivateNetwork', {weight: 1}, 92, [false, '0.1', 1, 1, 1, "It uses the host's network"]],
    ['UMask', {range: 4}, 'the security policy gives `UMask` a range of 4, at which systemd aborts', null],
    ['UMask', {range: 20}, 92, [false, '0.1', 5, 100, 20, 'Everybody may read the files it creates']],
  ])('that has %s as %j gives %s', (name, entry, total, expected) => {
    const assessment = assess(unitOf('a.service', text), {policy: new Map([[name, entry]])})
    expect(assessment.refused ? assessment.refused.reason : assessment.total).toBe(total)
    const row = rowOf(assessment, name)
    expect(row ? [row.set, row.exposure, row.badness, row.weight, row.range, row.description] : null).toEqual(expected)
  })
})

test.each<[number, string, string]>([
  [0, 'PERFECT', '0.0'],
  [1, 'SAFE', '0.1'],
  [9, 'SAFE', '0.9'],
  [10, 'OK', '1.0'],
  [49, 'OK', '4.9'],
  [50, 'MEDIUM', '5.0'],
  [74, 'MEDIUM', '7.4'],
  [75, 'EXPOSED', '7.5'],
  [89, 'EXPOSED', '8.9'],
  [90, 'UNSAFE', '9.0'],
  [99, 'UNSAFE', '9.9'],
  [100, 'DANGEROUS', '10.0'],
])('%i tenths are %s, %s', (tenths, level, text) => {
  expect([levelOf(tenths), formatExposure(tenths)]).toEqual([level, text])
})

test.each<[string, string, string, number | null]>([
  ['a.service', '', 'empty main file, which masks the unit', null],
  ['a.service', '[Service]\nExecStart=/x\n[Foo', 'a fault in the main file ends its reading', null],
  ['a.service', '[Service]\nExecStart=/x\nUser=a:b\n', '`User=`: Unexpected `a:b`, expected a name or number', null],
  ['a.service', '[Service]\nType=oneshot\n', 'none of `ExecStart=`, `ExecStop=` and `SuccessAction=` is set', null],
  ['a.service', '[Service]\nExecStart=/x\n', '94 UNSAFE 81', 94],
  ['a.socket', '[Socket]\nListenStream=80\n', '96 UNSAFE 81', 96],
  ['a.timer', '[Timer]\n', '98 UNSAFE 81', 98],
])('%s %j is %s', (name, text, expected, total) => {
  const unit = unitOf(name, text)
  const assessment = assess(unit)
  expect(assessment.refused ? assessment.refused.reason : `${assessment.total} ${assessment.level} ${assessment.rows.length}`).toBe(expected)
  expect(exposure(unit) ?? null).toBe(total)
})
