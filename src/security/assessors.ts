import {holdsAll, isLocal} from '../values/ip-networks.ts'
import type {Settings} from '../unit/settings.ts'
import {calls, capability, namespace, sockets, word, type Assessor} from './assessor.ts'
import {isRoot} from '../values/users.ts'
import {isKnownUnprivileged, runsAsRoot, type AssessedUnit} from './subject.ts'

const user: Assessor = {
  name: 'User=/DynamicUser=',
  jsonField: 'UserOrDynamicUser',
  weight: 2000,
  range: 10,
  settings: ['User', 'DynamicUser'],
  assess(subject) {
    const name = subject.settings.User.value
    if (name === 'nobody') return 9
    if (name !== undefined && !isRoot(name)) return 0
    return isKnownUnprivileged(subject) ? 0 : 10
  },
  words: {good: 'It does not run as root', bad: 'It runs as root'},
  describe({settings, manager}, badness) {
    if (badness === 10 && manager === 'user')
      return 'It runs as its user, whom systemd takes for root before 258'
    if (badness === 9) return 'It runs as nobody, a user that other services may share'
    if (badness !== 0 || settings.User.value === undefined) return undefined
    return settings.DynamicUser.value === 'yes'
      ? 'It runs as a user that exists only while it runs'
      : `It runs as ${settings.User.value}`
  },
}

const supplementaryGroups: Assessor = {
  name: 'SupplementaryGroups=',
  jsonField: 'SupplementaryGroups',
  weight: 200,
  range: 1,
  settings: ['SupplementaryGroups', 'User', 'DynamicUser'],
  assess: (subject) =>
    runsAsRoot(subject) ? undefined : subject.settings.SupplementaryGroups.value.length > 0 ? 1 : 0,
  words: {
    good: 'It has no further groups',
    bad: 'It has further groups',
    inapplicable: 'Groups do not matter to root',
  },
  describe: ({manager}, badness) =>
    manager === 'user' && badness === undefined ? "A user's manager adds no groups" : undefined,
}

const privateMounts: Assessor = {
  ...word('PrivateMounts'),
  assess(subject) {
    if (subject.settings.PrivateMounts.value === 'yes') return 0
    return subject.version >= 254 && !subject.honest && isUnset(subject) ? 0 : 1
  },
  describe: (subject, badness) =>
    badness === 0 && subject.settings.PrivateMounts.value === 'no'
      ? 'Not set, which systemd counts as set here'
      : undefined,
}

/**
 * Whether nothing, or nothing but the empty value, decides about `PrivateMounts=`; only units that
 * start processes have it.
 */
function isUnset({settings: {PrivateMounts}, type}: AssessedUnit): boolean {
  if (PrivateMounts.origin.kind === 'written')
    return PrivateMounts.origin.assignments.at(-1)?.value === ''
  return type === 'service' || type === 'socket' || type === 'mount' || type === 'swap'
}

const rootDirectory: Assessor = {
  name: 'RootDirectory=/RootImage=',
  jsonField: 'RootDirectoryOrRootImage',
  weight: 200,
  range: 1,
  settings: ['RootDirectory', 'RootImage', 'DefaultDependencies'],
  lateBootOnly: true,
  assess: ({settings: {RootDirectory, RootImage}}) =>
    (RootDirectory.value ?? '/') === '/' && (RootImage.value ?? '/') === '/' ? 1 : 0,
  words: {
    good: 'It has a root folder or image of its own',
    bad: "It runs in the host's root folder",
  },
}

const mask: Assessor = {
  name: 'UMask=',
  jsonField: 'UMask',
  weight: 100,
  range: 10,
  settings: ['UMask'],
  assess({settings}) {
    const open = ~settings.UMask.value
    return open & 0o002 ? 10 : open & 0o004 ? 5 : open & 0o020 ? 2 : open & 0o040 ? 1 : 0
  },
  words: {
    good: 'Files it creates are its own alone',
    bad: 'Everybody may change the files it creates',
  },
  describe: (_, badness) =>
    badness === 5
      ? 'Everybody may read the files it creates'
      : badness === 2
        ? 'Its group may change the files it creates'
        : badness === 1
          ? 'Its group may read the files it creates'
          : undefined,
}

const removal = word('RemoveIPC')
const removeIpc: Assessor = {
  ...removal,
  settings: ['RemoveIPC', 'User', 'DynamicUser'],
  assess(subject) {
    if (isKnownUnprivileged(subject) || runsAsRoot(subject)) return undefined
    return subject.settings.RemoveIPC.value === 'yes' ? 0 : 1
  },
  words: {...removal.words, inapplicable: "Root's IPC objects are never removed"},
  describe: ({manager}, badness) =>
    manager === 'user' && badness === undefined
      ? "A user's manager does not remove IPC objects"
      : undefined,
}

