import * as z from 'zod'
import {defineRule, fixBy, isJudged, sandboxing, services, set, writtenIn} from 'unitlint/rule'
import type {Unit} from 'unitlint/rule'

/** Families that hardly any service needs; one for each way of leaving them out. */
const packet = 'AF_PACKET'
const exotic = [
  'AF_ALG',
  'AF_BLUETOOTH',
  'AF_CAN',
  'AF_VSOCK',
  'AF_XDP',
  'AF_TIPC',
  'AF_RDS',
  'AF_KEY',
  'AF_AX25',
  'AF_X25',
]

const defaults = {allow: ['AF_UNIX', 'AF_INET', 'AF_INET6', 'AF_NETLINK']}

export default defineRule({
  id: 'restrict-address-families',
  directives: ['RestrictAddressFamilies'],
  summary: 'Allow only the kinds of sockets that the service uses, at most the usual ones',
  why: 'Rarely used socket families are where kernel bugs that make anyone root keep being found.',
  unless:
    'The service speaks raw Ethernet, Bluetooth, CAN, or to virtual machines, and the unit does not show it.',
  defaults,
  options: () =>
    z.strictObject({
      allow: z
        .array(z.string().regex(/^AF_/))
        .min(1)
        .default(defaults.allow)
        .describe('The address families that services may use without being asked about it'),
    }),
  on: services,
  fixesHangOn: ['RestrictAddressFamilies'],
  messages: {
    missing: 'Expected `RestrictAddressFamilies={expected}`',
    open: 'Unexpected `{allowed}` in `RestrictAddressFamilies=`, expected only `{expected}`',
  },
  *check(unit, {allow}) {
    if (!isJudged(unit, 'RestrictAddressFamilies')) return
    const {value: filter, origin} = unit.settings.RestrictAddressFamilies
    // A list of what is allowed was chosen family by family, unless it is ours; only one that
    // denies leaves unknown doors open.
    const isOurs = filter?.allow === true && isOfFixes(unit)
    if (filter?.allow && !isOurs) return
    const known = allow.flatMap(
      (family) => sandboxing.addressFamily(family, unit.target.version) ?? [],
    )
    const others = [packet, ...exotic].filter(
      (family) => sandboxing.isFamilyAllowed(filter, family) && !known.includes(family),
    )
    const usual = [...new Set([...known, ...others, ...defaults.allow])]
    const {needed, safe} = sandboxing.deniable(unit, usual, (family) =>
      unit.denies('RestrictAddressFamilies', `~${family}`),
    )
    // Whoever needs one exotic family may need any: no list can be made.
    if (exotic.some((family) => needed.includes(family))) return
    const wide = [...new Set([...known, ...needed])]
    const left = wide.filter((family) => !safe.includes(family))
    const listing = listsAddresses(unit, wide, left) ? ['AF_NETLINK'] : []
    const values = valuesOf([
      wide.filter((family) => needed.includes(family)),
      wide.filter((family) => left.includes(family) || listing.includes(family)),
      wide,
    ])
    const bearable = values.filter((value) => isBearable(unit, value))
    const fewer = bearable.filter((value) => !isOurs || isNarrower(value.split(' '), unit))
    const [expected] = fewer
    const {at} = writtenIn(unit, origin, false)
    if (expected === undefined || !at) return
    if (!isOurs && others.every((family) => wide.includes(family))) return
    const open = wide.filter((family) => sandboxing.isFamilyAllowed(filter, family))
    const saying = (value: string) => {
      const allowed = open.filter((family) => !value.split(' ').includes(family)).join(' ')
      return {allowed, expected: value}
    }
    const fix = fewer.map((value) => {
      const isListed = listing.every((family) => value.split(' ').includes(family))
      const change = set('Service', 'RestrictAddressFamilies', value)
      return {...fixBy(isListed ? 'safe' : 'unsafe', change), data: saying(value)}
    })
    if (isOurs) yield {message: 'open', data: saying(expected), at, fix}
    else if (filter) {
      const allowed = others.filter((family) => !wide.includes(family)).join(' ')
      yield {message: 'open', data: {allowed, expected: wide.join(' ')}, at}
    } else yield {message: 'missing', data: saying(expected), at, fix}
  },
  examples: {
    bad: [
      '[Service]\nExecStart=/usr/bin/example\n',
      '[Service]\nExecStart=/usr/bin/example\nRestrictAddressFamilies=~AF_PACKET\n',
    ],
    good: [
      '[Service]\nExecStart=/usr/bin/example\nRestrictAddressFamilies=AF_UNIX AF_INET AF_INET6\n',
      '[Service]\nExecStart=/usr/bin/example\nRestrictAddressFamilies=none\n',
    ],
  },
})

/** Whether all of the list in force is what fixes of ours have written. */
function isOfFixes({evidence}: Unit): boolean {
  return evidence.assignments('Service', 'RestrictAddressFamilies').length === 0
}

/**
 * Whether a service may list the addresses of its host, as whoever speaks to others may: no profile
 * knows of it; see `getifaddrs(3)`.
 */
function listsAddresses(unit: Unit, wide: readonly string[], left: readonly string[]): boolean {
  const mayReachOthers = left.includes('AF_INET') && wide.includes('AF_NETLINK')
  return mayReachOthers && !unit.needs.borne.has('netlink')
}

/** Lists of families as values, each once. */
function valuesOf(lists: ReadonlyArray<readonly string[]>): readonly string[] {
  return [...new Set(lists.map((list) => (list.length > 0 ? list.join(' ') : 'none')))]
}

/** Whether a list can be asked for: `none` is one since 249. */
function isBearable(unit: Unit, value: string): boolean {
  if (value === 'none' && unit.target.version < 249) return false
  return unit.weigh(unit.denies('RestrictAddressFamilies', value)).applicability !== 'withheld'
}

/** Whether a list allows less than is in force. */
function isNarrower(list: readonly string[], unit: Unit): boolean {
  const allowed = [...(unit.settings.RestrictAddressFamilies.value?.families ?? [])]
  if (!list.every((family) => family === 'none' || allowed.includes(family))) return false
  return allowed.some((family) => !list.includes(family))
}
