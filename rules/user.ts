import {defineRule, fixBy, isJudged, remove, services, set, writtenIn} from 'unitlint/rule'

const dynamic = set('Service', 'DynamicUser', 'yes')

export default defineRule({
  id: 'user',
  directives: ['User', 'DynamicUser'],
  summary: 'Run the service as a user of its own',
  why: 'Whoever takes over a service that runs as root has the machine; as `nobody`, all other services that run so.',
  unless: 'The service cannot do its work without being root.',
  on: services,
  messages: {
    root: 'Expected a `User=` other than root, or `DynamicUser=yes`',
    nobody: 'Unexpected `User=nobody`, expected a user of its own',
  },
  *check(unit) {
    if (!isJudged(unit, 'DynamicUser')) return
    const {value: user, origin} = unit.settings.User
    const {at} = writtenIn(unit, origin, false)
    if (!at) return
    if (user === 'nobody') {
      const groups = unit.values('Group').filter(({value}) => /^(?:nogroup|nobody)$/.test(value))
      const named = [...unit.values('User'), ...groups].map(({assignment}) => remove(assignment))
      const fix = fixBy('suggestion', [...named, dynamic], 'Set `DynamicUser=yes`')
      yield {message: 'nobody', at, fix}
      return
    }
    if (unit.settings.DynamicUser.value === 'yes' || !/^(?:root|0)$/.test(user ?? 'root')) return
    if (unit.weigh(unit.denies('DynamicUser', 'yes')).applicability === 'withheld') return
    // A user that somebody wrote down is not ours to replace.
    yield {message: 'root', at, fix: user === undefined ? fixBy('safe', dynamic) : undefined}
  },
  examples: {
    bad: [
      '[Service]\nExecStart=/usr/bin/example\n',
      '[Service]\nUser=nobody\nExecStart=/usr/bin/example\n',
    ],
    good: [
      '[Service]\nUser=example\nExecStart=/usr/bin/example\n',
      '[Service]\nDynamicUser=yes\nExecStart=/usr/bin/example\n',
    ],
  },
})
