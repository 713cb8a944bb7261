import type {Assignment, AssignmentSource, UnitType} from '../unit.ts'
import {applyAddressFamilies, type AddressFamilyFilter} from '../values/address-families.ts'
import {applyArchitectures} from '../values/architectures.ts'
import {parseBoolean} from '../values/boolean.ts'
import {applyCapabilities, untouchedCapabilities, type CapabilityKey, type CapabilitySet} from '../values/capabilities.ts'
import {parseDeviceEntry, type DeviceEntry} from '../values/devices.ts'
import {parseNetworks, type Network} from '../values/ip-networks.ts'
import {parseMode} from '../values/mode.ts'
import {isUserOrGroup} from '../values/names.ts'
import {applyNamespaces, type NamespaceSet} from '../values/namespaces.ts'
import {parseAbsolutePath} from '../values/paths.ts'
import {expandSpecifiers} from '../values/specifiers.ts'
import {applySystemCallFilter, type SystemCallFilter} from '../values/syscalls.ts'
import {splitWords} from '../values/words.ts'
import {closedByPrivateDevices, dynamicUser, raisedByDynamicUser, withNeededDevices, withoutLost} from './implied.ts'
import {execution, resources, scalar, type Parser, type Reader, type Reading} from './reading.ts'
import {executionSection} from './sections.ts'
import type {SettingKey, SettingValues, YesNo} from './values.ts'
import {boolean, booleanOr, calling, oneOf, privateMounts, protectHostname} from './words.ts'
import {byDefault, impliedBy, listOf, sumOf, sumSinceReset, type Setting} from './written.ts'

