/** The directives that restrict what a service may do, as far as rules and `systemd-analyze security` care. */
const hardening: ReadonlySet<string> = new Set([
  'AmbientCapabilities',
  'CapabilityBoundingSet',
  'DeviceAllow',
  'DevicePolicy',
  'IPAddressAllow',
  'IPAddressDeny',
  'KeyringMode',
  'LockPersonality',
  'MemoryDenyWriteExecute',
  'NoNewPrivileges',
  'PrivateDevices',
  'PrivateIPC',
  'PrivateMounts',
  'PrivateNetwork',
  'PrivatePIDs',
  'PrivateTmp',
  'PrivateUsers',
  'ProcSubset',
  'ProtectClock',
  'ProtectControlGroups',
  'ProtectHome',
  'ProtectHostname',
  'ProtectKernelLogs',
  'ProtectKernelModules',
  'ProtectKernelTunables',
  'ProtectProc',
  'ProtectSystem',
  'RemoveIPC',
  'RestrictAddressFamilies',
  'RestrictFileSystems',
  'RestrictNamespaces',
  'RestrictNetworkInterfaces',
  'RestrictRealtime',
  'RestrictSUIDSGID',
  'SecureBits',
  'SocketBindAllow',
  'SocketBindDeny',
  'SystemCallArchitectures',
  'SystemCallErrorNumber',
  'SystemCallFilter',
  'SystemCallLog',
  'UMask',
])

/** Whether lines that harden a service belong beside a line of this directive. */
export function isHardening(directive: string): boolean {
  return hardening.has(directive)
}

/** What setting a directive may set too (systemd.exec(5)): so that no line is added that another makes needless. */
const implications: ReadonlyMap<string, readonly string[]> = new Map([
  ['DynamicUser', ['NoNewPrivileges', 'PrivateTmp', 'ProtectHome', 'ProtectSystem', 'RemoveIPC', 'RestrictSUIDSGID']],
  ['PrivateDevices', ['CapabilityBoundingSet', 'DevicePolicy']],
  ['ProtectClock', ['CapabilityBoundingSet']],
  ['ProtectKernelLogs', ['CapabilityBoundingSet']],
  ['ProtectKernelModules', ['CapabilityBoundingSet']],
])

/** The directives that setting this one may set too. */
export function impliedBy(directive: string): readonly string[] {
  return implications.get(directive) ?? []
}

/** Those that a user manager can apply without privileges: they act by prctl and seccomp (systemd.exec(5), "only available for system services"). */
const unprivileged: ReadonlySet<string> = new Set([
  'LockPersonality',
  'MemoryDenyWriteExecute',
  'NoNewPrivileges',
  'RestrictAddressFamilies',
  'RestrictNamespaces',
  'RestrictRealtime',
  'RestrictSUIDSGID',
  'SystemCallArchitectures',
  'SystemCallErrorNumber',
  'SystemCallFilter',
  'UMask',
  'KeyringMode',
  'NotifyAccess',
])

/** Whether a unit of a user manager may have it and start. */
export function worksForUsers(directive: string): boolean {
  return unprivileged.has(directive)
}
