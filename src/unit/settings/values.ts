import type {AddressFamilyFilter} from '../../values/address-families.ts'
import type {CapabilitySet} from '../../values/capabilities.ts'
import type {DeviceEntry} from '../../values/devices.ts'
import type {Network} from '../../values/ip-networks.ts'
import type {NamespaceSet} from '../../values/namespaces.ts'
import type {SystemCallFilter} from '../../values/syscalls.ts'

/** A boolean, as systemd prints it. */
export type YesNo = 'yes' | 'no'

/**
 * The values of the settings that sandbox a unit, by key (systemd.exec(5), systemd.resource-control(5), systemd.service(5)).
 *
 * Words are those that the target's systemd prints: `PrivateTmp=on` is `yes` up to 256 and `connected` from 257 on.
 */
export interface SettingValues {
  /** Of the section `Unit`. */
  DefaultDependencies: YesNo

  /** Undefined for the user that the manager runs as. */
  User: string | undefined
  DynamicUser: YesNo
  SupplementaryGroups: readonly string[]

  PrivateDevices: YesNo
  PrivateIPC: YesNo
  /** `no` also where nothing is set, which the exposure of 254 and later tells apart. */
  PrivateMounts: YesNo
  PrivateNetwork: YesNo
  PrivatePIDs: YesNo
  PrivateTmp: YesNo | 'connected' | 'disconnected'
  PrivateUsers: YesNo | 'self' | 'identity' | 'full' | 'managed'
  ProtectClock: YesNo
  ProtectControlGroups: YesNo | 'private' | 'strict'
  ProtectHome: YesNo | 'read-only' | 'tmpfs'
  /** Without the host name behind a colon. */
  ProtectHostname: YesNo | 'private'
  ProtectKernelLogs: YesNo
  ProtectKernelModules: YesNo
  ProtectKernelTunables: YesNo
  ProtectProc: 'default' | 'noaccess' | 'invisible' | 'ptraceable'
  ProtectSystem: YesNo | 'full' | 'strict'
  ProcSubset: 'all' | 'pid'
  RootDirectory: string | undefined
  RootImage: string | undefined

  LockPersonality: YesNo
  MemoryDenyWriteExecute: YesNo
  NoNewPrivileges: YesNo
  RemoveIPC: YesNo
  RestrictRealtime: YesNo
  RestrictSUIDSGID: YesNo
  KeyringMode: 'inherit' | 'private' | 'shared'
  /** Permission bits that are taken away. */
  UMask: number

  CapabilityBoundingSet: CapabilitySet
  AmbientCapabilities: CapabilitySet
  /** The kinds that are left; undefined where none is denied. */
  RestrictNamespaces: NamespaceSet | undefined
  /** Undefined where all are allowed. */
  RestrictAddressFamilies: AddressFamilyFilter | undefined
  /** Empty where all are allowed. */
  SystemCallArchitectures: ReadonlySet<string>
  /** Undefined where all are allowed. */
  SystemCallFilter: SystemCallFilter | undefined

  Delegate: YesNo
  DevicePolicy: 'auto' | 'closed' | 'strict'
  /** The newest entry first, those that other settings add before all. */
  DeviceAllow: readonly DeviceEntry[]
  IPAddressAllow: readonly Network[]
  IPAddressDeny: readonly Network[]
  IPIngressFilterPath: readonly string[]
  IPEgressFilterPath: readonly string[]
  NotifyAccess: 'none' | 'main' | 'exec' | 'all'
}

/** The name of a setting. */
export type SettingKey = keyof SettingValues
