import {callGroupIds, capabilities} from '../../facts/accesses.ts'
import type {AccessId} from '../../facts/accesses.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import {valueOf} from '../../unit/value.ts'
import {groupMembers} from '../../values/call-groups.ts'
import {groupsOfCall} from '../denied-sets.ts'
import {denialContext} from '../denial-context.ts'
import {baseName} from '../../values/paths.ts'
import {activities} from './activities.ts'
import {declaredPlaces, isWithin} from './declared.ts'
import {short} from './need.ts'
import type {Need} from './need.ts'
import {pathNeeds} from './paths.ts'
import type {Use} from './paths.ts'
import type {Borne} from './of-production.ts'
import type {Phase, Trace, TracedService} from './traced.ts'

/** What traces show of a service. */
export interface Traced {
  readonly needs: readonly Need[]
  /** What it does without, as far as traces tell. */
  readonly lacks: ReadonlyMap<AccessId, Borne>
  /**
   * Of these, where the traces have its work, what they know better than that programs of its kind
   * need it: calls, powers and the kernel.
   */
  readonly outweighs: ReadonlySet<AccessId>
  /** Whether its start is in the traces. */
  readonly hasStart: boolean
  /** Whether what it was there for is in the traces: clients were served, or it ran to its end. */
  readonly hasWork: boolean
  /** Whether all places that it writes to are known. */
  readonly tellsWrites: boolean
  /** Whose logs, and of how many runs. */
  readonly source: string
  /** What is not in them, in words. */
  readonly unseen: readonly string[]
}

/** What a trace shows of a service; undefined where it is of others alone. */
export function ofTrace(unit: LoadedUnit, trace: Trace): Traced | undefined {
  if (unit.type !== 'service') return undefined
  const services = servicesOf(unit, trace)
  if (services.length === 0) return undefined
  const mains = services.filter((one) => isMain(one, unit))
  const seen = new Set(services.flatMap((one) => one.seen))
  const hasStart = mains.some((one) => one.seen.includes('start'))
  const unclear = new Set(services.flatMap((one) => one.unclear))
  const whole = mains.filter((one) => !one.unclear.includes('cut'))
  if (whole.length > 0) unclear.delete('cut')
  const hasWork =
    whole.some((one) => one.seen.includes('start')) &&
    !unclear.has('rings') &&
    isServed(unit, whole)
  const tellsWrites = hasWork && !unclear.has('writes')
  const runs = mains.reduce((sum, one) => sum + one.runs, 0)
  const source = `traced: ${sourceOf(services, runs)}`
  const needs = services.flatMap((one) => [...needsOf(one, unit)])
  const needed = new Set(needs.map(({access}) => access))
  const words = (): string => source
  const closed: readonly AccessId[] = closedBy(unit, services, {
    hasStart,
    hasWork,
    tellsWrites,
  }).filter((id) => !needed.has(id))
  return {
    needs,
    lacks: new Map(closed.map((id) => [id, {grade: 'traced' as const, words}])),
    outweighs: new Set(hasWork ? closed.filter((id) => ofKernel.has(id)) : []),
    hasStart,
    hasWork,
    tellsWrites,
    source,
    unseen: unseenOf(unit, seen, {hasStart, unclear}),
  }
}

function sourceOf(services: readonly TracedService[], runs: number): string {
  const [first = 'a log', ...others] = new Set(services.flatMap(({logs}) => logs))
  const more = others.length === 0 ? '' : ` and ${others.length} more`
  return `${short(first)}${more}, ${runs === 1 ? '1 run' : `${runs} runs`}`
}

/** The services of a trace that are a unit: as the manager called them, else by what they ran. */
function servicesOf(unit: LoadedUnit, {services}: Trace): readonly TracedService[] {
  const names = new Set(
    activities(unit).flatMap(({activity}) => activity.invocations.map(({program}) => program)),
  )
  return services.filter((one) => {
    if (one.unit !== undefined) return isNamed(one.unit, unit.name)
    if (one.program === '') return services.length === 1
    return one.programs.some((program) => names.has(baseName(program)))
  })
}