/** How each setting is worked out from what is written (systemd.exec(5), systemd.resource-control(5), systemd.service(5)). */
export const readers: {readonly [Key in SettingKey]: Reader<SettingValues[Key]>} = {
  DefaultDependencies: (unit) => (isPerpetual(unit) ? ownDependencies(unit) : defaultDependencies(unit)),

  User: readUser,
  DynamicUser: flag('DynamicUser'),
  SupplementaryGroups: (unit) => listOf(execution(unit, 'SupplementaryGroups'), noWords, (value) => groupNames(value, unit)),

  PrivateDevices: flag('PrivateDevices'),
  PrivateIPC: since(248, flag('PrivateIPC'), 'no'),
  PrivateMounts: scalar<YesNo>('PrivateMounts', 'no', privateMounts),
  PrivateNetwork: flag('PrivateNetwork'),
  PrivatePIDs: since(257, flag('PrivatePIDs'), 'no'),
  PrivateTmp: raisedByDynamicUser(scalar('PrivateTmp', 'no', calling('connected', 257, booleanOr({connected: 257, disconnected: 257}))), (own, unit) =>
    own === 'no' ? (unit.target.version >= 257 ? 'disconnected' : 'yes') : own,
  ),
  PrivateUsers: scalar('PrivateUsers', 'no', calling('self', 257, booleanOr({self: 257, identity: 257, full: 258, managed: 260}))),
  ProtectClock: flag('ProtectClock'),
  ProtectControlGroups: scalar('ProtectControlGroups', 'no', booleanOr({private: 257, strict: 257})),
  ProtectHome: raisedByDynamicUser(scalar('ProtectHome', 'no', booleanOr({'read-only': 0, tmpfs: 0})), (own) => (own === 'no' ? 'read-only' : own)),
  ProtectHostname: scalar('ProtectHostname', 'no', protectHostname),
  ProtectKernelLogs: flag('ProtectKernelLogs'),
  ProtectKernelModules: flag('ProtectKernelModules'),
  ProtectKernelTunables: flag('ProtectKernelTunables'),
  ProtectProc: scalar('ProtectProc', 'default', oneOf(['default', 'noaccess', 'invisible', 'ptraceable'])),
  ProtectSystem: raisedByDynamicUser(scalar('ProtectSystem', 'no', booleanOr({full: 0, strict: 0})), () => 'strict'),
  ProcSubset: scalar('ProcSubset', 'all', oneOf(['all', 'pid'])),
  RootDirectory: scalar<string | undefined>('RootDirectory', undefined, path),
  RootImage: scalar<string | undefined>('RootImage', undefined, path),

  LockPersonality: flag('LockPersonality'),
  MemoryDenyWriteExecute: flag('MemoryDenyWriteExecute'),
  NoNewPrivileges: raisedByDynamicUser(flag('NoNewPrivileges'), () => 'yes'),
  RemoveIPC: raisedByDynamicUser(flag('RemoveIPC'), () => 'yes'),
  RestrictRealtime: flag('RestrictRealtime'),
  RestrictSUIDSGID: raisedByDynamicUser(flag('RestrictSUIDSGID'), () => 'yes'),
  KeyringMode: readKeyringMode,
  UMask: (unit) => (executionSection(unit.type) === undefined ? maskWithoutProcesses : readMask(unit)),

  CapabilityBoundingSet: (unit) => withoutLost(readCapabilities('CapabilityBoundingSet', unit), unit),
  AmbientCapabilities: (unit) => readCapabilities('AmbientCapabilities', unit),
  RestrictNamespaces: (unit) =>
    sumSinceReset<NamespaceSet | undefined>(execution(unit, 'RestrictNamespaces'), unrestricted, (current, value) =>
      applyNamespaces(current, value, unit.target.version),
    ),
  RestrictAddressFamilies: (unit) =>
    sumSinceReset<AddressFamilyFilter | undefined>(execution(unit, 'RestrictAddressFamilies'), unrestricted, (current, value) =>
      applyAddressFamilies(current, value, unit.target.version),
    ),
  SystemCallArchitectures: (unit) =>
    sumSinceReset(execution(unit, 'SystemCallArchitectures'), noArchitectures, (current, value) => applyArchitectures(current, value, unit.target.version)),
  SystemCallFilter: (unit) =>
    sumSinceReset<SystemCallFilter | undefined>(execution(unit, 'SystemCallFilter'), unrestricted, (current, value) =>
      applySystemCallFilter(current, value, unit.target.version),
    ),

  Delegate: scalar<YesNo>('Delegate', 'no', delegate, (unit, key) => (delegating.has(unit.type) ? resources(unit, key) : [])),
  DevicePolicy: (unit) => closedByPrivateDevices(readDevicePolicy(unit), unit),
  DeviceAllow: (unit) => withNeededDevices(readDeviceAllow(unit), unit),
  IPAddressAllow: (unit) => listOf(resources(unit, 'IPAddressAllow'), noNetworks, parseNetworks),
  IPAddressDeny: (unit) => listOf(resources(unit, 'IPAddressDeny'), noNetworks, parseNetworks),
  IPIngressFilterPath: (unit) => listOf(resources(unit, 'IPIngressFilterPath'), noWords, (value) => filterPath(value, unit)),
  IPEgressFilterPath: (unit) => listOf(resources(unit, 'IPEgressFilterPath'), noWords, (value) => filterPath(value, unit)),
  NotifyAccess: scalar('NotifyAccess', 'none', oneOf(['none', 'main', 'exec', 'all']), (unit, key) => (unit.type === 'service' ? execution(unit, key) : [])),
}

const ofUnit = (unit: AssignmentSource, key: string): readonly Assignment[] => unit.assignments('Unit', key)
const defaultDependencies = scalar<YesNo>('DefaultDependencies', 'yes', boolean, ofUnit)
const ownDependencies = scalar<YesNo>('DefaultDependencies', 'no', boolean, ofUnit)

/** Whether a unit is there from the start, before any other (systemd.special(7)). */
function isPerpetual({name}: AssignmentSource): boolean {
  return name === '-.slice' || name === 'system.slice' || name === '-.mount'
}

/** The types of units that can leave their control group to others. */
const delegating: ReadonlySet<UnitType> = new Set(['service', 'scope'])

const unrestricted = byDefault(undefined)
const noWords: Setting<readonly string[]> = byDefault([])
const noNetworks: Setting<readonly Network[]> = byDefault([])
const noDevices: Setting<readonly DeviceEntry[]> = byDefault([])
const noArchitectures: Setting<ReadonlySet<string>> = byDefault(new Set<string>())

function flag(key: string): Reader<YesNo> {
  return scalar<YesNo>(key, 'no', boolean)
}

