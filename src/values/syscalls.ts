import {nearest} from '../facts/nearest.ts'
import {
  callGroupNames,
  filterableCalls,
  groupMembers,
  isCallOrGroup,
  nativeCalls,
} from './call-groups.ts'
import {isErrorAction} from './errno.ts'
import type {ValueFault, Validator} from './fault.ts'
import {fieldFault, fieldsOfSet, splittingFault, type Field} from './fields.ts'
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
  if (!current && allow) put(filterableCalls('@default', version), true, undefined)
  for (const {name, error} of lastOnes(words)) {
    const names = name.startsWith('@') ? filterableCalls(name, version) : [name]
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
): {isInverted: boolean; words: readonly CallWord[]; fault?: ValueFault} {
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

function callFault(field: Field, name: string, version: number): ValueFault {
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
        ? nearest(lower, groupMembers('@system-service', version) ?? [])
        : undefined
    return [
      lower + error,
      lower.replaceAll('-', '_') + error,
      group && group + error,
      near && near + error,
    ]
  })
}
