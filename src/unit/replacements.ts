import {itself} from './load.ts'
import type {LoadedUnit} from './load.ts'
import {query} from './query.ts'
import {listWrittenBy} from './read/places.ts'
import {reading} from './read/reading.ts'
import type {Assignment} from './unit.ts'
import type {Directive} from '../syntax/tree.ts'
import {valueFacts} from '../facts/value-facts.ts'
import {replacement} from '../values/replaced.ts'
import {parseBoolean} from '../values/boolean.ts'

/** What takes the place of an obsolete assignment. */
export interface Successor {
  readonly section: string
  readonly key: string
  /** What to write there; undefined where that takes thought. */
  readonly value: string | undefined
  /** The target's systemd does the same by it. */
  readonly isSame: boolean
  /**
   * An empty line takes it back, or it takes others back: under a name that others know nothing of,
   * what is taken back would be in force.
   */
  readonly isTiedUp: boolean
}

/**
 * What takes the place of an assignment of an obsolete directive; undefined for one that is not
 * obsolete, or that nothing replaces.
 */
export function successor(assignment: Assignment, unit: LoadedUnit): Successor | undefined {
  const {section, key, value} = assignment
  const {version} = unit.target
  if (key === 'ManagedOOMMemoryPressureLimitPercent' && version >= 248)
    return {
      section,
      key: 'ManagedOOMMemoryPressureLimit',
      value,
      isSame: false,
      isTiedUp: false,
    }
  const facts = valueFacts(section, key, version)
  const found = facts && replacement(section, key, version)
  if (!found) return undefined
  const home = found.section ?? section
  const translated = found.keepsValue
    ? {value, isExact: !reportsMore.has(key)}
    : translation(key, value)
  const isAtWork = facts.removedSince === undefined || version < facts.removedSince
  const isAlone = rivals(home, section, key, found.key, unit) <= 1
  return {
    section: home,
    key: found.key,
    value: translated?.value,
    isSame: isAtWork && isAlone && (translated?.isExact ?? false),
    isTiedUp: facts.aliasOf === undefined && tiedUp(unit).has(assignment.directive),
  }
}

/** Lines of what is gone now that an empty one takes back, and those that do. */
const tiedUp = query((unit: LoadedUnit): ReadonlySet<Directive> => {
  const tied = new Set<Directive>()
  const waiting = new Map<string, Directive[]>()
  for (const {assignment, facts} of reading(unit).lines) {
    if (facts?.removedSince === undefined) continue
    const {section, key, value, directive} = assignment
    const place = listWrittenBy(section, key, facts)
    const before = waiting.get(place) ?? []
    waiting.set(place, before)
    before.push(directive)
    if (value !== '') continue
    if (before.length > 1) for (const one of before) tied.add(one)
    before.length = 0
  }
  return tied
}, itself)

/** Directives whose successors also show what they count. */
const reportsMore: ReadonlySet<string> = new Set(['BlockIOAccounting'])

/**
 * How many assignments set what an obsolete one sets; where it is renamed in its place their order
 * stays, so that they do not matter.
 */
function rivals(
  home: string,
  section: string,
  key: string,
  newer: string,
  unit: LoadedUnit,
): number {
  if (home !== section) {
    const names = newer === 'StartLimitIntervalSec' ? [newer, 'StartLimitInterval'] : [newer]
    return [home, section].flatMap((place) =>
      [...new Set([...names, key])].flatMap((name) => unit.assignments(place, name)),
    ).length
  }
  // Of the limits for control groups of version 1 none counts as soon as one for version 2 is set.
  const family = families.find((pattern) => pattern.test(key))
  return family ? countOf(unit, section, family) : 1
}

const countOf = query(
  (unit: LoadedUnit, section: string, family: RegExp): number =>
    unit.all(section).filter((other) => family.test(other.key)).length,
  itself,
)

const families: readonly RegExp[] = [
  /^(?:Default|Startup)*Memory(?!Accounting|Deny|Pressure|KSM|THP)/,
  /^(?:Startup)?CPU(?:Shares|Weight)$/,
  /^(?:Startup)?(?:Block)?IO(?:Weight|Device|Read|Write)/,
]

/**
 * A value in the unit of the directive that replaces its own, and whether it is the same both ways
 * (systemd.resource-control(5)).
 */