/** A reader of a key that older versions do not know. */
function since<Value>(version: number, reader: Reader<Value>, fallback: Value): Reader<Value> {
  const unset = byDefault(fallback)
  return (unit) => (unit.target.version >= version ? reader(unit) : unset)
}

const ownUser = scalar<string | undefined>('User', undefined, (value, unit) => {
  if (value === '') return {value: undefined}
  const name = expandSpecifiers(value, unit)
  return name !== undefined && isUserOrGroup(name) ? {value: name} : undefined
})

function readUser(unit: Reading): Setting<string | undefined> {
  const own = ownUser(unit)
  const dynamic = unit.read('DynamicUser')
  return own.value === undefined && dynamic.value === 'yes' ? impliedBy('DynamicUser', dynamic, dynamicUser(unit), own) : own
}

function groupNames(value: string, unit: Reading): string[] | undefined {
  const names = splitWords(value, 'plain').words.map(({text}) => expandSpecifiers(text, unit))
  return names.every((name) => name !== undefined && isUserOrGroup(name)) ? names.filter((name) => name !== undefined) : undefined
}

function path(value: string, unit: Reading): ReturnType<Parser<string | undefined>> {
  if (value === '') return {value: undefined}
  const absolute = parseAbsolutePath(expandSpecifiers(value, unit) ?? '', unit.target.version)
  return absolute === undefined ? undefined : {value: absolute}
}

function filterPath(value: string, unit: Reading): string[] | undefined {
  const absolute = parseAbsolutePath(expandSpecifiers(value, unit) ?? '', unit.target.version)
  return absolute === undefined ? undefined : [absolute]
}

const readMask = scalar('UMask', 0o022, (value) => {
  const mask = parseMode(value)
  return mask === undefined ? undefined : {value: mask}
})

const maskWithoutProcesses = byDefault(0o002)

const keyrings = ['inherit', 'private', 'shared'] as const
type Keyring = (typeof keyrings)[number]

/** By what is in force when nothing is written. */
const keyringReaders: Readonly<Record<Keyring, Reader<Keyring>>> = {
  inherit: scalar<Keyring>('KeyringMode', 'inherit', oneOf(keyrings)),
  private: scalar<Keyring>('KeyringMode', 'private', oneOf(keyrings)),
  shared: scalar<Keyring>('KeyringMode', 'shared', oneOf(keyrings)),
}

function readKeyringMode(unit: Reading): Setting<Keyring> {
  if (executionSection(unit.type) === undefined) return keyringReaders.shared(unit)
  return keyringReaders[unit.manager === 'user' ? 'inherit' : unit.type === 'service' ? 'private' : 'shared'](unit)
}

function readCapabilities(key: CapabilityKey, unit: Reading): Setting<CapabilitySet> {
  const {version} = unit.target
  const unset = key === 'AmbientCapabilities' ? noCapabilities : version >= 259 ? allSince259 : allUpTo258
  return sumOf(execution(unit, key), unset, (current, value) => applyCapabilities(key, current, value, version))
}

const noCapabilities = byDefault(untouchedCapabilities('AmbientCapabilities', 259))
const allSince259 = byDefault(untouchedCapabilities('CapabilityBoundingSet', 259))
const allUpTo258 = byDefault(untouchedCapabilities('CapabilityBoundingSet', 258))

/** No words: to be delegated everything. Words are controllers, of which unknown ones are no reason not to delegate. */
function delegate(value: string): ReturnType<Parser<YesNo>> {
  const on = value === '' || parseBoolean(value)
  if (on !== undefined) return {value: on ? 'yes' : 'no'}
  return splitWords(value, 'quotes').fault ? undefined : {value: 'yes'}
}

const readDevicePolicy = scalar('DevicePolicy', 'auto', oneOf(['auto', 'closed', 'strict']), resources)

function readDeviceAllow(unit: Reading): Setting<readonly DeviceEntry[]> {
  const list = listOf(resources(unit, 'DeviceAllow'), noDevices, (value) => {
    const entry = parseDeviceEntry(value, unit)
    return entry && [entry]
  })
  return list.value.length > 1 ? {...list, value: list.value.toReversed()} : list
}
