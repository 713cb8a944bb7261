import {
  callGroups,
  callNames,
  callVersions,
  foreignCalls,
  knownGroups,
  unlistedCalls,
  unresolvableCalls,
} from '../facts/data/syscall-groups.ts'
import {nearest} from '../facts/nearest.ts'
import {namesIn, tableFor} from '../facts/ranges.ts'
import {isErrorAction} from './errno.ts'
import type {Fault, Validator} from './fault.ts'
import {fieldFault, fieldsOfSet, splittingFault, type Field} from './fields.ts'
import {knownNames} from './known.ts'
import {meantWord} from './meant.ts'
import type {Parsed} from './parsed.ts'
import {quote} from './quote.ts'

/** Which system calls a service may make. */
export interface SystemCallFilter {
  /** Whether the calls are those allowed, or those denied. */
  readonly allow: boolean
  /**
   * By name; with the error that the call earns instead of the filter's own answer, if the line
   * gave one.
   */
  readonly calls: ReadonlyMap<string, string | undefined>
}

/** Whether a filter lets a call pass. */
export function isCallAllowed(filter: SystemCallFilter | undefined, call: string): boolean {
  if (!filter) return true
  return filter.allow
    ? filter.calls.has(call) && filter.calls.get(call) === undefined
    : !filter.calls.has(call)
}

/**
 * The first call of a group that a filter lets pass, of those that x86-64 has; undefined when it
 * stops all of them.
 */
export function callAllowedOf(
  filter: SystemCallFilter | undefined,
  group: string,
  version: number,
): string | undefined {
  return nativeCalls(group, version).find((call) => isCallAllowed(filter, call))
}

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

/**
 * The filter after one more line; a value of undefined means that there is none (systemd.exec(5),
 * "SystemCallFilter=").
 *
 * The first line decides whether the filter allows or denies; one that allows always holds
 * `@default`.
 */
export function applySystemCallFilter(
  current: SystemCallFilter | undefined,
  value: string,
  version: number,
): Parsed<SystemCallFilter | undefined> {
  if (value === '') return {value: undefined}
  const {isInverted, words} = readCalls(value, version)
  const allow = current?.allow ?? !isInverted
  const calls = new Map(current?.calls)
  const put = (names: readonly string[], adding: boolean, error: string | undefined): void => {
    for (const name of names) {
      if (adding) calls.set(name, error)
      else calls.delete(name)
    }
  }
  if (!current && allow) put(takenOf('@default', version), true, undefined)
  for (const {name, error} of lastOnes(words)) {
    const names = name.startsWith('@') ? takenOf(name, version) : [name]
    put(names, isInverted !== allow || (isInverted && allow && error !== undefined), error)
  }
  return {value: {allow, calls}}
}

/** Words `CALL[:ERROR]` or `@GROUP[:ERROR]`: `SystemCallFilter=`. */
export const syscallFilter: Validator = function* (value, {version}) {
  const {words, fault} = readCalls(value, version)
  for (const {field, name, wrong} of words) {
    if (wrong === undefined) continue
    if (wrong === 'unknown') yield callFault(field, name, version)
    else {
      const expected =
        wrong === 'form'
          ? '`CALL` or `CALL:ERROR` with an error such as `EPERM`'
          : 'no error for a call that is allowed'
      const meant = wrong === 'form' ? meantEntry(field.text, version) : undefined
      yield fieldFault(
        field,
        `Unexpected ${quote(field.text)}, expected ${expected}`,
        'word',
        meant,
      )
    }
  }
  if (fault) yield fault
}

/** Words that are system calls or groups of them: `SystemCallLog=` (systemd.exec(5)). */
export const syscallList: Validator = function* (value, {version}) {
  const {fields, fault} = fieldsOfSet(value, version)
  for (const field of fields)
    if (!isCallOrGroup(field.text, version)) yield callFault(field, field.text, version)
  if (fault) yield splittingFault(fault)
}

