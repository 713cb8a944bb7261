import {add, defineRule, fixBy, lines, relations, services} from 'unitlint/rule'

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
    const ordered = own.filter(({kind}) => kind === 'After' || kind === 'Before')
    // What comes after another service may wait for the network with it.
    if (ordered.some(({name}) => name === target || name.endsWith('.service'))) return
    for (const reference of relations.references(unit, ['Wants', 'Requires', 'BindsTo'])) {
      const {kind, name, at, origin} = reference
      const fix = fixBy('unsafe', add(origin.section, 'After', name, origin))
      if (name === target)
        yield {
          message: 'unordered',
          data: {kind, name},
          at,
          fix,
          unlessTold: relations.lostNames(unit, name, ['After']),
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
