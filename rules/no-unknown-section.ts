import {complaints, defineRule, fixBy, rename, sectionsOf, values} from 'unitlint/rule'

export default defineRule({
  id: 'no-unknown-section',
  summary: 'Disallow sections that the type of the unit does not have',
  why: 'systemd skips all lines of such a section: what they say is off.',
  on: complaints('unknown-section'),
  messages: {
    unknown: 'Unexpected section `[{name}]`, ignored by systemd',
    misspelt: 'Unexpected section `[{name}]`, did you mean `[{meant}]`?',
  },
  *check(unit) {
    for (const at of unit.complaints('unknown-section')) {
      const name = at.section ?? ''
      const meant = values.nearest(name.trim(), sectionsOf(unit))
      // All lines of the section come to life, whatever they say.
      const fix = meant === undefined ? undefined : fixBy('unsafe', rename(at, meant))
      // Another rule tells of the whole file that it is a script.
      const script = values.scriptIn(unit, at.file)
      const unlessTold = script && [script]
      if (meant === undefined) yield {message: 'unknown', data: {name}, at, unlessTold}
      else yield {message: 'misspelt', data: {name, meant}, at, fix, unlessTold}
    }
  },
  examples: {
    bad: [
      '[service]\nExecStart=/usr/bin/example\n',
      '[Service]\nExecStart=/usr/bin/example\n[Timer]\nOnBootSec=1\n',
    ],
    good: ['[Service]\nExecStart=/usr/bin/example\n[X-Example]\nKey=value\n'],
  },
})
