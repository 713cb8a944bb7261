import {defineRule, fixBy, lines, relations, remove, typed} from 'unitlint/rule'
import type {Unit} from 'unitlint/rule'

export default defineRule({
  id: 'no-eager-activation',
  summary: 'Disallow timers, paths and sockets that pull in the unit that they start',
  why: 'The unit is started with the timer, at every boot, and not when its time has come.',
  unless: 'The unit shall run at boot as well.',
  directives: ['Requires', 'Wants', 'BindsTo'],
  on: {
    ...typed('timer', 'path', 'socket', 'automount'),
    ...lines('Requires', 'RequiresOverridable', 'Wants', 'BindsTo', 'BindTo'),
  },
  messages: {
    eager: 'Unexpected `{kind}={name}`, it starts the unit at once, without the {type}',
  },
  *check(unit) {
    const its = relations.activation(unit)
    if (unit.isPartial || !its || its.isTemplate || isRelative(unit)) return
    for (const reference of relations.references(unit, ['Requires', 'Wants', 'BindsTo'])) {
      const {kind, name, at, origin} = reference
      if (name !== its.name) continue
      const removed = fixBy('unsafe', remove(origin), `Remove \`${kind}=${name}\``)
      const fix = /\s/.test(origin.value) ? undefined : removed
      yield {message: 'eager', data: {kind, name, type: unit.type}, at, fix}
    }
  },
  examples: {
    bad: [
      {
        name: 'backup.timer',
        unit: '[Unit]\nRequires=backup.service\n\n[Timer]\nOnCalendar=daily\n',
        others: {'backup.service': '[Service]\nType=oneshot\nExecStart=/usr/bin/backup\n'},
      },
    ],
    good: [
      {
        name: 'backup.timer',
        unit: '[Timer]\nOnCalendar=daily\n',
        others: {'backup.service': '[Service]\nType=oneshot\nExecStart=/usr/bin/backup\n'},
      },
    ],
  },
})

/** Whether a timer counts from when its unit ran, which must have run once for that. */
function isRelative(unit: Unit): boolean {
  const isSet = (key: string): boolean => unit.value(key) !== undefined
  if (unit.type !== 'timer' || !['OnUnitActiveSec', 'OnUnitInactiveSec'].some(isSet)) return false
  return !['OnCalendar', 'OnBootSec', 'OnStartupSec', 'OnActiveSec'].some(isSet)
}
