import {defineRule, fixBy, lines, remove, services, timers} from 'unitlint/rule'
import type {LoadedUnit, Unit} from 'unitlint/rule'

export default defineRule({
  id: 'no-lasting-job',
  summary: 'Disallow `RemainAfterExit=yes` in services that a timer or path starts again and again',
  why: 'The service stays active when its work is done, and what is active is not started again: it runs once, and then never until it is stopped.',
  unless: 'Something stops the service between its runs.',
  directives: ['RemainAfterExit'],
  on: {...services, ...lines('RemainAfterExit')},
  messages: {
    timer: 'Unexpected `RemainAfterExit={value}`, with which `{by}` starts the service only once',
    path: 'Unexpected `RemainAfterExit={value}`, with which `{by}` tells the service of the first change only',
  },
  *check(unit) {
    const at = unit.value('RemainAfterExit')
    if (!at?.boolean || unit.isPartial || isStopped(unit)) return
    const by = unit.names.flatMap((name) => unit.machine.activators(name)).find(isRepeated)
    // Who asks whether there is something to do means it to be done once.
    const asks = unit.all('Unit').some(({key}) => /^(?:Condition|Assert)/.test(key))
    if (!by || (by.type === 'path' && asks)) return
    const [data, fix] = [{value: at.value, by: by.name}, fixBy('unsafe', remove(at.assignment))]
    yield {message: by.type === 'path' ? 'path' : 'timer', data, at, fix}
  },
  examples: {
    bad: [
      {
        name: 'backup.service',
        unit: '[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/usr/bin/backup\n',
        others: {'backup.timer': '[Timer]\nOnCalendar=daily\n'},
      },
    ],
    good: [
      {
        name: 'backup.service',
        unit: '[Service]\nType=oneshot\nExecStart=/usr/bin/backup\n',
        others: {'backup.timer': '[Timer]\nOnCalendar=daily\n'},
      },
      {
        name: 'tune.service',
        unit: '[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/usr/bin/tune\n',
        others: {'tune.timer': '[Timer]\nOnBootSec=5min\n'},
      },
    ],
  },
})

/** Starts it more than once, and not only as long as something is there. */
function isRepeated(by: LoadedUnit): boolean {
  // A second after it ran means that it shall always run.
  if (by.type === 'timer') return timers.repetitions(by).some(({longest}) => longest > 1)
  if (by.type !== 'path') return false
  return timers.watches(by).some(({key}) => key === 'PathChanged' || key === 'PathModified')
}

/** Whether something in sight stops it. */
function isStopped(unit: Unit): boolean {
  if (unit.value('StopWhenUnneeded')?.boolean) return true
  const mentions = unit.names.flatMap((name) => unit.machine.mentions(name))
  return mentions.some(({by, kind}) => by.name !== 'shutdown.target' && stopping.has(kind))
}

const stopping: ReadonlySet<string> = new Set(['Conflicts', 'PropagatesStopTo'])
