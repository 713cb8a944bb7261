import {strictness} from '../facts/sandboxing.ts'
import type {AssignmentSource} from './unit.ts'
import {parseBoolean} from '../values/boolean.ts'
import {valueFacts} from '../facts/rows.ts'

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

/** From then on what needs a namespace gets one for users with it, as if `PrivateUsers=yes` stood there (systemd.exec(5)). */
const implicitUsersSince = 254

/** Need a namespace that only root, or who is root in a namespace for users, may make. */
const namespaced: ReadonlySet<string> = new Set([
  'BindPaths',
  'BindReadOnlyPaths',
  'ExecPaths',
  'InaccessiblePaths',
  'MountAPIVFS',
  'NoExecPaths',
  'PrivateDevices',
  'PrivateIPC',
  'PrivateMounts',
  'PrivateNetwork',
  'PrivateTmp',
  'ProtectClock',
  'ProtectControlGroups',
  'ProtectHome',
  'ProtectHostname',
  'ProtectKernelLogs',
  'ProtectKernelModules',
  'ProtectKernelTunables',
  'ProtectSystem',
  'ReadOnlyPaths',
  'ReadWritePaths',
  'RootDirectory',
  'TemporaryFileSystem',
])

/** Those of them without which the service does not start where there is no such namespace. */
const failing: ReadonlySet<string> = new Set([
  'BindPaths',
  'PrivateDevices',
  'ProtectClock',
  'ProtectKernelLogs',
  'ProtectKernelModules',
  'RootDirectory',
  'TemporaryFileSystem',
])

/** Work in a namespace for users that something else asks for, and else fail: they need the right to set capabilities. */
const capabilities: ReadonlySet<string> = new Set(['AmbientCapabilities', 'CapabilityBoundingSet', 'SecureBits'])

/** Work in a namespace that something else asks for, and else do nothing. */
const ofProc: ReadonlySet<string> = new Set(['ProcSubset', 'ProtectProc'])

/** Need BPF programs, or the right to remove what others own. */
const inert: ReadonlySet<string> = new Set([
  'DeviceAllow',
  'DevicePolicy',
  'IPAddressAllow',
  'IPAddressDeny',
  'RemoveIPC',
  'RestrictFileSystems',
  'RestrictNetworkInterfaces',
  'SocketBindAllow',
  'SocketBindDeny',
])

/** Never start: they need privileges that no namespace gives. */
const privileged: ReadonlySet<string> = new Set(['DynamicUser', 'LogNamespace', 'NetworkNamespacePath', 'RootImage', 'SupplementaryGroups'])

/**
 * What becomes of a directive's value in a unit for users: tried with each on booted systemds 252 and 257, by a user without any rights.
 *
 * `CPUSchedulingPolicy=` and `IOSchedulingClass=` fail only for real-time; a `User=` only where it cannot be the user's own.
 */
export function fateForUsers(unit: AssignmentSource, section: string, key: string, value: string): UserFate {
  if (key === 'User' || key === 'Group') return /^(?:root|nobody|nogroup|0)$/.test(value) ? 'fails' : 'works'
  if (isOff(unit, section, key, value)) return 'works'
  if (inert.has(key)) return 'ignored'
  if (privileged.has(key)) return 'fails'
  if (key === 'CPUSchedulingPolicy') return /^(?:fifo|rr|1|2)$/.test(value) ? 'fails' : 'works'
  if (key === 'IOSchedulingClass') return /^(?:realtime|1)$/.test(value) ? 'fails' : 'works'
  if (key === 'Nice') return value.startsWith('-') ? 'ignored' : 'works'
  if (hasUserNamespace(unit, section)) return 'works'
  if (capabilities.has(key)) return 'fails-without-users'
  if (ofProc.has(key)) return 'ignored-without-users'
  if (!namespaced.has(key)) return 'works'
  return failing.has(key) ? 'fails-without-users' : 'ignored-without-users'
}

/** Whether the service gets a namespace for users: it is asked for, or needed for another. */
function hasUserNamespace(unit: AssignmentSource, section: string): boolean {
  if (isOn(unit, section, 'PrivateUsers')) return true
  return unit.target.version >= implicitUsersSince && [...namespaced].some((key) => isOn(unit, section, key))
}

function isOn(unit: AssignmentSource, section: string, key: string): boolean {
  const last = unit.assignments(section, key).at(-1)
  return last !== undefined && !isOff(unit, section, key, last.value)
}

/** Whether a value asks for nothing, or for what there is anyway. */
function isOff(unit: AssignmentSource, section: string, key: string, value: string): boolean {
  const facts = valueFacts(section, key, unit.target.version)
  if (!facts) return true
  if (key === 'CapabilityBoundingSet') return value === '~'
  if (value === '') return true
  const [weakest] = strictness(key, unit.target.version)
  return parseBoolean(value) === false || (weakest?.includes(value) ?? false)
}
