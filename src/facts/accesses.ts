/**
 * What a service may do to the rest of the system: the one vocabulary of denials, needs, programs,
 * profiles and messages.
 */
export interface Access {
  readonly id: AccessId
  /**
   * A verb in the third person and what follows it; completes "`node` ..." and "this service ...".
   */
  readonly title: string
}

/** The access of an id. */
export function access(id: AccessId): Access {
  return {id, title: titleOf(id)}
}

/** Whether a text names an access. */
export function isAccess(text: string): text is AccessId {
  return known.has(text)
}

const named = {
  anything: 'does whatever others ask of it',
  'unknown-effect': 'does what this option may deny',

  clock: 'sets or tunes the clock',
  hostname: 'sets the host name',
  'kernel-log': 'reads or writes the kernel log',
  'kernel-modules': 'loads or reads kernel modules',
  'kernel-tunables': 'writes kernel settings in `/proc/sys` or `/sys`',
  'control-groups': 'writes the control group tree',
  'host-control-groups': 'looks at the control groups of others',
  'delegated-control-groups': 'manages control groups of its own',
  realtime: 'asks for real-time scheduling',
  personality: 'sets its execution domain',
  'foreign-abi': 'runs programs of another architecture',
  'raw-devices': 'opens hardware devices',
  'host-mounts': 'makes mounts that others must see',
  'user-namespaces': 'makes user namespaces',
  'mount-namespaces': 'makes mount namespaces',
  'network-namespaces': 'makes network namespaces',
  'process-namespaces': 'makes process namespaces',
  'ipc-namespaces': 'makes IPC namespaces',
  'host-name-namespaces': 'makes host name namespaces',
  'control-group-namespaces': 'makes control group namespaces',
  'time-namespaces': 'makes time namespaces',
  'suid-files': 'sets set-user-ID or set-group-ID bits, or calls `openat2()`',
  'shared-ipc': 'shares System V or POSIX IPC objects with others',
  'lasting-ipc': 'leaves IPC objects for after it has stopped',
  'other-keyrings': 'uses keys of its user or session',
  'packet-sockets': 'opens packet sockets',
  'exotic-sockets': 'opens sockets other than IP, local, netlink, and packet ones',
  'privileges-by-exec': 'gains privileges by running programs',
  'shared-tmp': 'shares `/tmp` or `/var/tmp` with others',
  'early-boot': 'starts before the local file systems are mounted',
  'other-processes': 'looks at processes of others',
  'write-system': 'writes below `/usr` or `/boot`',
  'child-notify': 'has child processes report its state',
  'group-writable-files': 'makes files that its group may write',
  'world-writable-files': 'makes files that everyone may write',
  'host-bpf': 'uses BPF programs and maps that others have pinned',

  notify: 'reports its state to systemd',
  inet: 'talks to other hosts',
  'inet-local': 'uses IP sockets within this host',
  'bind-ports': 'listens on ports',
  'unix-sockets': 'opens local sockets',
  'abstract-sockets': 'uses abstract local sockets of others',
  netlink: 'opens netlink sockets',
  'host-network': 'sees or sets up the network of the host',
  'home-read': 'reads home directories',
  'home-write': 'writes to home directories',
  'bound-homes': 'uses what the unit binds into home directories',
  'write-config': 'writes below `/etc`',
  'write-anywhere': 'writes outside of the directories that the unit declares',
  'temporary-files': 'writes temporary files',
  'run-anywhere': 'runs programs outside of the directories of the system',
  'write-exec-memory': 'makes writable memory executable',
  'locked-memory': 'locks memory',
  'proc-files': 'reads `/proc/meminfo`, `/proc/sys`, or the like',
  'pseudo-devices': 'opens `/dev/null`, `/dev/urandom`, or the like',
  'host-pids': 'works with process IDs of the host',
  'host-users': 'works with files and processes of other users',
  superuser: 'uses the power of root over the host',
  'root-files': 'opens files that only root may open',
  'fixed-user': 'owns files that must keep their owner',
  'world-readable-files': 'makes files that everyone may read',
  'group-shared-files': 'makes files that its group may read',
  'without-bpf': 'runs where there is no `/sys/fs/bpf`, as in some containers',
  'unlisted-system-calls': 'makes system calls that services seldom make',
  'probed-system-calls': 'tries system calls that it can do without',
} as const satisfies Readonly<Record<string, string>>

