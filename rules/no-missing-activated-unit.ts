import {
  activation,
  defineRule,
  familyOf,
  isMadeByItself,
  isProvided,
  isReserved,
  isTemplate,
  isWritten,
  nearest,
  parseUnitName,
  placeOfName,
} from 'unitlint/rule'
import type {Unit} from 'unitlint/rule'

export default defineRule({
  id: 'no-missing-activated-unit',
  summary: 'Disallow timers, paths and sockets that start a unit that is not there',
  why: 'When its time comes, nothing happens but a line in the log.',
  unless: 'Another package brings the unit.',
  directives: ['Unit', 'Service'],
  messages: {
    missing: 'Unexpected {type} for `{name}`, there is no such unit',
    misspelt: 'Unexpected {type} for `{name}`, did you mean `{meant}`?',
    masked: 'Unexpected {type} for `{name}`, which is masked',
  },
  *check(unit) {
    const its = activation(unit)
    if (unit.isPartial || !its || isMadeByItself(its.name)) return
    const {name, origin} = its
    const found = unit.others.find(name)
    const at = isWritten(origin) ? placeOfName(origin, name, unit) : unit.firstHeader
    if (!at || (found && found !== 'masked')) return
    const {type, others} = unit
    // What a template's specifiers mean is known of its instances only.
    if (!found && (isReserved(name) || (isTemplate(unit.name) && isWritten(origin) && origin.value.includes('%')))) return
    if (found) yield {message: 'masked', data: {type, name}, at}
    else if (others.isComplete) yield {message: 'missing', data: {type, name}, at}
    else if (!others.isKnown(name)) {
      // Another package may bring it, unless one that is here and that nothing starts is called nearly so.
      const meant = isProvided(name, unit) ? undefined : idleNamesake(name, unit)
      if (meant !== undefined) yield {message: 'misspelt', data: {type, name, meant}, at}
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

/** A unit whose name differs by a letter or two, or by more that is no letter, and that no timer, path or socket starts. */
function idleNamesake(name: string, unit: Unit): string | undefined {
  const family = familyOf(unit)
  const {suffix} = parseUnitName(name)
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  const digits = (text: string) => text.replaceAll(/\D/g, '')
  const candidates = family.units
    .map((candidate) => candidate.name)
    .filter((candidate) => candidate.endsWith(`.${suffix}`) && isTemplate(candidate) === isTemplate(name) && digits(candidate) === digits(name))
  const same = candidates.find((candidate) => plain(candidate) === plain(name))
  const stem = nearest(stemOf(name), candidates.map(stemOf))
  const found = same ?? (stem !== undefined && stemOf(name).length >= 5 ? candidates.find((candidate) => stemOf(candidate) === stem) : undefined)
  return found !== undefined && family.activators(found).length === 0 ? found : undefined
}

function stemOf(name: string): string {
  return name.slice(0, name.lastIndexOf('.'))
}
