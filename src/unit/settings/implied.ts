import {droppers} from '../../facts/hardening.ts'
import {capabilitySet, type CapabilitySet} from '../../values/capabilities.ts'
import {loadCredential, setCredential} from '../../values/credentials.ts'
import type {Reader} from '../../values/fault.ts'
import type {DeviceEntry} from '../../values/devices.ts'
import {imageList} from '../../values/images.ts'
import {path} from '../../values/path-values.ts'
import {parseUnitName} from '../../values/unit-names.ts'
import {execution, meaningIn, scalar, type SettingSource} from './source.ts'
import {withImplied, listOf, byDefault, type Setting} from './setting.ts'

/**
 * The user that `DynamicUser=yes` makes up for a unit: named after it, or by a hash where its name
 * is none for a user (the digits are not computed).
 */
export function dynamicUser(unit: SettingSource): string {
  const {prefix} = parseUnitName(unit.name)
  return /^[A-Za-z_][A-Za-z0-9_-]{0,30}$/.test(prefix) ? prefix : '_du0000000000000000'
}

/**
 * The bounding set without the capabilities that other settings take away, listed ones included
 * (systemd.exec(5)).
 */
export function withoutLost(
  own: Setting<CapabilitySet>,
  unit: SettingSource,
): Setting<CapabilitySet> {
  let setting = own
  for (const {by, drops} of droppers()) {
    const loser = unit.read(by)
    const lost = capabilitySet(drops)
    if (loser.value === 'no' || (setting.value & lost) === 0n) continue
    const value = setting.value & ~lost
    setting = own.origin.kind === 'default' ? withImplied(by, loser, value) : {...setting, value}
  }
  return setting
}

const imageDevices: readonly DeviceEntry[] = [
  {device: '/dev/loop-control', access: 'rw'},
  {device: '/dev/mapper/control', access: 'rw'},
  {device: 'block-loop', access: 'rwm'},
  {device: 'block-blkext', access: 'rwm'},
  {device: 'block-device-mapper', access: 'rwm'},
]

/**
 * The device list with the devices that other settings need, where there is a list or a policy at
 * all.
 */
export function withNeededDevices(
  own: Setting<readonly DeviceEntry[]>,
  unit: SettingSource,
): Setting<readonly DeviceEntry[]> {
  const policy = unit.read('DevicePolicy')
  if (policy.value === 'auto' && own.value.length === 0) return own
  let setting = own
  const add = (by: string, from: Setting<unknown>, entries: readonly DeviceEntry[]): void => {
    const value = [...entries.toReversed(), ...setting.value]
    setting = own.origin.kind === 'default' ? withImplied(by, from, value) : {...setting, value}
  }
  const image = imageSource(unit)
  if (image) add(image.key, image.setting, imageDevices)
  const clock = unit.read('ProtectClock')
  if (clock.value === 'yes') add('ProtectClock', clock, [{device: 'char-rtc', access: 'r'}])
  const credentials = encryptedCredentials(unit)
  if (credentials) add(credentials.key, credentials.setting, [tpm(unit.target.version)])
  return setting
}

interface ImplyingSetting {
  readonly key: string
  readonly setting: Setting<unknown>
}

const rootStack = scalar<string | undefined>('RootMStack', undefined, (value, unit) => {
  if (value === '') return {value: undefined}
  const stack = meaningIn(unit, 'RootMStack', path, value)
  return stack === undefined ? undefined : {value: stack}
})

function imageSource(unit: SettingSource): ImplyingSetting | undefined {
  const image = unit.read('RootImage')
  if (image.value !== undefined) return {key: 'RootImage', setting: image}
  const images = listOf(
    execution(unit, 'MountImages'),
    byDefault<readonly number[]>([]),
    (value) => [meaningIn(unit, 'MountImages', imageList, value) ?? 0],
  )
  if (images.value.some((count) => count > 0)) return {key: 'MountImages', setting: images}
  const stack = unit.target.version >= 260 ? rootStack(unit) : undefined
  return stack?.value === undefined ? undefined : {key: 'RootMStack', setting: stack}
}

function tpm(version: number): DeviceEntry {
  return {device: version >= 254 ? 'char-tpm' : '/dev/tpmrm0', access: 'rw'}
}

/** A credential that has to be decrypted, for which 252 to 257 let the service at the TPM. */
function encryptedCredentials(unit: SettingSource): ImplyingSetting | undefined {
  const {version} = unit.target
  if (version < 252 || version > 257) return undefined
  return (
    encryptedAmong(unit, 'LoadCredential', loadCredential) ??
    encryptedAmong(unit, 'SetCredential', setCredential)
  )
}

/**
 * The plain and the encrypted form of a key share one list: of the lines about a name the last one
 * counts, and is all that there is of it.
 */
function encryptedAmong(
  unit: SettingSource,
  key: string,
  read: Reader<string>,
): ImplyingSetting | undefined {
  const encryptedKey = `${key}Encrypted`
  const found = execution(unit, encryptedKey).find(
    ({value}) => value !== '' && meaningIn(unit, encryptedKey, read, value) !== undefined,
  )
  return (
    found && {
      key: encryptedKey,
      setting: {value: undefined, origin: {kind: 'written', assignments: [found]}},
    }
  )
}
