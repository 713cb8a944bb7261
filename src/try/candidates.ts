import {judgedCallGroups} from '../facts/accesses.ts'
import type {AccessId} from '../facts/accesses.ts'
import {isHardening} from '../facts/hardening.ts'
import {strictness, strictnessOf} from '../facts/strictness.ts'
import {isRefused} from '../engine/refused-more.ts'
import type {Located} from '../engine/check.ts'
import type {NewLine} from '../engine/anchors.ts'
import {permittedFix} from '../engine/proposal.ts'
import type {Facade} from '../engine/proposal.ts'
import {figureOf} from '../needs/rarity.ts'
import {capabilitiesIn} from '../values/capabilities.ts'
import {isFamilyAllowed} from '../values/address-families.ts'
import {allNamespaces} from '../values/namespaces.ts'
import {callAllowedOf} from '../values/syscalls.ts'
import {verdict} from '../unit/verdict.ts'
import {settingKeys} from '../unit/settings.ts'
import type {SettingKey} from '../unit/settings.ts'
import type {Unit} from '../rule/unit.ts'
import {amend} from '../engine/amend.ts'
import {add} from '../rule/change.ts'
import {serviceLines} from './lines.ts'
import {otherFamilies, usualFamilies} from './candidate.ts'
import type {Candidate} from './candidate.ts'

/** What candidates are made of. */
export interface CandidateSources {
  /** What the rules found, of those that nobody has turned off. */
  readonly found: readonly Located[]
  /** The directives that somebody asks for. */
  readonly wanted: ReadonlySet<string>
  readonly facade: Facade
}

/**
 * All that could harden a service beyond what it has, each as strict as it gets: but for what
 * evidence is certain that it needs, what systemd would not load, and what would stay when the line
 * is gone.
 */
export function candidates(unit: Unit, trying: CandidateSources): readonly Candidate[] {
  const words = [...trying.wanted].flatMap((key) => ofWord(unit, key, trying) ?? [])
  const lists = sets(unit).filter(({key}) => trying.wanted.has(key))
  const others = [...addresses(unit), ...plain(unit)].filter(({key}) => trying.wanted.has(key))
  return [...words, ...lists, ...others].filter((one) => isLoaded(unit, one, trying.facade))
}

/** What a directive is about that an own user for each start would change for good. */
const never: ReadonlySet<string> = new Set([
  'DynamicUser',
  'User',
  'RemoveIPC',
  'Delegate',
  'NotifyAccess',
])

/** What stays after the line is gone, as files do that it had made otherwise. */
const lasting: ReadonlySet<AccessId> = new Set<AccessId>([
  'world-readable-files',
  'group-shared-files',
  'group-writable-files',
  'lasting-ipc',
  'fixed-user',
])

function ofWord(unit: Unit, key: string, {found}: CandidateSources): Candidate | undefined {
  if (never.has(key) || !isSetting(key)) return undefined
  const {version} = unit.target
  const {value: actual} = unit.settings[key]
  if (typeof actual !== 'string') return undefined
  const now = strictnessOf(key, actual, version)
  const known = new Set<AccessId>(unit.denies(key, actual))
  const ladder: Candidate[] = []
  let before = ''
  for (const [value = ''] of strictness(key, version)
    .slice(Math.max(0, now) + 1)
    .toReversed()) {
    const denied = unit.denies(key, value).filter((id) => !known.has(id))
    // A level that denies the same is no weaker.
    if (denied.length === 0 || denied.join() === before) continue
    before = denied.join()
    const besides = key === 'ProtectSystem' && value === 'strict' ? placesFrom(found) : []
    const one = candidate(unit, {key, value, besides}, denied)
    if (one) ladder.push(one)
  }
  const [strongest, ...weaker] = ladder
  return strongest && {...strongest, weaker}
}

/** The places to write to that evidence names, with what would make all others read-only. */
function placesFrom(found: readonly Located[]): readonly NewLine[] {
  const fix = found
    .filter(({directives}) => directives.includes('ProtectSystem'))
    .map((one) => permittedFix(one, 'unsafe'))
  const lines = fix.flatMap(
    (its) =>
      its?.operations.flatMap((operation) =>
        operation.kind === 'insert' ? operation.lines : [],
      ) ?? [],
  )
  return lines.filter(([key]) => key === 'ReadWritePaths')
}

type Plain = Pick<Candidate, 'key' | 'value'> & Partial<Pick<Candidate, 'member' | 'besides'>>

/**
 * A candidate, unless evidence is certain that it breaks the service, or what it does would last
 * and may be wrong.
 *
 * Next to nothing does without `/dev/null`.
 */
function candidate(unit: Unit, line: Plain, denied: readonly AccessId[]): Candidate | undefined {
  const {applicability, because} = unit.weigh(denied)
  if (applicability === 'withheld' && because.some(({certain}) => certain)) return undefined
  if (applicability !== 'safe' && denied.some((id) => lasting.has(id) || id === 'pseudo-devices'))
    return undefined
  const isGuess = because.every(({isGuess: its}) => its === true)
  const risk =
    applicability === 'safe'
      ? 0.01
      : applicability === 'unsafe'
        ? commonest(denied, unit)
        : isGuess
          ? 0.15
          : 0.35
  return {besides: [], ...line, evidence: applicability, risk, weaker: []}
}

