import type {Assignment, AssignmentSource} from '../unit.ts'
import {sandboxingKeys} from '../../facts/hardening.ts'
import {rows} from '../../facts/sandboxing/rows.ts'
import type {SandboxingKey, WordDirective} from '../../facts/sandboxing/rows.ts'
import {applyAddressFamilies, type AddressFamilyFilter} from '../../values/address-families.ts'
import {applyArchitectures} from '../../values/architectures.ts'
import {parseBoolean} from '../../values/boolean.ts'
import {applyCapabilities, untouchedCapabilities, type CapabilityKey, type CapabilitySet} from '../../values/capabilities.ts'
import {parseDeviceEntry, type DeviceEntry} from '../../values/devices.ts'
import {parseNetworks, type Network} from '../../values/ip-networks.ts'
import {parseMode} from '../../values/mode.ts'
import {isUserOrGroup} from '../../values/names.ts'
import {applyNamespaces, type NamespaceSet} from '../../values/namespaces.ts'
import {parseAbsolutePath} from '../../values/paths.ts'
import {expandSpecifiers} from '../../values/specifiers.ts'
import {applySystemCallFilter, type SystemCallFilter} from '../../values/syscalls.ts'
import {splitWords} from '../../values/words.ts'
import {dynamicUser, withNeededDevices, withoutLost} from './implied.ts'
import {execution, resources, scalar, type Parser, type Reader, type Reading} from './reading.ts'
import {executionSection} from '../../facts/sections.ts'
import type {SettingKey, SettingValues, YesNo} from './values.ts'
import {boolean, wordReader} from './words.ts'
import {byDefault, impliedBy, listOf, sumOf, sumSinceReset, type Setting} from './setting.ts'

/** How a setting is worked out from what is written (systemd.exec(5), systemd.resource-control(5), systemd.service(5)). */
export function readerOf<Key extends SettingKey>(key: Key): Reader<SettingValues[Key]> {
  if (Object.hasOwn(own, key)) {
    // Each key has a reader of its own type.
    return own[key as keyof typeof own] as unknown as Reader<SettingValues[Key]>
  }
  // All that have no reader of their own hold a word, by the type of `own`.
  return wordReader(key as WordDirective) as unknown as Reader<SettingValues[Key]>
}

/** The names of all settings. */
export function allSettings(): readonly SettingKey[] {
  const words = sandboxingKeys().filter((key): key is SettingKey & SandboxingKey => {
    const {holds} = rows[key]
    return holds !== 'nothing'
  })
  return ['DefaultDependencies', ...words]
}

type OwnReaders = {
  readonly [Key in Exclude<SettingKey, WordDirective>]: Reader<SettingValues[Key]>
} & {readonly [Key in 'Delegate' | 'KeyringMode']: Reader<SettingValues[Key]>}

/** What is no word; and words that are read or defaulted otherwise than others. */
const own: OwnReaders = {
  DefaultDependencies: (unit) => (isPerpetual(unit) ? ownDependencies(unit) : defaultDependencies(unit)),

  User: readUser,
  SupplementaryGroups: (unit) => listOf(execution(unit, 'SupplementaryGroups'), noWords, (value) => groupNames(value, unit)),
  RootDirectory: scalar<string | undefined>('RootDirectory', undefined, path),
  RootImage: scalar<string | undefined>('RootImage', undefined, path),
  KeyringMode: wordReader('KeyringMode', {fallback: defaultKeyring}),
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

  Delegate: wordReader('Delegate', {parse: delegate}),
  DeviceAllow: (unit) => withNeededDevices(readDeviceAllow(unit), unit),
  IPAddressAllow: (unit) => listOf(resources(unit, 'IPAddressAllow'), noNetworks, parseNetworks),
  IPAddressDeny: (unit) => listOf(resources(unit, 'IPAddressDeny'), noNetworks, parseNetworks),
  IPIngressFilterPath: (unit) => listOf(resources(unit, 'IPIngressFilterPath'), noWords, (value) => filterPath(value, unit)),
  IPEgressFilterPath: (unit) => listOf(resources(unit, 'IPEgressFilterPath'), noWords, (value) => filterPath(value, unit)),
}

const ofUnit = (unit: AssignmentSource, key: string): readonly Assignment[] => unit.assignments('Unit', key)
const defaultDependencies = scalar<YesNo>('DefaultDependencies', 'yes', boolean, ofUnit)
const ownDependencies = scalar<YesNo>('DefaultDependencies', 'no', boolean, ofUnit)

/** Whether a unit is there from the start, before any other (systemd.special(7)). */
function isPerpetual({name}: AssignmentSource): boolean {
  return name === '-.slice' || name === 'system.slice' || name === '-.mount'
}

const unrestricted = byDefault(undefined)
const noWords: Setting<readonly string[]> = byDefault([])
const noNetworks: Setting<readonly Network[]> = byDefault([])
const noDevices: Setting<readonly DeviceEntry[]> = byDefault([])
const noArchitectures: Setting<ReadonlySet<string>> = byDefault(new Set<string>())

const ownUser = scalar<string | undefined>('User', undefined, (value, unit) => {
  if (value === '') return {value: undefined}
  const name = expandSpecifiers(value, unit)
  return name !== undefined && isUserOrGroup(name) ? {value: name} : undefined
})

function readUser(unit: Reading): Setting<string | undefined> {
  const own = ownUser(unit)
  const dynamic = unit.read('DynamicUser')
  return own.value === undefined && dynamic.value === 'yes' ? impliedBy('DynamicUser', dynamic, dynamicUser(unit)) : own
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

/** What is in force when nothing is written. */
function defaultKeyring({type, manager}: Reading): string {
  if (executionSection(type) === undefined) return 'shared'
  if (manager === 'user') return 'inherit'
  return type === 'service' ? rows.KeyringMode.reads.default : 'shared'
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

function readDeviceAllow(unit: Reading): Setting<readonly DeviceEntry[]> {
  const list = listOf(resources(unit, 'DeviceAllow'), noDevices, (value) => {
    const entry = parseDeviceEntry(value, unit)
    return entry && [entry]
  })
  return list.value.length > 1 ? {...list, value: list.value.toReversed()} : list
}
