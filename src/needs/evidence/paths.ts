import type {AccessId} from '../../facts/accesses.ts'
import {isBelow} from '../../values/paths.ts'
import {upTo} from '../../syntax/text.ts'

/** What is done with a path; `mention` where nobody knows. */
export type Use = 'run' | 'read' | 'write' | 'mention'

/** An access that a path gives away. */
export interface PathNeed {
  readonly access: AccessId
  /** Whether it is certain that the path is used so. */
  readonly certain: boolean
}

/**
 * What using a path needs; `isDeclared` says that the unit makes it writable whatever else it
 * protects.
 */
export function pathNeeds(path: string, use: Use, isDeclared: boolean): readonly PathNeed[] {
  if (path === '/')
    return use === 'mention'
      ? likely('home-read', 'root-files', 'host-users', 'CAP_DAC_READ_SEARCH')
      : []
  const clean = resolvedPath(path)
  const found = areas.find(([area]) => isBelow(clean, area))?.[1](clean, use) ?? elsewhere(use)
  return isDeclared ? found.filter(({access}) => !writes.has(access)) : found
}

/**
 * Whether a program is where packages put theirs, and nobody else does. What `/usr/share` has is no
 * machine code, but starts a runtime, as Kibana does (FHS 3.0, 4.11).
 */
export function isBroughtByPackage(path: string): boolean {
  return (
    ['/usr', '/bin', '/sbin', '/lib', '/lib64'].some((area) => isBelow(path, area)) &&
    !isBelow(path, '/usr/local') &&
    !isBelow(path, '/usr/share')
  )
}

/**
 * A path without repeated or trailing slashes, and with the links that every system has followed.
 */
export function resolvedPath(path: string): string {
  const given = path.slice(0, 4096)
  const single =
    given.includes('//') || given.includes('/./') ? given.replaceAll(/\/+(?:\.\/+)*/g, '/') : given
  const plain = single.endsWith('/') ? single.slice(0, -1) : single
  if (!plain.startsWith('/var/')) return plain
  return plain.replace(/^\/var\/run(?=\/|$)/, '/run').replace(/^\/var\/lock(?=\/|$)/, '/run/lock')
}

const writes: ReadonlySet<AccessId> = new Set<AccessId>([
  'write-anywhere',
  'write-config',
  'write-system',
  'home-write',
])

type Area = (path: string, use: Use) => readonly PathNeed[]

const areas: ReadonlyArray<readonly [string, Area]> = [
  ['/dev', device],
  ['/proc', process],
  [
    '/sys/fs/cgroup',
    (_, use) =>
      use === 'write'
        ? certain('control-groups', 'host-control-groups')
        : use === 'mention'
          ? likely('control-groups', 'host-control-groups')
          : likely('host-control-groups'),
  ],
  [
    '/sys/fs/bpf',
    (_, use) => (use === 'write' ? certain('host-bpf', 'kernel-tunables') : certain('host-bpf')),
  ],
  [
    '/sys',
    (_, use) =>
      use === 'write'
        ? certain('kernel-tunables')
        : use === 'mention'
          ? likely('kernel-tunables')
          : [],
  ],
  [
    '/home',
    (_, use) => [...home(use), ...likely('host-users', 'CAP_DAC_OVERRIDE', 'CAP_DAC_READ_SEARCH')],
  ],
  ['/root', (_, use) => [...home(use), ...likely('root-files')]],
  ['/run/user', (_, use) => home(use)],
  // systemd puts them there, and nobody else.
  ['/run/credentials', () => []],
  ['/tmp', temporary],
  ['/var/tmp', temporary],
  ['/usr/lib/modules', () => certain('kernel-modules')],
  ['/lib/modules', () => certain('kernel-modules')],
  ['/usr/local', local],
  ...['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/boot', '/efi'].map(
    (area) =>
      [area, (_: string, use: Use) => (use === 'write' ? certain('write-system') : [])] as const,
  ),
  ...['/etc/shadow', '/etc/gshadow', '/etc/sudoers', '/etc/ssl/private'].map(
    (area) =>
      [
        area,
        (_: string, use: Use) => [
          ...certain('root-files'),
          ...(use === 'write' ? certain('write-config') : []),
        ],
      ] as const,
  ),
  ['/etc', (_, use) => (use === 'write' ? certain('write-config') : [])],
  ['/opt', (_, use) => (use === 'write' ? certain('write-anywhere') : [])],
]

