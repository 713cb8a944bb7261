import {defineRule, lines, relations} from 'unitlint/rule'

export default defineRule({
  id: 'no-lone-namespace',
  summary: 'Disallow `JoinsNamespaceOf=` where there is no namespace to join',
  why: 'The units keep apart, or both stay in the namespaces of the machine: only what both make private is shared.',
  directives: ['JoinsNamespaceOf'],
  on: lines('JoinsNamespaceOf'),
  messages: {
    own: 'Unexpected `JoinsNamespaceOf={name}` without `PrivateNetwork=`, `PrivateTmp=` or `PrivateIPC=`',
    other: 'Unexpected `JoinsNamespaceOf={name}`, that unit has no `{keys}`',
  },
  *check(unit) {
    if (unit.isPartial || !unit.value('JoinsNamespaceOf')) return
    const own = relations.namespacesToJoin(unit)
    const keys = own.map((key) => `${key}=`).join('` or `')
    for (const {name, at} of relations.references(unit, ['JoinsNamespaceOf'])) {
      const other = unit.machine.find(name)
      if (own.length === 0) yield {message: 'own', data: {name}, at}
      else if (!other || other === 'masked' || other.isPartial) continue
      else if (!relations.namespacesToJoin(other).some((key) => own.includes(key)))
        yield {message: 'other', data: {name, keys}, at}
    }
  },
  examples: {
    bad: [
      '[Unit]\nJoinsNamespaceOf=other.service\n\n[Service]\nExecStart=/usr/bin/example\n',
      {
        name: 'one.service',
        unit: '[Unit]\nJoinsNamespaceOf=two.service\n\n[Service]\nExecStart=/usr/bin/one\nPrivateTmp=yes\n',
        others: {'two.service': '[Service]\nExecStart=/usr/bin/two\nPrivateNetwork=yes\n'},
      },
    ],
    good: [
      {
        name: 'one.service',
        unit: '[Unit]\nJoinsNamespaceOf=two.service\n\n[Service]\nExecStart=/usr/bin/one\nPrivateTmp=yes\n',
        others: {'two.service': '[Service]\nExecStart=/usr/bin/two\nPrivateTmp=yes\n'},
      },
    ],
  },
})
