import {
  defineRule,
  everyUnit,
  isValid,
  replaceWord,
  sectionsOf,
  values,
  valueSpan,
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
        const {key, value, directive, file} = assignment
        for (const {bareUnit, parts} of values.timeSpans(assignment, unit.target.version)) {
          const [part] = parts
          if (
            !part ||
            parts.length > 1 ||
            bareUnit !== 's' ||
            part.unit !== '' ||
            !/[1-9]/.test(part.number)
          )
            continue
          if (!isValid(unit, section, key, value)) continue
          const {number} = part
          const span = valueSpan(directive, part.from, part.to)
          const changes = [replaceWord(assignment, {start: part.to, end: part.to}, 's')]
          const fix = {title: `Write \`${number}s\``, changes}
          yield {message: 'bare', data: {number, key}, at: {file, span}, fix}
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
