import {
  add,
  defineRule,
  fixBy,
  lines,
  relations,
  timers,
  typed,
  unitNames,
  values,
} from 'unitlint/rule'
import type {Unit} from 'unitlint/rule'

export default defineRule({
  id: 'no-idle-timer',
  summary: 'Disallow timers that count from when their unit ran, and never start it first',
  why: '`OnUnitActiveSec=` and `OnUnitInactiveSec=` say how long after its last run the unit is started again: before the first there is nothing to count from, and the timer waits for ever.',
  unless: 'The unit is started once by something that unitlint does not see.',
  directives: ['OnUnitActiveSec', 'OnUnitInactiveSec'],
  on: {...typed('timer'), ...lines('OnUnitActiveSec', 'OnUnitInactiveSec')},
  messages: {
    idle: 'Unexpected `{key}=` alone, which counts from when `{name}` ran, expected `OnBootSec=`, `OnActiveSec=` or `OnCalendar=` beside it',
  },
  *check(unit) {
    const [first] = timers.continuations(unit)
    const its = relations.activation(unit)
    if (!first || !its || unit.isPartial || timers.beginnings(unit).length > 0) return
    if (isStartedElsewhere(its.name, unit)) return
    const fix = fixBy('unsafe', add('Timer', 'OnActiveSec', first.value, first.assignment))
    yield {
      message: 'idle',
      data: {key: first.key, name: its.name},
      at: first,
      fix,
      unlessTold: values.lostLines(unit, timers.beginningKeys),
    }
  },
  examples: {
    bad: [
      {
        name: 'report.timer',
        unit: '[Timer]\nOnUnitActiveSec=1h\n\n[Install]\nWantedBy=timers.target\n',
        others: {'report.service': '[Service]\nType=oneshot\nExecStart=/usr/bin/report\n'},
      },
    ],
    good: [
      {
        name: 'report.timer',
        unit: '[Timer]\nOnBootSec=10min\nOnUnitActiveSec=1h\n\n[Install]\nWantedBy=timers.target\n',
        others: {'report.service': '[Service]\nType=oneshot\nExecStart=/usr/bin/report\n'},
      },
    ],
  },
})

/**
 * Whether anything but the timer may start a unit: a unit or link in sight, what is installed with
 * it, or systemd.
 */
function isStartedElsewhere(name: string, unit: Unit): boolean {
  const {machine} = unit
  if (unitNames.isProvided(name, unit) || unitNames.isMadeByItself(name)) return true
  // What the timer pulls in starts with it.
  const own = relations.dependencies(unit).filter(({kind}) => starting.has(kind))
  if (own.some((dependency) => dependency.name === name)) return true
  const found = machine.find(name)
  if (found === 'masked') return true
  // Elsewhere in the run there may be one that is enabled.
  if (!found) return machine.isKnown(name)
  if (found.pulls.length > 0 || found.all('Install').some(({key}) => key !== 'DefaultInstance'))
    return true
  if (machine.activators(name).some((other) => !unit.names.includes(other.name))) return true
  return found.names.some((its) =>
    machine.mentions(its).some(({by, kind}) => !unit.names.includes(by.name) && starting.has(kind)),
  )
}

const starting: ReadonlySet<relations.DependencyKind | 'Also'> = new Set([
  'Requires',
  'Wants',
  'BindsTo',
  'Upholds',
  'OnFailure',
  'OnSuccess',
  'Also',
])
