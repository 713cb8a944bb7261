import type {AccessId} from '../facts/accesses.ts'
import {besides} from '../facts/hardening.ts'
import {isWordDirective, rowOf} from '../facts/sandboxing/rows.ts'
import {add, remove, replaceWord, set} from '../rule/change.ts'
import type {Change} from '../rule/change.ts'
import type {Fix} from '../rule/rule.ts'
import type {Unit} from '../rule/unit.ts'
import type {Assignment} from '../unit/unit.ts'
import type {Value} from '../unit/value.ts'
import type {Cause} from './diagnose.ts'
import {onHost} from './strength.ts'
import type {Symptom} from './symptoms.ts'

/**
 * The least that has to be given back so that what failed is not denied any more; undefined where a
 * log does not tell what that is.
 *
 * It is never safe: what was denied was denied for a reason.
 */
export function relaxation(cause: Cause, unit: Unit): Fix | undefined {
  const made = changesFor(cause, unit)
  return made && {title: made.title, changes: made.changes, applicability: 'unsafe'}
}

interface Remedy {
  readonly title: string
  readonly changes: readonly Change[]
}

function changesFor(
  {suspect: {key, value, lines, denied}, symptom, needed}: Cause,
  unit: Unit,
): Remedy | undefined {
  const last = lines.at(-1)?.assignment
  const given = (name: string, text: string): Remedy =>
    added(name, text, name === key ? last : undefined)
  const gone = (): Remedy | undefined =>
    last && {title: `Take \`${key}=${value}\` out`, changes: [remove(last)]}
  const [path] = symptom.paths
  const place = path === undefined ? undefined : folderOf(path)
  const wanted = needed.filter((id) => denied.has(id))
  // What is not there cannot be mounted, whoever may write to it.
  if (symptom.step === 'NAMESPACE') return withMarks(lines, symptom) ?? gone()
  switch (key) {
    case 'ProtectSystem':
    case 'ReadOnlyPaths':
      return place === undefined ? weaker(key, value, wanted, unit) : given('ReadWritePaths', place)
    case 'ProtectHome':
      if (place === undefined || (value !== 'read-only' && !isWriting.test(symptom.message)))
        return weaker(key, value, value === 'read-only' ? wanted : ['home-read'], unit)
      return value === 'read-only' ? given('ReadWritePaths', place) : besideHomes(place)
    case 'DevicePolicy':
    case 'DeviceAllow':
      if (path?.startsWith('/dev/') === true) return given('DeviceAllow', `${path} rw`)
      return key === 'DevicePolicy'
        ? weaker(key, value, ['pseudo-devices'], unit)
        : given('DeviceAllow', '/dev/null rw')
    case 'CapabilityBoundingSet':
    case 'SystemCallFilter':
    case 'RestrictAddressFamilies': {
      const lost = membersLost(key, symptom, wanted)
      if (lost.length === 0) return undefined
      const isNone = key === 'RestrictAddressFamilies' && value === 'none'
      return isNone ? setTo(key, lost.join(' ')) : given(key, lost.join(' '))
    }
    case 'IPAddressDeny': {
      const [address] = /\b\d{1,3}(?:\.\d{1,3}){3}\b/.exec(symptom.message) ?? []
      return address === undefined ? gone() : given('IPAddressAllow', address)
    }
    case 'NotifyAccess':
      return setTo(key, 'all')
    default:
      return isWordDirective(key) ? weaker(key, value, wanted, unit) : gone()
  }
}

/** The members of a list of what is allowed that are wanted, by what was said of them. */
function membersLost(
  key: 'CapabilityBoundingSet' | 'SystemCallFilter' | 'RestrictAddressFamilies',
  {call, message}: Symptom,
  wanted: readonly AccessId[],
): readonly string[] {
  if (key === 'CapabilityBoundingSet') return wanted.filter((id) => id.startsWith('CAP_'))
  if (key === 'SystemCallFilter') {
    const lost = call ?? wanted.find((id) => id.startsWith('@'))
    return lost === undefined ? [] : [lost]
  }
  return message.match(/\bAF_[A-Z0-9]+\b/) ?? familiesIn(message, wanted) ?? []
}

