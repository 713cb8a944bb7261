import {defineRule, fixBy, lines, replaceWord, timers, typed} from 'unitlint/rule'
import type {Unit, Value} from 'unitlint/rule'

export default defineRule({
  id: 'no-impossible-date',
  summary: 'Disallow dates of timers that never come',
  why: 'systemd takes the line, and the timer never elapses by it: `*-02-30` is in no year, and `2020-01-01` has been.',
  directives: ['OnCalendar'],
  on: {...typed('timer'), ...lines('OnCalendar')},
  messages: {
    never: 'Unexpected `{value}`, which never comes',
    weekday: 'Unexpected `{value}`, which never comes: {date} is a {weekday}',
    past: 'Unexpected `{value}`, which is past and comes no more',
  },
  *check(unit) {
    if (unit.isPartial) return
    for (const at of timers.dates(unit)) {
      const {value} = at
      if (typeof timers.nextOf(at, unit, 0) !== 'string') {
        if (unit.now !== undefined && typeof timers.nextOf(at, unit, unit.now * 1000) === 'string')
          yield {message: 'past', data: {value}, at}
        continue
      }
      const dated = onAnotherDay(at)
      if (dated) yield {message: 'weekday', data: {value, ...dated.data}, at, fix: dated.fix}
      else yield {message: 'never', data: {value}, at, fix: lastDay(at, unit)}
    }
  },
  examples: {
    bad: [
      {name: 'report.timer', unit: '[Timer]\nOnCalendar=*-02-30\n'},
      {name: 'report.timer', unit: '[Timer]\nOnCalendar=Mon 2026-12-25 08:00\n'},
    ],
    good: [{name: 'report.timer', unit: '[Timer]\nOnCalendar=*-02~01\n'}],
  },
})

/** A date that is on another day of the week than the one that is written. */
function onAnotherDay(at: Value) {
  const [, name = '', year, month, day] =
    /^([A-Za-z]{3,9}) +([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?= |$)/.exec(at.value) ?? []
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  if (name === '' || date.getUTCDate() !== Number(day)) return undefined
  const weekday = weekdays[date.getUTCDay()] ?? ''
  const fix = fixBy('suggestion', replaceWord(at.assignment, {start: 0, end: name.length}, weekday))
  return {data: {date: `${year}-${month}-${day}`, weekday}, fix}
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

/** The last day of a month that has fewer. */
function lastDay(at: Value, unit: Unit) {
  const [whole = '', month = '', day = ''] =
    /(?<=[0-9*]-)([0-9]{1,2})-(29|30|31)(?= |$)/.exec(at.value) ?? []
  const start = at.value.indexOf(whole)
  if (whole === '' || at.assignment.value !== at.value || unit.value('OnCalendar') === undefined)
    return undefined
  const last = `${month}~01`
  const end = start + `${month}-${day}`.length
  const change = replaceWord(at.assignment, {start, end}, last)
  return fixBy('suggestion', change, `Write \`${last}\`, the last day of the month`)
}
