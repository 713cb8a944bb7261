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
  id: 'no-ambiguous-time',
  summary: 'Disallow time spans that systemd reads otherwise than they look',
  why: '`5M` are five months and `1h 30` ends after thirty seconds: the timeout, limit or timer is off by orders of magnitude.',
  on: everyUnit,
  messages: {
    months:
      'Unexpected `{written}` in `{key}=`, which counts months, expected `{number}min` or `{number}month`',
    mixed:
      'Unexpected `{written}` in `{key}=`, which is `{expected}`, expected a unit behind each number',
    small: 'Unexpected `{written}` in `{key}=`, which counts {unit}, expected `{expected}`',
  },
  *check(unit) {
    for (const section of sectionsOf(unit)) {
      for (const assignment of unit.all(section)) {
        const {key, value, directive, file} = assignment
        for (const {bareUnit, parts} of values.timeSpans(assignment, unit.target.version)) {
          const bare = parts.filter((part) => part.unit === '' && /[1-9]/.test(part.number))
          const months = parts.filter((part) => part.unit === 'M')
          if ((bare.length === 0 && months.length === 0) || !isValid(unit, section, key, value))
            continue
          for (const {from, to, number} of months) {
            const span = valueSpan(directive, from, to)
            const changes = [replaceWord(assignment, {start: from, end: to}, `${number}min`)]
            const fix = {
              title: `Write \`${number}min\``,
              applicability: 'suggestion' as const,
              changes,
            }
            yield {
              message: 'months',
              data: {written: value.slice(from, to), key, number},
              at: {file, span},
              fix,
            }
          }
          const [first] = parts
          const last = parts.at(-1)
          if (!first || !last || bare.length === 0 || (parts.length === 1 && bareUnit === 's'))
            continue
          const span = valueSpan(directive, first.from, last.to)
          const changes = bare.map((part) =>
            replaceWord(assignment, {start: part.to, end: part.to}, bareUnit),
          )
          const written = value.slice(first.from, last.to)
          const expected = parts.map((part) => `${part.number}${part.unit || bareUnit}`).join(' ')
          if (parts.length === 1) {
            // Nobody means so many seconds.
            if (Number(first.number) >= 5000) continue
            const fix = {title: `Write \`${expected}\``, changes}
            yield {
              message: 'small',
              data: {written, key, unit: unitNames[bareUnit], expected},
              at: {file, span},
              fix,
            }
          } else {
            // It is the same to systemd, but hardly what was meant.
            const fix = {
              title: `Write \`${expected}\``,
              applicability: 'suggestion' as const,
              changes,
            }
            yield {message: 'mixed', data: {written, key, expected}, at: {file, span}, fix}
          }
        }
      }
    }
  },
  examples: {
    bad: [
      '[Service]\nExecStart=/usr/bin/example\nTimeoutStopSec=5M\n',
      '[Service]\nExecStart=/usr/bin/example\nRuntimeMaxSec=1h 30\n',
      '[Service]\nExecStart=/usr/bin/example\nLimitRTTIME=200\n',
    ],
    good: [
      '[Service]\nExecStart=/usr/bin/example\nTimeoutStopSec=5min\nRuntimeMaxSec=1h 30min\nLimitRTTIME=200ms\n',
    ],
  },
})

const unitNames = {s: 'seconds', us: 'microseconds', ns: 'nanoseconds'} as const
