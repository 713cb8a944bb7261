import type {AccessId} from '../facts/accesses.ts'
import {rowOf} from '../facts/sandboxing/rows.ts'
import {denials, deniesByItself} from '../needs/denials.ts'
import {contextOfLine, denialContext} from '../needs/denial-context.ts'
import type {DenialContext} from '../needs/denial-context.ts'
import {deniedBy, deniedTogether} from '../rule/denied.ts'
import type {Unit} from '../rule/unit.ts'
import {isValid} from '../rule/validity.ts'
import {sectionsIn} from '../syntax/tree.ts'
import type {Entry, UnitTree} from '../syntax/tree.ts'
import {itself} from '../unit/load.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {query} from '../unit/query.ts'
import {dialectOf} from '../values/dialect.ts'
import {splitWords} from '../values/words.ts'
import type {Operation} from './operations.ts'
import type {NewLine} from './anchors.ts'

/**
 * What a service with operations on its lines denies that it did not deny before.
 *
 * The service as they leave it is asked only where they do not tell by themselves: to read it takes
 * longer than all the rest.
 */
export function deniedAnew(
  unit: Unit,
  all: readonly Operation[],
  fixed: () => Unit,
): readonly AccessId[] {
  if (!all.some((operation) => mayDeny(operation, unit))) return []
  if (isPlainAddition(unit, all)) {
    // Each fix comes through here, and V8 takes several times as long for `flatMap()`.
    const denied: AccessId[] = []
    for (const operation of all) {
      if (operation.kind !== 'insert') continue
      for (const line of operation.lines)
        for (const access of added(unit, line)) denied.push(access)
    }
    return denied
  }
  return byThemselves(unit, all) ?? between(unit, fixed())
}

/**
 * What lines deny that are the only ones of their directives, added or in the place of the one that
 * there is, or that add up with others.
 *
 * Undefined where they are not, where one is not simply what it says, or changes what others deny
 * in ways that cannot be told from it.
 */
function byThemselves(unit: Unit, all: readonly Operation[]): readonly AccessId[] | undefined {
  const lines = linesOf(all)
  if (!lines || !isWhole(unit)) return undefined
  const before = new Map<string, readonly string[]>()
  let context: DenialContext | undefined = denialContext(unit)
  for (const [key, values] of lines) {
    const others = othersOf(key, values, all, unit)
    if (!others) return undefined
    before.set(key, others)
    if (lines.size === 1 && deniesByItself(key)) continue
    for (const value of values) context &&= contextOfLine(key, value, context)
  }
  if (!context) return undefined
  const denied: AccessId[] = []
  for (const [key, values] of lines) {
    const its = ofLines(key, values, before.get(key) ?? none, {context, unit})
    for (const access of its) denied.push(access)
  }
  return denied
}

/** What lines of a directive deny, with those in force before them. */
function ofLines(
  key: string,
  values: readonly string[],
  before: readonly string[],
  {context, unit}: {readonly context: DenialContext; readonly unit: Unit},
): readonly AccessId[] {
  const was = valuesOf(unit).get(key) ?? none
  if (isSame(key, was, values)) return []
  const denied = (its: string): readonly AccessId[] => denials(key, its, context)
  const taking = values.filter((value) => value.startsWith('~') && !was.includes(value))
  return [
    ...without(key, deniedTogether(key, [...before, ...values], denied), deniedBy(unit, key)),
    ...taking.flatMap(denied),
  ]
}

const none: readonly never[] = []

/**
 * The lines of `[Service]` that operations write, by directive; undefined where that is not plain
 * to see.
 */
function linesOf(all: readonly Operation[]): ReadonlyMap<string, readonly string[]> | undefined {
  const lines = new Map<string, readonly string[]>()
  const write = (key: string, value: string): void =>
    void lines.set(key, [...(lines.get(key) ?? none), value])
  for (const operation of all) {
    if (operation.kind === 'insert' && operation.section === 'Service') {
      for (const [key, value] of operation.lines) write(key, value)
    } else if (operation.kind === 'rewrite' && operation.values.length === 1)
      write(operation.entry.key, operation.values[0] ?? '')
    else return undefined
  }
  return lines
}

/**
 * What of a directive stays in force before lines that systemd takes as they stand; undefined where
 * that is not plain to see.
 */
function othersOf(
  key: string,
  values: readonly string[],
  all: readonly Operation[],
  unit: Unit,
): readonly string[] | undefined {
  if (
    !rowOf(key) ||
    nameToday('Service', key, unit.target) !== key ||
    !values.every((value) => isValid(unit, 'Service', key, value))
  )
    return undefined
  if (addUp.has(key) && areAddedLast(all)) return unit.values(key).map(({value}) => value)
  const rewritten = all.flatMap((operation) =>
    operation.kind === 'rewrite' && operation.entry.key === key ? [operation.entry] : [],
  )
  const written = valuesOf(unit).get(key) ?? none
  const [line] = unit.assignments('Service', key)
  return values.length === 1 &&
    written.length === rewritten.length &&
    line?.directive === rewritten[0]
    ? none
    : undefined
}

