import type {AccessId} from '../../facts/accesses.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import {baseName} from '../../values/paths.ts'
import {groupMembers} from '../../values/call-groups.ts'
import {groupsOfCall} from '../denied-sets.ts'
import {declaredPlaces, isWithin} from './declared.ts'
import {short} from './need.ts'
import type {Need} from './need.ts'
import {pathNeeds} from './paths.ts'
import type {Use} from './paths.ts'
import type {TracedService} from './traced.ts'

/** What a traced service did, as needs. */
export function* tracedNeeds(service: TracedService, unit: LoadedUnit): Generator<Need> {
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
