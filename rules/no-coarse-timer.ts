import {add, defineRule, fixBy, set, timers, typed} from 'unitlint/rule'
import type {Value} from 'unitlint/rule'

export default defineRule({
  id: 'no-coarse-timer',
  summary: 'Disallow timers that are less accurate, or more random, than they are often',
  why: 'systemd may be as late as `AccuracySec=` says, a minute where nothing does, and `RandomizedDelaySec=` adds to it: a timer for each ten seconds elapses about once a minute.',
  unless: 'It shall run just about so often.',
  directives: [
    'AccuracySec',
    'RandomizedDelaySec',
    'OnUnitActiveSec',
    'OnUnitInactiveSec',
    'OnCalendar',
  ],
  on: typed('timer'),
  messages: {
    coarse:
      'Unexpected `AccuracySec={accuracy}` with `{line}`, which comes every {interval}, expected `{expected}` or less',
    usual:
      'Expected `AccuracySec={expected}` or less, without it `{line}` may be a minute late each time',
    random:
      'Unexpected `RandomizedDelaySec={delay}` with `{line}`, which comes every {interval}, expected less than that',
  },
  *check(unit) {
    if (unit.isPartial) return
    const accuracy = unit.value('AccuracySec')
    const most = accuracy ? (accuracy.seconds ?? 0) : usualAccuracy
    const delay = unit.value('RandomizedDelaySec')
    // Each second by the calendar is a fault of its own, and a second after the unit ran means at
    // once.
    const all = timers.repetitions(unit).filter(({shortest}) => shortest > 1)
    const often = all.find(({shortest}) => shortest * slack < most)
    if (often) {
      const expected = often.shortest < 10 ? '100ms' : '1s'
      const line = lineOf(often.line)
      const change = accuracy
        ? set('Timer', 'AccuracySec', expected)
        : add('Timer', 'AccuracySec', expected, often.line.assignment)
      const fix = fixBy('unsafe', change, `Set \`AccuracySec=${expected}\``)
      const interval = spanOf(often.shortest)
      const data = {accuracy: accuracy?.value ?? '', line, interval, expected: interval}
      if (accuracy) yield {message: 'coarse', data, at: accuracy, fix}
      else yield {message: 'usual', data: {line, expected}, at: often.line, fix}
    }
    const [first] = all
    const {seconds = 0} = delay ?? {}
    if (!delay || !first || all.some(({longest}) => longest >= seconds)) return
    const [line, interval] = [lineOf(first.line), spanOf(first.longest)]
    // Minutes were meant, as another rule tells.
    const unlessTold = /[0-9]M/.test(delay.value) ? [delay.assignment] : []
    yield {message: 'random', data: {delay: delay.value, line, interval}, at: delay, unlessTold}
  },
  examples: {
    bad: [
      {name: 'poll.timer', unit: '[Timer]\nOnBootSec=1min\nOnUnitActiveSec=10s\n'},
      {name: 'poll.timer', unit: '[Timer]\nOnCalendar=*:0/5\nRandomizedDelaySec=1h\n'},
    ],
    good: [
      {name: 'poll.timer', unit: '[Timer]\nOnBootSec=1min\nOnUnitActiveSec=10s\nAccuracySec=1s\n'},
    ],
  },
})

/** In seconds (systemd.timer(5), "AccuracySec="). */
const usualAccuracy = 60

/** A day is an hour shorter in spring. */
const slack = 1.1

function lineOf({key, value}: Value): string {
  return `${key}=${value}`
}

function spanOf(seconds: number): string {
  return timers.timeSpanText(BigInt(Math.round(seconds * 1_000_000)))
}
