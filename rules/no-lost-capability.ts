import {add, defineRule, fixBy, lines, sandboxing, services, set, values} from 'unitlint/rule'
import type {Unit} from 'unitlint/rule'

export default defineRule({
  id: 'no-lost-capability',
  directives: [
    'AmbientCapabilities',
    'CapabilityBoundingSet',
    'PrivateUsers',
    'RestrictAddressFamilies',
  ],
  summary: 'Disallow ambient capabilities that other options take away, or leave without use',
  why: 'The service starts without the capability that its unit seems to give it, and fails when it first needs it.',
  on: {...services, ...lines('AmbientCapabilities')},
  fixesHangOn: [
    'AmbientCapabilities',
    'CapabilityBoundingSet',
    'PrivateUsers',
    'RestrictAddressFamilies',
  ],
  messages: {
    lost: 'Unexpected `{names}` in `AmbientCapabilities=`, not in `CapabilityBoundingSet=` and so never granted',
    taken:
      'Unexpected `{names}` in `AmbientCapabilities=` with `{directive}={value}`, which takes it away',
    powerless:
      'Unexpected `{names}` in `AmbientCapabilities=` with `PrivateUsers={value}`, without power over what others own',
    socketless:
      'Unexpected `{name}` in `AmbientCapabilities=`, of no use as `RestrictAddressFamilies=` allows no socket for it',
  },
  *check(unit) {
    if (unit.type !== 'service' || !unit.isReadable || unit.isPartial) return
    const {AmbientCapabilities, CapabilityBoundingSet: bounding, PrivateUsers} = unit.settings
    const {value: given, origin} = AmbientCapabilities
    const at = origin.kind === 'written' ? origin.assignments.at(-1) : undefined
    if (!at) return
    const held = sandboxing.capabilitiesIn(given & bounding.value)
    const gone = sandboxing.capabilitiesIn(given & ~bounding.value)
    const takers = takersOf(gone, unit)
    const lost = gone.filter((name) => !takers.some(({names}) => names.includes(name)))
    if (lost.length > 0) {
      const names = lost.join(' ')
      const change = add('Service', 'CapabilityBoundingSet', names)
      const fix = fixBy('unsafe', change, `Add \`${names}\` to \`CapabilityBoundingSet=\``)
      const unlessTold = values.lostLines(unit, ['CapabilityBoundingSet'])
      yield {message: 'lost', data: {names}, at, fix, unlessTold}
    }
    for (const {directive, value, names} of takers) {
      const fix = fixBy('unsafe', set('Service', directive, 'no'))
      yield {message: 'taken', data: {names: names.join(' '), directive, value}, at, fix}
    }
    const denied: ReadonlySet<string> = new Set(unit.denies('PrivateUsers', PrivateUsers.value))
    const powerless = held.filter((name) => denied.has(name) && !inside.has(name))
    if (powerless.length > 0 && unit.manager === 'system') {
      const fix = fixBy('unsafe', set('Service', 'PrivateUsers', 'no'))
      const value = unit.value('PrivateUsers')?.value ?? PrivateUsers.value
      yield {message: 'powerless', data: {names: powerless.join(' '), value}, at, fix}
    }
    const {value: filter} = unit.settings.RestrictAddressFamilies
    const isAllowed = (family: string): boolean => sandboxing.isFamilyAllowed(filter, family)
    for (const [name, {usual, others}] of Object.entries(sockets)) {
      if (!held.includes(name) || usual.some(isAllowed) || others.some(isAllowed)) continue
      const families = usual.join(' ')
      const change = add('Service', 'RestrictAddressFamilies', families)
      const fix = fixBy('unsafe', change, `Allow \`${families}\``)
      yield {message: 'socketless', data: {name}, at, fix}
    }
  },
  examples: {
    bad: [
      '[Service]\nUser=example\nExecStart=/usr/bin/example\nAmbientCapabilities=CAP_NET_RAW\nCapabilityBoundingSet=CAP_CHOWN\n',
      '[Service]\nUser=example\nExecStart=/usr/bin/example\nAmbientCapabilities=CAP_SYS_TIME\nProtectClock=yes\n',
      '[Service]\nUser=example\nExecStart=/usr/bin/example\nAmbientCapabilities=CAP_NET_BIND_SERVICE\nPrivateUsers=yes\n',
      '[Service]\nUser=example\nExecStart=/usr/bin/example\nAmbientCapabilities=CAP_NET_RAW\nRestrictAddressFamilies=AF_UNIX\n',
    ],
    good: [
      '[Service]\nUser=example\nExecStart=/usr/bin/example\nAmbientCapabilities=CAP_NET_RAW\nCapabilityBoundingSet=CAP_NET_RAW\n',
    ],
  },
})

/**
 * Capabilities that are good for something in a user namespace, over what is the own user's
 * (user_namespaces(7)).
 */
const inside: ReadonlySet<string> = new Set([
  'CAP_FOWNER',
  'CAP_FSETID',
  'CAP_SETFCAP',
  'CAP_SETPCAP',
  'CAP_SYS_ADMIN',
  'CAP_SYS_CHROOT',
  'CAP_SYS_RESOURCE',
  'CAP_CHOWN',
])

/** The sockets of which one is needed to make use of a capability. */
const sockets: Readonly<
  Record<string, {readonly usual: readonly string[]; readonly others: readonly string[]}>
> = {
  CAP_NET_ADMIN: {
    usual: ['AF_NETLINK'],
    others: ['AF_INET', 'AF_INET6', 'AF_PACKET', 'AF_BLUETOOTH', 'AF_CAN', 'AF_XDP', 'AF_KEY'],
  },
  CAP_NET_BIND_SERVICE: {usual: ['AF_INET', 'AF_INET6'], others: ['AF_VSOCK']},
  CAP_NET_RAW: {
    usual: ['AF_INET', 'AF_INET6'],
    others: ['AF_PACKET', 'AF_BLUETOOTH', 'AF_CAN', 'AF_XDP'],
  },
}

/**
 * The options that take capabilities out of the bounding set, where its own lines leave them in.
 */
function takersOf(
  gone: readonly string[],
  unit: Unit,
): ReadonlyArray<{directive: string; value: string; names: readonly string[]}> {
  return sandboxing.droppers().flatMap(({by, drops}) => {
    const {value} = unit.settings[by]
    const names = value === 'no' ? [] : drops.filter((name) => gone.includes(name))
    return names.length === 0 ? [] : [{directive: by, value, names}]
  })
}
