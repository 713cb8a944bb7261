import {defineRule, relations, unitNames} from 'unitlint/rule'

export default defineRule({
  id: 'no-self-dependency',
  summary: 'Disallow dependencies of a unit on itself',
  why: 'systemd drops them: another unit was meant, or the line does nothing.',
  directives: relations.naming,
  on: {lines: relations.naming},
  messages: {
    itself: 'Unexpected `{name}` in `{key}=`, it is the unit itself',
  },
  *check(unit) {
    if (unit.isPartial || unitNames.isTemplate(unit.name)) return
    for (const key of relations.naming) {
      for (const {assignment} of unit.values(key)) {
        const named = unitNames.readsNames(assignment, unit).map(({name}) => name)
        const name = named.find((one) => unit.names.includes(one))
        if (name === undefined) continue
        yield {
          message: 'itself',
          data: {name, key},
          at: unitNames.placeOfName(assignment, name, unit),
        }
      }
    }
  },
  examples: {
    bad: [
      {
        name: 'app.service',
        unit: '[Unit]\nAfter=app.service\n\n[Service]\nExecStart=/usr/bin/app\n',
      },
    ],
    good: [
      {
        name: 'app.service',
        unit: '[Unit]\nAfter=database.service\n\n[Service]\nExecStart=/usr/bin/app\n',
      },
    ],
  },
})
