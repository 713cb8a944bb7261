import {defineRule, relations, unitNames} from 'unitlint/rule'
import type {Unit} from 'unitlint/rule'

const kinds = [...relations.requiring, 'Wants', 'Upholds', 'PartOf', 'After', 'Before'] as const

export default defineRule({
  id: 'no-user-dependency',
  summary: "Disallow units of the system that name a unit of users' managers",
  why: "The system's manager knows none of the units of users: what requires one does not start, and what is ordered after one does not wait.",
  unless: 'There is a unit of that name for the system that is not in sight.',
  directives: [...kinds],
  on: {lines: [...kinds]},
  fixesHangOn: [],
  messages: {
    required:
      "Unexpected `{name}` in `{key}=`, only users' managers have such a unit: the unit does not start",
    idle: "Unexpected `{name}` in `{key}=`, only users' managers have such a unit: the line does nothing",
  },
  *check(unit) {
    if (unit.isPartial || unit.manager === 'user' || ofUsers.test(unit.name)) return
    for (const {kind, name, at, origin} of relations.references(unit, kinds)) {
      if (!unitNames.isOfUsersAlone(name, unit) || !isOfSystem(unit)) continue
      const isRequired = relations.requiring.some((one) => one === kind)
      const [data, fix] = [{name, key: origin.key}, relations.without(origin, name, unit)]
      yield {message: isRequired ? 'required' : 'idle', data, at, fix}
    }
  },
  examples: {
    bad: [
      '[Unit]\nAfter=graphical-session.target\n\n[Service]\nUser=example\nExecStart=/usr/bin/example\n\n[Install]\nWantedBy=multi-user.target\n',
    ],
    good: [
      '[Unit]\nAfter=graphical.target\n\n[Service]\nUser=example\nExecStart=/usr/bin/example\n',
      // Nothing says whose it is.
      '[Unit]\nAfter=graphical-session.target\n\n[Service]\nExecStart=/usr/bin/example\n',
    ],
  },
})

/** Whoever has these run by the system has all of them so. */
const ofUsers = /^(?:pipewire|wireplumber)/

/**
 * Whether a unit is the system's for sure: it changes its user, is enabled for a target that users
 * lack, or lies in a folder of the system's.
 */
function isOfSystem(unit: Unit): boolean {
  if (unit.value('User') || unit.files.some(({path}) => /(?:^|\/)systemd\/system\//.test(path)))
    return true
  return unit.values('WantedBy').some(({value}) => ofSystem.test(value))
}

const ofSystem = /(?:^|\s)(?:multi-user|graphical|network-online|sysinit)\.target(?:\s|$)/
