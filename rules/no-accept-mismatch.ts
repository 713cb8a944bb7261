import {defineRule, relations, typed, unitNames} from 'unitlint/rule'

export default defineRule({
  id: 'no-accept-mismatch',
  summary: 'Disallow `Accept=` that does not fit the service of the socket',
  why: 'With `Accept=yes` each connection starts an instance of a template, without it all go to one service: with the other kind nobody answers.',
  directives: ['Accept'],
  on: typed('socket'),
  messages: {
    template: 'Unexpected `Accept=yes` for `{found}`, expected `{expected}`',
    plain: 'Unexpected socket without `Accept=yes` for `{found}`, expected `{expected}`',
  },
  *check(unit) {
    const its = unit.type === 'socket' ? relations.activation(unit) : undefined
    if (unit.isPartial || its?.origin !== 'implicit' || unit.machine.isKnown(its.name)) return
    const plain = unit.name.replace(/\.socket$/, '.service')
    const found = its.isTemplate
      ? plain.replace(/@.*\./, '.')
      : unitNames.templateOf(plain.replace(/(?:@.*)?\.service$/, '@.service'))
    if (!unit.machine.find(found)) return
    const at = unit.value('Accept') ?? unit.firstHeader
    if (at)
      yield {message: its.isTemplate ? 'template' : 'plain', data: {found, expected: its.name}, at}
  },
  examples: {
    bad: [
      {
        name: 'echo.socket',
        unit: '[Socket]\nListenStream=7\nAccept=yes\n',
        others: {
          'echo.service': '[Service]\nExecStart=-/usr/bin/echo-server\nStandardInput=socket\n',
        },
      },
    ],
    good: [
      {
        name: 'echo.socket',
        unit: '[Socket]\nListenStream=7\nAccept=yes\n',
        others: {
          'echo@.service': '[Service]\nExecStart=-/usr/bin/echo-server\nStandardInput=socket\n',
        },
      },
    ],
  },
})