function translation(key: string, value: string): {value: string; isExact: boolean} | undefined {
  if (key === 'OnFailureIsolate') {
    const isolates = parseBoolean(value)
    return isolates === undefined
      ? undefined
      : {value: isolates ? 'isolate' : 'replace', isExact: true}
  }
  if (value === '') return {value, isExact: true}
  if (value.length > longest) return undefined
  const [, device = '', digits = ''] = /^(?:(.*[^ \t])[ \t]+)?([1-9][0-9]{0,6})$/s.exec(value) ?? []
  const number = Number(digits)
  if (digits === '' || (device !== '') !== key.includes('Device')) return undefined
  const [half, whole] = key.includes('Shares') ? [100, 1024] : [100, 500]
  const weight = Math.min(Math.max(Math.floor((number * half) / whole), 1), 10_000)
  return {
    value: device === '' ? String(weight) : `${device} ${weight}`,
    isExact: Math.floor((weight * whole) / half) === number,
  }
}

/** Longer than any device and number. */
const longest = 200

/** Since when a directive is without effect, and whether nobody misses what it did. */
export function removal(
  {section, key}: Assignment,
  version: number,
): {since: number; isNeedless: boolean} {
  return {
    since: valueFacts(section, key, version)?.removedSince ?? version,
    isNeedless: needless.has(key),
  }
}

/** What was dropped with all that it was for, or is always so now. */
const needless: ReadonlySet<string> = new Set([
  'BusPolicy',
  'CPUAccounting',
  'IgnoreOnSnapshot',
  'NetClass',
  'SysVStartPriority',
])

/**
 * What to do instead of a directive that no other takes the place of, or why nothing: the end of a
 * message; undefined for others.
 */
export function advice(key: string): string | undefined {
  return advices.get(key)
}

const advices: ReadonlyMap<string, string> = new Map([
  ['BusPolicy', 'expected a policy of the D-Bus daemon'],
  ['CPUAccounting', 'as processor time is always counted'],
  ['Capabilities', 'expected `CapabilityBoundingSet` or `AmbientCapabilities`'],
  ['ControlGroup', 'expected `Slice`'],
  ['ControlGroupAttribute', 'expected a directive such as `MemoryMax` for each attribute'],
  ['ControlGroupModify', 'expected `Delegate`'],
  ['DefaultMemoryLow', 'expected `MemoryLow` in each unit'],
  ['DefaultMemoryMin', 'expected `MemoryMin` in each unit'],
  ['DefaultStartupMemoryLow', 'expected `StartupMemoryLow` in each unit'],
  ['DeviceDeny', 'expected `DevicePolicy`'],
  ['FsckPassNo', 'expected the sixth field in `/etc/fstab`'],
  ['IgnoreOnSnapshot', 'as there are no snapshots any more'],
  ['MemorySoftLimit', 'expected `MemoryHigh`'],
  ['Names', 'expected `Alias` in `[Install]`'],
  ['NetClass', 'expected `NFTSet` or `IPAddressDeny`'],
  ['PermissionsStartOnly', 'expected `!` or `+` before the commands that need to be root'],
  ['SysVStartPriority', 'expected `After` or `Before`'],
  ['TCPWrapName', 'expected `IPAddressAllow` and `IPAddressDeny`'],
])

/**
 * The older directive that comes nearest to one that the target does not know yet; undefined where
 * there is none.
 */
export function predecessor(key: string): string | undefined {
  return predecessors.get(key)
}

const predecessors: ReadonlyMap<string, string> = new Map([
  ['AssertVersion', 'AssertKernelVersion'],
  ['ConditionVersion', 'ConditionKernelVersion'],
  ['ImportCredential', 'LoadCredential'],
  ['ManagedOOMMemoryPressureLimit', 'ManagedOOMMemoryPressureLimitPercent'],
  ['ReloadSignal', 'ExecReload'],
  ['RestartMaxDelaySec', 'RestartSec'],
  ['RestartSteps', 'RestartSec'],
  ['UpheldBy', 'WantedBy'],
  ['Upholds', 'Wants'],
  ['WantsMountsFor', 'RequiresMountsFor'],
])

/**
 * The word that means the same as an obsolete one to every version known here; undefined for
 * others.
 */
export function modernWord(key: string, value: string): string | undefined {
  return key === 'StandardOutput' || key === 'StandardError' ? journals.get(value) : undefined
}

/** Since 246 one goes where the other does (systemd.exec(5), "StandardOutput="). */
const journals: ReadonlyMap<string, string> = new Map([
  ['syslog', 'journal'],
  ['syslog+console', 'journal+console'],
])
