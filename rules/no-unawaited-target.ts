import {add, defineRule, lines, relations, services} from 'unitlint/rule'

export default defineRule({
  id: 'no-unawaited-target',
  summary: 'Disallow pulling in `network-online.target` without waiting for it',
  why: 'Both are started at once: the boot waits for the network and the service, which needs it, does not.',
  unless: 'The service only wants others to wait.',
  directives: ['Wants', 'Requires', 'After'],
  on: {...services, ...lines('Wants', 'Requires', 'BindsTo')},
  messages: {
    unordered: 'Expected `After={name}` beside `{kind}={name}`',
  },
  *check(unit) {
    if (unit.isPartial || unit.manager === 'user') return
    const own = relations.dependencies(unit)
    // What comes after another service may wait for the network with it.
    if (
      own.some(
        ({kind, name}) =>
          (kind === 'After' || kind === 'Before') && (name === target || name.endsWith('.service')),
      )
    )
      return
    for (const {kind, name, at, origin} of relations.references(unit)) {
      if (name !== target || (kind !== 'Wants' && kind !== 'Requires' && kind !== 'BindsTo'))
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
    bad: ['[Unit]\nWants=network-online.target\n\n[Service]\nExecStart=/usr/bin/example\n'],
    good: [
      '[Unit]\nWants=network-online.target\nAfter=network-online.target\n\n[Service]\nExecStart=/usr/bin/example\n',
    ],
  },
})

/**
 * It stands for a network that is there, and is started only for those who ask
 * (systemd.special(7)).
 */
const target = 'network-online.target'