/** How many services of the kind need what is denied, as a part of one. */
function commonest(denied: readonly AccessId[], {needs}: Unit): number {
  const parts = denied
    .filter((id) => !needs.borne.has(id))
    .map((id) => figureOf(id, needs.population))
  return Math.min(
    0.5,
    parts.reduce((most, {needing, of}) => Math.max(most, of === 0 ? 0 : needing / of), 0.02),
  )
}

/** Each member of a list that would be taken away. */
function sets(unit: Unit): readonly Candidate[] {
  const {
    CapabilityBoundingSet: held,
    SystemCallFilter: calls,
    RestrictAddressFamilies: families,
    RestrictNamespaces: spaces,
  } = unit.settings
  const taken = (
    key: string,
    member: string,
    besides: readonly NewLine[] = [],
  ): readonly Candidate[] => {
    const value = `~${member}`
    const one = candidate(unit, {key, value, member, besides}, unit.denies(key, value))
    return one ? [one] : []
  }
  const {version} = unit.target
  const fails =
    unit.written('SystemCallErrorNumber').length > 0
      ? []
      : ([['SystemCallErrorNumber', 'EPERM']] as const)
  const isOpen = families.value === undefined
  return [
    ...capabilitiesIn(held.value).flatMap((member) => taken('CapabilityBoundingSet', member)),
    ...judgedCallGroups
      .filter((group) => callAllowedOf(calls.value, group, version) !== undefined)
      .flatMap((member) => taken('SystemCallFilter', member, fails)),
    ...usualFamilies
      .filter((its) => its.split(' ').some((family) => isFamilyAllowed(families.value, family)))
      .flatMap((member) => taken('RestrictAddressFamilies', member)),
    ...(isOpen ? exotic(unit) : []),
    ...[...(spaces.value ?? allNamespaces(version))].flatMap((member) =>
      taken('RestrictNamespaces', member),
    ),
  ]
}

function exotic(unit: Unit): readonly Candidate[] {
  const value = usualFamilies.join(' ')
  const one = candidate(
    unit,
    {key: 'RestrictAddressFamilies', value, member: otherFamilies},
    unit.denies('RestrictAddressFamilies', value),
  )
  return one ? [one] : []
}

/**
 * A check from here says nothing of hosts elsewhere, so what may talk to others keeps doing so:
 * evidence has to vouch for it.
 */
function addresses(unit: Unit): readonly Candidate[] {
  const key = 'IPAddressDeny'
  if (unit.values(key).length > 0 || unit.values('IPAddressAllow').length > 0) return []
  const all = unit.denies(key, 'any')
  const ways = [
    {besides: [], denied: all},
    {
      besides: [['IPAddressAllow', 'localhost']] as const,
      denied: all.filter((id) => id !== 'inet-local'),
    },
  ]
  const [first, ...weaker] = ways.flatMap(({besides, denied}) => {
    const one = candidate(unit, {key, value: 'any', besides}, denied)
    return one?.evidence === 'safe' ? [one] : []
  })
  return first ? [{...first, weaker}] : []
}

/** What is no word and has one value that all would take. */
function plain(unit: Unit): readonly Candidate[] {
  const lines = [
    ['UMask', '0077'],
    ['SystemCallArchitectures', 'native'],
  ] as const
  return lines.flatMap(([key, value]) =>
    unit.values(key).length > 0
      ? []
      : (candidate(unit, {key, value}, unit.denies(key, value)) ?? []),
  )
}

/** Whether systemd would take a line, and load the unit with it as well as without. */
function isLoaded(unit: Unit, one: Candidate, facade: Facade): boolean {
  const changed = amend(
    unit,
    serviceLines([one], unit).map(([key, value]) => add('Service', key, value)),
  )
  if (!changed || verdict(changed).complaints.length > unit.verdict.complaints.length) return false
  return !isRefused(facade(changed, unit.evidence), unit)
}

const keys: ReadonlySet<string> = new Set(settingKeys)

function isSetting(key: string): key is SettingKey {
  return keys.has(key)
}

/** The directives that harden which some rules are about. */
export function hardeningOf(
  rules: ReadonlyArray<{readonly directives: readonly string[]}>,
): ReadonlySet<string> {
  return new Set(
    rules.flatMap(({directives}) =>
      directives.length <= 2
        ? directives.filter((key) => isHardening(key) || key === 'IPAddressDeny')
        : [],
    ),
  )
}

/**
 * A line of `[Service]` that somebody wants tried as well; a text that says what is wrong with it.
 */
export function addedByHand(unit: Unit, text: string): Candidate | string {
  const [, key = '', value = ''] = /^\s*([A-Za-z]\w*)\s*=\s*(.*?)\s*$/.exec(text) ?? []
  if (key === '' || /[\n\r\\]/.test(text))
    return `Unexpected \`${text}\`, expected a line such as \`ProtectHome=yes\``
  const changed = amend(unit, [add('Service', key, value)])
  if (!changed || verdict(changed).complaints.length > unit.verdict.complaints.length)
    return `Unexpected \`${text}\`, which systemd ${unit.target.name} does not take`
  return {key, value, besides: [], evidence: 'unsafe', risk: 0.04, weaker: []}
}
