import type {LoadedUnit} from '../load.ts'
import {valueOf, valuesOfAny, type Value} from '../value.ts'
import {refusedAt, refusedWithout, type Refusal} from './refusal.ts'
import type {UnitType} from '../../facts/unit-types.ts'
import {deviceNode} from '../../values/device-nodes.ts'
import {isBelow, parseAbsolutePath, simplified} from '../../values/paths.ts'
import {stemOf, unescapeUnitName} from '../../values/unit-names.ts'
import {escapePath, isSliceName} from '../../values/units.ts'

/**
 * What a unit lacks that its type needs, or has that its type does not allow; undefined for a unit
 * that systemd loads (systemd.socket(5), systemd.mount(5), systemd.automount(5), systemd.swap(5),
 * systemd.timer(5), systemd.path(5), systemd.slice(5)).
 *
 * Services are judged by `refusal`.
 */
export function refusalOfType(unit: LoadedUnit): Refusal | undefined {
  return ofType[unit.type]?.(unit)
}

const ofType: Partial<Record<UnitType, (unit: LoadedUnit) => Refusal | undefined>> = {
  socket: refusedSocket,
  mount: refusedMount,
  automount: refusedAutomount,
  swap: refusedSwap,
  slice: ({name}) =>
    isSliceName(name) ? undefined : {reason: 'empty part in the name of the slice'},
  timer(unit) {
    if (
      valuesOfAny(unit, timerKeys).length > 0 ||
      isOn(unit, 'OnClockChange') ||
      isOn(unit, 'OnTimezoneChange')
    )
      return undefined
    return refusedWithout(
      [...timerKeys, 'OnClockChange', 'OnTimezoneChange'],
      'a time at which the timer elapses, such as `OnCalendar=` or `OnBootSec=`',
      'no time at which the timer elapses, such as `OnCalendar=` or `OnBootSec=`',
    )
  },
  path: (unit) =>
    valuesOfAny(unit, pathKeys).length > 0
      ? undefined
      : refusedWithout(
          pathKeys,
          'a path to watch, such as `PathExists=` or `PathChanged=`',
          'no path to watch, such as `PathExists=` or `PathChanged=`',
        ),
}

const timerKeys = [
  'OnActiveSec',
  'OnBootSec',
  'OnStartupSec',
  'OnUnitActiveSec',
  'OnUnitInactiveSec',
  'OnCalendar',
]
const pathKeys = [
  'PathExists',
  'PathExistsGlob',
  'PathChanged',
  'PathModified',
  'DirectoryNotEmpty',
]
const listenKeys = [
  'ListenStream',
  'ListenDatagram',
  'ListenSequentialPacket',
  'ListenFIFO',
  'ListenSpecial',
  'ListenNetlink',
  'ListenMessageQueue',
  'ListenUSBFunction',
]

function isUpwards(path: string, version: number): boolean {
  return simplified(path, version).split('/').includes('..')
}

/** Those whose path may have `..` as far as its grammar goes. */
const socketKeys: ReadonlySet<string> = new Set([
  'ListenStream',
  'ListenDatagram',
  'ListenSequentialPacket',
])

function refusedSocket(unit: LoadedUnit): Refusal | undefined {
  const {version} = unit.target
  const listeners = valuesOfAny(unit, listenKeys)
  if (listeners.length === 0)
    return refusedWithout(
      listenKeys,
      'something to listen on, such as `ListenStream=`',
      'nothing to listen on, such as `ListenStream=`',
    )
  // Its folder's mounts are asked for, which systemd takes no such path for.
  const upwards = listeners.find(
    ({key, expanded = ''}) =>
      socketKeys.has(key) && expanded.startsWith('/') && isUpwards(expanded, version),
  )
  if (upwards) return refusedAt(`\`..\` in the path of \`${upwards.key}=\``, upwards)
  const accepts = isOn(unit, 'Accept') ? valueOf(unit, 'Accept') : undefined
  const datagram = listeners.find(
    ({key}) => key !== 'ListenStream' && key !== 'ListenSequentialPacket',
  )
  if (accepts && datagram)
    return refusedAt(
      `\`Accept=yes\` with \`${datagram.key}=\`, which takes no connections`,
      accepts,
    )
  const most = valueOf(unit, 'MaxConnections')
  if (most && Number(most.value) === 0 && (accepts || version >= 255))
    return refusedAt('`MaxConnections=0`', most)
  const service = valueOf(unit, 'Service')
  if (accepts && service) return refusedAt('`Accept=yes` with `Service=`', service)
  const deferred = version >= 258 ? valueOf(unit, 'DeferTrigger') : undefined
  if (accepts && deferred && deferred.boolean !== false)
    return refusedAt('`Accept=yes` with `DeferTrigger=`', deferred)
  const link = valuesOfAny(unit, ['Symlinks']).find(({paths}) => paths.length > 0)
  return link && listeners.filter((one) => isNode(one)).length !== 1
    ? refusedAt('`Symlinks=` without exactly one socket or FIFO in the file system', link)
    : undefined
}

