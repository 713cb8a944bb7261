import {callGroupIds, isAccess} from '../facts/accesses.ts'
import type {AccessId, CallGroupId, CapabilityId} from '../facts/accesses.ts'
import {applyAddressFamilies, isFamilyAllowed} from '../values/address-families.ts'
import type {AddressFamilyFilter} from '../values/address-families.ts'
import {applyCapabilities, capabilitiesIn, untouchedCapabilities} from '../values/capabilities.ts'
import {allNamespaces, applyNamespaces, isNamespace} from '../values/namespaces.ts'
import type {Namespace, NamespaceSet} from '../values/namespaces.ts'
import {groupMembers, nativeGroups} from '../values/call-groups.ts'
import {applySystemCallFilter, callsNamed, isCallAllowed} from '../values/syscalls.ts'
import type {SystemCallFilter} from '../values/syscalls.ts'
import type {Parsed} from '../values/parsed.ts'
import {splitWords} from '../values/words.ts'
import {isRareForAll} from './rarity.ts'

/** What lines of a list, each beneath the other, make together; as it was while none is valid. */
function together<Made>(
  value: string,
  untouched: Made,
  apply: (current: Made, line: string) => Parsed<Made>,
): {readonly value: Made; readonly isValid: boolean} {
  let made = {value: untouched, isValid: false}
  for (const line of value.split('\n')) {
    const parsed = apply(made.value, line.trim())
    if (parsed) made = {value: parsed.value, isValid: true}
  }
  return made
}

/**
 * What a bounding set takes away: each capability that it leaves out, as far as some command starts
 * with it.
 *
 * Commands that start without it can only miss it in programs that raise privileges.
 */
export function capabilityDenials(
  value: string,
  version: number,
  held: 'all' | ReadonlySet<CapabilityId>,
): readonly AccessId[] {
  const untouched = untouchedCapabilities('CapabilityBoundingSet', version)
  const {value: left} = together(value, untouched, (current, line) =>
    applyCapabilities('CapabilityBoundingSet', current, line, version),
  )
  const dropped = capabilitiesIn(~left & everyCapability).filter(isCapability)
  if (held === 'all') return dropped
  const missed = dropped.filter((capability) => held.has(capability))
  return dropped.length > 0 ? [...missed, 'privileges-by-exec'] : missed
}

const everyCapability = (1n << 64n) - 1n

function isCapability(name: string): name is CapabilityId {
  return name.startsWith('CAP_') && isAccess(name)
}

/** What a filter of address families takes away. */
export function addressFamilyDenials(value: string, version: number): readonly AccessId[] {
  const {value: filter} = together<AddressFamilyFilter | undefined>(
    value,
    undefined,
    (current, line) => applyAddressFamilies(current, line, version),
  )
  if (!filter) return []
  const denied = new Set<AccessId>()
  for (const [family, accesses] of Object.entries(families)) {
    if (!isFamilyAllowed(filter, family)) for (const id of accesses) denied.add(id)
  }
  if (filter.allow || [...filter.families].some((family) => !Object.hasOwn(families, family)))
    denied.add('exotic-sockets')
  return [...denied]
}

const families: Readonly<Record<string, readonly AccessId[]>> = {
  AF_INET: ['inet', 'inet-local', 'bind-ports'],
  AF_INET6: ['inet', 'inet-local', 'bind-ports'],
  AF_UNIX: ['unix-sockets', 'abstract-sockets', 'notify', 'child-notify'],
  AF_NETLINK: ['netlink'],
  AF_PACKET: ['packet-sockets'],
}

/** What `RestrictNamespaces=` takes away. */
export function namespaceDenials(value: string, version: number): readonly AccessId[] {
  const {value: allowed, isValid} = together<NamespaceSet | undefined>(
    value,
    undefined,
    (current, line) => applyNamespaces(current, line, version),
  )
  if (!isValid) return ['unknown-effect']
  if (!allowed || [...allNamespaces(version)].every((name) => allowed.has(name))) return []
  return namespaceAccesses
    .filter(([name]) => isNamespace(name, version) && !allowed.has(name))
    .map(([, id]) => id)
}

/** The access to each kind of namespaces. */
export const namespaceAccess: Readonly<Record<Namespace, AccessId>> = {
  user: 'user-namespaces',
  mnt: 'mount-namespaces',
  net: 'network-namespaces',
  pid: 'process-namespaces',
  ipc: 'ipc-namespaces',
  uts: 'host-name-namespaces',
  cgroup: 'control-group-namespaces',
  time: 'time-namespaces',
}

// The keys of a record whose type lists all of them.
const namespaceAccesses = Object.entries(namespaceAccess) as ReadonlyArray<
  readonly [Namespace, AccessId]
>

/** What a mask takes away, by its bits; who can list a directory is seen as who can read a file. */
export function maskDenials(value: string): readonly AccessId[] {
  if (!/^[0-7]{1,5}$/.test(value)) return ['unknown-effect']
  const mask = Number.parseInt(value, 8)
  return bits.filter(([bit]) => mask & bit).map(([, id]) => id)
}

