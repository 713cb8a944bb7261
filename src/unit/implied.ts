import type {EffectiveValue} from './effective-value.ts'
import {impliedBy} from '../facts/hardening.ts'
import type {LoadedUnit} from './load.ts'
import {taken} from './read/taken.ts'
import {settingKeys, settings, settingsOf, type SettingKey, type SettingValues} from './settings.ts'
import {executionSection, resourceSection} from '../facts/sections.ts'
import type {Assignment, AssignmentSource, Origin} from './unit.ts'
import {valueOf, valuesOfAny} from './value.ts'
import {capabilitiesIn, untouchedCapabilities} from '../values/capabilities.ts'
import type {DeviceEntry} from '../values/devices.ts'
import {dialectOf} from '../values/dialect.ts'

/** A value that another directive implies. */
export interface ImpliedValue {
  readonly value: EffectiveValue
  readonly by: Assignment
  /** It adds to what is written, else it takes its place. */
  readonly adds: boolean
}

/**
 * What directives of a unit imply for others (systemd.exec(5), systemd.service(5)), in words that a
 * unit file could have.
 */
export function impliedValues(unit: LoadedUnit): ImpliedValue[] {
  const all = settings(unit)
  const values = settingKeys.flatMap((key) => {
    const {value, origin} = all[key]
    const assignment = origin.kind === 'implied' ? lastOf(origin.origin) : undefined
    if (!assignment || typeof value !== 'string' || isMadeUp(value)) return []
    return implied(unit, key, [value], assignment, false)
  })
  return [
    ...values,
    ...lostCapabilities(unit),
    ...neededDevices(unit),
    ...(unit.type === 'service' ? impliedByService(unit) : []),
  ]
}

/**
 * The defaults of the sandboxing of a unit for what no value is known of; an empty one is none, and
 * `~` is all.
 */
export function defaultValues(
  unit: LoadedUnit,
  known: readonly EffectiveValue[],
): EffectiveValue[] {
  const all = settingsOf({...unit, assignments: () => []})
  const names = new Set(known.map(({section, key}) => `${section}.${key}`))
  return settingKeys.flatMap((key) => {
    const section = sectionOf(key, unit)
    if (section === undefined || names.has(`${section}.${key}`)) return []
    return [
      {
        section,
        key,
        value: textOfDefault(key, all[key].value, unit.target.version),
        origin: {kind: 'default'},
      },
    ]
  })
}

function implied(
  unit: LoadedUnit,
  key: SettingKey,
  values: readonly string[],
  by: Assignment,
  adds: boolean,
): ImpliedValue[] {
  const section = sectionOf(key, unit)
  const origin = {kind: 'implied', by: `${by.key}=${by.value}`, assignment: by} as const
  return section === undefined
    ? []
    : values.map((value) => ({value: {section, key, value, origin}, by, adds}))
}

/**
 * What a service needs for what it says of itself (systemd.service(5), "NotifyAccess=",
 * "BusName=").
 */
function impliedByService(unit: LoadedUnit): ImpliedValue[] {
  const value = (key: string, text: string, by: Assignment): ImpliedValue => {
    const origin = {kind: 'implied', by: `${by.key}=${by.value}`, assignment: by} as const
    return {value: {section: 'Service', key, value: text, origin}, by, adds: false}
  }
  const [type, bus, watchdog, store, access] = [
    'Type',
    'BusName',
    'WatchdogSec',
    'FileDescriptorStoreMax',
    'NotifyAccess',
  ].map((key) => valueOf(unit, key))
  const counts = (assignment: Assignment | undefined): boolean =>
    /[1-9]|infinity/.test(assignment?.value ?? '')
  // So that the credentials are there as long as it starts (systemd.service(5), "Type=").
  const credential =
    !type && !bus && unit.target.version >= 256 && valueOf(unit, 'ExecStart')
      ? valuesOfAny(unit, credentials)[0]
      : undefined
  const notifies = type?.value.startsWith('notify') ? type : [watchdog, store].find(counts)
  return [
    ...(bus && !type ? [value('Type', 'dbus', bus)] : []),
    ...(credential ? [value('Type', 'exec', credential)] : []),
    ...(notifies && (access?.value ?? 'none') === 'none'
      ? [value('NotifyAccess', 'main', notifies)]
      : []),
  ]
}