/** Whether all lines are added behind those of their kind that there are. */
function areAddedLast(all: readonly Operation[]): boolean {
  return all.every((operation) => operation.kind === 'insert' && operation.isAlike)
}

/** Directives all of whose lines add up since the last empty one. */
const addUp: ReadonlySet<string> = new Set(['SystemCallFilter'])

/** Whether systemd reads a unit to its end. */
function isWhole({verdict, isReadable}: Unit): boolean {
  return isReadable && verdict.complaints.every(({effect}) => effect !== 'unit')
}

/** Whether an operation is about lines of `[Service]` of which some may deny something. */
function mayDeny(operation: Operation, {target}: Unit): boolean {
  const isDenying = (key: string): boolean => {
    const name = nameToday('Service', key, target)
    return rowOf(name) !== undefined || undecided.has(name)
  }
  if (operation.kind === 'header') return true
  if (operation.kind === 'insert')
    return operation.section === 'Service' && operation.lines.some(([key]) => isDenying(key))
  const {file, entry} = operation
  if (homesIn(file.tree).get(entry) !== 'Service') return false
  if (entry.type === 'directive' && isDenying(entry.key)) return true
  if (operation.kind === 'key') return isDenying(operation.key)
  return operation.kind === 'assign' && isDenying(operation.line[0])
}

/** The sections that the lines of a file stand in. */
const homesIn = query(
  (tree: UnitTree): ReadonlyMap<Entry, string> =>
    new Map(
      sectionsIn(tree).flatMap(({name, children}) =>
        children.map((entry) => [entry, name] as const),
      ),
    ),
)

function nameToday(section: string, key: string, target: Unit['target']): string {
  return dialectOf(target).row(section, key, target.version)?.aliasOf ?? key
}

/** Whether all it does is to add lines that no others have to do with. */
function isPlainAddition(unit: Unit, all: readonly Operation[]): boolean {
  return all.every(
    (operation) =>
      operation.kind === 'insert' &&
      operation.section === 'Service' &&
      operation.lines.length === 1 &&
      operation.lines.every(
        ([key]) => !others.has(key) && unit.assignments('Service', key).length === 0,
      ),
  )
}

/** Directives on which depends what others deny. */
const others: ReadonlySet<string> = new Set([
  'AmbientCapabilities',
  'DeviceAllow',
  'DynamicUser',
  'ExecStart',
  'IPAddressAllow',
  'NoNewPrivileges',
  'PrivateMounts',
  'SocketBindAllow',
  'SystemCallErrorNumber',
  'User',
])

function added(unit: Unit, [key, value]: NewLine): readonly AccessId[] {
  return without(key, unit.denies(key, value), deniedBy(unit, key))
}

/** What is denied and was not known to be. */
function without(
  key: string,
  denied: Iterable<AccessId>,
  known: ReadonlySet<AccessId>,
): AccessId[] {
  return [...denied].filter((access) =>
    access === 'unknown-effect' ? undecided.has(key) : !known.has(access),
  )
}

function between(unit: Unit, fixed: Unit): readonly AccessId[] {
  const [before, after] = [valuesOf(unit), valuesOf(fixed)]
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [was, is] = [before.get(key) ?? [], after.get(key) ?? []]
    if (isSame(key, was, is)) return []
    // A line that takes away says it plainly, whatever the others leave together.
    const taking = is.filter((value) => value.startsWith('~') && !was.includes(value))
    return [
      ...without(key, deniedBy(fixed, key), deniedBy(unit, key)),
      ...taking.flatMap((value) => without(key, fixed.denies(key, value), nothing)),
    ]
  })
}

/** The values of all lines of `[Service]`, by the names that directives have today. */
const valuesOf = query((unit: LoadedUnit): ReadonlyMap<string, readonly string[]> => {
  const values = new Map<string, string[]>()
  for (const {section, key, value} of unit.all('Service')) {
    const name = nameToday(section, key, unit.target)
    const same = values.get(name)
    if (same) same.push(value)
    else values.set(name, [value])
  }
  return values
}, itself)

const nothing: ReadonlySet<AccessId> = new Set()

function isSame(key: string, before: readonly string[], after: readonly string[]): boolean {
  if (before.join('\n') === after.join('\n')) return true
  return paths.has(key) && pathsOf(before).join('\n') === pathsOf(after).join('\n')
}

/** Paths without the mark of those that may be missing: it denies nothing. */
function pathsOf(values: readonly string[]): string[] {
  return values.flatMap((value) =>
    value === '' ? [''] : splitWords(value, 'quotes').words.map(({text}) => text.replace(/^-/, '')),
  )
}

const paths: ReadonlySet<string> = new Set([
  'InaccessiblePaths',
  'NoExecPaths',
  'ReadOnlyPaths',
  'RootDirectory',
])

/** Directives that deny something, though nobody has said what. */
const undecided: ReadonlySet<string> = new Set([
  ...paths,
  'IPEgressFilterPath',
  'IPIngressFilterPath',
  'RestrictFileSystems',
  'RestrictNetworkInterfaces',
  'RootImage',
  'TemporaryFileSystem',
])
