import {sandboxingKeys} from '../facts/hardening.ts'
import {priorities} from '../facts/priorities.ts'
import {rowOf} from '../facts/sandboxing/rows.ts'
import {strictness} from '../facts/strictness.ts'
import type {LoadedUnit} from './load.ts'
import {valueOf} from './value.ts'
import {parseBoolean} from '../values/boolean.ts'
import {dialectOf} from '../values/dialect.ts'

/** What becomes of a directive in a unit for users, whose manager has no privileges. */
export type UserFate =
  | 'works'
  /** The service starts as if it were not there. */
  | 'ignored'
  /** The service does not start. */
  | 'fails'
  /** As `ignored` or `fails`, and works with `PrivateUsers=yes`. */
  | 'ignored-without-users'
  | 'fails-without-users'
  /**
   * The service starts if it is the user's own, as if it were not there, and does not start
   * otherwise.
   */
  | 'own-or-fails'
  /** Nobody has tried. */
  | 'unknown'

/**
 * From then on what needs a namespace gets one for users with it, as if `PrivateUsers=yes` stood
 * there (systemd.exec(5)).
 */
const implicitUsersSince = 254

/**
 * What becomes of a directive's value in a unit for users: tried with each on booted systemds 252
 * and 257, by a user without any rights.
 *
 * Unknown for what nobody has tried, and for directives that are not about sandboxing.
 */
export function fateForUsers(
  unit: LoadedUnit,
  section: string,
  key: string,
  value: string,
): UserFate {
  const row = rowOf(key)
  if (!row) return fateOfPriority(key, value)
  const {users} = row
  if (users === 'unknown') return users
  if (typeof users === 'object' && 'ownSince' in users)
    return fateOfIdentity(value, users.ownSince, unit)
  if (isOff(unit, section, key, value)) return 'works'
  if (typeof users === 'object') {
    const isWord = strictness(key, unit.target.version).some((words) => words.includes(value))
    return isWord && users.makesNamespaceBut.includes(value) ? 'fails' : 'works'
  }
  if (users === 'ignored' || users === 'fails') return users
  if (hasUserNamespace(unit, section)) return 'works'
  return withoutNamespace[users]
}

/**
 * The limit of a user's manager that lets what is ignored otherwise take effect; undefined for what
 * no limit is about.
 */
export function limitForUsers(key: string): string | undefined {
  return priorities.find((one) => one.key === key)?.limit
}

/** What becomes of a user or group that is named. */
function fateOfIdentity(
  value: string,
  ownSince: number,
  {target: {version}}: LoadedUnit,
): UserFate {
  if (value === '') return 'works'
  if (version < ownSince || /^(?:root|0|nobody|nogroup)$/.test(value)) return 'fails'
  return /^%[uUgG]$/.test(value) ? 'works' : 'own-or-fails'
}

/** What becomes of it where nothing makes a namespace for users. */
const withoutNamespace = {
  works: 'works',
  'namespace-or-ignored': 'ignored-without-users',
  'namespace-or-fails': 'fails-without-users',
  'borrows-or-ignored': 'ignored-without-users',
  'borrows-or-fails': 'fails-without-users',
} as const

/** Priorities that take privileges. */
function fateOfPriority(key: string, value: string): UserFate {
  const priority = priorities.find((one) => one.key === key)
  if (!priority) return 'unknown'
  return priority.isPrivileged.test(value) ? priority.fate : 'works'
}

/**
 * Whether some value of a directive has an effect in a user's unit as it stands: by itself, or as
 * the service has a namespace for users.
 */
export function canWorkForUsers(unit: LoadedUnit, key: string): boolean {
  const users = rowOf(key)?.users
  if (users === undefined) return false
  if (typeof users === 'object') return 'makesNamespaceBut' in users
  if (users === 'works') return true
  return Object.hasOwn(withoutNamespace, users) && hasUserNamespace(unit, 'Service')
}

/** Whether the service gets a namespace for users: it is asked for, or needed for another. */
function hasUserNamespace(unit: LoadedUnit, section: string): boolean {
  if (isOn(unit, section, 'PrivateUsers')) return true
  if (unit.target.version < implicitUsersSince) return false
  return sandboxingKeys().some((key) => asksForNamespace(key) && isOn(unit, section, key))
}

function asksForNamespace(key: string): boolean {
  const users = rowOf(key)?.users
  return users === 'namespace-or-ignored' || users === 'namespace-or-fails'
}

function isOn(unit: LoadedUnit, section: string, key: string): boolean {
  const last = valueOf(unit, key)
  return last !== undefined && !isOff(unit, section, key, last.value)
}

/** Whether a value asks for nothing, or for what there is anyway. */
export function isOff(unit: LoadedUnit, section: string, key: string, value: string): boolean {
  const facts = dialectOf(unit.target).row(section, key, unit.target.version)
  if (!facts) return true
  const row = rowOf(key)
  if (row && row.holds !== 'word' && row.off.includes(value)) return true
  if (row?.holds === 'word' && value === '') return true
  const [weakest] = strictness(key, unit.target.version)
  return parseBoolean(value) === false || (weakest?.includes(value) ?? false)
}