/** The names of the calls and groups that systemd takes from a line of `SystemCallFilter=`. */
export function callsNamed(value: string, version: number): readonly string[] {
  return readCalls(value, version).words.flatMap(({name, wrong}) =>
    wrong === undefined ? [name] : [],
  )
}

/** A word of `SystemCallFilter=`, and why systemd skips it. */
interface CallWord {
  readonly field: Field
  readonly name: string
  readonly error: string | undefined
  readonly wrong: 'form' | 'error' | 'unknown' | undefined
}

function readCalls(
  value: string,
  version: number,
): {isInverted: boolean; words: readonly CallWord[]; fault?: Fault} {
  const {isInverted, fields, fault} = fieldsOfSet(value, version)
  const words = fields.map((field): CallWord => {
    const colon = field.text.indexOf(':')
    const name = colon === -1 ? field.text : field.text.slice(0, colon)
    const error = colon === -1 ? undefined : field.text.slice(colon + 1)
    const isBad = name === '' || (error !== undefined && !isErrorAction(error, version))
    // Up to 247 a call that is allowed may have an error, which makes it one that is denied.
    const isSurplus = error !== undefined && !isInverted && version >= 248
    const isUnknown = !isCallOrGroup(name, version)
    const wrong = isBad ? 'form' : isSurplus ? 'error' : isUnknown ? 'unknown' : undefined
    return {field, name, error, wrong}
  })
  return {isInverted, words, ...(fault ? {fault: splittingFault(fault)} : {})}
}

/**
 * Those that count, without repetitions, of which only the last counts: a word decides the same for
 * its calls each time.
 */
function lastOnes(words: readonly CallWord[]): CallWord[] {
  const good = words.filter(({wrong}) => wrong === undefined).toReversed()
  return [...new Map(good.map((word) => [word.field.text, word])).values()].toReversed()
}

interface CallTable {
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

const tables = new Map<number, CallTable>()

function tableOf(version: number): CallTable {
  const source = tableFor(version, callVersions)
  let table = tables.get(source)
  if (!table) {
    table = readTable(source)
    tables.set(source, table)
  }
  return table
}

function readTable(version: number): CallTable {
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

/** The calls of a group that systemd can filter. */
function takenOf(group: string, version: number): readonly string[] {
  const groups = taken.get(version) ?? new Map<string, readonly string[]>()
  taken.set(version, groups)
  let names = groups.get(group)
  if (!names) {
    names = members(group, version).filter((name) => isCallOrGroup(name, version))
    groups.set(group, names)
  }
  return names
}

const taken = new Map<number, Map<string, readonly string[]>>()

function callFault(field: Field, name: string, version: number): Fault {
  const message = name.startsWith('@')
    ? `Unexpected group ${quote(name)}, expected one such as \`@system-service\``
    : `Unexpected ${quote(name)}, expected a system call or a group of them such as \`@system-service\``
  return fieldFault(field, message, 'word', meantEntry(field.text, version))
}

/** Calls are in lower case with underscores, groups with hyphens and behind `@`. */
function meantEntry(word: string, version: number): string | undefined {
  const isKnown = (entry: string): boolean => {
    const [call = '', error] = entry.split(/:(.*)/s)
    return isCallOrGroup(call, version) && (error === undefined || isErrorAction(error, version))
  }
  return meantWord(word, isKnown, (bare) => {
    const [, call = '', error = ''] = /^([^:]*)(.*)$/s.exec(bare) ?? []
    const lower = call.toLowerCase()
    const group = lower.startsWith('@') ? nearest(lower, callGroupNames(version)) : `@${lower}`
    const near =
      lower.length > 3 && !lower.startsWith('@')
        ? nearest(lower, members('@system-service', version))
        : undefined
    return [
      lower + error,
      lower.replaceAll('-', '_') + error,
      group && group + error,
      near && near + error,
    ]
  })
}

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
