import {defineRule, relations, unitNames, unitsOfUsers} from 'unitlint/rule'

export default defineRule({
  id: 'no-system-requirement',
  summary: 'Disallow units of users that require a unit of the system',
  why: "A user's manager knows none of the units of the system: what requires one does not start.",
  unless:
    "The user's manager has a unit of that name that is not in sight, such as a `docker.service` that was set up for the user.",
  directives: relations.requiring,
  on: {
    ...unitsOfUsers,
    lines: [...relations.requiring, 'RequiresOverridable', 'RequisiteOverridable', 'BindTo'],
  },
  messages: {
    missing:
      "Unexpected `{name}` in `{kind}=`, users' managers have no such unit and the unit does not start",
  },
  *check(unit) {
    if (unit.isPartial || unit.manager !== 'user') return
    for (const {kind, name, at, origin} of relations.references(unit, relations.requiring)) {
      const fix = relations.without(origin, name, unit)
      if (unitNames.isOfSystemAlone(name, unit))
        yield {message: 'missing', data: {name, kind}, at, fix}
    }
  },
  examples: {
    bad: [
      {
        name: '.config/systemd/user/example.service',
        unit: '[Unit]\nRequires=network-online.target\nAfter=network-online.target\n\n[Service]\nExecStart=/usr/bin/example\n',
      },
    ],
    good: [
      {
        name: '.config/systemd/user/example.service',
        unit: '[Unit]\nRequires=graphical-session.target\nAfter=graphical-session.target\n\n[Service]\nExecStart=/usr/bin/example\n',
      },
    ],
  },
})
