import {activation} from './activation.ts'
import type {Dependency} from './dependency.ts'
import {mountDependencies, swapDependencies} from './mounts.ts'
import {hasDefaults, runsPrograms, sharesTmp} from '../unit/parts.ts'
import {isExtrinsicMount} from '../unit/mount-source.ts'
import {each} from './each.ts'
import {valueOf, valuesOf} from '../unit/value.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {oneName, readsNames} from '../unit/references.ts'
import type {Assignment} from '../unit/unit.ts'
import {expandSpecifiers} from '../values/specifiers.ts'
import {escapePath, isSliceName} from '../values/units.ts'
import {parseUnitName} from '../values/unit-names.ts'

/**
 * What a unit depends on without saying so in `[Unit]`: by other lines, by its type, and by default
 * ("Implicit Dependencies" and "Default Dependencies" in the page of each type). What
 * `systemd-oomd.service` and the quota services of 257 and later add depends on the machine and is
 * left out.
 */
export function* implied(unit: LoadedUnit): Iterable<Dependency> {
  yield* inSlice(unit)
  yield* activating(unit)
  yield* executing(unit)
  if (unit.type === 'service') yield* ofService(unit)
  if (unit.type === 'socket') yield* ofSocket(unit)
  if (unit.type === 'mount') yield* mountDependencies(unit)
  if (unit.type === 'swap') yield* swapDependencies(unit)
  if (hasDefaults(unit)) yield* byDefault(unit)
}

/**
 * The slice of a unit that has a control group, undefined for one that has none, and what says so.
 */
function sliceOf(unit: LoadedUnit): {name: string; origin: Assignment | 'implicit'} | undefined {
  const {name, type, manager} = unit
  if (type === 'slice') {
    const stem = name.slice(0, -'.slice'.length)
    if (stem === '-' || !isSliceName(name)) return undefined
    return {
      name: stem.includes('-') ? `${stem.slice(0, stem.lastIndexOf('-'))}.slice` : '-.slice',
      origin: 'implicit',
    }
  }
  if (type !== 'service' && type !== 'socket' && type !== 'mount' && type !== 'swap')
    return undefined
  const origin = valueOf(unit, 'Slice')
  if (origin) return {name: oneName(origin.value, unit) ?? '', origin: origin.assignment}
  const system = manager === 'system'
  const own = parseUnitName(name)
  if (own.instance !== undefined)
    return {
      name: `${system ? 'system' : 'app'}-${escapePath(own.prefix)}.slice`,
      origin: 'implicit',
    }
  const isExtrinsic = type === 'mount' ? isExtrinsicMount(unit) : type === 'swap' && !system
  return {name: isExtrinsic ? '-.slice' : system ? 'system.slice' : 'app.slice', origin: 'implicit'}
}

function* inSlice(unit: LoadedUnit): Iterable<Dependency> {
  const slice = sliceOf(unit)
  if (!slice) return
  yield* each(['InSlice', 'Requires', 'After'], slice.name, slice.origin)
}

/** A unit that starts another is before it. */
function* activating(unit: LoadedUnit): Iterable<Dependency> {
  const {name, origin, isTemplate} = activation(unit) ?? {}
  if (name !== undefined && origin !== undefined && isTemplate === false)
    yield* each(['Triggers', 'Before'], name, origin)
}

/**
 * What running programs asks for, where a unit of the system manager runs some (systemd.exec(5),
 * "Implicit Dependencies").
 */
function* executing(unit: LoadedUnit): Iterable<Dependency> {
  const {manager, target} = unit
  if (!runsPrograms(unit) || manager !== 'system' || unit.name === '-.mount') return
  for (const key of ['StateDirectory', 'CacheDirectory', 'LogsDirectory']) {
    const [origin] = valuesOf(unit, key)
    if (origin) yield {kind: 'After', name: 'systemd-remount-fs.service', origin}
  }
  if (sharesTmp(unit)) {
    const written = valueOf(unit, 'PrivateTmp')
    const origin = written && written.boolean !== false ? written : 'implicit'
    yield {kind: 'After', name: 'systemd-tmpfiles-setup.service', origin}
    if (target.version >= 249 && target.version < 256)
      yield* each(['Wants', 'After'], 'tmp.mount', origin)
  }
  const image = valueOf(unit, 'RootImage')
  if (image) yield {kind: 'After', name: 'systemd-udevd.service', origin: image}
  const namespace = valueOf(unit, 'LogNamespace')
  const expanded = namespace && expandSpecifiers(namespace.value, unit)
  if (namespace && expanded !== undefined) {
    const instance = escapePath(expanded)
    const names = [
      `systemd-journald@${instance}.socket`,
      `systemd-journald-varlink@${instance}.socket`,
    ]
    if (target.version >= 257) names.push(`systemd-journald-sync@${instance}.service`)
    for (const name of names) yield* each(['Requires', 'After'], name, namespace)
  } else if (writesToLog(unit))
    yield {kind: 'After', name: 'systemd-journald.socket', origin: 'implicit'}
}

