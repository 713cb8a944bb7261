import {defineRule, fixBy, relations, remove, typed, values} from 'unitlint/rule'

export default defineRule({
  id: 'no-lone-option',
  summary: 'Disallow options of timers, paths and sockets that do nothing without another',
  why: 'systemd reads the line without a word, and what it asks for does not come: runs that were missed are not made up for, and connections are not limited.',
  directives: relations.lonelyKeys,
  on: {...typed('timer', 'path', 'socket'), lines: relations.lonelyKeys},
  messages: {
    lone: 'Unexpected `{key}={value}`, which does nothing without {needed}',
  },
  *check(unit) {
    if (unit.isPartial || !unit.isReadable) return
    for (const {at, needed, lacks} of relations.lonely(unit)) {
      const fix = fixBy('unsafe', remove(at.assignment))
      yield {
        message: 'lone',
        data: {key: at.key, value: at.value, needed},
        at,
        fix,
        unlessTold: values.lostLines(unit, lacks),
      }
    }
  },
  examples: {
    bad: [
      {
        name: 'update.timer',
        unit: '[Timer]\nOnBootSec=1min\nOnUnitActiveSec=1h\nPersistent=true\n',
      },
      {name: 'echo.socket', unit: '[Socket]\nListenStream=7\nMaxConnections=10\n'},
    ],
    good: [{name: 'update.timer', unit: '[Timer]\nOnCalendar=hourly\nPersistent=true\n'}],
  },
})
