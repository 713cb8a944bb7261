import {holdsAll, isLocal} from '../values/ip-networks.ts'
import type {Settings} from '../unit/settings.ts'
import {calls, capability, flag, namespace, sockets, type Assessor} from './assessor.ts'
import {isKnownUnprivileged, isRoot, runsAsRoot, type Subject} from './subject.ts'

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
  describe({settings}, badness) {
    if (badness === 9) return 'It runs as nobody, a user that other services may share'
    if (badness !== 0 || settings.User.value === undefined) return undefined
    return settings.DynamicUser.value === 'yes' ? 'It runs as a user that exists only while it runs' : `It runs as ${settings.User.value}`
  },
}

const supplementaryGroups: Assessor = {
  name: 'SupplementaryGroups=',
  jsonField: 'SupplementaryGroups',
  weight: 200,
  range: 1,
  settings: ['SupplementaryGroups', 'User', 'DynamicUser'],
  assess: (subject) => (runsAsRoot(subject) ? undefined : subject.settings.SupplementaryGroups.value.length > 0 ? 1 : 0),
  words: {good: 'It has no further groups', bad: 'It has further groups', inapplicable: 'Groups do not matter to root'},
}

const privateMounts: Assessor = {
  ...flag('PrivateMounts', 1000, 'It sees mounts of its own', 'What it mounts, the host sees'),
  assess(subject) {
    if (subject.settings.PrivateMounts.value === 'yes') return 0
    return subject.version >= 254 && !subject.honest && isUnset(subject) ? 0 : 1
  },
  describe: (subject, badness) => (badness === 0 && subject.settings.PrivateMounts.value === 'no' ? 'Not set, which systemd counts as set here' : undefined),
}

/** Whether nothing, or nothing but the empty value, decides about `PrivateMounts=`; only units that start processes have it. */
function isUnset({settings: {PrivateMounts}, type}: Subject): boolean {
  if (PrivateMounts.origin.kind === 'written') return PrivateMounts.origin.assignments.at(-1)?.value === ''
  return type === 'service' || type === 'socket' || type === 'mount' || type === 'swap'
}

const protectHome: Assessor = {
  ...flag('ProtectHome', 1000, 'Home folders are out of reach', 'Home folders are within reach'),
  range: 10,
  settings: ['ProtectHome', 'DynamicUser', 'DefaultDependencies'],
  lateBootOnly: true,
  assess: ({settings}) => ({no: 10, 'read-only': 5, tmpfs: 1, yes: 0})[settings.ProtectHome.value],
  describe: (_, badness) =>
    badness === 5 ? 'Home folders can be read, not changed' : badness === 1 ? 'Home folders are hidden by an empty file system' : undefined,
}

const protectSystem: Assessor = {
  ...flag('ProtectSystem', 1000, 'The whole file system is read-only', "The system's files can be changed"),
  range: 10,
  settings: ['ProtectSystem', 'DynamicUser', 'DefaultDependencies'],
  lateBootOnly: true,
  assess: ({settings}) => ({no: 10, yes: 5, full: 3, strict: 0})[settings.ProtectSystem.value],
  describe: (_, badness) =>
    badness === 5 ? '/usr and the boot loader are read-only, /etc is not' : badness === 3 ? '/usr, the boot loader and /etc are read-only' : undefined,
}

const rootDirectory: Assessor = {
  name: 'RootDirectory=/RootImage=',
  jsonField: 'RootDirectoryOrRootImage',
  weight: 200,
  range: 1,
  settings: ['RootDirectory', 'RootImage', 'DefaultDependencies'],
  lateBootOnly: true,
  assess: ({settings: {RootDirectory, RootImage}}) => ((RootDirectory.value ?? '/') === '/' && (RootImage.value ?? '/') === '/' ? 1 : 0),
  words: {good: 'It has a root folder or image of its own', bad: "It runs in the host's root folder"},
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
  words: {good: 'Files it creates are its own alone', bad: 'Everybody may change the files it creates'},
  describe: (_, badness) =>
    badness === 5
      ? 'Everybody may read the files it creates'
      : badness === 2
        ? 'Its group may change the files it creates'
        : badness === 1
          ? 'Its group may read the files it creates'
          : undefined,
}

const keyringMode: Assessor = {
  name: 'KeyringMode=',
  jsonField: 'KeyringMode',
  weight: 1000,
  range: 1,
  settings: ['KeyringMode'],
  assess: ({settings}) => (settings.KeyringMode.value === 'private' ? 0 : 1),
  words: {good: 'It has a kernel keyring of its own', bad: 'It shares a kernel keyring with others'},
}

