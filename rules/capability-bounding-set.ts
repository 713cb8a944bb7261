import {addLines, capabilitiesIn, defineRule, deniable, isJudged, setDirective, taken, untouchedCapabilities, writtenIn} from 'unitlint/rule'

export default defineRule({
  id: 'capability-bounding-set',
  directives: ['CapabilityBoundingSet'],
  summary: 'Take away the capabilities that the service does not use',
  why: 'Each capability left to a service is a part of root that an intruder gets with it.',
  unless: 'The service acts for others as root, as container managers and login daemons do.',
  messages: {
    missing: 'Expected `CapabilityBoundingSet={expected}`',
    open: 'Unexpected `{allowed}` in `CapabilityBoundingSet=`',
  },
  *check(unit) {
    if (!isJudged(unit, 'CapabilityBoundingSet')) return
    const {version} = unit.target
    const {value, origin} = unit.settings.CapabilityBoundingSet
    const held = capabilitiesIn(value)
    const sorted = deniable(unit, held, (name) => unit.denies('CapabilityBoundingSet', `~${name}`))
    const {items, applicability} = taken(unit, sorted)
    if (items.length === 0) return
    const {at} = writtenIn(unit, origin, false)
    if (!at) return
    const kept = held.filter((name) => !items.includes(name))
    const isUntouched = value === untouchedCapabilities('CapabilityBoundingSet', version) || origin.kind !== 'written'
    // The shorter of what stays and what goes.
    const written = isUntouched && kept.length <= items.length ? kept.join(' ') : `~${items.join(' ')}`
    const edits = isUntouched
      ? setDirective(unit, 'Service', 'CapabilityBoundingSet', written)
      : addLines(unit, 'Service', [['CapabilityBoundingSet', written]])
    const fix = edits && {title: `Set \`CapabilityBoundingSet=${written}\``, applicability, edits}
    const going = [...sorted.safe, ...sorted.unsure]
    if (isUntouched)
      yield {message: 'missing', data: {expected: sorted.needed.length <= going.length ? sorted.needed.join(' ') : `~${going.join(' ')}`}, at, fix}
    else yield {message: 'open', data: {allowed: going.join(' ')}, at, fix}
  },
  examples: {
    bad: ['[Service]\nExecStart=/usr/bin/example\n', '[Service]\nUser=example\nExecStart=/usr/bin/example\nCapabilityBoundingSet=~CAP_SYS_ADMIN\n'],
    good: ['[Service]\nUser=example\nExecStart=/usr/bin/example\nCapabilityBoundingSet=\n'],
  },
})
