import {capabilities} from '../facts/accesses.ts'
import type {AccessId, CapabilityId} from '../facts/accesses.ts'
import {addressFamilyDenials, capabilityDenials, namespaceDenials, systemCallDenials} from './denied-sets.ts'
import {commands} from './evidence/commands.ts'
import {declaredPlaces, isWithin} from './evidence/declared.ts'
import {last, list, switchedOff, switchedOn} from '../unit/written.ts'
import type {AssignmentSource} from '../unit/unit.ts'
import {parseBoolean} from '../values/boolean.ts'

/** What a denial depends on, besides the directive and its value; see `denialContext`. */
export interface DenialContext {
  /** Major version of systemd. */
  readonly version: number
  /** The capabilities that some command of the service starts with: all of root's, or the ambient ones. */
  readonly capabilities: 'all' | ReadonlySet<CapabilityId>
  /** `User=` names root. */
  readonly explicitRoot: boolean
  /** `NoNewPrivileges=` is in force. */
  readonly noNewPrivileges: boolean
  /** A denied system call earns an error number instead of death. */
  readonly callErrors: boolean
  /** What `IPAddressAllow=` lets through. */
  readonly allowedAddresses: 'none' | 'localhost' | 'more'
  /** `PrivateMounts=no` is written. */
  readonly sharesMounts: boolean
  /** `/tmp` is writable whatever is protected: private, or declared. */
  readonly hasOwnTmp: boolean
  /** `DeviceAllow=` names what is allowed already, so that all other devices are denied. */
  readonly listsDevices: boolean
}

/** A system service of root with nothing else set. */
export const plainContext: Omit<DenialContext, 'version'> = {
  capabilities: 'all',
  explicitRoot: false,
  noNewPrivileges: false,
  callErrors: false,
  allowedAddresses: 'none',
  sharesMounts: false,
  hasOwnTmp: false,
  listsDevices: false,
}

/** What denials depend on, for a unit. */
export function denialContext(unit: AssignmentSource): DenialContext {
  const user = last(unit, 'User')
  const isDynamic = switchedOn(unit, 'DynamicUser') !== undefined
  const runsAsRoot = !isDynamic && (!user || isRoot(user.value))
  const ambient = list(unit, 'AmbientCapabilities')
    .flatMap(({value}) => value.split(/\s+/))
    .filter((name): name is CapabilityId => (capabilities as readonly string[]).includes(name))
  const hasPrivileged = commands(unit).some(({isPrivileged}) => isPrivileged)
  return {
    version: unit.target.version,
    capabilities: runsAsRoot || hasPrivileged ? 'all' : new Set(ambient),
    explicitRoot: user !== undefined && isRoot(user.value),
    noNewPrivileges: switchedOn(unit, 'NoNewPrivileges') !== undefined || isDynamic,
    callErrors: last(unit, 'SystemCallErrorNumber') !== undefined,
    allowedAddresses:
      list(unit, 'IPAddressAllow').length === 0 ? 'none' : list(unit, 'IPAddressAllow').every(({value}) => value === 'localhost') ? 'localhost' : 'more',
    sharesMounts: switchedOff(unit, 'PrivateMounts') !== undefined,
    hasOwnTmp: isDynamic || !/^(?:0|no|n|false|f|off)?$/i.test(last(unit, 'PrivateTmp')?.value ?? '') || isWithin('/tmp', declaredPlaces(unit).writable),
    listsDevices: list(unit, 'DeviceAllow').length > 0,
  }
}

/**
 * What a value of a directive denies to the service, the access that it is about first.
 *
 * Empty for a value that denies nothing; `unknown-effect` where nobody has said what the directive or the value denies.
 * For sets (`CapabilityBoundingSet=`, `RestrictAddressFamilies=`, `RestrictNamespaces=`, `SystemCallFilter=`) the value is judged as if it
 * were the only assignment.
 */
export function denials(directive: string, value: string, context: DenialContext): readonly AccessId[] {
  const found = ofValue(directive, value.trim(), context)
  if (found.length === 0 || found[0] === 'unknown-effect') return found
  const added: AccessId[] = []
  if (impliesNoNewPrivileges(directive, context)) added.push('privileges-by-exec')
  if (losesSetUser(directive, context)) added.push('CAP_SETUID', 'CAP_SETGID')
  return added.length === 0 ? found : [...new Set([...found, ...added])]
}

/** Capabilities that act on files, which work on what a user namespace maps (user_namespaces(7)). */
const fileCapabilities: ReadonlySet<CapabilityId> = new Set(['CAP_CHOWN', 'CAP_DAC_OVERRIDE', 'CAP_DAC_READ_SEARCH', 'CAP_FOWNER', 'CAP_FSETID', 'CAP_SETFCAP'])

