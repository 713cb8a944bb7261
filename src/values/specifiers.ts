import type {Target} from '../facts/targets.ts'
import {parseUnitName, unescapeUnitName} from './unit-names.ts'

/** What specifiers are expanded from. */
export interface Named {
  /** Full name with suffix, such as `foo@bar.service`. */
  readonly name: string
  readonly manager: 'system' | 'user'
  readonly target: Pick<Target, 'version'>
}

/** Which specifiers a directive has: names of units know fewer than other values. */
export type SpecifierTable = 'full' | 'path' | 'name' | 'cred' | 'fd'

/**
 * Letters that mean something in most values, and in names of units (systemd.unit(5),
 * "specifiers").
 */
const letters = {
  full: 'AaBbCcDdEfGgHhIiJjLlMmNnoPpqRrSsTtUuVvWwYy',
  name: 'AaBbGgHijlMmNnopqUuvWw',
}

/**
 * The first version that knows a letter, 0 for all of them; undefined for one that means nothing.
 */
export function specifierSince(letter: string, table: SpecifierTable): number | undefined {
  return letters[table === 'name' ? 'name' : 'full'].includes(letter)
    ? (newer.get(letter) ?? 0)
    : undefined
}

/** A specifier that a table does not have: its offset, and its two characters. */
export interface UnknownSpecifier {
  readonly at: number
  readonly text: string
}

/** The first specifier in a text that a table does not have. */
export function unknownSpecifier(
  text: string,
  table: SpecifierTable,
  version: number,
): UnknownSpecifier | undefined {
  for (let at = text.indexOf('%'); at !== -1; at = text.indexOf('%', at + 2)) {
    const letter = text[at + 1] ?? ''
    if (!/[A-Za-z0-9]/.test(letter)) continue
    if (version < (specifierSince(letter, table) ?? Infinity))
      return {at, text: text.slice(at, at + 2)}
  }
  return undefined
}

/** First version of the letters that are newer than 247. */
const newer: ReadonlyMap<string, number> = new Map([
  ['A', 249],
  ['M', 249],
  ['d', 251],
  ['q', 251],
  ['Y', 251],
  ['y', 251],
  ['D', 256],
])

/**
 * A value with its `%` specifiers replaced; undefined when one is unknown, which makes the value
 * invalid.
 *
 * What only the machine knows has the form and the length that it has on a machine that sets what
 * it must and no more; some of it, such as `%H`, is a word of its own letter.
 */
export function expandSpecifiers(
  text: string,
  unit: Named,
  table: SpecifierTable = 'full',
): string | undefined {
  if (!text.includes('%')) return text
  if (unknownSpecifier(text, table, unit.target.version) !== undefined) return undefined
  const known = new Map<string, string>()
  return text.replaceAll(/%([A-Za-z%])/g, (_, letter: string) => {
    const text = known.get(letter) ?? meaning(letter, unit)
    known.set(letter, text)
    return text
  })
}

/** The name under which a unit is analysed: for a template, an instance of it. */
function instanceName(unit: Named): string {
  const {prefix, instance, suffix} = parseUnitName(unit.name)
  return instance === ''
    ? `${prefix}@${unit.target.version >= 257 ? 'test_instance' : 'i'}.${suffix}`
    : unit.name
}

function meaning(letter: string, unit: Named): string {
  const name = instanceName(unit)
  const {prefix, instance = '', suffix} = parseUnitName(name)
  const lastPart = prefix.slice(prefix.lastIndexOf('-') + 1)
  const isSystem = unit.manager === 'system'
  switch (letter) {
    case '%':
      return letter
    case 'n':
      return name
    case 'N':
      return name.slice(0, name.length - suffix.length - 1)
    case 'p':
      return prefix
    case 'P':
      return unescapeUnitName(prefix)
    case 'i':
      return instance
    case 'I':
      return unescapeUnitName(instance)
    case 'j':
      return lastPart
    case 'J':
      return unescapeUnitName(lastPart)
    case 'f':
      return `/${unescapeUnitName(instance || prefix).replace(/^\/+/, '')}`
    case 'u':
    case 'g':
      return isSystem ? 'root' : 'user'
    case 'U':
    case 'G':
      return isSystem ? '0' : '1000'
    case 'c':
      return `/${unit.name}`
    case 'd':
    case 'y':
      return `${folders.get(letter)?.[isSystem ? 0 : 1] ?? ''}/${unit.name}`
    default:
      return ofMachine.get(letter) ?? folders.get(letter)?.[isSystem ? 0 : 1] ?? letter
  }
}

/** Folders of the system manager and of a user's. */
const folders: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['C', ['/var/cache', '/home/user/.cache']],
  ['D', ['/usr/share', '/home/user/.local/share']],
  ['d', ['/run/credentials', '/run/user/1000/credentials']],
  ['E', ['/etc', '/home/user/.config']],
  ['h', ['/root', '/home/user']],
  ['L', ['/var/log', '/home/user/.local/state/log']],
  ['S', ['/var/lib', '/home/user/.local/state']],
  ['s', ['/bin/sh', '/bin/sh']],
  ['T', ['/tmp', '/tmp']],
  ['t', ['/run', '/run/user/1000']],
  ['V', ['/var/tmp', '/var/tmp']],
  ['Y', ['/etc/systemd/system', '/home/user/.config/systemd/user']],
  ['y', ['/etc/systemd/system', '/home/user/.config/systemd/user']],
])

/**
 * What some have on a machine that sets what it must and no more.
 *
 * `%c`, `%r` and `%R` are paths of control groups, which are not known yet when systemd reads the
 * unit.
 */
const ofMachine: ReadonlyMap<string, string> = new Map([
  ['A', ''],
  ['B', ''],
  ['M', ''],
  ['W', ''],
  ['r', ''],
  ['R', ''],
  ['a', 'x86-64'],
  ['b', '1a'.repeat(16)],
  ['m', '1b'.repeat(16)],
  ['v', '6.12.0-amd64'],
  ['o', 'debian'],
  ['w', '13'],
])
