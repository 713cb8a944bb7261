import type {Assignment, AssignmentSource} from '../unit.ts'
import {sandboxingKeys} from '../../facts/hardening.ts'
import {rows} from '../../facts/sandboxing/rows.ts'
import type {SandboxingKey, WordDirective} from '../../facts/sandboxing/rows.ts'
import {applyAddressFamilies, type AddressFamilyFilter} from '../../values/address-families.ts'
import {applyArchitectures} from '../../values/architectures.ts'
import {
  applyCapabilities,
  untouchedCapabilities,
  type CapabilityKey,
  type CapabilitySet,
} from '../../values/capabilities.ts'
import {booleanOrControllerList} from '../../values/controllers.ts'
import {deviceAllow, type DeviceEntry} from '../../values/devices.ts'
import {parseNetworks, type Network} from '../../values/ip-networks.ts'
import type {Reader} from '../../values/fault.ts'
import {parseMode} from '../../values/mode.ts'
import {applyNamespaces, type NamespaceSet} from '../../values/namespaces.ts'
import {path} from '../../values/path-values.ts'
import {applySystemCallFilter, type SystemCallFilter} from '../../values/syscalls.ts'
import {userOrGroup, userOrGroupList} from '../../values/users.ts'
import {dynamicUser, withNeededDevices, withoutLost} from './implied.ts'
import {
  execution,
  meaningIn,
  resources,
  scalar,
  type Parser,
  type SettingReader,
  type SettingSource,
} from './source.ts'
import {executionSection} from '../../facts/sections.ts'
import type {SettingKey, SettingValues, YesNo} from './values.ts'
import {boolean, wordReader} from './words.ts'
import {byDefault, withImplied, listOf, sumOf, sumSinceReset, type Setting} from './setting.ts'

/**
 * How a setting is worked out from what is written (systemd.exec(5), systemd.resource-control(5),
 * systemd.service(5)).
 */
export function readerOf<Key extends SettingKey>(key: Key): SettingReader<SettingValues[Key]> {
  if (Object.hasOwn(own, key)) {
    // Each key has a reader of its own type.
    return own[key as keyof typeof own] as unknown as SettingReader<SettingValues[Key]>
  }
  // All that have no reader of their own hold a word, by the type of `own`.
  return wordReader(key as WordDirective) as unknown as SettingReader<SettingValues[Key]>
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
  readonly [Key in Exclude<SettingKey, WordDirective>]: SettingReader<SettingValues[Key]>
} & {readonly [Key in 'Delegate' | 'KeyringMode']: SettingReader<SettingValues[Key]>}

/** What is no word; and words that are read or defaulted otherwise than others. */
const own: OwnReaders = {
  DefaultDependencies: (unit) =>
    isPerpetual(unit) ? ownDependencies(unit) : defaultDependencies(unit),

  User: readUser,
  SupplementaryGroups: (unit) =>
    listOf(execution(unit, 'SupplementaryGroups'), noWords, (value) =>
      meaningIn(unit, 'SupplementaryGroups', userOrGroupList, value),
    ),
  RootDirectory: scalar<string | undefined>(
    'RootDirectory',
    undefined,
    textOf('RootDirectory', path),
  ),
  RootImage: scalar<string | undefined>('RootImage', undefined, textOf('RootImage', path)),
  KeyringMode: wordReader('KeyringMode', {fallback: defaultKeyring}),
  UMask: (unit) =>
    executionSection(unit.type) === undefined ? maskWithoutProcesses : readMask(unit),

  CapabilityBoundingSet: (unit) =>
    withoutLost(readCapabilities('CapabilityBoundingSet', unit), unit),
  AmbientCapabilities: (unit) => readCapabilities('AmbientCapabilities', unit),
  RestrictNamespaces: (unit) =>
    sumSinceReset<NamespaceSet | undefined>(
      execution(unit, 'RestrictNamespaces'),
      unrestricted,
      (current, value) => applyNamespaces(current, value, unit.target.version),
    ),
  RestrictAddressFamilies: (unit) =>
    sumSinceReset<AddressFamilyFilter | undefined>(
      execution(unit, 'RestrictAddressFamilies'),
      unrestricted,
      (current, value) => applyAddressFamilies(current, value, unit.target.version),
    ),
  SystemCallArchitectures: (unit) =>
    sumSinceReset(execution(unit, 'SystemCallArchitectures'), noArchitectures, (current, value) =>
      applyArchitectures(current, value, unit.target.version),
    ),
  SystemCallFilter: (unit) =>
    sumSinceReset<SystemCallFilter | undefined>(
      execution(unit, 'SystemCallFilter'),
      unrestricted,
      (current, value) => applySystemCallFilter(current, value, unit.target.version),
    ),

  Delegate: wordReader('Delegate', {parse: delegate}),
  DeviceAllow: (unit) => withNeededDevices(readDeviceAllow(unit), unit),
  IPAddressAllow: (unit) =>
    listOf(resources(unit, 'IPAddressAllow'), noNetworks, (value) =>
      parseNetworks(value, unit.target.version),
    ),
  IPAddressDeny: (unit) =>
    listOf(resources(unit, 'IPAddressDeny'), noNetworks, (value) =>
      parseNetworks(value, unit.target.version),
    ),
  IPIngressFilterPath: (unit) =>
    listOf(resources(unit, 'IPIngressFilterPath'), noWords, (value) =>
      pathIn(unit, 'IPIngressFilterPath', value),
    ),
  IPEgressFilterPath: (unit) =>
    listOf(resources(unit, 'IPEgressFilterPath'), noWords, (value) =>
      pathIn(unit, 'IPEgressFilterPath', value),
    ),
}