const hostPowers: readonly AccessId[] = [
  'superuser',
  ...capabilities.filter((capability) => !fileCapabilities.has(capability)),
  'other-keyrings',
  'privileges-by-exec',
]
const privateUsers: readonly AccessId[] = ['host-users', ...hostPowers, ...fileCapabilities]
const protectSystem: readonly AccessId[] = ['write-system', 'host-mounts']
const protectHome: readonly AccessId[] = ['home-read', 'home-write', 'host-mounts']
const otherUser: readonly AccessId[] = [
  'root-files',
  'superuser',
  'clock',
  'control-groups',
  'host-control-groups',
  'host-mounts',
  'hostname',
  'kernel-log',
  'kernel-modules',
  'kernel-tunables',
  'packet-sockets',
  'raw-devices',
  'realtime',
  'write-config',
  'write-system',
  ...capabilities,
]
const strictFiles: readonly AccessId[] = ['write-anywhere', 'write-config', ...protectSystem, 'temporary-files']

/** By directive and value; `yes` and `no` stand for all spellings of a boolean (systemd.exec(5), systemd.resource-control(5), systemd.service(5)). */
const scalars: Readonly<Record<string, Readonly<Record<string, readonly AccessId[]>>>> = {
  Delegate: {yes: [], no: ['delegated-control-groups']},
  DevicePolicy: {auto: [], closed: ['raw-devices'], strict: ['pseudo-devices', 'raw-devices']},
  DynamicUser: {
    no: [],
    yes: [...otherUser, 'fixed-user', 'write-anywhere', 'home-write', 'shared-tmp', 'early-boot', 'privileges-by-exec', 'suid-files', 'lasting-ipc'],
  },
  KeyringMode: {shared: [], inherit: ['other-keyrings'], private: ['other-keyrings']},
  LockPersonality: {no: [], yes: ['personality']},
  MemoryDenyWriteExecute: {no: [], yes: ['write-exec-memory']},
  NoNewPrivileges: {no: [], yes: ['privileges-by-exec']},
  NotifyAccess: {all: [], exec: ['child-notify'], main: ['child-notify'], none: ['notify', 'child-notify']},
  PrivateDevices: {no: [], yes: ['raw-devices', 'host-mounts', 'CAP_SYS_RAWIO', '@raw-io']},
  PrivateIPC: {no: [], yes: ['shared-ipc', 'host-mounts']},
  PrivateMounts: {no: [], yes: ['host-mounts']},
  PrivatePIDs: {no: [], yes: ['other-processes', 'host-pids', 'host-mounts']},
  PrivateTmp: {
    no: [],
    yes: ['shared-tmp', 'early-boot', 'host-mounts'],
    connected: ['shared-tmp', 'early-boot', 'host-mounts'],
    disconnected: ['shared-tmp', 'host-mounts'],
  },
  PrivateUsers: {no: [], yes: privateUsers, self: privateUsers, managed: privateUsers, identity: hostPowers, full: hostPowers},
  ProcSubset: {all: [], pid: ['proc-files', 'kernel-tunables', 'host-mounts']},
  ProtectClock: {no: [], yes: ['clock', 'CAP_SYS_TIME', 'CAP_WAKE_ALARM', '@clock']},
  ProtectControlGroups: {
    no: [],
    yes: ['control-groups', 'host-mounts'],
    private: ['host-control-groups', 'control-groups', 'host-mounts'],
    strict: ['control-groups', 'host-control-groups', 'host-mounts'],
  },
  ProtectHome: {no: [], 'read-only': ['home-write', 'host-mounts'], tmpfs: protectHome, yes: protectHome},
  ProtectKernelLogs: {no: [], yes: ['kernel-log', 'CAP_SYSLOG', 'host-mounts']},
  ProtectKernelModules: {no: [], yes: ['kernel-modules', 'CAP_SYS_MODULE', '@module', 'host-mounts']},
  ProtectKernelTunables: {no: [], yes: ['kernel-tunables', 'host-mounts']},
  ProtectProc: {
    default: [],
    noaccess: ['other-processes', 'host-mounts'],
    invisible: ['other-processes', 'host-mounts'],
    ptraceable: ['other-processes', 'host-mounts'],
  },
  ProtectSystem: {no: [], yes: protectSystem, full: ['write-config', ...protectSystem], strict: strictFiles},
  RemoveIPC: {no: [], yes: ['lasting-ipc']},
  RestrictRealtime: {no: [], yes: ['realtime']},
  RestrictSUIDSGID: {no: [], yes: ['suid-files']},
}

function ofValue(directive: string, value: string, context: DenialContext): readonly AccessId[] {
  const sets = Object.hasOwn(bySet, directive) ? bySet[directive] : undefined
  if (sets) return sets(value, context)
  const values = Object.hasOwn(scalars, directive) ? scalars[directive] : undefined
  const word = spelling(value, values)
  if (!values || !Object.hasOwn(values, word)) return ['unknown-effect']
  const denied = values[word] ?? []
  // It closed the device policy, too.
  if (directive === 'ProtectClock' && denied.length > 0 && context.version < 253 && !context.listsDevices) return [...denied, 'raw-devices']
  if (directive === 'DevicePolicy' && context.listsDevices) return denied.filter((id) => id !== 'raw-devices')
  if (directive === 'ProtectSystem' && context.hasOwnTmp) return denied.filter((id) => id !== 'temporary-files')
  return denied
}

