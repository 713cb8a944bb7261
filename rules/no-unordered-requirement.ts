import {add, defineRule, fixBy, lines, relations, services} from 'unitlint/rule'
import type {LoadedUnit} from 'unitlint/rule'

export default defineRule({
  id: 'no-unordered-requirement',
  summary: 'Disallow requiring a service without an order',
  why: 'Both are started at once: the unit may find that what it needs is not ready, and a failure of that comes too late to hold it back.',
  unless: 'The unit does not mind when the other comes.',
  directives: ['Requires', 'BindsTo', 'After'],
  on: {...services, ...lines('Requires', 'RequiresOverridable', 'BindsTo', 'BindTo')},
  messages: {
    unordered: 'Expected `After={name}` beside `{kind}={name}`',
  },
  *check(unit) {
    if (unit.isPartial || unit.type !== 'service') return
    for (const {kind, name, at, origin} of relations.references(unit, ['Requires', 'BindsTo'])) {
      if (!name.endsWith('.service') || isOrdered(unit, name)) continue
      const other = unit.machine.find(name)
      if (other === 'masked') continue
      if (other && unit.names.some((own) => isOrdered(other, own))) continue
      const fix = fixBy('unsafe', add(origin.section, 'After', name, origin))
      yield {message: 'unordered', data: {kind, name}, at, fix}
    }
  },
  examples: {
    bad: ['[Unit]\nRequires=docker.service\n\n[Service]\nExecStart=/usr/bin/docker run example\n'],
    good: [
      '[Unit]\nRequires=docker.service\nAfter=docker.service\n\n[Service]\nExecStart=/usr/bin/docker run example\n',
    ],
  },
})

/** Whether a unit says that it comes before or after another. */
function isOrdered(unit: LoadedUnit, name: string): boolean {
  const kinds = relations.kindsTo(name, relations.dependencies(unit))
  return kinds.has('Before') || kinds.has('After')
}
