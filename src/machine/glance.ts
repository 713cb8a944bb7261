import type {Target} from '../facts/targets.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {query} from '../unit/query.ts'
import {plainLines} from '../syntax/plain-lines.ts'
import type {PlainLine} from '../syntax/plain-lines.ts'
import {parseBoolean} from '../values/boolean.ts'
import {isPossible, linkedTo} from './dependencies.ts'
import type {DependencyKind} from './dependency.ts'
import {directories} from '../unit/mount-needs.ts'
import {isTemplate, oneName} from '../unit/references.ts'
import {installing} from './summary.ts'
import type {Summary, Tie} from './summary.ts'
import {escapePath, isSliceName} from '../values/units.ts'
import {parseUnitName} from '../values/unit-names.ts'
import {expandSpecifiers} from '../values/specifiers.ts'
import {rolesFor, told} from './line-roles.ts'
import {logs} from './plain-streams.ts'

/** A unit as far as a glance needs it: lines that need not be in any order but their own. */
export interface Glanced extends Pick<
  LoadedUnit,
  'name' | 'names' | 'type' | 'manager' | 'target' | 'pulls' | 'isReadable'
> {
  readonly lines: readonly PlainLine[]
}

/** What a glance makes of a unit. */
export interface Glimpse {
  readonly unit: Summary
  /** Whether it is that to every systemd. */
  readonly isTimeless: boolean
}

/**
 * `glance` at a service of the system whose text is at hand and all that there is of it, without a
 * tree being made of it.
 */
export function glanceAtText(
  name: string,
  text: string,
  {target, manager}: Pick<LoadedUnit, 'target' | 'manager'>,
): Glimpse | undefined {
  if (target.dialect || !name.endsWith('.service')) return undefined
  const lines = plainLines(text, told)
  return (
    lines &&
    glimpse({
      name,
      names: [name],
      type: 'service',
      manager,
      target,
      pulls: [],
      lines,
      isReadable: true,
    })
  )
}

/**
 * What a plain service of the system is to others, without judging its lines: just what `summary`
 * tells; undefined for whatever is not as plain.
 *
 * Most services of a folder are, and a run that is asked for few of them has to know what the
 * others are to those.
 */
export function glance(unit: Glanced): Summary | undefined {
  return glimpse(unit)?.unit
}

function glimpse(unit: Glanced): Glimpse | undefined {
  const {name, names, type, isReadable, target} = unit
  if (type !== 'service' || unit.manager !== 'system' || names.includes(remount) || target.dialect)
    return undefined
  const written = writtenIn(unit)
  if (!written) return undefined
  const {ties, scalars, lists, isTimeless} = written
  for (const {kind, name: other} of linkedTo(unit)) ties.push({kind, name: other})
  const slice =
    scalars.get('Slice') ??
    (name.includes('@') ? `system-${escapePath(parseUnitName(name).prefix)}.slice` : usualSlice)
  if (slice !== usualSlice) {
    if (!isSliceName(slice)) return undefined
    for (const kind of inSlice) ties.push({kind, name: slice})
  }
  const its = traitsOf(scalars, target)
  const [busName, folder] = ['BusName', 'WorkingDirectory'].map((key) => {
    const value = scalars.get(key)
    return value === undefined ? undefined : (expandSpecifiers(value, unit) ?? '%')
  })
  if (!its || !isPlainName(busName) || !isPlainFolder(folder)) return undefined
  const hasFolders = ['StateDirectory', 'CacheDirectory', 'LogsDirectory'].some((key) =>
    lists.has(key),
  )
  const flags = [slice === usualSlice, its.defaults, its.tmp, its.log, its.bus, hasFolders]
  const summed: Summary = {
    name,
    names,
    type,
    isReadable,
    hasDefaults: its.defaults,
    ties: ties.filter((tie) => isPossible(tie, unit)),
    usual: usualTies(target, flags.map(Number).join('')),
    mounts: mountsOf(unit, {folder, lists, tmp: its.tmp}),
    installs: installing.flatMap(([key, kind]) =>
      (lists.get(key) ?? []).map((other) => ({kind, name: other})),
    ),
    also: lists.get('Also') ?? none,
    activates: none,
    busName: isTemplate(name) || scalars.get('BusName')?.includes('%') ? undefined : busName,
    keptUser: undefined,
  }
  return {unit: summed, isTimeless: isTimeless && !its.tmp && !folder?.startsWith('-')}
}