/** Whether a name is that of a unit, or of an instance of it where it is a template. */
function isNamed(name: string, unit: string): boolean {
  if (name === unit) return true
  const [stem = '', rest] = unit.split('@', 2)
  return rest === '.service' && name.startsWith(`${stem}@`)
}

/** Whether what was traced is what `ExecStart=` runs. */
function isMain({program, programs}: TracedService, unit: LoadedUnit): boolean {
  if (program === '') return true
  const starts = activities(unit).filter(({assignment}) => assignment.key === 'ExecStart')
  const names = new Set(
    starts.flatMap(({activity}) => activity.invocations.map((invocation) => invocation.program)),
  )
  return programs.some((path) => names.has(baseName(path)))
}

/**
 * Whether a service did what it is for: it served clients, or is a job that came to its end; one
 * that serves nobody got answers.
 */
function isServed(unit: LoadedUnit, mains: readonly TracedService[]): boolean {
  const seen = new Set(mains.flatMap((one) => one.seen))
  if (seen.has('accept') || seen.has('datagram')) return true
  return valueOf(unit, 'Type')?.value === 'oneshot' && seen.has('end')
}

function* needsOf(service: TracedService, unit: LoadedUnit): Generator<Need> {
  const name = baseName(service.program) || 'the service'
  const subject = `traced: \`${short(name)}\``
  // The keys of a record whose type lists them.
  for (const [access, clauses] of Object.entries(service.did) as ReadonlyArray<
    [AccessId, readonly string[]]
  >)
    yield {access, because: `${subject} ${clauses[0] ?? 'did'}`, certain: false}
  for (const [access, call] of groupsOf(service, unit))
    yield {access, because: `${subject} calls \`${call}\``, certain: false}
  const reads = service.places.read ?? []
  // What goes by what is mounted takes a folder that is mounted for it alone for another.
  if (
    reads.some((path) => mounted.has(path)) &&
    reads.some((path) => /^\/(?:home|root)/.test(path))
  )
    yield {
      access: 'home-write',
      because: `${subject} looks at what is mounted, and into homes`,
      certain: false,
    }
  const places = declaredPlaces(unit)
  for (const use of ['run', 'read', 'write'] as const) {
    for (const path of service.places[use] ?? []) {
      for (const access of accessesOf(path, use, isWithin(path, places.writable)))
        yield {access, because: `${subject} ${verbs[use]} \`${short(path)}\``, certain: false, path}
    }
  }
}

const mounted: ReadonlySet<string> = new Set([
  '/proc/self/mountinfo',
  '/proc/self/mounts',
  '/proc/mounts',
  '/etc/mtab',
])

const verbs: Readonly<Record<Use, string>> = {
  run: 'runs',
  read: 'reads',
  write: 'writes',
  mention: 'names',
}

/**
 * What using a place takes. What a service makes in a temporary folder is its own; what it finds
 * there is not.
 */
