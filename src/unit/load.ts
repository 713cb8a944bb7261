import {fatalFaults} from '../syntax/tree.ts'
import type {Section} from '../syntax/tree.ts'
import type {Target} from '../facts/targets.ts'
import {fileTypes, type UnitType} from '../facts/unit-types.ts'
import {dialectOf} from '../values/dialect.ts'
import type {Host} from './host.ts'
import {query} from './query.ts'
import type {Assignment, AssignmentSource, SourceFile} from './unit.ts'

/** A unit read from its files. */
export interface LoadedUnit extends AssignmentSource {
  readonly files: readonly SourceFile[]
  /** The main file is not known, only drop-ins. */
  readonly isPartial: boolean
  /** Whether the main file can be read to its end; see `fatalFaults`. */
  readonly isReadable: boolean
  /** Every name by which the unit is known, its own first. */
  readonly names: readonly string[]
  /** The units that links in its folders pull in. */
  readonly pulls: readonly Pull[]
  /** Every assignment, in the order in which systemd reads them. */
  readonly lines: readonly Assignment[]
  /** Where this is the unit with more to ask: the unit itself, which has the same answers. */
  readonly itself?: LoadedUnit
  /**
   * The unit of which this one is a copy with other lines: what is known of the lines that both
   * have holds here too.
   */
  readonly amends?: LoadedUnit
  /** The files of the machine that the unit is for, where they are in sight. */
  readonly host?: Host | undefined
  /** Milliseconds since 1970, where it is known when the unit is read. */
  readonly now?: number | undefined
  all(section: string): readonly Assignment[]
}

/**
 * A link that pulls in a unit: `UNIT.wants/NAME`, as `systemctl enable` makes it (systemd.unit(5)).
 */
export interface Pull {
  readonly kind: 'wants' | 'requires' | 'upholds'
  readonly name: string
}

/** Which unit it is. */
export interface UnitIdentity {
  readonly name: string
  readonly type: UnitType
  /** What its first file is. */
  readonly role: SourceFile['role']
  /** All its names, where it has aliases. */
  readonly names?: readonly string[]
  readonly pulls?: readonly Pull[]
}

/** What a unit is, beside its text. */
export interface UnitContext
  extends Omit<UnitIdentity, 'role'>, Pick<LoadedUnit, 'amends' | 'host' | 'now'> {
  readonly target: Target
  readonly manager: 'system' | 'user'
}

/**
 * Put the files of a unit together: all assignments that systemd reads, in its order.
 *
 * A fault that ends the reading of a file ends it here (systemd.unit(5)); sections that the unit
 * type does not have are skipped.
 */
export function load(files: readonly SourceFile[], context: UnitContext): LoadedUnit {
  const {lines, isReadable} = linesRead(files, context)
  return unitWith(lines, files, isReadable, context)
}

/** A unit with these lines of its files. */
export function unitWith(
  lines: readonly Assignment[],
  files: readonly SourceFile[],
  isReadable: boolean,
  context: UnitContext,
): LoadedUnit {
  return {
    names: [context.name],
    pulls: [],
    ...context,
    files,
    isPartial: !files.some((file) => file.role === 'fragment'),
    isReadable,
    ...indexed(lines),
  }
}

/** The same unit as another systemd reads it. */
export const readBy = query((unit: LoadedUnit, target: Target): LoadedUnit => {
  const {name, type, names, pulls, manager, host, now} = unit
  const context = {name, type, names, pulls, manager, host, now, target}
  // The lines of an amended unit are not all in its files.
  return unit.amends
    ? unitWith(unit.lines, unit.files, unit.isReadable, context)
    : load(unit.files, context)
})

/**
 * All assignments of some files that systemd reads, in its order; and whether it reads the main
 * file to its end.
 */
export function linesRead(
  files: readonly SourceFile[],
  context: UnitContext,
): Pick<LoadedUnit, 'lines' | 'isReadable'> {
  const lines: Assignment[] = []
  let isReadable = true
  for (const file of files) {
    for (const node of file.tree.children) {
      if (node.type === 'junk' && fatalFaults.has(node.fault)) {
        if (file.role === 'fragment') isReadable = false
        break
      }
      if (node.type !== 'section') continue
      const ended = readSection(node, file, context, lines)
      if (!ended) continue
      if (file.role === 'fragment') isReadable = false
      break
    }
  }
  return {lines, isReadable}
}

