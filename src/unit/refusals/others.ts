import type {Refusal} from './values.ts'
import type {Assignment, AssignmentSource} from '../unit.ts'
import type {UnitType} from '../../facts/unit-types.ts'
import {parseBoolean} from '../../values/boolean.ts'
import {isBelow, parseAbsolutePath} from '../../values/paths.ts'
import {expandSpecifiers} from '../../values/specifiers.ts'
import {unescapeUnitName} from '../../values/unit-names.ts'
import {splitWords} from '../../values/words.ts'
import {isAfter} from '../read/order.ts'
import {escapePath, isSliceName} from '../../values/units.ts'

/**
 * What a unit lacks that its type needs, or has that its type does not allow; undefined for a unit that systemd loads
 * (systemd.socket(5), systemd.mount(5), systemd.automount(5), systemd.swap(5), systemd.timer(5), systemd.path(5), systemd.slice(5)).
 *
 * Takes a unit with the assignments that systemd takes, see `taken`. Services are judged by `refusal`.
 */
export function refusalOfType(unit: AssignmentSource): Refusal | undefined {
  return ofType[unit.type]?.(unit)
}

const ofType: Partial<Record<UnitType, (unit: AssignmentSource) => Refusal | undefined>> = {
  socket: refusedSocket,
  mount: refusedMount,
  automount: refusedAutomount,
  swap: refusedSwap,
  slice: ({name}) => (isSliceName(name) ? undefined : {reason: 'an empty part in the name of the slice'}),
  timer(unit) {
    if (listed(unit, 'Timer', timerKeys).length > 0 || isOn(unit, 'Timer', 'OnClockChange') || isOn(unit, 'Timer', 'OnTimezoneChange')) return undefined
    return {reason: 'no time at which the timer elapses, such as `OnCalendar=` or `OnBootSec=`'}
  },
  path: (unit) => (listed(unit, 'Path', pathKeys).length > 0 ? undefined : {reason: 'no path to watch, such as `PathExists=` or `PathChanged=`'}),
}

const timerKeys = ['OnActiveSec', 'OnBootSec', 'OnStartupSec', 'OnUnitActiveSec', 'OnUnitInactiveSec', 'OnCalendar']
const pathKeys = ['PathExists', 'PathExistsGlob', 'PathChanged', 'PathModified', 'DirectoryNotEmpty']
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

function refusedSocket(unit: AssignmentSource): Refusal | undefined {
  const {version} = unit.target
  const listeners = listed(unit, 'Socket', listenKeys)
  if (listeners.length === 0) return {reason: 'nothing to listen on, such as `ListenStream=`'}
  const accepts = isOn(unit, 'Socket', 'Accept') ? last(unit, 'Socket', 'Accept') : undefined
  const datagram = listeners.find(({key}) => key !== 'ListenStream' && key !== 'ListenSequentialPacket')
  if (accepts && datagram) return at(`\`Accept=yes\` with \`${datagram.key}=\`, which takes no connections`, accepts)
  const most = last(unit, 'Socket', 'MaxConnections')
  if (most && Number(most.value) === 0 && (accepts || version >= 255)) return at('`MaxConnections=0`', most)
  const service = last(unit, 'Socket', 'Service')
  if (accepts && service) return at('`Accept=yes` with `Service=`', service)
  const deferred = version >= 258 ? last(unit, 'Socket', 'DeferTrigger') : undefined
  if (accepts && deferred && parseBoolean(deferred.value) !== false) return at('`Accept=yes` with `DeferTrigger=`', deferred)
  const link = listed(unit, 'Socket', ['Symlinks']).find(({value}) => namesPath(value, unit))
  return link && listeners.filter((one) => isNode(one, unit)).length !== 1
    ? at('`Symlinks=` without exactly one socket or FIFO in the file system', link)
    : undefined
}

/** Whether a listener is a socket or a FIFO in the file system. */
function isNode({key, value}: Assignment, unit: AssignmentSource): boolean {
  return ['ListenStream', 'ListenDatagram', 'ListenSequentialPacket', 'ListenFIFO'].includes(key) && (expandSpecifiers(value, unit) ?? '').startsWith('/')
}

/** Whether a list has an absolute path; systemd passes over the rest. */
function namesPath(value: string, unit: AssignmentSource): boolean {
  return splitWords(value, 'quotes').words.some(({text}) => parseAbsolutePath(expandSpecifiers(text, unit) ?? '', unit.target.version) !== undefined)
}

