import {defineRule, lines, relations} from 'unitlint/rule'

const circle = 'The two are a circle: when both are started, systemd leaves one out.'
const needing = ['Requires', 'Requisite', 'BindsTo', 'Wants', 'Upholds'] as const

export default defineRule({
  id: 'no-contradictory-dependency',
  summary: 'Disallow opposite dependencies on the same unit',
  why: 'systemd obeys one of the two, or none: of units that shall each be first one is not started, and what conflicts with a unit that it requires does not start at all.',
  directives: ['Before', 'After', 'Conflicts', ...needing],
  on: lines('After', 'Conflicts'),
  messages: {
    order: 'Unexpected `After={name}` beside `Before={name}`',
    required: 'Unexpected `Conflicts={name}` beside `{kind}={name}`, the unit cannot start',
    wanted: 'Unexpected `Conflicts={name}` beside `{kind}={name}`, which is not started then',
  },
  *check(unit) {
    if (unit.isPartial) return
    const written = relations.references(unit)
    const kindsTo = (name: string) => relations.kindsTo(name, written)
    for (const {kind, name, at} of written) {
      if (kind === 'After' && kindsTo(name).has('Before'))
        yield {message: 'order', data: {name}, at, note: circle}
      if (kind !== 'Conflicts') continue
      const need = needing.find((candidate) => kindsTo(name).has(candidate))
      const message = need === 'Wants' || need === 'Upholds' ? 'wanted' : 'required'
      if (need !== undefined) yield {message, data: {kind: need, name}, at}
    }
  },
  examples: {
    bad: [
      '[Unit]\nBefore=network.target\nAfter=network.target\n\n[Service]\nExecStart=/usr/bin/example\n',
      '[Unit]\nRequires=iptables.service\nConflicts=iptables.service\n\n[Service]\nExecStart=/usr/bin/example\n',
    ],
    good: [
      '[Unit]\nAfter=network.target\nConflicts=iptables.service\n\n[Service]\nExecStart=/usr/bin/example\n',
    ],
  },
})
