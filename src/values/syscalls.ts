import {callGroups, callNames, callVersions, foreignCalls, knownGroups, unlistedCalls, unresolvableCalls} from '../facts/data/syscall-groups.ts'
import {isErrorAction} from './errno.ts'
import type {Parsed} from './parsed.ts'
import {namesIn, tableFor} from '../facts/ranges.ts'
import {splitWords} from './words.ts'

/** Which system calls a service may make. */
export interface SystemCallFilter {
  /** Whether the calls are those allowed, or those denied. */
  readonly allow: boolean
  /** By name; with the error that the call earns instead of the filter's own answer, if the line gave one. */
  readonly calls: ReadonlyMap<string, string | undefined>
}

/** Whether a filter lets a call pass. */
export function isCallAllowed(filter: SystemCallFilter | undefined, call: string): boolean {
  if (!filter) return true
  return filter.allow ? filter.calls.has(call) && filter.calls.get(call) === undefined : !filter.calls.has(call)
}

/** The first call of a group that a filter lets pass, of those that x86-64 has; undefined when it stops all of them. */
export function callAllowedOf(filter: SystemCallFilter | undefined, group: string, version: number): string | undefined {
  return nativeCalls(group, version).find((call) => isCallAllowed(filter, call))
}

/** The calls of a group and of the groups in it, in table order, as far as x86-64 has them; none for an unknown group. */
export function nativeCalls(group: string, version: number): readonly string[] {
  const {native, isNative} = tableOf(version)
  let calls = native.get(group)
  if (!calls) {
    calls = members(group, version).filter(isNative)
    native.set(group, calls)
  }
  return calls
}

/** The names in a group and in the groups in it, in table order, whether a machine has them or not; undefined for an unknown group. */
export function groupMembers(group: string, version: number): readonly string[] | undefined {
  return tableOf(version).groups.has(group) ? members(group, version) : undefined
}

/** Names of the groups that a version knows, such as `@clock`. */
export function callGroupNames(version: number): string[] {
  return [...tableOf(version).groups.keys()]
}

/** Whether a word of `SystemCallFilter=`, without its error, names a group or a call that systemd can filter. */
export function isCallOrGroup(name: string, version: number): boolean {
  const {groups, isKnown} = tableOf(version)
  return name.startsWith('@') ? groups.has(name) : isKnown(name)
}

/**
 * The filter after one more line; a value of undefined means that there is none (systemd.exec(5), "SystemCallFilter=").
 *
 * The first line decides whether the filter allows or denies; one that allows always holds `@default`.
 */
export function applySystemCallFilter(current: SystemCallFilter | undefined, value: string, version: number): Parsed<SystemCallFilter | undefined> {
  if (value === '') return {value: undefined}
  const inverted = value.startsWith('~')
  const allow = current?.allow ?? !inverted
  const calls = new Map(current?.calls)
  const {isKnown} = tableOf(version)
  const put = (names: readonly string[], adding: boolean, error: string | undefined): void => {
    for (const name of names) {
      if (!isKnown(name)) continue
      if (adding) calls.set(name, error)
      else calls.delete(name)
    }
  }
  if (!current && allow) put(members('@default', version), true, undefined)
  for (const word of distinctWords(inverted ? value.slice(1) : value)) {
    const entry = parseCallEntry(word, version)
    if (!entry || (entry.error !== undefined && !inverted)) continue
    const names = entry.name.startsWith('@') ? members(entry.name, version) : [entry.name]
    put(names, inverted !== allow || (inverted && allow && entry.error !== undefined), entry.error)
  }
  return {value: {allow, calls}}
}

/** Words without repetitions, of which only the last counts: a word decides the same for its calls each time. */
function distinctWords(text: string): string[] {
  const words = splitWords(text, 'plain').words.map((word) => word.text)
  return [...new Set(words.toReversed())].toReversed()
}

/** Split `NAME` or `NAME:ERROR`; undefined where either part is bad. */
export function parseCallEntry(word: string, version: number): {readonly name: string; readonly error: string | undefined} | undefined {
  const colon = word.indexOf(':')
  if (colon === -1) return {name: word, error: undefined}
  const error = word.slice(colon + 1)
  return colon === 0 || !isErrorAction(error, version) ? undefined : {name: word.slice(0, colon), error}
}

interface CallTable {
  /** Members as the tables have them, groups among them. */
  readonly groups: ReadonlyMap<string, readonly string[]>
  /** Members with nested groups replaced by what they hold; filled when asked for. */
  readonly flat: Map<string, readonly string[]>
  /** The same, only those that x86-64 has. */
  readonly native: Map<string, readonly string[]>
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
  groups.set('@known', [...namesIn(knownGroups, version), ...all.filter((name) => !unlisted.has(name))])
  return {
    groups,
    flat: new Map(),
    native: new Map(),
    isKnown: (call) => known.has(call),
    isNative: (call) => known.has(call) && !foreign.has(call),
  }
}

function members(group: string, version: number): readonly string[] {
  const {groups, flat} = tableOf(version)
  let names = flat.get(group)
  if (!names) {
    names = (groups.get(group) ?? []).flatMap((name) => (name.startsWith('@') ? members(name, version) : [name]))
    if (groups.has(group)) flat.set(group, names)
  }
  return names
}
