import {unitTypes, type UnitType} from '../../facts/unit-types.ts'
import type {Assignment, AssignmentSource, SourceFile} from '../unit.ts'
import {parseBoolean} from '../../values/boolean.ts'
import {parseCommandLine} from '../../values/commands.ts'
import {isUserOrGroup} from '../../values/names.ts'
import {isBelow, parseAbsolutePath} from '../../values/paths.ts'
import {expandSpecifiers} from '../../values/specifiers.ts'
import {splitWords} from '../../values/words.ts'
import {isAfter} from '../read/order.ts'
import {executionSection} from '../../facts/sections.ts'

/** Why systemd does not load a unit. */
export interface Refusal {
  readonly reason: string
  /** Where it says so; undefined when something is missing. */
  readonly assignment?: Assignment
}

/** What values that systemd cannot use do to the files that they stand in. */
export interface Refused {
  /** In the main file: the unit does not load. In the order of the keys, not of the file. */
  readonly refusals: readonly Refusal[]
  /** In drop-ins: the rest of the drop-in does not count. At most one for each. */
  readonly endings: readonly Fatal[]
}

type Fatal = Refusal & {readonly assignment: Assignment}

type Check = (value: string, unit: AssignmentSource) => string | undefined

/** Find the values that systemd insists on understanding (systemd.exec(5), systemd.service(5)). */
export function refusedValues(unit: AssignmentSource): Refused {
  const found: Fatal[] = []
  for (const {section, key, check} of checks.get(unit.type) ?? []) {
    for (const assignment of unit.assignments(section, key)) {
      const reason = check(assignment.value, unit)
      if (reason !== undefined) found.push({reason: `\`${key}=\` has ${reason}`, assignment})
    }
  }
  if (found.length === 0) return nothing
  const endings = new Map<SourceFile, Fatal>()
  for (const fatal of found) {
    const {file} = fatal.assignment
    const earlier = endings.get(file)
    if (file.role === 'drop-in' && (!earlier || isAfter(earlier.assignment, fatal.assignment))) endings.set(file, fatal)
  }
  return {refusals: found.filter(({assignment}) => assignment.file.role === 'fragment'), endings: [...endings.values()]}
}

/** The same unit without what stands in a drop-in at or behind the value that ends its reading. */
export function withoutEndings(unit: AssignmentSource, {endings}: Refused): AssignmentSource {
  if (endings.length === 0) return unit
  const counts = (assignment: Assignment): boolean => !endings.some(({assignment: ending}) => ending.file === assignment.file && !isAfter(ending, assignment))
  return {
    name: unit.name,
    type: unit.type,
    manager: unit.manager,
    target: unit.target,
    assignments: (section, key) => unit.assignments(section, key).filter(counts),
  }
}

const nothing: Refused = {refusals: [], endings: []}

const anUnknownSpecifier = 'an unknown specifier'

const command: Check = (value, unit) => {
  const {fault, isFatal} = parseCommandLine(value, unit)
  return isFatal ? fault : undefined
}

const userOrGroup: Check = (value, unit) => {
  if (value === '') return undefined
  const name = expandSpecifiers(value, unit)
  if (name === undefined) return anUnknownSpecifier
  return isUserOrGroup(name) ? undefined : 'no valid name'
}

const groups: Check = (value, unit) => {
  if (value === '') return undefined
  for (const {text} of splitWords(value, 'plain').words) {
    const fault = userOrGroup(text, unit)
    if (fault !== undefined) return fault
  }
  return undefined
}

const boolean: Check = (value) => (parseBoolean(value) === undefined ? 'no boolean value' : undefined)

const path: Check = (value, unit) => {
  if (value === '') return undefined
  const expanded = expandSpecifiers(value, unit)
  if (expanded === undefined) return anUnknownSpecifier
  return parseAbsolutePath(expanded, unit.target.version) === undefined ? 'no absolute path without `..`' : undefined
}

const workingDirectory: Check = (value, unit) => (value === '~' || value.startsWith('-') ? undefined : path(value, unit))

const label: Check = (value, unit) => (value.startsWith('-') || expandSpecifiers(value, unit) !== undefined ? undefined : anUnknownSpecifier)

const pidFile: Check = (value, unit) => {
  const expanded = expandSpecifiers(value, unit)
  if (value === '' || expanded === undefined) return undefined
  const file = parseAbsolutePath(expanded.startsWith('/') ? expanded : `/run/${expanded}`, unit.target.version)
  if (file === undefined) return 'a path with `..`'
  return unit.target.version >= 257 && kernelFolders.some((folder) => isBelow(file, folder)) ? 'a path in a kernel file system' : undefined
}

/** Where kernel file systems are mounted. */
export const kernelFolders = ['/proc', '/sys', '/dev']

const since =
  (version: number, check: Check): Check =>
  (value, unit) =>
    unit.target.version >= version ? check(value, unit) : undefined

const executing: readonly (readonly [string, Check])[] = [
  ['DynamicUser', boolean],
  ['User', userOrGroup],
  ['Group', userOrGroup],
  ['SupplementaryGroups', groups],
  ['RootDirectory', path],
  ['RootImage', path],
  ['RootVerity', path],
  ['RootMStack', since(260, path)],
  ['WorkingDirectory', workingDirectory],
  ['SELinuxContext', label],
  ['AppArmorProfile', label],
  ['SmackProcessLabel', label],
]

const ownKeys: Partial<Record<UnitType, readonly (readonly [string, Check])[]>> = {
  service: [
    ...['ExecCondition', 'ExecStartPre', 'ExecStart', 'ExecStartPost', 'ExecReload', 'ExecStop', 'ExecStopPost'].map((key) => [key, command] as const),
    ['ExecReloadPost', since(259, command)],
    ['PIDFile', pidFile],
  ],
  socket: [
    ...['ExecStartPre', 'ExecStartPost', 'ExecStopPre', 'ExecStopPost'].map((key) => [key, command] as const),
    ['SocketUser', userOrGroup],
    ['SocketGroup', userOrGroup],
  ],
}

const checks: ReadonlyMap<UnitType, readonly KeyCheck[]> = new Map(
  unitTypes.map((type) => {
    const section = executionSection(type)
    return [type, section === undefined ? [] : [...executing, ...(ownKeys[type] ?? [])].map(([key, check]) => ({section, key, check}))]
  }),
)

interface KeyCheck {
  readonly section: string
  readonly key: string
  readonly check: Check
}
