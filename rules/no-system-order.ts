import {defineRule, quadlet, relations, unitNames, unitsOfUsers} from 'unitlint/rule'

const kinds = ['After', 'Before', 'Wants', 'PartOf', 'Upholds'] as const

export default defineRule({
  id: 'no-system-order',
  summary: 'Disallow units of users that are ordered by a unit of the system or want one',
  why: "A user's manager knows none of the units of the system: the line does nothing, and the unit does not wait.",
  unless: "The user's manager has a unit of that name that is not in sight.",
  directives: [...kinds],
  on: {...unitsOfUsers, lines: [...kinds]},
  messages: {
    missing:
      "Unexpected `{name}` in `{kind}=`, users' managers have no such unit and the line does nothing",
  },
  *check(unit) {
    // Quadlet waits for the network in another way, and files are written for podman with and
    // without root.
    if (unit.isPartial || unit.manager !== 'user' || quadlet.isQuadlet(unit.type)) return
    for (const {kind, name, at, origin} of relations.references(unit, kinds)) {
      const fix = relations.without(origin, name, unit)
      if (unitNames.isOfSystemAlone(name, unit))
        yield {message: 'missing', data: {name, kind}, at, fix}
    }
  },
  examples: {
    bad: [
      {
        name: '.config/systemd/user/example.service',
        unit: '[Unit]\nAfter=network.target\n\n[Service]\nExecStart=/usr/bin/example\n',
      },
    ],
    good: [
      {
        name: '.config/systemd/user/example.service',
        unit: '[Unit]\nAfter=graphical-session.target\n\n[Service]\nExecStart=/usr/bin/example\n',
      },
    ],
  },
})