type SetDenials = (value: string, context: DenialContext) => readonly AccessId[]

const bySet: Readonly<Record<string, SetDenials>> = {
  CapabilityBoundingSet: (value, context) => capabilityDenials(value, context.version, context.capabilities),
  RestrictAddressFamilies: (value, context) => addressFamilyDenials(value, context.version),
  RestrictNamespaces: (value, context) => namespaceDenials(value, context.version),
  SystemCallFilter: (value, context) => systemCallDenials(value, context.version, context.callErrors),
  SystemCallErrorNumber: () => [],
  SystemCallArchitectures: (value) => (value === '' ? [] : ['foreign-abi']),
  PrivateNetwork: (value, context) => {
    if (spelling(value) !== 'yes') return spelling(value) === 'no' ? [] : ['unknown-effect']
    const network: AccessId[] = ['inet', 'host-network', 'inet-local', 'packet-sockets', 'abstract-sockets']
    return context.sharesMounts ? network : [...network, 'host-mounts']
  },
  ProtectHostname: (value) => (value === '' ? [] : ofProtectHostname(value)),
  IPAddressDeny: (value, {allowedAddresses}) => {
    if (value === '') return []
    return allowedAddresses === 'none' ? ['inet', 'inet-local'] : ['inet']
  },
  SocketBindDeny: (value) => (value === '' ? [] : ['bind-ports']),
  DeviceAllow: (value, {listsDevices}) => (value === '' || listsDevices ? [] : ['raw-devices']),
  NoExecPaths: (value) => (value === '' ? [] : ['run-anywhere', 'host-mounts']),
  LimitMEMLOCK: (value) => (value === 'infinity' ? [] : ['locked-memory']),
  UMask: ofUMask,
  User: (value) => (value === '' || isRoot(value) ? [] : otherUser),
}

function ofProtectHostname(value: string): readonly AccessId[] {
  const word = spelling(value.split(':', 1)[0] ?? '')
  if (word === 'no') return []
  return word === 'yes' || word === 'private' ? ['hostname'] : ['unknown-effect']
}

/** By the bits that a mask takes away; who can list a directory is seen as who can read a file. */
function ofUMask(value: string): readonly AccessId[] {
  if (!/^[0-7]{1,5}$/.test(value)) return ['unknown-effect']
  const mask = Number.parseInt(value, 8)
  const denied: AccessId[] = []
  if (mask & 0o005) denied.push('world-readable-files')
  if (mask & 0o050) denied.push('group-shared-files')
  if (mask & 0o020) denied.push('group-writable-files')
  if (mask & 0o002) denied.push('world-writable-files')
  return denied
}

/** Directives that are put into effect by a system call filter or by means that need the same (`exec-invoke.c`, `exec_context_needs_...`). */
const filters: ReadonlySet<string> = new Set([
  'LockPersonality',
  'MemoryDenyWriteExecute',
  'PrivateDevices',
  'ProtectClock',
  'ProtectHostname',
  'ProtectKernelTunables',
  'ProtectKernelModules',
  'ProtectKernelLogs',
  'RestrictAddressFamilies',
  'RestrictNamespaces',
  'RestrictRealtime',
  'RestrictSUIDSGID',
  'SystemCallArchitectures',
  'SystemCallFilter',
])

/** Without CAP_SYS_ADMIN, older versions set no_new_privs to install a filter, even against `NoNewPrivileges=no`: seen in 252, gone in 257. */
function impliesNoNewPrivileges(directive: string, {version, capabilities: held}: DenialContext): boolean {
  return version < 257 && filters.has(directive) && held !== 'all' && !held.has('CAP_SYS_ADMIN')
}

/**
 * `User=root`, a filter, and `NoNewPrivileges=yes` together take CAP_SETUID and CAP_SETGID from root; any two of them do not.
 *
 * `NoNewPrivileges=` is held to account even while there is no filter: whoever adds it usually adds filters in the same stroke.
 */
function losesSetUser(directive: string, {explicitRoot, noNewPrivileges}: DenialContext): boolean {
  return explicitRoot && (directive === 'NoNewPrivileges' || (noNewPrivileges && filters.has(directive)))
}

function isRoot(user: string): boolean {
  return user === 'root' || user === '0'
}

/** A value as the tables spell it: a boolean as `yes` or `no`, unless the word itself is in the table. */
function spelling(value: string, values: Readonly<Record<string, unknown>> = {}): string {
  if (Object.hasOwn(values, value)) return value
  const isOn = parseBoolean(value)
  return isOn === undefined ? value : isOn ? 'yes' : 'no'
}