const ofUnit = (unit: AssignmentSource, key: string): readonly Assignment[] =>
  unit.assignments('Unit', key)
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

const ownUser = scalar<string | undefined>('User', undefined, textOf('User', userOrGroup))

function readUser(unit: SettingSource): Setting<string | undefined> {
  const own = ownUser(unit)
  const dynamic = unit.read('DynamicUser')
  return own.value === undefined && dynamic.value === 'yes'
    ? withImplied('DynamicUser', dynamic, dynamicUser(unit))
    : own
}

/** A text that a directive means; empty ones stand for none. */
function textOf(key: string, read: Reader<string>): Parser<string | undefined> {
  return (value, unit) => {
    const text = value === '' ? '' : meaningIn(unit, key, read, value)
    return text === undefined ? undefined : {value: text === '' ? undefined : text}
  }
}

/** A path that a line adds to a list. */
function pathIn(unit: SettingSource, key: string, value: string): readonly string[] | undefined {
  const found = meaningIn(unit, key, path, value)
  return found === undefined ? undefined : [found]
}

const readMask = scalar('UMask', 0o022, (value, {target}) => {
  const mask = parseMode(value, target.version)
  return mask === undefined ? undefined : {value: mask}
})

const maskWithoutProcesses = byDefault(0o002)

/** What is in force when nothing is written. */
function defaultKeyring({type, manager}: SettingSource): string {
  if (executionSection(type) === undefined) return 'shared'
  if (manager === 'user') return 'inherit'
  return type === 'service' ? rows.KeyringMode.reads.default : 'shared'
}

function readCapabilities(key: CapabilityKey, unit: SettingSource): Setting<CapabilitySet> {
  const {version} = unit.target
  const unset =
    key === 'AmbientCapabilities' ? noCapabilities : version >= 259 ? allSince259 : allUpTo258
  return sumOf(execution(unit, key), unset, (current, value) =>
    applyCapabilities(key, current, value, version),
  )
}

const noCapabilities = byDefault(untouchedCapabilities('AmbientCapabilities', 259))
const allSince259 = byDefault(untouchedCapabilities('CapabilityBoundingSet', 259))
const allUpTo258 = byDefault(untouchedCapabilities('CapabilityBoundingSet', 258))

/** No words: to be delegated everything. */
function delegate(value: string, unit: SettingSource): ReturnType<Parser<YesNo>> {
  const delegates = meaningIn(unit, 'Delegate', booleanOrControllerList, value)
  return delegates === undefined ? undefined : {value: delegates ? 'yes' : 'no'}
}

function readDeviceAllow(unit: SettingSource): Setting<readonly DeviceEntry[]> {
  const list = listOf(resources(unit, 'DeviceAllow'), noDevices, (value) => {
    const entry = meaningIn(unit, 'DeviceAllow', deviceAllow, value)
    return entry && [entry]
  })
  return list.value.length > 1 ? {...list, value: list.value.toReversed()} : list
}
