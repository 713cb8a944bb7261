import {defineRule, lines, relations, services} from 'unitlint/rule'

export default defineRule({
  id: 'no-shared-bus-name',
  summary: 'Disallow two services with one `BusName=`',
  why: 'systemd loads the one that it meets first, and refuses the other.',
  unless: 'The services are never installed together.',
  directives: ['BusName'],
  on: {...services, ...lines('BusName')},
  messages: {
    shared: 'Unexpected `BusName={name}`, it belongs to `{other}` too',
  },
  *check(unit) {
    const its = relations.busNameOf(unit)
    if (unit.isPartial || !its) return
    const other = unit.machine.owningBusName(its.value).find(({name}) => name !== unit.name)
    if (other) yield {message: 'shared', data: {name: its.value, other: other.name}, at: its}
  },
  examples: {
    bad: [
      {
        name: 'one.service',
        unit: '[Service]\nBusName=org.example.One\nExecStart=/usr/bin/one\n',
        others: {'two.service': '[Service]\nBusName=org.example.One\nExecStart=/usr/bin/two\n'},
      },
    ],
    good: [
      {
        name: 'one.service',
        unit: '[Service]\nBusName=org.example.One\nExecStart=/usr/bin/one\n',
        others: {'two.service': '[Service]\nBusName=org.example.Two\nExecStart=/usr/bin/two\n'},
      },
    ],
  },
})
