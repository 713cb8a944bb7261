import type {AccessId} from '../facts/accesses.ts'
import {judge} from '../needs/needs.ts'
import type {Judgement, Needs} from '../needs/needs.ts'
import {deniedBy} from '../rule/denied.ts'
import type {Applicability} from '../rule/rule.ts'
import type {Unit} from '../rule/unit.ts'
import {itself} from '../unit/load.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {query} from '../unit/query.ts'
import {splitWords} from '../values/words.ts'
import type {NewLine, Operation} from './operations.ts'
import {dialectOf} from '../values/dialect.ts'

/**
 * How safe a fix is for a unit, by what the unit with it denies that it did not deny before: held against what the service needs.
 *
 * What a line shows that the fix itself changes is no reason against it, but none for it either. What a change does beside denying,
 * only its author knows.
 */
export function safety(unit: Unit, all: readonly Operation[], fixed: () => Unit): Applicability {
  if (unit.type !== 'service') return 'safe'
  const denied = isPlainAddition(unit, all)
    ? all.flatMap((operation) => (operation.kind === 'insert' ? operation.lines : [])).flatMap((line) => added(unit, line))
    : deniedAnew(unit, fixed())
  if (denied.length === 0) return 'safe'
  const touched = new Set(all.flatMap((operation) => (operation.kind === 'insert' ? [] : [operation.entry])))
  if (touched.size === 0) return applicabilityOf(judge(denied, unit.needs))
  const isTouched = (need: Needs[number]): boolean => need.assignment !== undefined && touched.has(need.assignment.directive)
  const others = Object.assign(
    unit.needs.filter((need) => !isTouched(need)),
    {isClosed: unit.needs.isClosed},
  )
  const applicability = applicabilityOf(judge(denied, others))
  return applicability === 'safe' && judge(denied, unit.needs).applicability === 'withheld' ? 'unsafe' : applicability
}

function applicabilityOf({applicability}: Judgement): Applicability {
  return applicability === 'withheld' ? 'suggestion' : applicability
}

/** The less safe of two. */
export function lower(one: Applicability, other: Applicability): Applicability {
  return order.indexOf(one) > order.indexOf(other) ? one : other
}

const order: readonly Applicability[] = ['safe', 'unsafe', 'suggestion']

/** Whether all it does is to add lines that no others have to do with. */
function isPlainAddition(unit: Unit, all: readonly Operation[]): boolean {
  return all.every(
    (operation) =>
      operation.kind === 'insert' &&
      operation.section === 'Service' &&
      operation.lines.length === 1 &&
      operation.lines.every(([key]) => !others.has(key) && unit.assignments('Service', key).length === 0),
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
  'SystemCallErrorNumber',
  'User',
])

function added(unit: Unit, [key, value]: NewLine): readonly AccessId[] {
  return without(key, unit.denies(key, value), deniedBy(unit, key))
}

/** What is denied and was not known to be. */
function without(key: string, denied: Iterable<AccessId>, known: ReadonlySet<AccessId>): AccessId[] {
  return [...denied].filter((access) => (access === 'unknown-effect' ? undecided.has(key) : !known.has(access)))
}

function deniedAnew(unit: Unit, fixed: Unit): readonly AccessId[] {
  const [before, after] = [valuesOf(unit), valuesOf(fixed)]
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [was, is] = [before.get(key) ?? [], after.get(key) ?? []]
    if (isSame(key, was, is)) return []
    // A line that takes away says it plainly, whatever the others leave together.
    const taking = is.filter((value) => value.startsWith('~') && !was.includes(value))
    return [...without(key, deniedBy(fixed, key), deniedBy(unit, key)), ...taking.flatMap((value) => fixed.denies(key, value))]
  })
}

/** The values of all lines of `[Service]`, by the names that directives have today. */
const valuesOf = query((unit: LoadedUnit): ReadonlyMap<string, readonly string[]> => {
  const values = new Map<string, string[]>()
  for (const {section, key, value} of unit.all('Service')) {
    const name = dialectOf(unit.target).row(section, key, unit.target.version)?.aliasOf ?? key
    const same = values.get(name)
    if (same) same.push(value)
    else values.set(name, [value])
  }
  return values
}, itself)

function isSame(key: string, before: readonly string[], after: readonly string[]): boolean {
  if (before.join('\n') === after.join('\n')) return true
  return paths.has(key) && pathsOf(before).join('\n') === pathsOf(after).join('\n')
}

/** Paths without the mark of those that may be missing: it denies nothing. */
function pathsOf(values: readonly string[]): string[] {
  return values.flatMap((value) => (value === '' ? [''] : splitWords(value, 'quotes').words.map(({text}) => text.replace(/^-/, ''))))
}

const paths: ReadonlySet<string> = new Set(['InaccessiblePaths', 'NoExecPaths', 'ReadOnlyPaths', 'RootDirectory'])

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