const architectures: Assessor = {
  name: 'SystemCallArchitectures=',
  jsonField: 'SystemCallArchitectures',
  weight: 1000,
  range: 10,
  settings: ['SystemCallArchitectures'],
  assess({settings}) {
    const listed = settings.SystemCallArchitectures.value
    return listed.size === 0 ? 10 : listed.size === 1 && listed.has('native') ? 0 : 8
  },
  words: {
    good: "Only system calls of the machine's own architecture are let through",
    bad: 'System calls of every architecture are let through',
  },
  describe: ({settings}, badness) =>
    badness === 8
      ? `System calls of ${[...settings.SystemCallArchitectures.value].join(', ')} are let through`
      : undefined,
}

const ipAddresses: Assessor = {
  name: 'IPAddressDeny=',
  jsonField: 'IPAddressDeny',
  weight: 1000,
  range: 10,
  settings: ['IPAddressDeny', 'IPAddressAllow', 'IPIngressFilterPath', 'IPEgressFilterPath'],
  assess({settings}) {
    if (hasFilterProgram(settings)) return 0
    if (!holdsAll(settings.IPAddressDeny.value)) return 10
    const allowed = settings.IPAddressAllow.value
    return allowed.some((network) => !isLocal(network)) ? 5 : allowed.length > 0 ? 2 : 0
  },
  words: {good: 'No IP address is let through', bad: 'IP addresses are not limited to a list'},
  describe({settings}, badness) {
    if (hasFilterProgram(settings)) return 'A program of its own filters IP packets'
    return badness === 5
      ? 'Some IP addresses beside localhost are let through'
      : badness === 2
        ? 'Of all IP addresses only localhost is let through'
        : undefined
  },
}

function hasFilterProgram({IPIngressFilterPath, IPEgressFilterPath}: Settings): boolean {
  return IPIngressFilterPath.value.length > 0 || IPEgressFilterPath.value.length > 0
}

const devices: Assessor = {
  name: 'DeviceAllow=',
  jsonField: 'DeviceAllow',
  weight: 1000,
  range: 10,
  settings: [
    ...[
      'DevicePolicy',
      'DeviceAllow',
      'PrivateDevices',
      'ProtectClock',
      'RootImage',
      'RootMStack',
      'MountImages',
    ],
    ...['LoadCredentialEncrypted', 'SetCredentialEncrypted'],
  ],
  assess({settings}) {
    if (settings.DevicePolicy.value === 'auto') return 10
    return settings.DeviceAllow.value.length > 0 ? 5 : 0
  },
  words: {good: 'Only pseudo devices are let through', bad: 'Devices are not limited to a list'},
  describe({settings}, badness) {
    if (badness !== 5) return undefined
    return `Some devices are let through: ${settings.DeviceAllow.value.map(({device, access}) => `${device}:${access}`).join(' ')}`
  },
}

const ambientCapabilities: Assessor = {
  name: 'AmbientCapabilities=',
  jsonField: 'AmbientCapabilities',
  weight: 500,
  range: 1,
  settings: ['AmbientCapabilities'],
  assess: ({settings}) => (settings.AmbientCapabilities.value === 0n ? 0 : 1),
  words: {
    good: 'It starts without capabilities beyond those of its user',
    bad: 'It starts with capabilities beyond those of its user',
  },
}

