import {defineRule, typed, unitNames} from 'unitlint/rule'

export default defineRule({
  id: 'no-unreached-unit',
  summary: 'Disallow timers, paths and sockets that nothing starts',
  why: 'Without `[Install]` it cannot be enabled, and no other unit asks for it: what it shall start is never started by it.',
  unless: 'A package links it statically, or something starts it by hand.',
  directives: ['WantedBy'],
  on: typed('timer', 'path', 'socket'),
  messages: {
    unreached:
      'Unexpected {type} that nothing starts, expected `WantedBy={expected}` in `[Install]`',
  },
  *check(unit) {
    const {type, name, machine, firstHeader: at} = unit
    const expected = groups.get(type)
    if (expected === undefined || !at || unit.isPartial || unitNames.isTemplate(name)) return
    // Devices start some of systemd's own.
    if (unit.all('Install').length > 0 || unitNames.isProvided(name, unit)) return
    const mentions = unit.names.flatMap((its) => machine.mentions(its))
    if (mentions.some(({by}) => by.name !== name)) return
    yield {message: 'unreached', data: {type, expected}, at}
  },
  examples: {
    bad: [
      {
        name: 'backup.timer',
        unit: '[Timer]\nOnCalendar=daily\n',
        others: {'backup.service': '[Service]\nType=oneshot\nExecStart=/usr/bin/backup\n'},
      },
    ],
    good: [
      {
        name: 'backup.timer',
        unit: '[Timer]\nOnCalendar=daily\n\n[Install]\nWantedBy=timers.target\n',
        others: {'backup.service': '[Service]\nType=oneshot\nExecStart=/usr/bin/backup\n'},
      },
    ],
  },
})

/** The target that starts all enabled units of a type. */
const groups: ReadonlyMap<string, string> = new Map([
  ['timer', 'timers.target'],
  ['path', 'paths.target'],
  ['socket', 'sockets.target'],
])
