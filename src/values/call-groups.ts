import {
  callGroups,
  callNames,
  callVersions,
  foreignCalls,
  knownGroups,
  unlistedCalls,
  unresolvableCalls,
} from '../facts/data/syscall-groups.ts'
import {namesIn, tableFor} from '../facts/ranges.ts'
import {knownNames} from './known.ts'

/**
 * The calls of a group and of the groups in it, in table order, as far as x86-64 has them; none for
 * an unknown group.
 */
export function nativeCalls(group: string, version: number): readonly string[] {
  const {native, isNative} = tableOf(version)
  let calls = native.get(group)
  if (!calls) {
    calls = members(group, version).filter(isNative)
    native.set(group, calls)
  }
  return calls
}

/**
 * The groups that each call is in, by itself or with a group in them, of the calls that x86-64 has;
 * but for those that are made of most calls.
 */
export function nativeGroups(version: number): ReadonlyMap<string, readonly string[]> {
  const table = tableOf(version)
  if (table.byCall.size > 0) return table.byCall
  for (const group of table.groups.keys()) {
    if (group === '@known' || group === '@system-service') continue
    for (const call of nativeCalls(group, version)) {
      const groups = table.byCall.get(call)
      if (groups) groups.push(group)
      else table.byCall.set(call, [group])
    }
  }
  return table.byCall
}

/**
 * The names in a group and in the groups in it, in table order, whether a machine has them or not;
 * undefined for an unknown group.
 */
export function groupMembers(group: string, version: number): readonly string[] | undefined {
  return tableOf(version).groups.has(group) ? members(group, version) : undefined
}

/** The calls of a group and of the groups in it that systemd can filter. */
export function filterableCalls(group: string, version: number): readonly string[] {
  const groups = filterable.get(version) ?? new Map<string, readonly string[]>()
  filterable.set(version, groups)
  let names = groups.get(group)
  if (!names) {
    names = members(group, version).filter((name) => isCallOrGroup(name, version))
    groups.set(group, names)
  }
  return names
}

/** Names of the groups that a version knows, such as `@clock`. */
export function callGroupNames(version: number): string[] {
  return [...tableOf(version).groups.keys()]
}

/**
 * Whether a word of `SystemCallFilter=`, without its error, names a group or a call that systemd
 * can filter.
 */
export function isCallOrGroup(name: string, version: number): boolean {
  const {groups, isKnown} = tableOf(version)
  if (name.startsWith('@')) return groups.has(name)
  return isKnown(name) || libraryCalls(version).has(name)
}

/** Calls and groups as one version of systemd has them. */
interface VersionCalls {
  /** Members as the tables have them, groups among them. */
  readonly groups: ReadonlyMap<string, readonly string[]>
  /** Members with nested groups replaced by what they hold; filled when asked for. */
  readonly flat: Map<string, readonly string[]>
  /** The same, only those that x86-64 has. */
  readonly native: Map<string, readonly string[]>
  /** The groups of each call; filled when asked for. */
  readonly byCall: Map<string, string[]>
  /** Whether libseccomp knows a call. */
  isKnown(call: string): boolean
  isNative(call: string): boolean
}

const tables = new Map<number, VersionCalls>()

function tableOf(version: number): VersionCalls {
  const source = tableFor(version, callVersions)
  let table = tables.get(source)
  if (!table) {
    table = readTable(source)
    tables.set(source, table)
  }
  return table
}

function readTable(version: number): VersionCalls {
  const all = namesIn(callNames, version)
  const unresolvable = new Set(namesIn(unresolvableCalls, version))
  const foreign = new Set(namesIn(foreignCalls, version))
  const unlisted = new Set(namesIn(unlistedCalls, version))
  const known = new Set(all.filter((name) => !unresolvable.has(name)))
  const groups = new Map<string, readonly string[]>()
  for (const [name, list] of callGroups) {
    const names = namesIn(list, version)
    if (names.length > 0) groups.set(name, names)
  }
  groups.set('@known', [
    ...namesIn(knownGroups, version),
    ...all.filter((name) => !unlisted.has(name)),
  ])
  return {
    groups,
    flat: new Map(),
    native: new Map(),
    byCall: new Map(),
    isKnown: (call) => known.has(call),
    isNative: (call) => known.has(call) && !foreign.has(call),
  }
}

function members(group: string, version: number): readonly string[] {
  const {groups, flat} = tableOf(version)
  let names = flat.get(group)
  if (!names) {
    names = (groups.get(group) ?? []).flatMap((name) =>
      name.startsWith('@') ? members(name, version) : [name],
    )
    if (groups.has(group)) flat.set(group, names)
  }
  return names
}

const filterable = new Map<number, Map<string, readonly string[]>>()

/**
 * Calls that systemd has in no table, but that the libseccomp that it came with knows: 2.5.1 with
 * 247, 2.5.4 with 252 and 254, 2.6.0 later, all of Debian, found by trying every name that these
 * libraries hold. `NAME:252-` is known from 252 on.
 */
const libraryCalls = knownNames(
  'arm_sync_file_range:248- breakpoint:247-255 cachestat:252-252 epoll_pwait2:247-247 get_tls:247-255 landlock_add_rule:247-247 ' +
    'landlock_create_ruleset:247-247 landlock_restrict_self:247-247 memfd_secret:247-247 mount_setattr:247-247 ' +
    'process_mrelease:247-247 quotactl_fd:247-247 usr26:247-255 usr32:247-255',
)