/** What the lines of a plain service make of it. */
interface Traits {
  /** Whether `DefaultDependencies=` is on. */
  readonly defaults: boolean
  /** Whether its `/tmp` is its own. */
  readonly tmp: boolean
  /** Whether it writes to the journal. */
  readonly log: boolean
  /** Whether it needs the bus. */
  readonly bus: boolean
}

/** Undefined where they are not plain. */
function traitsOf(scalars: ReadonlyMap<string, string>, target: Target): Traits | undefined {
  const defaults = booleanOf(scalars.get('DefaultDependencies') ?? 'yes')
  const tmp = sharesTmp(scalars, target)
  const log = logs(scalars)
  const bus = isOnBus(scalars)
  if (defaults === undefined || tmp === undefined || log === undefined || bus === undefined)
    return undefined
  // Its `/tmp` may be one in memory (see `hasTmpInMemory`).
  if (tmp && !defaults && target.version >= 262) return undefined
  // Whose memory it keeps takes more to tell.
  return booleanOf(scalars.get('RemoveIPC') ?? 'yes') === true
    ? {defaults, tmp, log, bus}
    : undefined
}

function isPlainName(busName: string | undefined): boolean {
  return busName === undefined || plainBusName.test(busName)
}

function isPlainFolder(folder: string | undefined): boolean {
  return folder === undefined || noPath.test(folder) || plainPath.test(folder.replace(/^-/, ''))
}

/** What plain lines say to other units. */
interface PlainSaying {
  readonly ties: Tie[]
  readonly scalars: ReadonlyMap<string, string>
  readonly lists: ReadonlyMap<string, readonly string[]>
  /** Whether every systemd knows these lines, and nothing in them hangs on which it is. */
  readonly isTimeless: boolean
}

/** What the lines of a unit say; undefined where one of them is not as plain. */
function writtenIn(unit: Glanced): PlainSaying | undefined {
  const roles = rolesFor(unit.target)
  const ties: Tie[] = []
  const scalars = new Map<string, string>()
  const lists = new Map<string, string[]>()
  let isTimeless = true
  for (const line of unit.lines) {
    const its = roles.get(line.section)
    const role = its?.get(line.key)
    isTimeless &&= its?.isTimeless(line.key) === true && !line.value.includes('%')
    if (role === undefined || role === 'aside') continue
    if (role === 'odd') return undefined
    if (line.value === '') {
      // What a unit depends on can't be taken back.
      if (typeof role === 'object') continue
      return undefined
    }
    if ((typeof role === 'object' ? unclearName : unclear[role]).test(line.value)) return undefined
    if (role === 'scalar' || role === 'expanded') {
      if ((scalars.get(line.key) ?? line.value) !== line.value) return undefined
      scalars.set(line.key, line.value)
      continue
    }
    const words =
      role === 'directories'
        ? directoriesIn(line)
        : role === 'paths'
          ? pathsIn(line)
          : namesIn(line, unit)
    if (!words) return undefined
    if (typeof role === 'object') for (const word of words) ties.push({kind: role.kind, name: word})
    else {
      const same = lists.get(line.key)
      if (same) for (const word of words) same.push(word)
      else lists.set(line.key, [...words])
    }
  }
  return {ties, scalars, lists, isTimeless}
}

const none: readonly string[] = []

const usualSlice = 'system.slice'
const inSlice: readonly DependencyKind[] = ['InSlice', 'Requires', 'After']

const remount = 'systemd-remount-fs.service'

/**
 * Names with quotes, escapes and specifiers, but for specifiers of the unit's own, which mean what
 * they mean elsewhere, and bytes that are written as they stay: what stands there is not simply what
 * is meant.
 */