/** The unit that has the answers to questions about this one; see `query`. */
export function itself(unit: LoadedUnit): LoadedUnit {
  return unit.itself ?? unit
}

/** Lines as a unit offers them: all, of a section, of a key. */
export function indexed(
  lines: readonly Assignment[],
): Pick<LoadedUnit, 'lines' | 'all' | 'assignments'> {
  const bySection = new Map<string, {all: Assignment[]; byKey: Map<string, Assignment[]>}>()
  for (const line of lines) {
    let section = bySection.get(line.section)
    if (!section) bySection.set(line.section, (section = {all: [], byKey: new Map()}))
    section.all.push(line)
    const same = section.byKey.get(line.key)
    if (same) same.push(line)
    else section.byKey.set(line.key, [line])
  }
  return {
    lines,
    all: (section) => bySection.get(section)?.all ?? none,
    assignments: (section, key) => bySection.get(section)?.byKey.get(key) ?? none,
  }
}

const none: readonly Assignment[] = []

/** Whether the file ends in this section because systemd gives up there. */
function readSection(
  node: Section,
  file: SourceFile,
  context: UnitContext,
  lines: Assignment[],
): boolean {
  if (!isSectionName(node.name, context.target.version)) return true
  const known = dialectOf(context.target).types[context.type]?.includes(node.name) ?? false
  for (const entry of node.children) {
    if (entry.type === 'junk' && fatalFaults.has(entry.fault)) return true
    if (!known || entry.type !== 'directive') continue
    lines.push({section: node.name, key: entry.key, value: entry.value, directive: entry, file})
  }
  return false
}

/**
 * Whether systemd goes on behind such a header: up to 249 any name does; later ones refuse control
 * characters, quotes, backslashes, and from 261 globs and nothing.
 */
export function isSectionName(name: string, version: number): boolean {
  if (version <= 249) return true
  if (/[\u0001-\u001f\u007f"'\\]/.test(name)) return false
  return version < 261 || (name !== '' && !/[[*?]/.test(name))
}

/**
 * The unit that a file belongs to, by its path: `foo.service`, or for `foo.service.d/x.conf` the
 * unit that it amends; undefined for other names.
 */
export function unitOf(path: string): UnitIdentity | undefined {
  // A backslash is a separator on Windows, but for those that escape characters in names of units.
  const parts = path.split(/\/|\\(?!x[0-9a-f]{2})/)
  const file = parts.at(-1) ?? ''
  const type = typeOf(file)
  if (type) return {name: file, type, role: 'fragment'}
  const folder = parts.at(-2) ?? ''
  if (!file.endsWith('.conf') || !folder.endsWith('.d')) return undefined
  const name = folder.slice(0, -2)
  const amended = typeOf(name) ?? fileTypes.find((candidate) => candidate === name)
  return amended && {name, type: amended, role: 'drop-in'}
}

/**
 * Whose units a file is of: those of users lie in `systemd/user` (systemd.unit(5), "unit file load
 * path") and where Quadlet looks for them, in sources also in folders called almost so, or have
 * names such as `example.user.service` (dh_installsystemduser(1)).
 */
export function managerOf(path: string): UnitContext['manager'] {
  if (!path.includes('user') && !path.includes('.config')) return 'system'
  return usersFolder.test(path) || quadletsFolder.test(path) || usersName.test(path)
    ? 'user'
    : 'system'
}

const usersFolder =
  /(?:^|[/\\])(?:(?:[\w.]{1,40}-)?systemd[/\\._-]user|units[/\\]user|user[_-]units)(?:[_-]units|\.control)?[/\\]/
const quadletsFolder =
  /(?:^|[/\\])(?:containers[/\\]systemd[/\\]users|\.config[/\\]containers[/\\]systemd)[/\\]/
const usersName = /\.user\.(?:service|socket|timer|path|target)$/

function typeOf(name: string): UnitType | undefined {
  const dot = name.lastIndexOf('.')
  const suffix = name.slice(dot + 1)
  // A name may begin with a dot, and has something before its suffix.
  return dot > 0 ? fileTypes.find((type) => type === suffix) : undefined
}
