import {add, defineRule, fixBy, isJudged, sandboxing, services, writtenIn} from 'unitlint/rule'

export default defineRule({
  id: 'ip-address-deny',
  directives: ['IPAddressDeny', 'IPAddressAllow'],
  summary: 'Deny IP traffic that the service does not need',
  why: 'A service that can reach any host can send out what it reads, and fetch what attacks others.',
  unless: 'The service talks to hosts that nobody can list.',
  on: services,
  fixesHangOn: ['IPAddressDeny', 'IPAddressAllow'],
  messages: {
    missing: 'Expected `IPAddressDeny=any`{allowing}',
  },
  *check(unit) {
    if (!isJudged(unit, 'IPAddressDeny')) return
    const {value, origin} = unit.settings.IPAddressDeny
    if (sandboxing.holdsAll(value) || unit.value('IPIngressFilterPath')) return
    const denied = unit.denies('IPAddressDeny', 'any')
    const local = denied.filter((access) => access !== 'inet-local')
    const steps = [
      {allowed: [], denied},
      {allowed: ['localhost'], denied: local},
    ].filter((step) => unit.weigh(step.denied).applicability !== 'withheld')
    const [expected] = steps
    const {at} = writtenIn(unit, origin, false)
    if (!expected || !at) return
    const deny = add('Service', 'IPAddressDeny', 'any')
    const saying = (allowed: readonly string[]) => ({
      allowing: allowed.length > 0 ? ' and `IPAddressAllow=localhost`' : '',
    })
    const fix = steps.map(({allowed}) => {
      const allow = allowed.map((network) => add('Service', 'IPAddressAllow', network))
      const made = fixBy('safe', [...allow, deny], 'Set `IPAddressDeny=any`')
      return {...made, data: saying(allowed)}
    })
    yield {message: 'missing', data: saying(expected.allowed), at, fix}
  },
  examples: {
    bad: ['[Service]\nExecStart=/usr/bin/example\n'],
    good: [
      '[Service]\nExecStart=/usr/bin/example\nIPAddressAllow=localhost\nIPAddressDeny=any\n',
      '[Service]\nExecStart=/usr/bin/curl https://example.org/\n',
    ],
  },
})