function refusedMount(unit: AssignmentSource): Refusal | undefined {
  const where = last(unit, 'Mount', 'Where')
  const path = where ? pathOf(where.value, unit) : pathOfName(unit.name)
  if (where && escapePath(path) !== stemOf(unit.name)) return nameMismatch(where, path, unit)
  if (isMachines(path, unit.target.version))
    return where ? at('`Where=` is a mount point of systemd itself', where) : {reason: 'a mount point of systemd itself'}
  return path === '/' || last(unit, 'Mount', 'What') ? undefined : {reason: '`What=` is missing'}
}

function refusedAutomount(unit: AssignmentSource): Refusal | undefined {
  const where = last(unit, 'Automount', 'Where')
  const path = where ? pathOf(where.value, unit) : pathOfName(unit.name)
  if (path === '/') return where ? at('`Where=/`', where) : {reason: 'an automount of the root folder'}
  return where && escapePath(path) !== stemOf(unit.name) ? nameMismatch(where, path, unit) : undefined
}

function refusedSwap(unit: AssignmentSource): Refusal | undefined {
  const what = last(unit, 'Swap', 'What')
  if (!what) return undefined
  const path = deviceOf(expandSpecifiers(what.value, unit) ?? '', unit.target.version)
  if (!path.startsWith('/')) return at('`What=` is no path of a file or device', what)
  return escapePath(path) === stemOf(unit.name) ? undefined : nameMismatch(what, path, unit)
}

function nameMismatch(assignment: Assignment, path: string, {type}: AssignmentSource): Refusal {
  return at(`\`${assignment.key}=\` is not what the unit is named after: expected the name \`${escapePath(path)}.${type}\``, assignment)
}

/** The device file of `UUID=`, `LABEL=` and their like; anything else as a path without repeated slashes. */
function deviceOf(text: string, version: number): string {
  const [, tag = '', value = ''] = /^(UUID|LABEL|PARTUUID|PARTLABEL|ID|PATH)=(.*)$/s.exec(text) ?? []
  if (tag === '') return parseAbsolutePath(text, version) ?? text
  const name = value.replace(/^(["'])(.*)\1$/s, '$2')
  return `/dev/disk/by-${tag.toLowerCase()}/${name.replaceAll(/[^A-Za-z0-9#+\-.:=@_/\u0080-\u{10ffff}]/gu, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`)}`
}

function pathOf(value: string, unit: AssignmentSource): string {
  return parseAbsolutePath(expandSpecifiers(value, unit) ?? '', unit.target.version) ?? value
}

function pathOfName(name: string): string {
  const stem = stemOf(name)
  return stem === '-' ? '/' : `/${unescapeUnitName(stem)}`
}

function stemOf(name: string): string {
  return name.slice(0, name.lastIndexOf('.'))
}

/** Mount points that systemd or a container manager sets up before any unit. */
function isMachines(path: string, version: number): boolean {
  if (ofSystem.has(path) || (path === '/run/lock' && version < 257)) return true
  return [...belowSystem, ...(version >= 255 ? ['/run/credentials'] : [])].some((folder) => isBelow(path, folder))
}

const ofSystem: ReadonlySet<string> = new Set([
  ...['/proc', '/sys', '/dev', '/run', '/dev/shm', '/dev/pts', '/dev/console', '/proc/kmsg', '/proc/sys', '/proc/sys/kernel/random/boot_id'],
  ...['/sys/fs/bpf', '/sys/fs/pstore', '/sys/fs/selinux', '/sys/fs/smackfs', '/sys/kernel/security', '/sys/firmware/efi/efivars'],
])
const belowSystem = ['/sys/fs/cgroup', '/run/host']

/** The assignments to any of some keys that form one list, without those before the last empty one. */
function listed(unit: AssignmentSource, section: string, keys: readonly string[]): readonly Assignment[] {
  const all = keys.flatMap((key) => unit.assignments(section, key)).toSorted((one, other) => Number(isAfter(one, other)) - Number(isAfter(other, one)))
  return all.slice(all.findLastIndex(({value}) => value === '') + 1).filter(({value}) => splitWords(value, 'plain').words.length > 0)
}

/** The last assignment of a key, if it sets something. */
function last(unit: AssignmentSource, section: string, key: string): Assignment | undefined {
  const found = unit.assignments(section, key).at(-1)
  return found?.value === '' ? undefined : found
}

function isOn(unit: AssignmentSource, section: string, key: string): boolean {
  const found = last(unit, section, key)
  return found !== undefined && parseBoolean(found.value) === true
}

function at(reason: string, assignment: Assignment): Refusal {
  return {reason, assignment}
}
