import {defineRule, fixBy, history, remove, set, unitsOfUsers} from 'unitlint/rule'

export default defineRule({
  id: 'no-system-directive',
  summary: "Disallow directives that a user's manager cannot carry out",
  why: "A user's manager has no privileges: the service does not start, or it starts without the protection that its unit seems to give it.",
  unless: "The users' managers of these machines have been given privileges.",
  on: unitsOfUsers,
  messages: {
    fails: "Unexpected `{key}={value}`, a user's service does not start with it",
    own: "Unexpected `{key}={value}`, a user's service starts only as the user that it is of",
    limited:
      "Unexpected `{key}={value}`, without effect on a user's service unless `{limit}=` of `user@.service` allows it",
    ignored: "Unexpected `{key}={value}`, without effect on a user's service",
    failsWithoutUsers:
      "Expected `PrivateUsers=yes` beside `{key}={value}`, a user's service does not start without it",
    ignoredWithoutUsers:
      "Expected `PrivateUsers=yes` beside `{key}={value}`, without effect on a user's service otherwise",
  },
  *check(unit) {
    if (unit.manager !== 'user' || !unit.isReadable) return
    const section = `${unit.type.charAt(0).toUpperCase()}${unit.type.slice(1)}`
    let isOffered = false
    for (const key of new Set(unit.all(section).map((line) => line.key))) {
      const at = unit.value(key)
      if (!at) continue
      const {value} = at
      const fate = history.fateForUsers(unit, section, key, value)
      if (fate === 'works' || fate === 'unknown') continue
      const data = {key, value}
      const fix = fixBy('unsafe', remove(at.assignment), `Remove \`${key}=\``)
      if (fate === 'fails') yield {message: 'fails', data, at, fix}
      else if (fate === 'own-or-fails') yield {message: 'own', data, at, fix}
      else if (fate === 'ignored') {
        const limit = history.limitForUsers(key)
        yield limit === undefined
          ? {message: 'ignored', data, at}
          : {message: 'limited', data: {...data, limit}, at}
      } else {
        // One line mends them all.
        const mend = set(section, 'PrivateUsers', 'yes')
        const fix = isOffered ? undefined : fixBy('unsafe', mend, 'Add `PrivateUsers=yes`')
        isOffered = true
        const does = fate === 'fails-without-users' ? 'fails' : 'ignored'
        yield {message: `${does}WithoutUsers` as const, data, at, fix}
      }
    }
  },
  examples: {
    bad: [
      {
        name: '.config/systemd/user/example.service',
        unit: '[Service]\nExecStart=/usr/bin/example\nCapabilityBoundingSet=\nSupplementaryGroups=audio\nIPAddressDeny=any\n',
      },
    ],
    good: [
      {
        name: '.config/systemd/user/example.service',
        unit: '[Service]\nExecStart=/usr/bin/example\nNoNewPrivileges=yes\nPrivateTmp=yes\nPrivateUsers=yes\n',
      },
    ],
  },
})