const credentials = [
  'LoadCredential',
  'LoadCredentialEncrypted',
  'SetCredential',
  'SetCredentialEncrypted',
  'ImportCredential',
] as const

/** A user whose name systemd makes of a hash; see `dynamicUser`. */
function isMadeUp(user: string): boolean {
  return user.startsWith('_du')
}

/** The capabilities that others take out of the bounding set. */
function lostCapabilities(unit: LoadedUnit): ImpliedValue[] {
  const key = 'CapabilityBoundingSet'
  const own = settingsOf(only(unit, [key]))[key].value
  const all = untouchedCapabilities(key, unit.target.version)
  return settingKeys.flatMap((by) => {
    const assignment = impliedBy(by).includes(key) ? lastOf(settings(unit)[by].origin) : undefined
    if (!assignment) return []
    const lost = own & all & ~settingsOf(only(unit, [by]))[key].value
    return lost === 0n
      ? []
      : implied(unit, key, [`~${capabilitiesIn(lost).join(' ')}`], assignment, true)
  })
}

/**
 * What puts devices on the list, where there is one: the directive and those that share its own
 * list.
 */
const deviceUsers = [
  ['RootImage'],
  ['MountImages'],
  ['RootMStack'],
  ['ProtectClock'],
  ['LoadCredentialEncrypted', 'LoadCredential'],
  ['SetCredentialEncrypted', 'SetCredential'],
] as const

/** The devices that others need (systemd.exec(5), "RootImage=", "ProtectClock="). */
function neededDevices(unit: LoadedUnit): ImpliedValue[] {
  const own = ['DevicePolicy', 'DeviceAllow', 'PrivateDevices']
  const countOf = (keys: readonly string[]): readonly DeviceEntry[] =>
    settingsOf(only(unit, keys)).DeviceAllow.value
  const ownCount = countOf(own).length
  const known = new Set<string>()
  return deviceUsers.flatMap(([by, ...others]) => {
    const assignment = valueOf(unit, by)
    if (!assignment) return []
    const list = countOf([...own, by, ...others])
    const entries = list
      .slice(0, list.length - ownCount)
      .map(({device, access}) => `${device} ${access}`)
    const added = entries.filter((entry) => !known.has(entry)).toReversed()
    for (const entry of added) known.add(entry)
    return implied(unit, 'DeviceAllow', added, assignment, true)
  })
}

/** What systemd takes of a unit, without all but some directives. */
function only(unit: LoadedUnit, keys: readonly string[]): AssignmentSource {
  const {assignments, ...its} = taken(unit)
  return {
    ...its,
    assignments: (section, key) => (keys.includes(key) ? assignments(section, key) : []),
  }
}

function lastOf(origin: Origin): Assignment | undefined {
  return origin.kind === 'written' ? origin.assignments.at(-1) : undefined
}

/** The section that a setting stands in; undefined where the unit has none that knows it. */
function sectionOf(key: SettingKey, {type, target}: LoadedUnit): string | undefined {
  return [executionSection(type), resourceSection(type), 'Unit'].find((section) => {
    const facts =
      section === undefined ? undefined : dialectOf(target).row(section, key, target.version)
    return facts && !facts.unsupportedInThisSection
  })
}

function textOfDefault(key: SettingKey, value: SettingValues[SettingKey], version: number): string {
  // What is unset counts as set in the exposure of 254 and later.
  if (value === undefined || (key === 'PrivateMounts' && version >= 254)) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'number') return value.toString(8).padStart(4, '0')
  return typeof value === 'bigint' && value !== 0n ? '~' : ''
}
