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
        const {key, value} = assignment
        for (const {bareUnit, parts} of values.timeSpans(assignment, unit.target.version)) {
          const bare = parts.filter((part) => part.unit === '' && /[1-9]/.test(part.number))
          const months = parts.filter((part) => part.unit === 'M')
          if ((bare.length === 0 && months.length === 0) || !isValid(unit, section, key, value))
            continue
          for (const {from: start, to: end, number} of months) {
            const data = {written: value.slice(start, end), key, number}
            const at = partOf(assignment, {start, end})
            const fix = fixBy('suggestion', replaceWord(assignment, {start, end}, `${number}min`))
            yield {message: 'months', data, at, fix}
          }
          const [first] = parts
          const last = parts.at(-1)
          if (!first || !last || bare.length === 0 || (parts.length === 1 && bareUnit === 's'))
            continue
          const at = partOf(assignment, {start: first.from, end: last.to})
          const changes = bare.map((part) =>
            replaceWord(assignment, {start: part.to, end: part.to}, bareUnit),
          )
          const written = value.slice(first.from, last.to)
          const expected = parts.map((part) => `${part.number}${part.unit || bareUnit}`).join(' ')
          const title = `Write \`${expected}\``
          if (parts.length === 1) {
            // Nobody means so many seconds.
            if (Number(first.number) >= 5000) continue
            const data = {written, key, unit: unitNames[bareUnit], expected}
            yield {message: 'small', data, at, fix: fixBy('safe', changes, title)}
          } else {
            // It is the same to systemd, but hardly what was meant.
            const fix = fixBy('suggestion', changes, title)
            yield {message: 'mixed', data: {written, key, expected}, at, fix}
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
