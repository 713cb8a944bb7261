import {homes} from '../facts/closed-folders.ts'
import {declaredPlaces, isWithin} from '../needs/evidence/declared.ts'
import type {Unit} from '../rule/unit.ts'
import type {ErrorName} from './errors.ts'
import type {Value} from '../unit/value.ts'
import type {Suspect} from './suspects.ts'

/**
 * How closely lines that hide or protect places are about a path: 0 not at all, 1 as about
 * everything, 2 as about this kind of path, 3 by its name.
 */
export type Closeness = 0 | 1 | 2 | 3

/**
 * How closely lines are about a path that could not be used, for an error that it gave
 * (systemd.exec(5), "Sandboxing").
 */
export function closeness(
  {key, value, lines}: Suspect,
  path: string,
  error: ErrorName | undefined,
  unit: Unit,
): Closeness {
  const below = (...folders: readonly string[]): Closeness => (isWithin(path, folders) ? 2 : 0)
  switch (key) {
    case 'ProtectSystem':
      return ofProtectSystem(value, path, unit)
    case 'DynamicUser':
      return error === 'EROFS'
        ? ofProtectSystem('strict', path, unit)
        : error === 'ENOENT'
          ? below('/tmp', '/var/tmp')
          : 1
    case 'ProtectHome':
      return isWithin(path, homes) ? 2 : 0
    case 'PrivateTmp':
      return below('/tmp', '/var/tmp')
    case 'PrivateDevices':
    case 'DevicePolicy':
    case 'DeviceAllow':
      return isWithin(path, ['/dev']) && (value === 'strict' || !pseudo.test(path))
        ? 2
        : below('/sys/class', '/sys/dev')
    case 'ProtectKernelTunables':
      return isWithin(path, ['/sys/fs/cgroup']) ? 0 : isWithin(path, kernelFiles) ? 2 : 0
    case 'ProtectControlGroups':
      return below('/sys/fs/cgroup')
    case 'ProtectKernelModules':
      return below('/lib/modules', '/usr/lib/modules')
    case 'ProtectKernelLogs':
      return below('/dev/kmsg', '/proc/kmsg')
    case 'ProtectClock':
      return path.startsWith('/dev/rtc') ? 3 : 0
    case 'ProtectHostname':
      return below('/proc/sys/kernel/hostname', '/proc/sys/kernel/domainname')
    case 'ProcSubset':
      return /^\/proc\/(?!\d|self\b|thread-self\b)/.test(path) ? 2 : 0
    case 'ProtectProc':
    case 'PrivatePIDs':
      return /^\/proc\/\d/.test(path) ? 2 : 0
    case 'NoExecPaths':
      return isWithin(path, pathsOf(unit.values('ExecPaths'))) ? 0 : named(lines, path)
    case 'ReadOnlyPaths':
      return isWithin(path, declaredPlaces(unit).writable) ? 0 : named(lines, path)
    default:
      return named(lines, path)
  }
}

function named(lines: readonly Value[], path: string): Closeness {
  const its = pathsOf(lines)
  if (isWithin(path, its)) return 3
  return its.includes('/') ? 2 : 0
}

function pathsOf(lines: readonly Value[]): readonly string[] {
  return lines.flatMap((line) => line.paths.flatMap(({inside}) => inside ?? []))
}

/** Devices that every service has. */
const pseudo =
  /^\/dev\/(?:null|zero|full|u?random|tty|ptmx|pts(?:\/.*)?|shm(?:\/.*)?|mqueue(?:\/.*)?|hugepages(?:\/.*)?|log|fd(?:\/.*)?|std(?:in|out|err))?$/

const kernelFiles: readonly string[] = [
  ...['/proc/sys', '/sys'],
  ...[
    '/proc/sysrq-trigger',
    '/proc/latency_stats',
    '/proc/acpi',
    '/proc/timer_stats',
    '/proc/fs',
    '/proc/irq',
    '/proc/kallsyms',
    '/proc/kcore',
  ],
  ...['/proc/mtrr', '/proc/apm', '/proc/asound', '/proc/bus', '/proc/scsi'],
]

function ofProtectSystem(value: string, path: string, unit: Unit): Closeness {
  if (isWithin(path, ['/usr', '/boot', '/efi', '/bin', '/sbin', '/lib', '/lib64'])) return 2
  if (value !== 'full' && value !== 'strict') return 0
  if (isWithin(path, ['/etc'])) return 2
  if (value === 'full' || isWithin(path, ['/dev', '/proc', '/sys'])) return 0
  const home = unit.value('ProtectHome')?.value
  if (isWithin(path, homes) && home !== undefined && !/^(?:0|no|n|f|false|off)$/i.test(home))
    return 1
  return isWithin(path, declaredPlaces(unit).writable) ? 0 : 2
}