const bits: ReadonlyArray<readonly [bit: number, id: AccessId]> = [
  [0o005, 'world-readable-files'],
  [0o050, 'group-shared-files'],
  [0o020, 'group-writable-files'],
  [0o002, 'world-writable-files'],
]

/**
 * What a filter of system calls takes away: every group of which it denies a call, and what these
 * calls are for.
 *
 * Calls that take a capability fail anyway for commands that start without it; only programs that
 * raise privileges can miss them, and of these hardly any what hardly any program needs.
 */
export function systemCallDenials(
  value: string,
  version: number,
  callErrors: boolean,
  held: 'all' | ReadonlySet<CapabilityId>,
): readonly AccessId[] {
  const {value: filter} = together<SystemCallFilter | undefined>(
    value,
    undefined,
    (current, line) => applySystemCallFilter(current, line, version),
  )
  if (!filter) return []
  const denied = new Set<AccessId>()
  if (filter.allow) denied.add('unlisted-system-calls')
  const without = groupsWithout(filter, version)
  // Those that the value names come first.
  const {words} = splitWords(value, 'plain')
  const named = new Set(words.map(({text}) => (text.startsWith('~') ? text.slice(1) : text)))
  for (const isNamed of [true, false])
    for (const group of callGroupIds)
      if (without.has(group) && named.has(group) === isNamed) denied.add(group)
  for (const [call, accesses] of purposes) {
    if (isCallAllowed(filter, call)) continue
    for (const id of accesses)
      denied.add(
        held === 'all' || !isCapability(id) || held.has(id) || isRareForAll(id)
          ? id
          : 'privileges-by-exec',
      )
  }
  const isOfGroups = [...named].every((name) => callGroups.has(name))
  if (!filter.allow && !isOfGroups && deniesUngrouped(value, version))
    denied.add('unlisted-system-calls')
  if (!callErrors && [...denied].some(isProbed)) denied.add('probed-system-calls')
  return [...denied]
}

/**
 * Whether programs try calls of a group to see what there is; few even know of those of the others.
 */
function isProbed(id: AccessId): boolean {
  return id === 'unlisted-system-calls' || (id.startsWith('@') && !seldomCalled.has(id))
}

const seldomCalled: ReadonlySet<AccessId> = new Set<AccessId>([
  '@clock',
  '@cpu-emulation',
  '@debug',
  '@module',
  '@obsolete',
  '@raw-io',
  '@reboot',
  '@swap',
])

/** The groups of which a filter denies some call. */
function groupsWithout(filter: SystemCallFilter, version: number): ReadonlySet<AccessId> {
  const calls = filter.allow
    ? [...nativeGroups(version).keys()].filter((call) => !isCallAllowed(filter, call))
    : [...filter.calls.keys()]
  const groups = new Set<AccessId>()
  for (const call of calls) for (const group of groupsOfCall(call, version)) groups.add(group)
  return groups
}

/**
 * The groups that a call counts for. `@privileged` is made of other groups for the most part: calls
 * that are in one of the rest count there.
 */
export function groupsOfCall(call: string, version: number): readonly CallGroupId[] {
  const found = nativeGroups(version).get(call)?.filter(isCallGroup) ?? []
  const others = found.filter((group) => group !== '@privileged')
  return others.length > 0 ? others : found
}

function isCallGroup(name: string): name is CallGroupId {
  return callGroups.has(name)
}

const callGroups: ReadonlySet<string> = new Set(callGroupIds)

/** Whether a list names a call that is in none of the groups. */
function deniesUngrouped(value: string, version: number): boolean {
  const names = value.split('\n').flatMap((line) => callsNamed(line, version))
  return names.some(
    (name) =>
      !callGroups.has(name) &&
      !callGroupIds.some((group) => groupMembers(group, version)?.includes(name)),
  )
}

/** What some calls are for, when that is an access of its own. */
const purposes = Object.entries<readonly AccessId[]>({
  acct: ['CAP_SYS_PACCT'],
  adjtimex: ['clock', 'CAP_SYS_TIME'],
  bpf: ['CAP_BPF'],
  capset: ['CAP_SETPCAP'],
  chown: ['CAP_CHOWN'],
  chroot: ['CAP_SYS_CHROOT'],
  init_module: ['kernel-modules', 'CAP_SYS_MODULE'],
  iopl: ['CAP_SYS_RAWIO'],
  keyctl: ['other-keyrings'],
  mlock: ['locked-memory', 'CAP_IPC_LOCK'],
  mount: ['host-mounts'],
  perf_event_open: ['CAP_PERFMON'],
  personality: ['personality'],
  reboot: ['CAP_SYS_BOOT'],
  sched_setscheduler: ['realtime', 'CAP_SYS_NICE'],
  setgid: ['CAP_SETGID'],
  setgroups: ['CAP_SETGID'],
  sethostname: ['hostname'],
  setns: ['mount-namespaces', 'network-namespaces'],
  setuid: ['CAP_SETUID'],
  shmget: ['shared-ipc'],
  socket: ['inet', 'inet-local', 'unix-sockets', 'netlink'],
  syslog: ['kernel-log', 'CAP_SYSLOG'],
  unshare: ['user-namespaces', 'mount-namespaces'],
})