const unclearName = /["']|\\(?!x[0-9a-f]{2})|%(?![inNpj])/
/** The same of other values. */
const unclear = {
  scalar: /["'\\%]/,
  expanded: /["'\\]/,
  directories: /["'\\%]/,
  paths: /["'\\%]/,
  list: unclearName,
} as const

function namesIn({value}: PlainLine, unit: Glanced): readonly string[] | undefined {
  const names: string[] = []
  for (const word of value.split(/[ \t\n\r]+/)) {
    const name = oneName(word, unit)
    if (name === undefined) return undefined
    names.push(name)
  }
  return names
}

function pathsIn({value}: PlainLine): readonly string[] | undefined {
  const words = value.split(' ')
  return words.every((word) => plainPath.test(word)) ? words : undefined
}

function directoriesIn({value}: PlainLine): readonly string[] | undefined {
  const words = value.split(' ')
  return words.every((word) => plainFolder.test(word)) ? words : undefined
}

const plainFolder = /^(?=.{1,200}$)[A-Za-z0-9_][A-Za-z0-9_.-]*(?:\/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$/

/** What stands for a path, or is none: a placeholder, most often. */
const noPath = /^[~A-Za-z0-9_<{]/

/** A name on the bus that is one wherever it stands. */
export const plainBusName = /^[A-Za-z_][A-Za-z0-9_]{0,50}(?:\.[A-Za-z_][A-Za-z0-9_]{0,50}){1,3}$/
const plainPath = /^(?=.{1,250}$)(?:\/|(?:\/(?!\.\.?(?:\/|$))[A-Za-z0-9_.][A-Za-z0-9_.-]*)+\/?)$/

function booleanOf(value: string): boolean | undefined {
  return parseBoolean(value)
}

/** As `sharesTmp` of a loaded unit; undefined where that is not plain. */
function sharesTmp(scalars: ReadonlyMap<string, string>, {version}: Target): boolean | undefined {
  const isPrivate = booleanOf(scalars.get('PrivateTmp') ?? 'no')
  if (isPrivate !== false) return isPrivate
  const isDynamic = booleanOf(scalars.get('DynamicUser') ?? 'no')
  return isDynamic && version >= 257 ? undefined : isDynamic
}

/** Whether the service needs the bus for its type; undefined where that is not plain. */
function isOnBus(scalars: ReadonlyMap<string, string>): boolean | undefined {
  const type = scalars.get('Type')
  if (type === 'dbus' || (type === undefined && scalars.has('BusName'))) return true
  return !scalars.has('BusName') || plainTypes.has(type ?? 'simple') ? false : undefined
}

const plainTypes: ReadonlySet<string> = new Set(['simple', 'forking', 'oneshot', 'notify', 'idle'])

/**
 * What such a service depends on without saying so in `[Unit]`, as `implied` has it; flags are
 * digits.
 */
const usualTies = query((target: Target, flags: string): readonly Tie[] => {
  const [slice, defaults, tmp, log, bus, folders] = [...flags].map((digit) => digit === '1')
  const each = (kinds: readonly DependencyKind[], name: string): Tie[] =>
    kinds.map((kind) => ({kind, name}))
  const isTmpWanted = tmp && target.version >= 249 && target.version < 256
  return [
    ...(slice ? each(inSlice, usualSlice) : []),
    ...(folders ? each(['After'], remount) : []),
    ...(tmp ? each(['After'], 'systemd-tmpfiles-setup.service') : []),
    ...(isTmpWanted ? each(['Wants', 'After'], 'tmp.mount') : []),
    ...(log ? each(['After'], 'systemd-journald.socket') : []),
    ...(bus ? each(['Requires', 'After'], 'dbus.socket') : []),
    ...(defaults
      ? [
          ...each(['Requires', 'After'], 'sysinit.target'),
          ...each(['After'], 'basic.target'),
          ...each(['Conflicts', 'Before'], 'shutdown.target'),
        ]
      : []),
  ]
})

function mountsOf(
  unit: Glanced,
  {
    folder,
    lists,
    tmp,
  }: {folder: string | undefined; lists: ReadonlyMap<string, readonly string[]>; tmp: boolean},
): Summary['mounts'] {
  const found: Array<Summary['mounts'][number]> = []
  const need = (kind: 'Requires' | 'Wants', path: string): void => {
    found.push({kind, path: path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path})
  }
  for (const path of lists.get('RequiresMountsFor') ?? []) need('Requires', path)
  for (const path of lists.get('WantsMountsFor') ?? []) need('Wants', path)
  if (folder?.startsWith('-')) {
    if (unit.target.version >= 256) need('Wants', folder.slice(1))
  } else if (folder !== undefined && !noPath.test(folder)) need('Requires', folder)
  for (const [key, root] of directories) {
    for (const name of lists.get(key) ?? [])
      found.push({kind: 'Requires', path: expandSpecifiers(`${root}/${name}`, unit) ?? ''})
  }
  const {version} = unit.target
  const soft = version >= 256 ? 'Wants' : 'Requires'
  if (tmp && (version < 249 || version >= 256)) found.push({kind: soft, path: '/tmp'})
  if (tmp) found.push({kind: soft, path: '/var/tmp'})
  return found.length === 0 ? noMounts : found
}

const noMounts: Summary['mounts'] = []
