import {defineRule, sandboxing, services} from 'unitlint/rule'

export default defineRule({
  id: 'no-needed-denial',
  summary: 'Disallow options that take away what the service needs',
  why: 'The service fails: at its start, or weeks later when it first does what is denied.',
  unless: 'What the rule takes for a need is not used in this service.',
  on: services,
  messages: {
    needed: 'Unexpected `{directive}={value}`: {because}',
  },
  *check(unit) {
    for (const {at, directive, need, fix} of sandboxing.atOdds(unit, ({certain}) => certain))
      yield {message: 'needed', data: {directive, value: at.value, because: need.because}, at, fix}
  },
  examples: {
    bad: ['[Service]\nExecStart=/usr/bin/node /srv/example/main.js\nMemoryDenyWriteExecute=yes\n'],
    good: [
      '[Service]\nExecStart=/usr/bin/node /srv/example/main.js\nPrivateTmp=yes\n',
      '[Service]\nType=dbus\nBusName=org.example\nExecStart=/usr/bin/example\nSystemCallFilter=@system-service\nSystemCallFilter=ioprio_get\n',
    ],
  },
})
