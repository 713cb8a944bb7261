import {callGroupIds, capabilities, namespaceIds} from '../../facts/accesses.ts'
import type {AccessId} from '../../facts/accesses.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import {denialContext} from '../denial-context.ts'
import type {TracedService} from './traced.ts'

/**
 * What a trace of a start shows a service to do without: of the kernel and of memory, and of the
 * powers that are not for becoming another user.
 */
const ofStart: readonly AccessId[] = [
  'clock',
  'hostname',
  'kernel-log',
  'kernel-modules',
  'kernel-tunables',
  'control-groups',
  'delegated-control-groups',
  'realtime',
  'personality',
  'foreign-abi',
  'raw-devices',
  'host-mounts',
  'suid-files',
  'other-keyrings',
  'host-bpf',
  ...namespaceIds,
  'time-namespaces',
  'packet-sockets',
  'exotic-sockets',
  'locked-memory',
  'write-exec-memory',
  'shared-ipc',
  'probed-system-calls',
]

/** What a trace knows better than that programs of its kind need it. */
export const ofKernel: ReadonlySet<AccessId> = new Set<AccessId>([
  ...ofStart,
  ...capabilities,
  ...callGroupIds,
])

/** What daemons do for clients, and may not have done before the first came. */
const forClients: ReadonlySet<AccessId> = new Set<AccessId>([
  'CAP_CHOWN',
  'CAP_DAC_OVERRIDE',
  'CAP_DAC_READ_SEARCH',
  'CAP_FOWNER',
  'CAP_FSETID',
  'CAP_KILL',
  'CAP_SETGID',
  'CAP_SETUID',
  'CAP_SETPCAP',
  'CAP_SYS_CHROOT',
  'CAP_NET_BIND_SERVICE',
  'CAP_NET_RAW',
  'CAP_SYS_RESOURCE',
  'CAP_AUDIT_WRITE',
  'CAP_SYS_PTRACE',
  'CAP_SYS_ADMIN',
  'CAP_SYS_NICE',
  'CAP_NET_ADMIN',
  'CAP_IPC_LOCK',
  '@privileged',
  '@setuid',
  '@chown',
  '@mount',
  '@resources',
  '@process',
  '@file-system',
  '@network-io',
  '@ipc',
  '@signal',
  '@basic-io',
])

/** What a trace with clients' work closes besides: files, the network, other processes. */
const ofWork: readonly AccessId[] = [
  'unlisted-system-calls',
  'lasting-ipc',
  'host-control-groups',
  'other-processes',
  'privileges-by-exec',
  'inet',
  'inet-local',
  'bind-ports',
  'abstract-sockets',
  'netlink',
  'host-network',
  'home-read',
  'home-write',
  'shared-tmp',
  'run-anywhere',
  'proc-files',
  'pseudo-devices',
  'world-writable-files',
]

const ofWrites = [
  'write-anywhere',
  'write-config',
  'write-system',
  'temporary-files',
] as const satisfies readonly AccessId[]

/** Whose powers hang on who owns the files. */
const overFiles: ReadonlySet<AccessId> = new Set<AccessId>([
  'CAP_DAC_OVERRIDE',
  'CAP_DAC_READ_SEARCH',
  'CAP_FOWNER',
])

/** What traces show a service to do without, as far as they have its life. */
export function tracedLacks(
  unit: LoadedUnit,
  services: readonly TracedService[],
  {
    hasStart,
    hasWork,
    tellsWrites,
  }: {readonly hasStart: boolean; readonly hasWork: boolean; readonly tellsWrites: boolean},
): readonly AccessId[] {
  if (!hasStart) return []
  const isRoot = denialContext(unit).capabilities === 'all'
  const touches = services.some(({asRoot}) => asRoot.length > 0)
  const powers = [...capabilities, ...callGroupIds].filter(
    (id) => (hasWork || !forClients.has(id)) && !(isRoot && touches && overFiles.has(id)),
  )
  return [
    ...ofStart,
    ...powers,
    ...(hasWork ? ofWork : []),
    ...(tellsWrites ? ofWrites : []),
    // Who runs as a user of its own, and was seen to work, has shown what it does to others.
    ...(hasWork && !isRoot ? (['host-users', 'superuser', 'root-files'] as const) : []),
  ]
}
