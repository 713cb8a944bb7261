import {
  defineRule,
  everyUnit,
  fixBy,
  isValid,
  partOf,
  replaceWord,
  sectionsOf,
  values,
} from 'unitlint/rule'

export default defineRule({
  id: 'no-unitless-time',
  summary: 'Require a unit behind the numbers of time spans',
  why: 'Nobody sees that `90` are seconds, and the same number in a resource limit counts something else.',
  unless: 'Everyone who reads the unit knows that systemd counts seconds.',
  on: everyUnit,
  messages: {
    bare: 'Unexpected `{number}` without a unit in `{key}=`, expected `{number}s`',
  },
  *check(unit) {
    for (const section of sectionsOf(unit)) {
      for (const assignment of unit.all(section)) {
        const {key, value} = assignment
        for (const {bareUnit, parts} of values.timeSpans(assignment, unit.target.version)) {
          const [part, ...others] = parts
          if (!part || others.length > 0 || bareUnit !== 's' || part.unit !== '') continue
          const {number, from, to} = part
          if (!/[1-9]/.test(number) || !isValid(unit, section, key, value)) continue
          const change = replaceWord(assignment, {start: to, end: to}, 's')
          const fix = fixBy('safe', change, `Write \`${number}s\``)
          const at = partOf(assignment, {start: from, end: to})
          yield {message: 'bare', data: {number, key}, at, fix}
        }
      }
    }
  },
  examples: {
    bad: [
      '[Service]\nExecStart=/usr/bin/example\nTimeoutStopSec=90\n',
      {name: 'example.timer', unit: '[Timer]\nOnUnitActiveSec=3600\n'},
    ],
    good: ['[Service]\nExecStart=/usr/bin/example\nTimeoutStopSec=90s\nTimeoutStartSec=0\n'],
  },
})
