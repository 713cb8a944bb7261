import type {Target} from '../facts/targets.ts'
import {parseUnitName, unescapeUnitName} from './unit-names.ts'

/** What specifiers are expanded from. */
export interface Named {
  /** Full name with suffix, such as `foo@bar.service`. */
  readonly name: string
  readonly manager: 'system' | 'user'
  readonly target: Pick<Target, 'version'>
}

/** Letters that mean something in most values, and in names of units (systemd.unit(5), "specifiers"). */
const letters = {
  full: 'AaBbCcDdEfGgHhIiJjLlMmNnoPpqRrSsTtUuVvWwYy',
  name: 'AaBbGgHijlMmNnopqUuvWw',
}

/** The first version that knows a letter, 0 for all of them; undefined for one that means nothing. */
export function specifierSince(letter: string, table: 'full' | 'name' = 'full'): number | undefined {
  return letters[table].includes(letter) ? (newer.get(letter) ?? 0) : undefined
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
 * A value with its `%` specifiers replaced; undefined when one is unknown, which makes the value invalid.
 *
 * What only the machine knows, such as `%H`, becomes a word of its own letter: good enough to judge the form of a value.
 */
export function expandSpecifiers(text: string, unit: Named): string | undefined {
  if (!text.includes('%')) return text
  let valid = true
  const expanded = text.replaceAll(/%([A-Za-z0-9%])/g, (_, letter: string) => {
    if (letter === '%') return '%'
    if (unit.target.version < (specifierSince(letter) ?? Infinity)) valid = false
    return meaning(letter, unit)
  })
  return valid ? expanded : undefined
}

/** The name under which a unit is analysed: for a template, an instance of it. */
function instanceName(unit: Named): string {
  const {prefix, instance, suffix} = parseUnitName(unit.name)
  return instance === '' ? `${prefix}@${unit.target.version >= 257 ? 'test_instance' : 'i'}.${suffix}` : unit.name
}

function meaning(letter: string, unit: Named): string {
  const name = instanceName(unit)
  const {prefix, instance = '', suffix} = parseUnitName(name)
  const lastPart = prefix.slice(prefix.lastIndexOf('-') + 1)
  const isSystem = unit.manager === 'system'
  switch (letter) {
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
    default:
      return folders.get(letter)?.[isSystem ? 0 : 1] ?? letter
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
  ['y', ['/etc/systemd/system/unit', '/home/user/.config/systemd/user/unit']],
])