/**
 * Whether output or errors go to the journal or the kernel's log, as they do unless something else
 * is said.
 */
function writesToLog(unit: LoadedUnit): boolean {
  const input = valueOf(unit, 'StandardInput')?.value ?? 'null'
  const output = valueOf(unit, 'StandardOutput')?.value
  const error = valueOf(unit, 'StandardError')?.value ?? 'inherit'
  const isLog = (word: string) => /^(?:journal|kmsg|syslog)(?:\+console)?$/.test(word)
  if (isLog(error)) return true
  if (unit.type !== 'service') return isLog(output ?? 'journal')
  return output === undefined || output === 'inherit'
    ? input === 'null' || input === 'data'
    : isLog(output)
}

function* ofService(unit: LoadedUnit): Iterable<Dependency> {
  for (const {assignment: origin} of valuesOf(unit, 'Sockets')) {
    for (const {name} of readsNames(origin, unit))
      if (name.endsWith('.socket')) yield* each(['Wants', 'After', 'TriggeredBy'], name, origin)
  }
  const type = valueOf(unit, 'Type')?.value
  const busName = valueOf(unit, 'BusName')
  // A name on the bus alone makes the service one of this type.
  if (type === 'dbus' || (type === undefined && busName))
    yield* each(['Requires', 'After'], 'dbus.socket', busName ?? 'implicit')
}

function* ofSocket(unit: LoadedUnit): Iterable<Dependency> {
  const origin = valueOf(unit, 'BindToDevice')
  if (!origin || origin.value === 'lo' || origin.value === '*') return
  yield* each(
    [unit.manager === 'user' ? 'Wants' : 'BindsTo', 'After'],
    `sys-subsystem-net-devices-${escapePath(origin.value)}.device`,
    origin,
  )
}

function* byDefault(unit: LoadedUnit): Iterable<Dependency> {
  const {type, manager, name} = unit
  const system = manager === 'system'
  if (type === 'service') {
    yield* each(['Requires', 'After'], system ? 'sysinit.target' : 'basic.target', 'default')
    yield {kind: 'After', name: 'basic.target', origin: 'default'}
  }
  const group = groups.get(type)
  if (group !== undefined) {
    yield {kind: 'Before', name: group, origin: 'default'}
    if (system) yield* each(['Requires', 'After'], 'sysinit.target', 'default')
  }
  if (type === 'timer' && system && hasCalendar(unit)) {
    yield {kind: 'After', name: 'time-sync.target', origin: 'default'}
    if (unit.target.version >= 248)
      yield {kind: 'After', name: 'time-set.target', origin: 'default'}
  }
  if (type === 'automount' && system) {
    yield {kind: 'After', name: 'local-fs-pre.target', origin: 'default'}
    yield {kind: 'Before', name: 'local-fs.target', origin: 'default'}
    yield* each(['Conflicts', 'Before'], 'umount.target', 'default')
  }
  const stops = type === 'service' || type === 'target' || type === 'slice' || group !== undefined
  if (stops && name !== 'shutdown.target' && name !== '-.slice')
    yield* each(['Conflicts', 'Before'], 'shutdown.target', 'default')
}

/** The target that waits for all units of a type. */
const groups: ReadonlyMap<string, string> = new Map([
  ['socket', 'sockets.target'],
  ['timer', 'timers.target'],
  ['path', 'paths.target'],
])

/** Whether the timer has a date to wait for (systemd.timer(5)). */
function hasCalendar(unit: LoadedUnit): boolean {
  return valuesOf(unit, 'OnCalendar').length > 0
}
