import {defineRule, fixBy, lines, replaceWord, timers, typed} from 'unitlint/rule'
import type {Value} from 'unitlint/rule'

export default defineRule({
  id: 'no-restless-timer',
  summary: 'Disallow timers that elapse each second',
  why: 'In `OnCalendar=`, `*:*:*` is each second and not each minute: the unit is started again as soon as it has ended, and its start limit, five in ten seconds, has half of the starts fail.',
  unless: 'The unit shall run each second; a service that sleeps in between costs less.',
  directives: ['OnCalendar'],
  on: {...typed('timer'), ...lines('OnCalendar')},
  messages: {
    restless: 'Unexpected `{value}`, which comes each second, expected `00` for the seconds',
  },
  *check(unit) {
    if (unit.isPartial) return
    for (const {line, shortest} of timers.repetitions(unit)) {
      if (line.key === 'OnCalendar' && shortest <= 1)
        yield {message: 'restless', data: {value: line.value}, at: line, fix: onTheMinute(line)}
    }
  },
  examples: {
    bad: [{name: 'report.timer', unit: '[Timer]\nOnCalendar=*-*-* *:*:*\n'}],
    good: [{name: 'report.timer', unit: '[Timer]\nOnCalendar=*-*-* *:*:00\n'}],
  },
})

/** With the first second of each minute in the place of all. */
function onTheMinute(line: Value) {
  const found = /:\*(?= |$)/.exec(line.value)
  if (!found || !/:.*:/.test(line.value)) return undefined
  const start = found.index + 1
  const change = replaceWord(line.assignment, {start, end: start + 1}, '00')
  return fixBy('unsafe', change, 'Write `00` for the seconds')
}
