/**
 * The rules that ask a service for restrictions, as `systemd-analyze security` judges them and
 * beyond.
 */
export const hardening = [
  'capability-bounding-set',
  'device-policy',
  'ip-address-deny',
  'keyring-mode',
  'lock-personality',
  'memory-deny-write-execute',
  'no-new-privileges',
  'notify-access',
  'private-bpf',
  'private-devices',
  'private-ipc',
  'private-mounts',
  'private-network',
  'private-pids',
  'private-tmp',
  'private-users',
  'proc-subset',
  'protect-clock',
  'protect-control-groups',
  'protect-home',
  'protect-hostname',
  'protect-kernel-logs',
  'protect-kernel-modules',
  'protect-kernel-tunables',
  'protect-proc',
  'protect-system',
  'remove-ipc',
  'restrict-address-families',
  'restrict-namespaces',
  'restrict-realtime',
  'restrict-suid-sgid',
  'system-call-architectures',
  'system-call-filter',
  'umask',
  'user',
] as const

/**
 * Those of them whose safe fixes every service bore that they were tried on, whatever is known of
 * its program.
 */
export const gentle = [
  // Its safe part: of what starts without capabilities, which bears `NoNewPrivileges=` as well.
  'capability-bounding-set',
  'lock-personality',
  'no-new-privileges',
  'private-devices',
  'private-ipc',
  'private-mounts',
  'protect-clock',
  'protect-control-groups',
  'protect-hostname',
  'protect-kernel-logs',
  'protect-kernel-modules',
  'protect-kernel-tunables',
  'protect-system',
  'restrict-address-families',
  'restrict-namespaces',
  'restrict-realtime',
  'restrict-suid-sgid',
  'system-call-architectures',
  // Its safe part: groups that hardly any service calls, and that fail instead of kill.
  'system-call-filter',
] as const satisfies ReadonlyArray<(typeof hardening)[number]>
