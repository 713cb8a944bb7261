import type {Held} from '../../facts/sandboxing/row.ts'
import type {
  HeldBy,
  UnorderedSettingKey,
  WordDirective,
  WordOf,
} from '../../facts/sandboxing/rows.ts'
import type {AddressFamilyFilter} from '../../values/address-families.ts'
import type {CapabilitySet} from '../../values/capabilities.ts'
import type {DeviceEntry} from '../../values/devices.ts'
import type {Network} from '../../values/ip-networks.ts'
import type {NamespaceSet} from '../../values/namespaces.ts'
import type {SystemCallFilter} from '../../values/syscalls.ts'

/** A boolean, as systemd prints it. */
export type YesNo = 'yes' | 'no'

type WordSettings = {readonly [Key in WordDirective]: WordOf<Key>}
type Unordered = {readonly [Key in UnorderedSettingKey]: HeldValues[HeldBy<Key>]}

/**
 * The values of the settings that sandbox a unit, by key: of each directive that has a row, unless
 * nobody asks for it.
 *
 * Words are those that the target's systemd prints: `PrivateTmp=on` is `yes` up to 256 and
 * `connected` from 257 on. `PrivateMounts` is `no` also where nothing is set, which the exposure of
 * 254 and later tells apart; `ProtectHostname` is without the host name behind a colon.
 */
export interface SettingValues extends WordSettings, Unordered {
  /** Of the section `Unit`. */
  readonly DefaultDependencies: YesNo
}

/** What the settings hold that are no words. */
interface HeldValues extends Record<Exclude<Held, 'nothing'>, unknown> {
  /** Undefined for the user that the manager runs as. */
  readonly user: string | undefined
  readonly names: readonly string[]
  readonly path: string | undefined
  readonly paths: readonly string[]
  /** Permission bits that are taken away. */
  readonly mask: number
  readonly networks: readonly Network[]
  /** The newest entry first, those that other settings add before all. */
  readonly devices: readonly DeviceEntry[]
  readonly capabilities: CapabilitySet
  /** The kinds that are left; undefined where none is denied. */
  readonly namespaces: NamespaceSet | undefined
  /** Undefined where all are allowed. */
  readonly families: AddressFamilyFilter | undefined
  /** Empty where all are allowed. */
  readonly architectures: ReadonlySet<string>
  /** Undefined where all are allowed. */
  readonly calls: SystemCallFilter | undefined
}

/** The name of a setting. */
export type SettingKey = keyof SettingValues
