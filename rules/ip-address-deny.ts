import {addLines, choose, defineRule, holdsAll, isJudged, writtenIn} from 'unitlint/rule'

export default defineRule({
  id: 'ip-address-deny',
  directives: ['IPAddressDeny', 'IPAddressAllow'],
  summary: 'Deny IP traffic that the service does not need',
  why: 'A service that can reach any host can send out what it reads, and fetch what attacks others.',
  unless: 'The service talks to hosts that nobody can list.',
  messages: {
    missing: 'Expected `IPAddressDeny=any`{allowing}',
  },
  *check(unit) {
    if (!isJudged(unit, 'IPAddressDeny')) return
    const {value, origin} = unit.settings.IPAddressDeny
    if (holdsAll(value) || unit.value('IPIngressFilterPath')) return
    const denied = unit.denies('IPAddressDeny', 'any')
    const choice = choose(unit, [
      {value: [], denied},
      {value: ['localhost'], denied: denied.filter((access) => access !== 'inet-local')},
    ])
    const {at} = writtenIn(unit, origin, false)
    if (!choice || !at) return
    const allowed = choice.fixed.map((network) => ['IPAddressAllow', network] as const)
    const edits = addLines(unit, 'Service', [...allowed, ['IPAddressDeny', 'any']])
    yield {
      message: 'missing',
      data: {allowing: choice.expected.length > 0 ? ' and `IPAddressAllow=localhost`' : ''},
      at,
      fix: edits && {title: 'Set `IPAddressDeny=any`', applicability: choice.applicability, edits},
    }
  },
  examples: {
    bad: ['[Service]\nExecStart=/usr/bin/example\n'],
    good: ['[Service]\nExecStart=/usr/bin/example\nIPAddressAllow=localhost\nIPAddressDeny=any\n', '[Service]\nExecStart=/usr/bin/curl https://example.org/\n'],
  },
})
