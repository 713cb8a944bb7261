import {familyNames, familyVersions} from '../../facts/data/address-families.ts'
import {capabilityNames} from '../../facts/data/capabilities.ts'
import {callNames, callVersions} from '../../facts/data/syscall-groups.ts'
import type {ValueFacts} from '../../facts/directives.ts'
import {namesIn, tableFor} from '../../facts/ranges.ts'
import {strictnessOf} from '../../facts/strictness.ts'
import {rowOf} from '../../facts/sandboxing/rows.ts'
import {unitTypes} from '../../facts/unit-types.ts'
import {example} from '../../explain/examples.ts'
import {providedNames} from '../../machine/provided-units.ts'
import {callGroupNames} from '../../values/call-groups.ts'
import type {Subject} from '../subject.ts'
import {machineNow} from '../workspace.ts'

/** A word that could stand in a value. */
export interface PossibleWord {
  readonly word: string
  readonly kind: 'word' | 'unit' | 'capability' | 'call' | 'group' | 'family' | 'user' | 'example'
  readonly detail?: string
  /** Words that are told first have a lower one. */
  readonly rank: number
}

/**
 * The words that a directive's value, or a list in it, could hold next, in the order in which they
 * are worth a look: of ordered values from weak to strong.
 */
export function possibleWords(
  facts: ValueFacts,
  section: string,
  subject: Subject,
): readonly PossibleWord[] {
  const {type} = facts
  const version = subject.newest.version
  const words = enumWords(facts, subject)
  switch (type) {
    case 'unit-list':
    case 'unit-name':
      return unitNames(facts, subject)
    case 'capability-set':
      return ranked(capabilityNames.split(' '), 'capability')
    case 'syscall-filter':
    case 'syscall-list':
      return [
        ...ranked(callGroupNames(version), 'group'),
        ...ranked(namesIn(callNames, tableFor(version, callVersions)), 'call', 1000),
      ]
    case 'address-family-list':
      return [
        ...ranked(common, 'family'),
        ...ranked(['none'], 'word', 20),
        ...ranked(families(version), 'family', 100),
      ]
    case 'user-or-group':
    case 'user-or-group-list':
      return ranked(usersInSight(facts.key, subject), 'user')
    case 'signal':
      return ranked(signals, 'word')
    case 'boolean':
    case 'tristate':
      return words.length > 0 ? words : orderedBooleans(facts.key, version)
    default:
      return words.length > 0 ? words : exampleWords(facts, section)
  }
}

/** What a value is like of which no list has all, and the words that it may be as well. */
function exampleWords(facts: ValueFacts, section: string): readonly PossibleWord[] {
  const shown = example(section, facts)
  const its = examples[facts.type] ?? (shown === undefined ? [] : [shown])
  return ranked([...its, ...(facts.keywords ?? [])], 'example')
}

const common = ['AF_UNIX', 'AF_INET', 'AF_INET6', 'AF_NETLINK', 'AF_PACKET']
const signals = [
  'SIGTERM',
  'SIGINT',
  'SIGHUP',
  'SIGQUIT',
  'SIGKILL',
  'SIGABRT',
  'SIGUSR1',
  'SIGUSR2',
  'SIGWINCH',
  'SIGCONT',
  'SIGPIPE',
  'SIGALRM',
  'SIGRTMIN+3',
]
const examples: Readonly<Record<string, readonly string[]>> = {
  timespan: ['500ms', '5s', '30s', '1min', '5min', '1h', '1d', '1w'],
  'memory-size': ['64M', '256M', '512M', '1G', '2G', '50%'],
  calendar: [
    'minutely',
    'hourly',
    'daily',
    'weekly',
    'monthly',
    'quarterly',
    'semiannually',
    'yearly',
    '*-*-* 04:00:00',
    'Mon..Fri *-*-* 09:00:00',
  ],
}

function ranked(
  words: readonly string[],
  kind: PossibleWord['kind'],
  from = 0,
): readonly PossibleWord[] {
  return words.map((word, index) => ({word, kind, rank: from + index}))
}

function families(version: number): readonly string[] {
  return namesIn(familyNames, tableFor(version, familyVersions)).filter(
    (name) => !common.includes(name),
  )
}

/**
 * The words of an enumeration that one of the systemds takes, by what they protect where that is
 * known.
 */
