import {defineRule, lines, sandboxing, services} from 'unitlint/rule'

export default defineRule({
  id: 'no-risky-denial',
  summary: 'Disallow options that take away what a program is there for',
  why: 'The service starts, and does not do what it was installed for: it computes without the graphics processor, or does not set the clock.',
  unless: 'The program is used for something else here: `chronyd -x` leaves the clock alone.',
  on: {
    ...services,
    ...lines(
      'PrivateDevices',
      'PrivateNetwork',
      'DevicePolicy',
      'ProtectClock',
      'CapabilityBoundingSet',
      'SystemCallFilter',
      'RestrictAddressFamilies',
      'NoNewPrivileges',
    ),
  },
  messages: {
    risky: 'Unexpected `{directive}={value}`: {because}',
  },
  *check(unit) {
    if (unit.isPartial) return
    const {borne} = unit.needs
    for (const {at, directive, need, fix} of sandboxing.atOdds(
      unit,
      ({isEssential, certain, access}) => isEssential === true && !certain && !borne.has(access),
    ))
      yield {message: 'risky', data: {directive, value: at.value, because: need.because}, at, fix}
  },
  examples: {
    bad: ['[Service]\nExecStart=/usr/bin/ollama serve\nPrivateDevices=yes\n'],
    good: ['[Service]\nExecStart=/usr/bin/ollama serve\nPrivateTmp=yes\n'],
  },
})
