import {defineRule, everyUnit, partOf, unitNames, values} from 'unitlint/rule'

export default defineRule({
  id: 'no-empty-instance',
  summary: 'Disallow `%i` and `%I` in units that are no templates',
  why: 'Such a unit has no instance: systemd puts nothing in its place, and what is left names another file or folder, or nobody.',
  unless: 'The file gets another name, with an `@`, where it is installed.',
  on: everyUnit,
  fixesHangOn: [],
  messages: {
    empty:
      'Unexpected `{written}` in `{key}=`, which is empty here, expected the unit to be a template such as `{template}`',
  },
  *check(unit) {
    if (unit.isPartial || unit.names.some((name) => name.includes('@'))) return
    const lines = unit.assignments('Unit', 'Description')
    // The description of a template tells of its instances, and a default instance is a template's.
    if (lines.some(({value}) => instance.test(value)) || unit.value('DefaultInstance')) return
    const {prefix, suffix} = unitNames.parseUnitName(unit.name)
    for (const line of unit.lines) {
      const {key, value} = line
      const found = instance.exec(value)
      // What systemd refuses for it, and what another program would read, other rules tell of.
      const its = found && unit.values(key).find(({assignment}) => assignment === line)
      if (its?.expanded === undefined || its.expanded === value) continue
      if (!found || values.literalPercents(line, unit).includes(found.index)) continue
      // That may take a look at other files.
      if (unitNames.standsForTemplate(unit)) return
      const [written] = found
      const at = partOf(line, {start: found.index, end: found.index + written.length})
      yield {
        message: 'empty',
        data: {written, key, template: `${prefix}@.${suffix}`},
        at,
        unlessTold: [at],
      }
      return
    }
  },
  examples: {
    bad: [
      {
        name: 'example.service',
        unit: '[Service]\nExecStart=/usr/bin/example --config /etc/example/%i.conf\n',
      },
    ],
    good: [
      {
        name: 'example@.service',
        unit: '[Service]\nExecStart=/usr/bin/example --config /etc/example/%i.conf\n',
      },
      {name: 'example.service', unit: '[Service]\nExecStart=/bin/sh -c "date +%%I"\n'},
    ],
  },
})

/** The specifier, not behind a percent sign that stands for itself. */
const instance = /(?<=(?:^|[^%])(?:%%)*)%[iI](?![A-Za-z])/
