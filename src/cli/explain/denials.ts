import {access} from '../../facts/accesses.ts'
import type {AccessId} from '../../facts/accesses.ts'
import {denials, plainContext} from '../../needs/denials.ts'
import {strictness} from '../../facts/sandboxing.ts'
import {newestVersion} from '../../facts/targets.ts'

/** Values that protect alike. */
export interface Level {
  readonly values: readonly string[]
  /** What a service of root with nothing else set cannot do then; completes "a service that". */
  readonly denies: string
}

/** Whether all values of a directive are in its levels, not just some of many. */
export function isOrdered(directive: string): boolean {
  return !Object.hasOwn(sets, directive)
}

/** The values of a directive from weak to strong, with what each denies; empty where there is no order and nothing is denied, as far as is known. */
export function levels(directive: string): Level[] {
  const set = Object.hasOwn(sets, directive) ? sets[directive] : undefined
  const ordered = set?.map((value) => [value]) ?? inOrder(directive)
  const known = ordered.map((values) => ({values, ids: denied(directive, values[0] ?? '')}))
  if (!set && isPlain(ordered) && known.every(({ids}) => ids.length === 0)) return []
  return known.map(({values, ids}, index) => ({values, denies: told(ids, known[index - 1]?.ids ?? [])}))
}

/** What one value denies. */
export function denialsOf(directive: string, value: string): readonly string[] {
  return titles(denied(directive, value))
}

/** Weakest first, whether that is what turns it on or off. */
function inOrder(directive: string): readonly (readonly string[])[] {
  const ordered = strictness(directive, newestVersion)
  return isPlain(ordered) && denied(directive, 'no').length > 0 ? ordered.toReversed() : ordered
}

function isPlain(ordered: readonly (readonly string[])[]): boolean {
  return ordered.length === 2 && ordered[0]?.[0] === 'no' && ordered[1]?.[0] === 'yes'
}

function denied(directive: string, value: string): readonly AccessId[] {
  const ids = denials(directive, value, {...plainContext, version: newestVersion})
  return ids[0] === 'unknown-effect' ? [] : ids
}

/** Directives that take sets or numbers: some values that one would think of, weakest first. */
const sets: Readonly<Record<string, readonly string[]>> = {
  CapabilityBoundingSet: ['~CAP_SYS_ADMIN', ''],
  DeviceAllow: ['/dev/null rw'],
  IPAddressDeny: ['any'],
  LimitMEMLOCK: ['0'],
  NoExecPaths: ['/'],
  RestrictAddressFamilies: ['AF_UNIX AF_INET AF_INET6', 'none'],
  RestrictNamespaces: ['yes'],
  SocketBindDeny: ['any'],
  SystemCallArchitectures: ['native'],
  SystemCallFilter: ['~@mount', '@system-service'],
  UMask: ['0022', '0027', '0077'],
  User: ['nobody'],
}

/** Titles of accesses; those of the level before are not told again where all of them are in this one. */
function told(ids: readonly AccessId[], before: readonly AccessId[]): string {
  const isMore = before.length > 0 && before.every((id) => ids.includes(id))
  return (isMore ? ['the same', ...titles(ids.filter((id) => !before.includes(id)))] : titles(ids)).join('; ')
}

/** At most so many capabilities are told by name. */
const named = 6

function titles(ids: readonly AccessId[]): string[] {
  const capabilities = ids.filter((id) => id.startsWith('CAP_'))
  const calls = ids.filter((id) => id.startsWith('@'))
  const others = ids.filter((id) => !id.startsWith('CAP_') && !id.startsWith('@'))
  return [
    ...others.map((id) => access(id).title),
    ...(capabilities.length > named ? [`uses any of ${capabilities.length} capabilities`] : joined('uses', capabilities)),
    ...joined('makes system calls of', calls),
  ]
}

function joined(verb: string, ids: readonly AccessId[]): string[] {
  return ids.length === 0 ? [] : [`${verb} ${ids.map((id) => `\`${id}\``).join(', ')}`]
}