const protectProc: Assessor = {
  name: 'ProtectProc=',
  jsonField: 'ProtectProc',
  weight: 1000,
  range: 3,
  settings: ['ProtectProc'],
  assess: ({settings}) => ({default: 3, noaccess: 1, invisible: 0, ptraceable: 0})[settings.ProtectProc.value],
  words: {good: 'Processes of others are hidden in /proc', bad: 'Processes of others can be looked at in /proc'},
  describe: (_, badness) => (badness === 1 ? 'Processes of others are listed in /proc, with nothing about them' : undefined),
}

const procSubset: Assessor = {
  name: 'ProcSubset=',
  jsonField: 'ProcSubset',
  weight: 10,
  range: 1,
  settings: ['ProcSubset'],
  assess: ({settings}) => (settings.ProcSubset.value === 'pid' ? 0 : 1),
  words: {good: '/proc holds nothing but processes', bad: '/proc tells about the whole system'},
}

const notifyAccess: Assessor = {
  name: 'NotifyAccess=',
  jsonField: 'NotifyAccess',
  weight: 1000,
  range: 1,
  settings: ['NotifyAccess'],
  assess: ({settings}) => (settings.NotifyAccess.value === 'all' ? 1 : 0),
  words: {good: 'Child processes cannot report its state', bad: 'Any of its processes may report its state'},
}

const removeIpc: Assessor = {
  ...flag('RemoveIPC', 100, 'IPC objects of its user go when it stops', 'IPC objects of its user may stay when it stops'),
  settings: ['RemoveIPC', 'User', 'DynamicUser'],
  assess(subject) {
    if (isKnownUnprivileged(subject) || runsAsRoot(subject)) return undefined
    return subject.settings.RemoveIPC.value === 'yes' ? 0 : 1
  },
  words: {
    good: 'IPC objects of its user go when it stops',
    bad: 'IPC objects of its user may stay when it stops',
    inapplicable: "Root's IPC objects are never removed",
  },
  describe: (subject) => (isKnownUnprivileged(subject) ? "A user's manager does not remove IPC objects" : undefined),
}

const delegate: Assessor = {
  ...flag('Delegate', 100, 'Its control group stays with the manager', 'It manages its control group itself'),
  assess: ({settings}) => (settings.Delegate.value === 'yes' ? 1 : 0),
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
  words: {good: "Only system calls of the machine's own architecture are let through", bad: 'System calls of every architecture are let through'},
  describe: ({settings}, badness) => (badness === 8 ? `System calls of ${[...settings.SystemCallArchitectures.value].join(', ')} are let through` : undefined),
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
    ...['DevicePolicy', 'DeviceAllow', 'PrivateDevices', 'ProtectClock', 'RootImage', 'RootMStack', 'MountImages'],
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
  words: {good: 'It starts without capabilities beyond those of its user', bad: 'It starts with capabilities beyond those of its user'},
}

