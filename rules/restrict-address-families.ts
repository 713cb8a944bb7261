import * as z from 'zod'
import {defineRule, isJudged, sandboxing, services, set, writtenIn} from 'unitlint/rule'

/** Families that hardly any service needs; one for each way of leaving them out. */
const packet = 'AF_PACKET'
const exotic = ['AF_ALG', 'AF_BLUETOOTH', 'AF_CAN', 'AF_VSOCK', 'AF_XDP', 'AF_TIPC', 'AF_RDS', 'AF_KEY', 'AF_AX25', 'AF_X25']

const defaults = {allow: ['AF_UNIX', 'AF_INET', 'AF_INET6', 'AF_NETLINK']}

export default defineRule({
  id: 'restrict-address-families',
  directives: ['RestrictAddressFamilies'],
  summary: 'Allow only the usual kinds of sockets',
  why: 'Rarely used socket families are where kernel bugs that make anyone root keep being found.',
  unless: 'The service speaks raw Ethernet, Bluetooth, CAN, or to virtual machines, and the unit does not show it.',
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
    const known = allow.flatMap((family) => sandboxing.addressFamily(family, unit.target.version) ?? [])
    // A list of what is allowed was chosen family by family; only one that denies leaves unknown doors open.
    if (filter?.allow) return
    const others = [packet, ...exotic].filter((family) => sandboxing.isFamilyAllowed(filter, family) && !known.includes(family))
    const needed = [...known, ...others, 'AF_UNIX', 'AF_INET', 'AF_INET6', 'AF_NETLINK'].filter(
      (family) => unit.judge(unit.denies('RestrictAddressFamilies', `~${family}`)).applicability === 'withheld',
    )
    const expected = [...new Set([...known, ...needed])]
    if (others.every((family) => expected.includes(family))) return
    // Whoever needs one exotic family may need any: no list can be made.
    if (exotic.some((family) => needed.includes(family))) return
    const {at} = writtenIn(unit, origin, false)
    if (!at) return
    const value = expected.join(' ')
    const {applicability} = unit.judge(unit.denies('RestrictAddressFamilies', value))
    if (applicability === 'withheld') return
    const changes = [set('Service', 'RestrictAddressFamilies', value)]
    const fix = {title: `Set \`RestrictAddressFamilies=${value}\``, changes}
    if (filter) yield {message: 'open', data: {allowed: others.filter((family) => !expected.includes(family)).join(' '), expected: value}, at}
    else yield {message: 'missing', data: {expected: value}, at, fix}
  },
  examples: {
    bad: ['[Service]\nExecStart=/usr/bin/example\n', '[Service]\nExecStart=/usr/bin/example\nRestrictAddressFamilies=~AF_PACKET\n'],
    good: [
      '[Service]\nExecStart=/usr/bin/example\nRestrictAddressFamilies=AF_UNIX AF_INET AF_INET6\n',
      '[Service]\nExecStart=/usr/bin/example\nRestrictAddressFamilies=none\n',
    ],
  },
})