function accessesOf(path: string, use: Use, isDeclared: boolean): readonly AccessId[] {
  if (use === 'write' && (path === '/tmp' || path === '/var/tmp')) return ['temporary-files']
  if (path === '/proc') return ['other-processes', 'host-pids', 'proc-files']
  if (path.startsWith('/dev/shm')) return use === 'write' ? ['lasting-ipc'] : []
  if (use === 'run' && /^\/(?:usr|bin|sbin|lib|lib64)\//.test(path)) return []
  if (use === 'run' && !/^\/(?:home|root|tmp|var\/tmp|run\/user)/.test(path))
    return ['run-anywhere']
  return pathNeeds(path, use, isDeclared).map(({access}) => access)
}

/**
 * The groups of system calls that a service uses, each with a call; and that it uses some that
 * services seldom do.
 */
function* groupsOf(
  {calls}: TracedService,
  {target: {version}}: LoadedUnit,
): Generator<readonly [AccessId, string]> {
  const usual = new Set(groupMembers('@system-service', version))
  for (const call of calls) {
    for (const group of groupsOfCall(call, version)) yield [group, call]
    if (!usual.has(call) && !always.has(call)) yield ['unlisted-system-calls', call]
  }
}

/** Calls that any filter leaves alone, or that are not calls. */
const always: ReadonlySet<string> = new Set([
  'execve',
  'execveat',
  'exit',
  'exit_group',
  'restart_syscall',
  'rt_sigreturn',
  'sigreturn',
])

/**
 * What a trace of a start shows a service to do without: of the kernel and of memory, and of the
 * powers that are not for becoming another user.
 */
const ofStart: readonly AccessId[] = [
  ...([
    'clock',
    'hostname',
    'kernel-log',
    'kernel-modules',
    'kernel-tunables',
    'control-groups',
    'delegated-control-groups',
  ] as const),
  ...([
    'realtime',
    'personality',
    'foreign-abi',
    'raw-devices',
    'host-mounts',
    'suid-files',
    'other-keyrings',
    'host-bpf',
  ] as const),
  ...([
    'user-namespaces',
    'mount-namespaces',
    'network-namespaces',
    'process-namespaces',
    'ipc-namespaces',
    'host-name-namespaces',
  ] as const),
  ...([
    'control-group-namespaces',
    'time-namespaces',
    'packet-sockets',
    'exotic-sockets',
    'locked-memory',
    'write-exec-memory',
  ] as const),
  ...(['shared-ipc', 'probed-system-calls'] as const),
]

const ofKernel: ReadonlySet<AccessId> = new Set<AccessId>([
  ...ofStart,
  ...capabilities,
  ...callGroupIds,
])

/** What daemons do for clients, and may not have done before the first came. */
const forClients: ReadonlySet<AccessId> = new Set<AccessId>([
  ...([
    'CAP_CHOWN',
    'CAP_DAC_OVERRIDE',
    'CAP_DAC_READ_SEARCH',
    'CAP_FOWNER',
    'CAP_FSETID',
    'CAP_KILL',
    'CAP_SETGID',
    'CAP_SETUID',
  ] as const),
  ...([
    'CAP_SETPCAP',
    'CAP_SYS_CHROOT',
    'CAP_NET_BIND_SERVICE',
    'CAP_NET_RAW',
    'CAP_SYS_RESOURCE',
    'CAP_AUDIT_WRITE',
    'CAP_SYS_PTRACE',
  ] as const),
  ...(['CAP_SYS_ADMIN', 'CAP_SYS_NICE', 'CAP_NET_ADMIN', 'CAP_IPC_LOCK'] as const),
  ...([
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
  ] as const),
])

/** What a trace with clients' work closes besides: files, the network, other processes. */
const ofWork: readonly AccessId[] = [
  ...([
    'unlisted-system-calls',
    'lasting-ipc',
    'host-control-groups',
    'other-processes',
    'privileges-by-exec',
    'inet',
    'inet-local',
    'bind-ports',
  ] as const),
  ...([
    'abstract-sockets',
    'netlink',
    'host-network',
    'home-read',
    'home-write',
    'shared-tmp',
    'run-anywhere',
    'proc-files',
    'pseudo-devices',
  ] as const),
  ...(['world-writable-files'] as const),
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

function closedBy(
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

function unseenOf(
  unit: LoadedUnit,
  seen: ReadonlySet<Phase>,
  {
    hasStart,
    unclear,
  }: {readonly hasStart: boolean; readonly unclear: ReadonlySet<TracedService['unclear'][number]>},
): readonly string[] {
  const isJob = valueOf(unit, 'Type')?.value === 'oneshot'
  return [
    ...(hasStart ? [] : ['no start']),
    ...(isJob
      ? seen.has('end')
        ? []
        : ['no end']
      : [
          ...(seen.has('accept') || seen.has('datagram') ? [] : ['no accept']),
          ...(seen.has('stop') ? [] : ['no stop']),
        ]),
    ...(seen.has('connect') ? [] : ['no connect']),
    ...(isJob || seen.has('reload') ? [] : ['no reload']),
    ...(unclear.has('rings') ? ['what went through io_uring'] : []),
    ...(unclear.has('writes') ? ['the folder of some paths'] : []),
    ...(unclear.has('cut') ? ['the end of the log'] : []),
  ]
}
