import type {ErrorName} from './errors.ts'

/** How what a directive denies fails. */
export interface Signs {
  readonly errors: readonly ErrorName[]
  /** Signals that end who tries. */
  readonly signals?: readonly string[]
  /** Where what it hides or protects is. */
  readonly places?: true
}

/**
 * What the kernel answers to what a directive denies; undefined for a directive that is not known
 * to make anything fail. Seen under systemd 252 and 257.
 */
export function signsOf(key: string): Signs | undefined {
  return signs[key]
}

const signs: Readonly<Record<string, Signs>> = {
  ProtectSystem: {errors: ['EROFS'], places: true},
  ProtectHome: {errors: ['EROFS', 'ENOENT', 'EACCES'], places: true},
  ReadOnlyPaths: {errors: ['EROFS'], places: true},
  BindReadOnlyPaths: {errors: ['EROFS'], places: true},
  // It is a folder of nobody, on a file system that is read-only.
  InaccessiblePaths: {errors: ['EACCES', 'ENOENT', 'EROFS'], places: true},
  TemporaryFileSystem: {errors: ['ENOENT', 'EROFS'], places: true},
  NoExecPaths: {errors: ['EACCES'], places: true},
  ReadWritePaths: {errors: [], places: true},
  ExecPaths: {errors: [], places: true},
  BindPaths: {errors: [], places: true},
  RootDirectory: {errors: ['ENOENT'], places: true},
  PrivateTmp: {errors: ['ENOENT'], places: true},
  PrivateDevices: {errors: ['ENOENT', 'EPERM', 'EACCES', 'ENXIO', 'EROFS'], places: true},
  DevicePolicy: {errors: ['EPERM'], places: true},
  DeviceAllow: {errors: ['EPERM'], places: true},
  ProtectKernelTunables: {errors: ['EROFS', 'EACCES', 'EPERM'], places: true},
  ProtectKernelModules: {errors: ['EPERM', 'ENOENT', 'EACCES'], places: true},
  ProtectKernelLogs: {errors: ['EPERM', 'ENOENT', 'EACCES'], places: true},
  ProtectControlGroups: {errors: ['EROFS', 'ENOENT'], places: true},
  ProtectClock: {errors: ['EPERM', 'EACCES', 'ENOENT'], places: true},
  ProtectHostname: {errors: ['EPERM', 'EROFS'], places: true},
  ProtectProc: {errors: ['ENOENT', 'ESRCH'], places: true},
  ProcSubset: {errors: ['ENOENT'], places: true},
  PrivatePIDs: {errors: ['ENOENT', 'ESRCH', 'EPERM'], places: true},
  DynamicUser: {errors: ['EROFS', 'EACCES', 'EPERM', 'ENOENT', 'EINVAL'], places: true},
  PrivateUsers: {errors: ['EPERM', 'EINVAL', 'EACCES', 'EOVERFLOW']},
  PrivateNetwork: {
    errors: ['ENETUNREACH', 'ECONNREFUSED', 'EADDRNOTAVAIL', 'ENXIO', 'resolve', 'ENOENT'],
  },
  PrivateIPC: {errors: ['ENOENT', 'EINVAL']},
  NetworkNamespacePath: {
    errors: ['ENETUNREACH', 'ECONNREFUSED', 'EADDRNOTAVAIL', 'ENXIO', 'resolve'],
  },
  RestrictAddressFamilies: {errors: ['EAFNOSUPPORT', 'resolve', 'ENXIO']},
  RestrictNamespaces: {errors: ['EPERM', 'ENOSYS']},
  RestrictRealtime: {errors: ['EPERM']},
  RestrictSUIDSGID: {errors: ['EPERM', 'ENOSYS']},
  RestrictNetworkInterfaces: {errors: ['EPERM', 'ENETUNREACH', 'resolve']},
  LockPersonality: {errors: ['EPERM']},
  MemoryDenyWriteExecute: {
    errors: ['EPERM', 'EACCES', 'ENOMEM'],
    signals: ['SEGV', 'TRAP', 'ABRT', 'ILL', 'BUS'],
  },
  NoNewPrivileges: {errors: ['EPERM', 'EACCES']},
  SystemCallFilter: {errors: ['EPERM', 'ENOSYS', 'EACCES', 'EINVAL'], signals: ['SYS', 'ABRT']},
  SystemCallArchitectures: {errors: [], signals: ['SYS', 'SEGV']},
  CapabilityBoundingSet: {errors: ['EPERM', 'EACCES', 'EINVAL']},
  IPAddressDeny: {errors: ['EPERM', 'ENETUNREACH', 'resolve']},
  SocketBindDeny: {errors: ['EPERM', 'EACCES']},
  KeyringMode: {errors: ['ENOKEY', 'EACCES']},
  LimitMEMLOCK: {errors: ['ENOMEM', 'EPERM', 'EAGAIN']},
  LimitNOFILE: {errors: ['EMFILE']},
  LimitNPROC: {errors: ['EAGAIN']},
  TasksMax: {errors: ['EAGAIN']},
  LimitFSIZE: {errors: ['EFBIG'], signals: ['XFSZ']},
  LimitCPU: {errors: [], signals: ['XCPU', 'KILL']},
  LimitAS: {errors: ['ENOMEM', 'EAGAIN'], signals: ['SEGV', 'ABRT', 'BUS']},
  LimitDATA: {errors: ['ENOMEM', 'EAGAIN'], signals: ['SEGV', 'ABRT', 'BUS']},
  LimitSTACK: {errors: ['ENOMEM'], signals: ['SEGV', 'ABRT', 'BUS']},
  MemoryMax: {errors: ['ENOMEM'], signals: ['KILL']},
  // What it denies is told by systemd.
  NotifyAccess: {errors: []},
}
