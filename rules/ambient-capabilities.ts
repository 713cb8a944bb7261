import {defineRule, fixBy, lines, remove, sandboxing, services} from 'unitlint/rule'

/** Capabilities from which root is one step away. */
const powerful = [
  'CAP_SYS_ADMIN',
  'CAP_SYS_MODULE',
  'CAP_SYS_RAWIO',
  'CAP_SYS_PTRACE',
  'CAP_DAC_OVERRIDE',
  'CAP_SETUID',
  'CAP_SETFCAP',
  'CAP_BPF',
]

export default defineRule({
  id: 'ambient-capabilities',
  directives: ['AmbientCapabilities'],
  summary:
    'Keep capabilities that are root in disguise from services with a user of their own, and needless ones from root',
  why: 'Every program that the service starts inherits them; with these, whoever takes it over becomes root.',
  unless: 'The service was root before and needs them.',
  on: {...services, ...lines('AmbientCapabilities')},
  fixesHangOn: ['AmbientCapabilities', 'User', 'DynamicUser'],
  messages: {
    powerful: 'Unexpected `{names}` in `AmbientCapabilities=`, as good as root',
    needless:
      'Unexpected `AmbientCapabilities=` of a service that runs as root, which has them all',
  },
  *check(unit) {
    if (unit.type !== 'service' || !unit.isReadable) return
    const {value, origin} = unit.settings.AmbientCapabilities
    const at = origin.kind === 'written' ? origin.assignments.at(-1) : undefined
    if (!at || value === 0n) return
    const user = unit.settings.User.value
    if (user === undefined || user === 'root' || user === '0') {
      if (unit.isPartial || unit.manager === 'user' || user !== undefined) return
      // Of these, root has only what it is given; with a filter and `NoNewPrivileges=` it loses
      // some.
      if (unit.value('SecureBits') || unit.value('PAMName')) return
      const changes = unit.values('AmbientCapabilities').map(({assignment}) => remove(assignment))
      yield {message: 'needless', at, fix: fixBy('unsafe', changes, 'Remove it')}
      return
    }
    const names = sandboxing.capabilitiesIn(value).filter((name) => powerful.includes(name))
    if (names.length > 0) yield {message: 'powerful', data: {names: names.join(' ')}, at}
  },
  examples: {
    bad: [
      '[Service]\nUser=example\nExecStart=/usr/bin/example\nAmbientCapabilities=CAP_SYS_ADMIN\n',
      '[Service]\nExecStart=/usr/bin/example\nAmbientCapabilities=CAP_NET_BIND_SERVICE\n',
    ],
    good: [
      '[Service]\nUser=example\nExecStart=/usr/bin/example\nAmbientCapabilities=CAP_NET_BIND_SERVICE\n',
    ],
  },
})