/** The rows of the exposure table, in systemd's order. */
export const assessors: readonly Assessor[] = [
  user,
  supplementaryGroups,
  flag('PrivateDevices', 1000, "The host's devices are out of sight", "The host's devices can be opened"),
  privateMounts,
  flag('PrivateNetwork', 2500, 'It has no network but its own loopback', "It uses the host's network"),
  {
    ...flag('PrivateTmp', 1000, 'It has temporary folders of its own', 'It shares temporary folders with everybody'),
    settings: ['PrivateTmp', 'DynamicUser', 'DefaultDependencies'],
    lateBootOnly: true,
  },
  flag('PrivateUsers', 1000, 'Its users are not those of the host', 'Its users are those of the host'),
  flag('ProtectControlGroups', 1000, 'It cannot change control groups', 'It may change control groups'),
  flag('ProtectKernelModules', 1000, 'It cannot load kernel modules', 'It may load kernel modules'),
  flag('ProtectKernelTunables', 1000, 'It cannot change kernel tunables', 'It may change kernel tunables'),
  flag('ProtectKernelLogs', 1000, 'It can neither read nor write the kernel log', 'It may read and write the kernel log'),
  flag('ProtectClock', 1000, 'It can set neither clock', 'It may set the system clock and the hardware clock'),
  protectHome,
  flag('ProtectHostname', 50, "It cannot change the host's name", "It may change the host's name"),
  protectSystem,
  rootDirectory,
  flag('LockPersonality', 100, 'It cannot change its execution domain', 'It may change its execution domain'),
  flag('MemoryDenyWriteExecute', 100, 'It cannot turn memory it wrote into code', 'It may turn memory it wrote into code'),
  {
    ...flag('NoNewPrivileges', 1000, 'No program it starts gains privileges', 'Programs it starts may gain privileges'),
    settings: ['NoNewPrivileges', 'DynamicUser'],
  },
  capability('CAP_SYS_ADMIN', 1500, ['CAP_SYS_ADMIN'], 'administer the system'),
  capability('CAP_SET(UID|GID|PCAP)', 1500, ['CAP_SETUID', 'CAP_SETGID', 'CAP_SETPCAP'], 'become another user or hand out capabilities'),
  capability('CAP_SYS_PTRACE', 1500, ['CAP_SYS_PTRACE'], 'trace any process'),
  capability('CAP_SYS_TIME', 1000, ['CAP_SYS_TIME'], 'set the system clock', ['ProtectClock']),
  capability('CAP_NET_ADMIN', 1000, ['CAP_NET_ADMIN'], 'configure the network'),
  capability('CAP_SYS_RAWIO', 1000, ['CAP_SYS_RAWIO'], 'reach hardware past its drivers', ['PrivateDevices']),
  capability('CAP_SYS_MODULE', 1000, ['CAP_SYS_MODULE'], 'load kernel modules', ['ProtectKernelModules']),
  capability('CAP_AUDIT_*', 500, ['CAP_AUDIT_CONTROL', 'CAP_AUDIT_READ', 'CAP_AUDIT_WRITE'], 'use the audit system'),
  capability('CAP_SYSLOG', 500, ['CAP_SYSLOG'], 'use the kernel log', ['ProtectKernelLogs']),
  capability('CAP_SYS_(NICE|RESOURCE)', 500, ['CAP_SYS_NICE', 'CAP_SYS_RESOURCE'], 'raise priorities and resource limits'),
  capability('CAP_MKNOD', 500, ['CAP_MKNOD'], 'create device nodes', ['PrivateDevices']),
  capability('CAP_(CHOWN|FSETID|SETFCAP)', 1000, ['CAP_CHOWN', 'CAP_FSETID', 'CAP_SETFCAP'], 'give files away and mark them as privileged'),
  capability(
    'CAP_(DAC_*|FOWNER|IPC_OWNER)',
    1000,
    ['CAP_DAC_OVERRIDE', 'CAP_DAC_READ_SEARCH', 'CAP_FOWNER', 'CAP_IPC_OWNER'],
    'pass over the permissions of files and IPC objects',
  ),
  capability('CAP_KILL', 500, ['CAP_KILL'], 'signal any process'),
  capability('CAP_NET_(BIND_SERVICE|BROADCAST|RAW)', 500, ['CAP_NET_BIND_SERVICE', 'CAP_NET_BROADCAST', 'CAP_NET_RAW'], 'use low ports and raw sockets'),
  capability('CAP_SYS_BOOT', 100, ['CAP_SYS_BOOT'], 'reboot the machine'),
  capability('CAP_MAC_*', 100, ['CAP_MAC_ADMIN', 'CAP_MAC_OVERRIDE'], 'change mandatory access control'),
  capability('CAP_LINUX_IMMUTABLE', 75, ['CAP_LINUX_IMMUTABLE'], 'mark files as immutable'),
  capability('CAP_IPC_LOCK', 50, ['CAP_IPC_LOCK'], 'lock memory without limit'),
  capability('CAP_SYS_CHROOT', 50, ['CAP_SYS_CHROOT'], 'change its root folder'),
  capability('CAP_BLOCK_SUSPEND', 25, ['CAP_BLOCK_SUSPEND'], 'keep the machine from sleeping'),
  capability('CAP_WAKE_ALARM', 25, ['CAP_WAKE_ALARM'], 'set alarms that wake the machine', ['ProtectClock']),
  capability('CAP_LEASE', 25, ['CAP_LEASE'], 'take leases on any file'),
  capability('CAP_SYS_TTY_CONFIG', 25, ['CAP_SYS_TTY_CONFIG'], 'hang up terminals'),
  capability('CAP_SYS_PACCT', 25, ['CAP_SYS_PACCT'], 'switch process accounting'),
  {...capability('CAP_BPF', 25, ['CAP_BPF'], 'load BPF programs'), since: 252},
  mask,
  keyringMode,
  protectProc,
  procSubset,
  notifyAccess,
  removeIpc,
  delegate,
  flag('RestrictRealtime', 500, 'It cannot schedule itself in real time', 'It may schedule itself in real time'),
  {
    ...flag('RestrictSUIDSGID', 1000, 'It cannot create SUID or SGID files', 'It may create SUID and SGID files'),
    settings: ['RestrictSUIDSGID', 'DynamicUser'],
  },
  namespace('user', 'CLONE_NEWUSER', 1500),
  namespace('mnt', 'CLONE_NEWNS', 500),
  namespace('ipc', 'CLONE_NEWIPC', 500),
  namespace('pid', 'CLONE_NEWPID', 500),
  namespace('cgroup', 'CLONE_NEWCGROUP', 500),
  namespace('net', 'CLONE_NEWNET', 500),
  namespace('uts', 'CLONE_NEWUTS', 100),
  sockets('AF_(INET|INET6)', 'AF_INET_INET6', 1500, (family) => family === 'AF_INET' || family === 'AF_INET6', 'internet'),
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
const commonFamilies: ReadonlySet<string> = new Set(['AF_INET', 'AF_INET6', 'AF_UNIX', 'AF_NETLINK', 'AF_PACKET'])
