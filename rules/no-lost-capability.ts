import {defineRule, lines, sandboxing, services} from 'unitlint/rule'

export default defineRule({
  id: 'no-lost-capability',
  directives: ['AmbientCapabilities', 'CapabilityBoundingSet'],
  summary: 'Disallow ambient capabilities that the bounding set takes away',
  why: 'The service starts without the capability that its unit seems to give it, and fails when it first needs it.',
  on: {...services, ...lines('AmbientCapabilities')},
  fixesHangOn: [],
  messages: {
    lost: 'Unexpected `{names}` in `AmbientCapabilities=`, not in `CapabilityBoundingSet=` and so never granted',
  },
  *check(unit) {
    if (unit.type !== 'service' || !unit.isReadable || unit.isPartial) return
    const {value, origin} = unit.settings.AmbientCapabilities
    const at = origin.kind === 'written' ? origin.assignments.at(-1) : undefined
    const names = sandboxing.capabilitiesIn(value & ~unit.settings.CapabilityBoundingSet.value)
    if (at && names.length > 0) yield {message: 'lost', data: {names: names.join(' ')}, at}
  },
  examples: {
    bad: ['[Service]\nUser=example\nExecStart=/usr/bin/example\nAmbientCapabilities=CAP_NET_RAW\nCapabilityBoundingSet=CAP_CHOWN\n'],
    good: ['[Service]\nUser=example\nExecStart=/usr/bin/example\nAmbientCapabilities=CAP_NET_RAW\nCapabilityBoundingSet=CAP_NET_RAW\n'],
  },
})