function enumWords(
  {key, values = [], booleanToo, keywords = []}: ValueFacts,
  {oldest, newest}: Subject,
): readonly PossibleWord[] {
  const known = values.filter(
    ({since = 0, until = Infinity, obsoleteSince = Infinity}) =>
      since <= newest.version && oldest.version <= until && oldest.version < obsoleteSince,
  )
  if (known.length === 0) return []
  const since = new Map(known.map(({value, since: its}) => [value, its]))
  const words = [
    ...new Set([
      ...(booleanToo ? ['no', 'yes'] : []),
      ...known.map(({value}) => value),
      ...keywords,
    ]),
  ]
  const strength = (word: string): number => strictnessOf(key, word, newest.version)
  return words
    .map((word, index) => ({word, index}))
    .toSorted((one, other) => strength(one.word) - strength(other.word) || one.index - other.index)
    .map(({word}, rank) => {
      const version = since.get(word) ?? 0
      return {
        word,
        kind: 'word' as const,
        rank,
        ...(version > oldest.version && {detail: `since ${version}`}),
      }
    })
}

function orderedBooleans(key: string, version: number): readonly PossibleWord[] {
  const isTurned = strictnessOf(key, 'yes', version) < strictnessOf(key, 'no', version)
  return ranked(rowOf(key) && isTurned ? ['yes', 'no'] : ['no', 'yes'], 'word')
}

/** The units in sight, then those that systemd brings. */
function unitNames({unitType}: ValueFacts, subject: Subject): readonly PossibleWord[] {
  const {unit, oldest, newest, manager, name: own} = subject
  const fit = new Set<string>(unitType === undefined ? unitTypes : [unitType])
  const isFit = (name: string): boolean => fit.has(name.slice(name.lastIndexOf('.') + 1))
  const inSight = (unit ? machineNow(unit).names : []).filter((name) => isFit(name) && name !== own)
  const provided = [oldest, newest].flatMap((target) => [...providedNames({manager, target})])
  const known = new Set(inSight)
  const others = new Set(provided.filter((name) => isFit(name) && !known.has(name)))
  const first = usual.filter((name) => others.delete(name))
  const all = (names: readonly string[], from: number, detail: string): readonly PossibleWord[] =>
    names.map((word, index) => ({word, kind: 'unit', rank: from + index, detail}))
  return [
    ...all(inSight, 0, 'in sight'),
    ...all([...first, ...[...others].toSorted()], 10_000, 'of systemd'),
  ]
}

/** What most units name comes first. */
const usual = [
  'multi-user.target',
  'network-online.target',
  'network.target',
  'timers.target',
  'sockets.target',
  'graphical.target',
  'basic.target',
  'local-fs.target',
  'default.target',
]

/** Users or groups that units in sight name, then those that any system has. */
function usersInSight(key: string, {unit, space}: Subject): readonly string[] {
  const isGroup = /Group/.test(key)
  const pattern = isGroup
    ? /^(?:Group|SupplementaryGroups|SocketGroup)=(.*)$/gm
    : /^(?:User|SocketUser)=(.*)$/gm
  const named = new Set<string>()
  for (const name of unit ? unit.sight.names.slice(0, mostNeighbours) : []) {
    const text = unit?.sight.plainText(name) ?? ''
    for (const [, value = ''] of text.matchAll(pattern))
      for (const word of value.split(/\s+/)) if (/^[a-z_][\w-]*$/.test(word)) named.add(word)
  }
  for (const {text} of space.open.values())
    for (const [, value = ''] of text.matchAll(pattern))
      if (/^[a-z_][\w-]*$/.test(value.trim())) named.add(value.trim())
  return [...new Set([...[...named].toSorted(), ...(isGroup ? groups : users)])]
}

/** So many are read for the names in them. */
const mostNeighbours = 200

const users = [
  'root',
  'nobody',
  'daemon',
  'www-data',
  'systemd-network',
  'messagebus',
  'postgres',
  'mail',
  'backup',
]
const groups = [
  'root',
  'nogroup',
  'nobody',
  'daemon',
  'adm',
  'systemd-journal',
  'www-data',
  'video',
  'audio',
  'dialout',
  'plugdev',
  'disk',
  'tty',
  'shadow',
  'ssl-cert',
]
