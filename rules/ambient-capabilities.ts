import {defineRule, lines, sandboxing, services} from 'unitlint/rule'

/** Capabilities from which root is one step away. */
const powerful = ['CAP_SYS_ADMIN', 'CAP_SYS_MODULE', 'CAP_SYS_RAWIO', 'CAP_SYS_PTRACE', 'CAP_DAC_OVERRIDE', 'CAP_SETUID', 'CAP_SETFCAP', 'CAP_BPF']

export default defineRule({
  id: 'ambient-capabilities',
  directives: ['AmbientCapabilities'],
  summary: 'Keep capabilities that are root in disguise from services with a user of their own',
  why: 'Every program that the service starts inherits them; with these, whoever takes it over becomes root.',
  unless: 'The service was root before and needs them.',
  on: {...services, ...lines('AmbientCapabilities')},
  fixesHangOn: [],
  messages: {
    powerful: 'Unexpected `{names}` in `AmbientCapabilities=`, as good as root',
  },
  *check(unit) {
    if (unit.type !== 'service' || !unit.isReadable || unit.settings.User.value === undefined) return
    const {value, origin} = unit.settings.AmbientCapabilities
    const at = origin.kind === 'written' ? origin.assignments.at(-1) : undefined
    const names = sandboxing.capabilitiesIn(value).filter((name) => powerful.includes(name))
    if (at && names.length > 0) yield {message: 'powerful', data: {names: names.join(' ')}, at}
  },
  examples: {
    bad: ['[Service]\nUser=example\nExecStart=/usr/bin/example\nAmbientCapabilities=CAP_SYS_ADMIN\n'],
    good: ['[Service]\nUser=example\nExecStart=/usr/bin/example\nAmbientCapabilities=CAP_NET_BIND_SERVICE\n'],
  },
})