/** The rows of the exposure table, in systemd's order. */
export const assessors: readonly Assessor[] = [
  user,
  supplementaryGroups,
  word('PrivateDevices'),
  privateMounts,
  word('PrivateNetwork'),
  word('PrivateTmp'),
  word('PrivateUsers'),
  word('ProtectControlGroups'),
  word('ProtectKernelModules'),
  word('ProtectKernelTunables'),
  word('ProtectKernelLogs'),
  word('ProtectClock'),
  word('ProtectHome'),
  word('ProtectHostname'),
  word('ProtectSystem'),
  rootDirectory,
  word('LockPersonality'),
  word('MemoryDenyWriteExecute'),
  word('NoNewPrivileges'),
  capability('CAP_SYS_ADMIN', 1500, ['CAP_SYS_ADMIN'], 'administer the system'),
  capability(
    'CAP_SET(UID|GID|PCAP)',
    1500,
    ['CAP_SETUID', 'CAP_SETGID', 'CAP_SETPCAP'],
    'become another user or hand out capabilities',
  ),
  capability('CAP_SYS_PTRACE', 1500, ['CAP_SYS_PTRACE'], 'trace any process'),
  capability('CAP_SYS_TIME', 1000, ['CAP_SYS_TIME'], 'set the system clock'),
  capability('CAP_NET_ADMIN', 1000, ['CAP_NET_ADMIN'], 'configure the network'),
  capability('CAP_SYS_RAWIO', 1000, ['CAP_SYS_RAWIO'], 'reach hardware past its drivers'),
  capability('CAP_SYS_MODULE', 1000, ['CAP_SYS_MODULE'], 'load kernel modules'),
  capability(
    'CAP_AUDIT_*',
    500,
    ['CAP_AUDIT_CONTROL', 'CAP_AUDIT_READ', 'CAP_AUDIT_WRITE'],
    'use the audit system',
  ),
  capability('CAP_SYSLOG', 500, ['CAP_SYSLOG'], 'use the kernel log'),
  capability(
    'CAP_SYS_(NICE|RESOURCE)',
    500,
    ['CAP_SYS_NICE', 'CAP_SYS_RESOURCE'],
    'raise priorities and resource limits',
  ),
  capability('CAP_MKNOD', 500, ['CAP_MKNOD'], 'create device nodes'),
  capability(
    'CAP_(CHOWN|FSETID|SETFCAP)',
    1000,
    ['CAP_CHOWN', 'CAP_FSETID', 'CAP_SETFCAP'],
    'give files away and mark them as privileged',
  ),
  capability(
    'CAP_(DAC_*|FOWNER|IPC_OWNER)',
    1000,
    ['CAP_DAC_OVERRIDE', 'CAP_DAC_READ_SEARCH', 'CAP_FOWNER', 'CAP_IPC_OWNER'],
    'pass over the permissions of files and IPC objects',
  ),
  capability('CAP_KILL', 500, ['CAP_KILL'], 'signal any process'),
  capability(
    'CAP_NET_(BIND_SERVICE|BROADCAST|RAW)',
    500,
    ['CAP_NET_BIND_SERVICE', 'CAP_NET_BROADCAST', 'CAP_NET_RAW'],
    'use low ports and raw sockets',
  ),
  capability('CAP_SYS_BOOT', 100, ['CAP_SYS_BOOT'], 'reboot the machine'),
  capability(
    'CAP_MAC_*',
    100,
    ['CAP_MAC_ADMIN', 'CAP_MAC_OVERRIDE'],
    'change mandatory access control',
  ),
  capability('CAP_LINUX_IMMUTABLE', 75, ['CAP_LINUX_IMMUTABLE'], 'mark files as immutable'),
  capability('CAP_IPC_LOCK', 50, ['CAP_IPC_LOCK'], 'lock memory without limit'),
  capability('CAP_SYS_CHROOT', 50, ['CAP_SYS_CHROOT'], 'change its root folder'),
  capability('CAP_BLOCK_SUSPEND', 25, ['CAP_BLOCK_SUSPEND'], 'keep the machine from sleeping'),
  capability('CAP_WAKE_ALARM', 25, ['CAP_WAKE_ALARM'], 'set alarms that wake the machine'),
  capability('CAP_LEASE', 25, ['CAP_LEASE'], 'take leases on any file'),
  capability('CAP_SYS_TTY_CONFIG', 25, ['CAP_SYS_TTY_CONFIG'], 'hang up terminals'),
  capability('CAP_SYS_PACCT', 25, ['CAP_SYS_PACCT'], 'switch process accounting'),
  {...capability('CAP_BPF', 25, ['CAP_BPF'], 'load BPF programs'), since: 252},
  mask,
  word('KeyringMode'),
  word('ProtectProc'),
  word('ProcSubset'),
  word('NotifyAccess'),
  removeIpc,
  word('Delegate'),
  word('RestrictRealtime'),
  word('RestrictSUIDSGID'),
  namespace('user', 'CLONE_NEWUSER', 1500),
  namespace('mnt', 'CLONE_NEWNS', 500),
  namespace('ipc', 'CLONE_NEWIPC', 500),
  namespace('pid', 'CLONE_NEWPID', 500),
  namespace('cgroup', 'CLONE_NEWCGROUP', 500),
  namespace('net', 'CLONE_NEWNET', 500),
  namespace('uts', 'CLONE_NEWUTS', 100),
  sockets(
    'AF_(INET|INET6)',
    'AF_INET_INET6',
    1500,
    (family) => family === 'AF_INET' || family === 'AF_INET6',
    'internet',
  ),
  sockets('AF_UNIX', 'AF_UNIX', 25, (family) => family === 'AF_UNIX', 'local'),
  sockets('AF_NETLINK', 'AF_NETLINK', 200, (family) => family === 'AF_NETLINK', 'netlink'),
  sockets('AF_PACKET', 'AF_PACKET', 1000, (family) => family === 'AF_PACKET', 'packet'),
  sockets('…', 'OTHER', 1250, (family) => !commonFamilies.has(family), 'exotic'),
  architectures,
  calls('swap', 1000),
  calls('obsolete', 250),
  calls('clock', 1000),
  calls('cpu-emulation', 250),
  calls('debug', 1000),
  calls('mount', 1000),
  calls('module', 1000),
  calls('raw-io', 1000),
  calls('reboot', 1000),
  calls('privileged', 700),
  calls('resources', 700),
  ipAddresses,
  devices,
  ambientCapabilities,
]

/** Families that have a row of their own. */
const commonFamilies: ReadonlySet<string> = new Set([
  'AF_INET',
  'AF_INET6',
  'AF_UNIX',
  'AF_NETLINK',
  'AF_PACKET',
])