function added(key: string, value: string, below: Assignment | undefined): Remedy {
  return {title: `Add \`${key}=${value}\``, changes: [add('Service', key, value, below)]}
}

/**
 * The paths that were not there marked with `-`, which has systemd pass over them; undefined where
 * something else is wrong with them, or a mark would say something else.
 */
function withMarks(lines: readonly Value[], {paths, error}: Symptom): Remedy | undefined {
  const missing = new Set(paths.map(onHost))
  const words = lines
    .filter(({key}) => key !== 'TemporaryFileSystem')
    .flatMap((line) => line.paths.map((path) => ({line, path})))
    .filter(({path: {text, inside}}) => missing.has(text) || missing.has(inside))
  if (error !== 'ENOENT' || words.length === 0) return undefined
  if (words.some(({path: {marks}}) => marks.includes('-'))) return undefined
  return {
    title: `Write ${words.map(({path: {written}}) => `\`-${written}\``).join(' and ')}`,
    changes: words.map(({line, path: {at}}) => {
      const start = at.span.start - line.directive.valueSpan.start
      return replaceWord(line, {start, end: start}, '-')
    }),
  }
}

function setTo(key: string, value: string): Remedy {
  return {title: `Set \`${key}=${value}\``, changes: [set('Service', key, value)]}
}

/** A place in homes that are not seen otherwise. */
function besideHomes(place: string): Remedy {
  return {
    title: `Set \`ProtectHome=tmpfs\`, add \`BindPaths=${place}\``,
    changes: [set('Service', 'ProtectHome', 'tmpfs'), add('Service', 'BindPaths', place)],
  }
}

/**
 * The families that a message is about, of those that are denied; most speak of none, and mean the
 * Internet.
 */
function familiesIn(message: string, wanted: readonly AccessId[]): readonly string[] | undefined {
  const denied = families.filter(([access]) => wanted.includes(access))
  return (denied.find(([, , told]) => told.test(message)) ?? denied[0])?.[1]
}

const families: ReadonlyArray<readonly [access: AccessId, names: readonly string[], told: RegExp]> =
  [
    ['inet', ['AF_INET', 'AF_INET6'], /\bin?et6?\b|\bip(?:v[46])?\b|\btcp\b|\budp\b/i],
    ['unix-sockets', ['AF_UNIX'], /unix|\/run\/|\.sock|\/dev\/log|d-?bus|-agent\b|socket\(1,/i],
    ['netlink', ['AF_NETLINK'], /netlink|rtnl/i],
    ['packet-sockets', ['AF_PACKET'], /packet|pcap|\barping\b/i],
  ]

/** Whether something was to be made or written. */
const isWriting = /creat|writ|mkdir|touch|mkstemp|append|renam|unlink|remov|delet|sav/i

/** The strongest level below that does not deny what is wanted; without a wish, the next one. */
function weaker(
  key: string,
  value: string,
  wanted: readonly AccessId[],
  unit: Unit,
): Remedy | undefined {
  const row = rowOf(key)
  if (row?.holds !== 'word') return undefined
  const named = (words: Readonly<Record<string, number>>): readonly string[] =>
    Object.entries(words).flatMap(([word, since]) => (since <= unit.target.version ? [word] : []))
  const levels = row.levels.filter(({words}) => named(words).length > 0)
  const denies = unit.denies(key, value)
  const at = levels.findIndex(
    ({words, denies: its}) =>
      Object.hasOwn(words, value) ||
      (its.length > 0 && its[0] === denies[0] && its.length === denies.length),
  )
  const below = levels.slice(0, at === -1 ? levels.length - 1 : at).toReversed()
  // What it does besides it does on every level but the weakest.
  const isWhole = besides(key).drops.some((id) => wanted.includes(id))
  const found = isWhole
    ? below.at(-1)
    : (below.find(({denies: its}) => wanted.every((id) => !its.includes(id))) ?? below.at(-1))
  const [word] = found ? named(found.words) : []
  return word === undefined
    ? undefined
    : {title: `Set \`${key}=${word}\``, changes: [set('Service', key, word)]}
}

/** Where a file is: what makes one, or replaces it, writes to its folder. */
function folderOf(path: string): string | undefined {
  const folder = path.slice(0, path.lastIndexOf('/'))
  return folder === '' ? undefined : folder
}