/** The kinds of namespaces that sandboxes and containers are made of: not that of time. */
export const namespaceIds = [
  'user-namespaces',
  'mount-namespaces',
  'network-namespaces',
  'process-namespaces',
  'ipc-namespaces',
  'host-name-namespaces',
  'control-group-namespaces',
] as const

/** The capabilities, which are accesses too (capabilities(7)). */
export const capabilities = [
  'CAP_CHOWN',
  'CAP_DAC_OVERRIDE',
  'CAP_DAC_READ_SEARCH',
  'CAP_FOWNER',
  'CAP_FSETID',
  'CAP_KILL',
  'CAP_SETGID',
  'CAP_SETUID',
  'CAP_SETPCAP',
  'CAP_SETFCAP',
  'CAP_NET_BIND_SERVICE',
  'CAP_NET_ADMIN',
  'CAP_NET_RAW',
  'CAP_SYS_ADMIN',
  'CAP_SYS_CHROOT',
  'CAP_SYS_PTRACE',
  'CAP_SYS_NICE',
  'CAP_SYS_RESOURCE',
  'CAP_IPC_LOCK',
  'CAP_AUDIT_WRITE',
  'CAP_MKNOD',
  'CAP_LINUX_IMMUTABLE',
  'CAP_NET_BROADCAST',
  'CAP_IPC_OWNER',
  'CAP_SYS_MODULE',
  'CAP_SYS_RAWIO',
  'CAP_SYS_PACCT',
  'CAP_SYS_BOOT',
  'CAP_SYS_TIME',
  'CAP_SYS_TTY_CONFIG',
  'CAP_LEASE',
  'CAP_AUDIT_CONTROL',
  'CAP_MAC_OVERRIDE',
  'CAP_MAC_ADMIN',
  'CAP_SYSLOG',
  'CAP_WAKE_ALARM',
  'CAP_BLOCK_SUSPEND',
  'CAP_AUDIT_READ',
  'CAP_PERFMON',
  'CAP_BPF',
  'CAP_CHECKPOINT_RESTORE',
] as const

export type CapabilityId = (typeof capabilities)[number]

/** Groups of system calls that hardly any service makes. */
const fewUse = [
  '@clock',
  '@cpu-emulation',
  '@debug',
  '@module',
  '@mount',
  '@obsolete',
  '@raw-io',
  '@reboot',
  '@swap',
] as const

/** The groups of system calls that are accesses too (systemd.exec(5), `SystemCallFilter=`). */
export const callGroupIds = [
  '@privileged',
  '@resources',
  '@aio',
  '@basic-io',
  '@chown',
  '@file-system',
  '@io-event',
  '@ipc',
  '@keyring',
  '@memlock',
  '@network-io',
  '@pkey',
  '@process',
  '@sandbox',
  '@setuid',
  '@signal',
  '@sync',
  '@timer',
  ...fewUse,
] as const
export type CallGroupId = (typeof callGroupIds)[number]

/**
 * The groups of system calls that `systemd-analyze security` judges; the last two are what services
 * often use a part of.
 */
export const judgedCallGroups: readonly CallGroupId[] = [...fewUse, '@privileged', '@resources']

export type AccessId = keyof typeof named | CapabilityId | CallGroupId

/** The ids of all accesses. */
// The keys of a record whose type lists all of them.
export const accessIds: readonly AccessId[] = [
  ...(Object.keys(named) as Array<keyof typeof named>),
  ...capabilities,
  ...callGroupIds,
]

const known: ReadonlySet<string> = new Set(accessIds)

function titleOf(id: AccessId): string {
  // A key of `named`, as just tested.
  if (Object.hasOwn(named, id)) return named[id as keyof typeof named]
  return id.startsWith('@') ? `makes system calls of \`${id}\`` : `uses \`${id}\``
}
