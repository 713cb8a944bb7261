import {defineRule, relations, typed, unitNames} from 'unitlint/rule'
import type {Unit} from 'unitlint/rule'

export default defineRule({
  id: 'no-missing-activated-unit',
  summary: 'Disallow timers, paths and sockets that start a unit that is not there',
  why: 'systemd does not start what has nothing to activate, and only a line in the log says so.',
  unless: 'Another package brings the unit.',
  directives: ['Unit', 'Service'],
  on: typed('timer', 'path', 'socket', 'automount'),
  messages: {
    missing: 'Unexpected {type} for `{name}`, there is no such unit',
    misspelt: 'Unexpected {type} for `{name}`, did you mean `{meant}`?',
    masked: 'Unexpected {type} for `{name}`, which is masked',
  },
  *check(unit) {
    const its = relations.activation(unit)
    if (unit.isPartial || !its || unitNames.isMadeByItself(its.name)) return
    const {name, origin} = its
    const {type, machine, firstHeader} = unit
    const found = machine.find(name)
    const line = relations.isWritten(origin) ? origin : undefined
    const at = line ? unitNames.placeOfName(line, name, unit) : firstHeader
    if (!at || (found && found !== 'masked')) return
    // What a template's specifiers mean is known of its instances only.
    const isOpen = unitNames.isTemplate(unit.name) && line?.value.includes('%')
    if (!found && (isOpen || unitNames.isReserved(name))) return
    if (found) yield {message: 'masked', data: {type, name}, at}
    else if (machine.isComplete && !machine.isKnown(name))
      yield {message: 'missing', data: {type, name}, at}
    else if (!machine.isKnown(name) && !unitNames.isProvided(name, unit)) {
      // Another package may bring it, unless one that is here and that nothing starts is called
      // nearly so.
      const meant = namesake(name, unit) ?? (line ? idleTwin(name, unit) : undefined)
      if (meant !== undefined) yield {message: 'misspelt', data: {type, name, meant}, at}
      else if (isOnlyOne(unit)) yield {message: 'missing', data: {type, name}, at}
    }
  },
  examples: {
    bad: [
      {
        name: 'backup.timer',
        unit: '[Timer]\nOnCalendar=daily\nUnit=backups.service\n',
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

/** A unit whose name differs by a slip, and that no timer, path or socket starts. */
function namesake(name: string, {machine}: Unit): string | undefined {
  const found = relations.namesakeOf(name, machine)
  return found !== undefined && machine.activators(found).length === 0 ? found : undefined
}

/** The service of the unit's own name, where a line names another and nothing else starts it. */
function idleTwin(name: string, unit: Unit): string | undefined {
  // Packages have files of which only the end is the name (dh_installsystemd(1)).
  if (unit.name.includes(`.${unitNames.stemOf(name)}.`)) return undefined
  const twin = unit.machine.find(`${unitNames.stemOf(unit.name)}.service`)
  if (twin === undefined || twin === 'masked' || unit.machine.activators(twin.name).length > 0)
    return undefined
  return twin.lines.some(({section}) => section === 'Install') ? undefined : twin.name
}

/**
 * Whether all else that is beside the unit and starts others has them beside it: then nothing is
 * generated or brought by another package.
 */
function isOnlyOne(unit: Unit): boolean {
  const others = unit.machine.names.filter(
    (name) => /\.(?:timer|path|socket)$/.test(name) && name !== unit.name,
  )
  if (others.length < fewest || others.length > most) return false
  return others.every((name) => {
    const other = unit.machine.find(name)
    const its = other === undefined || other === 'masked' ? undefined : relations.activation(other)
    return its !== undefined && unit.machine.find(its.name) !== undefined
  })
}

/** What two others do is a habit. */
const fewest = 2

/** Nobody looks at more. */
const most = 1_000