/** Whether a listener is a socket or a FIFO in the file system. */
function isNode({key, expanded = ''}: Value): boolean {
  return (
    ['ListenStream', 'ListenDatagram', 'ListenSequentialPacket', 'ListenFIFO'].includes(key) &&
    expanded.startsWith('/')
  )
}

function refusedMount(unit: LoadedUnit): Refusal | undefined {
  const where = valueOf(unit, 'Where')
  const path = where ? pathOf(where, unit) : pathOfName(unit.name)
  if (where && escapePath(path) !== stemOf(unit.name)) return nameMismatch(where, path, unit)
  if (isMachines(path, unit.target.version))
    return where
      ? refusedAt('mount point of systemd itself in `Where=`', where)
      : {reason: 'mount point of systemd itself'}
  return path === '/' || valueOf(unit, 'What')
    ? undefined
    : refusedWithout(['What'], '`What=`', '`What=` is missing')
}

function refusedAutomount(unit: LoadedUnit): Refusal | undefined {
  const where = valueOf(unit, 'Where')
  const path = where ? pathOf(where, unit) : pathOfName(unit.name)
  if (path === '/')
    return where ? refusedAt('`Where=/`', where) : {reason: 'automount of the root folder'}
  return where && escapePath(path) !== stemOf(unit.name)
    ? nameMismatch(where, path, unit)
    : undefined
}

function refusedSwap(unit: LoadedUnit): Refusal | undefined {
  const what = valueOf(unit, 'What')
  if (!what) return undefined
  const source = what.expanded ?? ''
  const path = deviceNode(source) ?? parseAbsolutePath(source, unit.target.version) ?? source
  if (!path.startsWith('/')) return refusedAt('`What=` that is no path of a file or device', what)
  return escapePath(path) === stemOf(unit.name) ? undefined : nameMismatch(what, path, unit)
}

function nameMismatch(assignment: Value, path: string, {type}: LoadedUnit): Refusal {
  const name = `${escapePath(path)}.${type}`
  return {
    ...refusedAt(
      `\`${assignment.key}=\` is not what the unit is named after: expected the name \`${name}\``,
      assignment,
    ),
    expected: `the name \`${name}\`, after \`${assignment.key}=\``,
    name,
  }
}

function pathOf(where: Value, unit: LoadedUnit): string {
  return parseAbsolutePath(where.expanded ?? '', unit.target.version) ?? where.value
}

function pathOfName(name: string): string {
  const stem = stemOf(name)
  return stem === '-' ? '/' : `/${unescapeUnitName(stem)}`
}

/** Mount points that systemd or a container manager sets up before any unit. */
function isMachines(path: string, version: number): boolean {
  if (ofSystem.has(path) || (path === '/run/lock' && version < 257)) return true
  return [...belowSystem, ...(version >= 255 ? ['/run/credentials'] : [])].some((folder) =>
    isBelow(path, folder),
  )
}

const ofSystem: ReadonlySet<string> = new Set([
  ...[
    '/proc',
    '/sys',
    '/dev',
    '/run',
    '/dev/shm',
    '/dev/pts',
    '/dev/console',
    '/proc/kmsg',
    '/proc/sys',
    '/proc/sys/kernel/random/boot_id',
  ],
  ...[
    '/sys/fs/bpf',
    '/sys/fs/pstore',
    '/sys/fs/selinux',
    '/sys/fs/smackfs',
    '/sys/kernel/security',
    '/sys/firmware/efi/efivars',
  ],
])
const belowSystem = ['/sys/fs/cgroup', '/run/host']

function isOn(unit: LoadedUnit, key: string): boolean {
  return valueOf(unit, key)?.boolean === true
}
