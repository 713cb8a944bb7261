import {add, defineRule, lines, relations, services} from 'unitlint/rule'

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
    const own = relations.dependencies(unit)
    const ordered = new Set(
      own.filter(({kind}) => kind === 'After' || kind === 'Before').map(({name}) => name),
    )
    for (const {kind, name, at, origin} of relations.references(unit)) {
      if (
        (kind !== 'Requires' && kind !== 'BindsTo') ||
        !name.endsWith('.service') ||
        ordered.has(name)
      )
        continue
      const other = unit.machine.find(name)
      if (
        other === 'masked' ||
        (other &&
          unit.names.some((own) =>
            isOrdered(relations.kindsTo(own, relations.dependencies(other))),
          ))
      )
        continue
      yield {
        message: 'unordered',
        data: {kind, name},
        at,
        fix: {
          title: `Add \`After=${name}\``,
          applicability: 'unsafe',
          changes: [add(origin.section, 'After', name, origin)],
        },
      }
    }
  },
  examples: {
    bad: ['[Unit]\nRequires=docker.service\n\n[Service]\nExecStart=/usr/bin/docker run example\n'],
    good: [
      '[Unit]\nRequires=docker.service\nAfter=docker.service\n\n[Service]\nExecStart=/usr/bin/docker run example\n',
    ],
  },
})

function isOrdered(kinds: ReadonlySet<relations.DependencyKind>): boolean {
  return kinds.has('Before') || kinds.has('After')
}