/**
 * What was built here often has all that is its own in one folder, logs and data among it, such as
 * `/usr/local/nginx`.
 */
function local(path: string, use: Use): readonly PathNeed[] {
  if (use === 'write') return certain('write-system')
  const folder = upTo(path.slice('/usr/local/'.length), '/')
  return folder === '' || use === 'read' || sharedFolders.has(folder) ? [] : likely('write-system')
}

/** The folders of `/usr/local` that no program has for itself (FHS 3.0, 4.9). */
const sharedFolders: ReadonlySet<string> = new Set([
  'bin',
  'etc',
  'games',
  'include',
  'lib',
  'lib32',
  'lib64',
  'libexec',
  'man',
  'sbin',
  'share',
  'src',
])

function elsewhere(use: Use): readonly PathNeed[] {
  if (use === 'write') return certain('write-anywhere')
  return use === 'mention' ? likely('write-anywhere') : []
}

function home(use: Use): readonly PathNeed[] {
  if (use === 'write') return certain('home-read', 'home-write')
  if (use === 'mention') return [...certain('home-read'), ...likely('home-write')]
  return use === 'run' ? certain('home-read', 'run-anywhere') : certain('home-read')
}

function temporary(_: string, use: Use): readonly PathNeed[] {
  if (use === 'run') return certain('shared-tmp', 'run-anywhere')
  return use === 'write'
    ? [...likely('shared-tmp'), ...certain('write-anywhere')]
    : likely('shared-tmp')
}

const pseudoDevices: ReadonlySet<string> = new Set([
  'null',
  'zero',
  'full',
  'random',
  'urandom',
  'tty',
  'ptmx',
])
const ordinaryEntries: ReadonlySet<string> = new Set([
  'pts',
  'stdin',
  'stdout',
  'stderr',
  'fd',
  'mqueue',
  'hugepages',
  'tcp',
  'udp',
  'char',
  'block',
])

function device(path: string, use: Use): readonly PathNeed[] {
  const entry = upTo(path.slice('/dev/'.length), '/')
  if (entry === '' || ordinaryEntries.has(entry)) return []
  if (pseudoDevices.has(entry)) return certain('pseudo-devices')
  if (entry === 'log') return certain('unix-sockets')
  if (entry === 'shm') return use === 'write' ? certain('lasting-ipc') : likely('lasting-ipc')
  const special = specialDevices.find(([name]) => entry.startsWith(name))?.[1] ?? []
  return [...certain('raw-devices'), ...special.map((access) => ({access, certain: true}))]
}

const specialDevices: ReadonlyArray<readonly [string, readonly AccessId[]]> = [
  ['kmsg', ['kernel-log']],
  ['rtc', ['clock']],
  ['ptp', ['clock']],
  ['mem', ['CAP_SYS_RAWIO', '@raw-io']],
  ['port', ['CAP_SYS_RAWIO', '@raw-io']],
  ['net', ['CAP_NET_ADMIN', 'netlink', 'host-network']],
  ['fuse', ['host-mounts', '@mount']],
  ['loop', ['host-mounts', '@mount']],
]

function process(path: string, use: Use): readonly PathNeed[] {
  const entry = upTo(path.slice('/proc/'.length), '/')
  if (entry === 'self' || entry === 'thread-self' || entry === '$$') return []
  if (entry === 'kmsg') return certain('kernel-log', 'proc-files')
  // A placeholder of a script's stands for a process: `/proc/{pid}/exe`.
  if (/^[0-9$*{%#]/.test(entry))
    return [
      ...certain('other-processes', 'host-pids'),
      ...(ofTheirOwners.test(path) ? likely('CAP_SYS_PTRACE') : []),
    ]
  if (use === 'write') return certain('kernel-tunables', 'proc-files')
  return use === 'mention' && entry === 'sys'
    ? [...certain('proc-files'), ...likely('kernel-tunables')]
    : certain('proc-files')
}

/** What only the owner of a process may look at, or who may trace it (proc(5)). */
const ofTheirOwners = /\/(?:exe|environ|fd|fdinfo|cwd|root|maps|smaps|mem|io|ns)(?:\/|$)/

function certain(...accesses: AccessId[]): readonly PathNeed[] {
  return accesses.map((access) => ({access, certain: true}))
}

function likely(...accesses: AccessId[]): readonly PathNeed[] {
  return accesses.map((access) => ({access, certain: false}))
}
