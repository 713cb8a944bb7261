import {defineRule, isHardening, writtenIn} from 'unitlint/rule'

export default defineRule({
  id: 'no-needed-denial',
  summary: 'Disallow options that take away what the service needs',
  why: 'The service fails: at its start, or weeks later when it first does what is denied.',
  unless: 'What the rule takes for a need is not used in this service.',
  messages: {
    needed: 'Unexpected `{directive}={value}`: {because}',
  },
  *check(unit) {
    if (unit.type !== 'service' || !unit.isReadable) return
    const needs = unit.needs.filter(({certain}) => certain)
    if (needs.length === 0) return
    const last = new Map(unit.all('Service').map((assignment) => [assignment.key, assignment]))
    for (const [directive, assignment] of last) {
      if (!isHardening(directive)) continue
      const denied = new Set(unit.denies(directive, assignment.value))
      const need = needs.find(({access}) => denied.has(access))
      if (!need) continue
      const {at} = writtenIn(unit, {kind: 'written', assignments: [assignment]}, false)
      if (at) yield {message: 'needed', data: {directive, value: assignment.value, because: need.because}, at}
    }
  },
  examples: {
    bad: ['[Service]\nExecStart=/usr/bin/node /srv/example/main.js\nMemoryDenyWriteExecute=yes\n'],
    good: ['[Service]\nExecStart=/usr/bin/node /srv/example/main.js\nPrivateTmp=yes\n'],
  },
})
