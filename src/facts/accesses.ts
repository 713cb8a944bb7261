/** What a service may do to the rest of the system: the one vocabulary of denials, needs, programs, profiles and messages. */
export interface Access {
  readonly id: AccessId
  /** Rare: hardly any service would notice that it is denied. Ordinary: many do it. */
  readonly nature: Nature
  /** A verb in the third person and what follows it; completes "`node` ..." and "this service ...". */
  readonly title: string
}

export type Nature = 'rare' | 'ordinary'

/** The access of an id. */
export function access(id: AccessId): Access {
  return {id, nature: isRare(id) ? 'rare' : 'ordinary', title: titleOf(id)}
}

/** Whether hardly any service would notice that an access is denied. */
export function isRare(id: AccessId): boolean {
  return rare.has(id)
}

/** Whether a text names an access. */
export function isAccess(text: string): text is AccessId {
  return all.has(text)
}

const named = {
  anything: ['ordinary', 'does whatever others ask of it'],
  'unknown-effect': ['ordinary', 'does what this option may deny'],

  clock: ['rare', 'sets or tunes the clock'],
  hostname: ['rare', 'sets the host name'],
  'kernel-log': ['rare', 'reads or writes the kernel log'],
  'kernel-modules': ['rare', 'loads or reads kernel modules'],
  'kernel-tunables': ['rare', 'writes kernel settings in `/proc/sys` or `/sys`'],
  'control-groups': ['rare', 'writes the control group tree'],
  'host-control-groups': ['rare', 'looks at the control groups of others'],
  'delegated-control-groups': ['rare', 'manages control groups of its own'],
  realtime: ['rare', 'asks for real-time scheduling'],
  personality: ['rare', 'sets its execution domain'],
  'foreign-abi': ['rare', 'runs programs of another architecture'],
  'raw-devices': ['rare', 'opens hardware devices'],
  'host-mounts': ['rare', 'makes mounts that others must see'],
  'user-namespaces': ['rare', 'makes user namespaces'],
  'mount-namespaces': ['rare', 'makes mount namespaces'],
  'network-namespaces': ['rare', 'makes network namespaces'],
  'process-namespaces': ['rare', 'makes process namespaces'],
  'ipc-namespaces': ['rare', 'makes IPC namespaces'],
  'host-name-namespaces': ['rare', 'makes host name namespaces'],
  'control-group-namespaces': ['rare', 'makes control group namespaces'],
  'time-namespaces': ['rare', 'makes time namespaces'],
  'suid-files': ['rare', 'sets set-user-ID or set-group-ID bits, or calls `openat2()`'],
  'shared-ipc': ['rare', 'shares System V or POSIX IPC objects with others'],
  'lasting-ipc': ['rare', 'leaves IPC objects for after it has stopped'],
  'other-keyrings': ['rare', 'uses keys of its user or session'],
  'packet-sockets': ['rare', 'opens packet sockets'],
  'exotic-sockets': ['rare', 'opens sockets other than IP, local, netlink, and packet ones'],
  'privileges-by-exec': ['rare', 'gains privileges by running programs'],
  'shared-tmp': ['rare', 'shares `/tmp` or `/var/tmp` with others'],
  'early-boot': ['rare', 'starts before the local file systems are mounted'],
  'other-processes': ['rare', 'looks at processes of others'],
  'write-system': ['rare', 'writes below `/usr` or `/boot`'],
  'child-notify': ['rare', 'has child processes report its state'],
  'group-writable-files': ['rare', 'makes files that its group may write'],
  'world-writable-files': ['rare', 'makes files that everyone may write'],
  'host-bpf': ['rare', 'uses BPF programs and maps that others have pinned'],

  notify: ['ordinary', 'reports its state to systemd'],
  inet: ['ordinary', 'talks to other hosts'],
  'inet-local': ['ordinary', 'uses IP sockets within this host'],
  'bind-ports': ['ordinary', 'listens on ports'],
  'unix-sockets': ['ordinary', 'opens local sockets'],
  'abstract-sockets': ['ordinary', 'uses abstract local sockets of others'],
  netlink: ['ordinary', 'opens netlink sockets'],
  'host-network': ['ordinary', 'sees or sets up the network of the host'],
  'home-read': ['ordinary', 'reads home directories'],
  'home-write': ['ordinary', 'writes to home directories'],
  'write-config': ['ordinary', 'writes below `/etc`'],
  'write-anywhere': ['ordinary', 'writes outside of the directories that the unit declares'],
  'temporary-files': ['ordinary', 'writes temporary files'],
  'run-anywhere': ['ordinary', 'runs programs outside of the directories of the system'],
  'write-exec-memory': ['ordinary', 'makes writable memory executable'],
  'locked-memory': ['ordinary', 'locks memory'],
  'proc-files': ['ordinary', 'reads `/proc/meminfo`, `/proc/sys`, or the like'],
  'pseudo-devices': ['ordinary', 'opens `/dev/null`, `/dev/urandom`, or the like'],
  'host-pids': ['ordinary', 'works with process IDs of the host'],
  'host-users': ['ordinary', 'works with files and processes of other users'],
  superuser: ['ordinary', 'uses the power of root over the host'],
  'root-files': ['ordinary', 'opens files that only root may open'],
  'fixed-user': ['ordinary', 'owns files that must keep their owner'],
  'world-readable-files': ['ordinary', 'makes files that everyone may read'],
  'group-shared-files': ['ordinary', 'makes files that its group may read'],
  'without-bpf': ['ordinary', 'runs where there is no `/sys/fs/bpf`, as in some containers'],
  'unlisted-system-calls': ['ordinary', 'makes system calls that services seldom make'],
  'probed-system-calls': ['ordinary', 'tries system calls that it can do without'],
} as const satisfies Readonly<Record<string, readonly [Nature, string]>>

const ordinaryCapabilities = [
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
] as const

/**
 * Of 274 jobs of programs run as root, at most 4 failed without one of these, and none of 72 daemons with their clients whose program was not
 * known for it.
 */
const rareCapabilities = [
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

const ordinaryCalls = [
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
] as const

const rareCalls = ['@clock', '@cpu-emulation', '@debug', '@module', '@mount', '@obsolete', '@raw-io', '@reboot', '@swap'] as const

/** The capabilities, which are accesses too (capabilities(7)). */
export const capabilities = [...ordinaryCapabilities, ...rareCapabilities] as const
export type CapabilityId = (typeof capabilities)[number]

/** The groups of system calls that are accesses too (systemd.exec(5), `SystemCallFilter=`). */
export const callGroupIds = [...ordinaryCalls, ...rareCalls] as const
export type CallGroupId = (typeof callGroupIds)[number]

export type AccessId = keyof typeof named | CapabilityId | CallGroupId

const titled = Object.entries(named)

/** The ids of all accesses. */
export const accessIds: readonly AccessId[] = [
  // The keys of `named`.
  ...titled.map(([id]) => id as keyof typeof named),
  ...capabilities,
  ...callGroupIds,
]

const all: ReadonlySet<string> = new Set(accessIds)
const rare: ReadonlySet<string> = new Set([...titled.flatMap(([id, [nature]]) => (nature === 'rare' ? [id] : [])), ...rareCapabilities, ...rareCalls])

function titleOf(id: AccessId): string {
  // A key of `named`, as just tested.
  if (Object.hasOwn(named, id)) return named[id as keyof typeof named][1]
  return id.startsWith('@') ? `makes system calls of \`${id}\`` : `uses \`${id}\``
}
