import {defineRule, query, relations, typed, unitNames, values} from 'unitlint/rule'
import type {Machine, Unit} from 'unitlint/rule'

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
      const meant = idleNamesake(name, unit) ?? (line ? idleTwin(name, unit) : undefined)
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

/**
 * A unit whose name differs by a letter or two, or by more that is no letter, and that no timer,
 * path or socket starts.
 */
function idleNamesake(name: string, unit: Unit): string | undefined {
  const {machine} = unit
  const alike = namesLike(name, machine)
  const same = alike.byLetters.get(lettersOf(name))
  const stem = stemOf(name)
  const meant =
    same === undefined && stem.length >= 5 && alike.byStem.size <= most
      ? values.nearest(stem, alike.byStem.keys())
      : undefined
  const found = same ?? (meant === undefined ? undefined : alike.byStem.get(meant))
  return found !== undefined && machine.activators(found).length === 0 ? found : undefined
}

/** The service of the unit's own name, where a line names another and nothing else starts it. */
function idleTwin(name: string, unit: Unit): string | undefined {
  // Packages have files of which only the end is the name (dh_installsystemd(1)).
  if (unit.name.includes(`.${stemOf(name)}.`)) return undefined
  const twin = unit.machine.find(`${stemOf(unit.name)}.service`)
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

/** Nobody looks for a slip among more names of one kind. */
const most = 1_000

/**
 * Names of one type with the same digits, of templates or of others: by what they are without
 * punctuation, and by what they are without the type.
 */
interface Alike {
  readonly byLetters: Map<string, string>
  readonly byStem: Map<string, string>
}

function namesLike(name: string, machine: Machine): Alike {
  return groupsOf(machine).get(kindOf(name)) ?? {byLetters: new Map(), byStem: new Map()}
}

const groupsOf = query(({names}: Machine): ReadonlyMap<string, Alike> => {
  const groups = new Map<string, Alike>()
  for (const name of names) {
    const group: Alike = groups.get(kindOf(name)) ?? {byLetters: new Map(), byStem: new Map()}
    groups.set(kindOf(name), group)
    const [letters, stem] = [lettersOf(name), stemOf(name)]
    if (!group.byLetters.has(letters)) group.byLetters.set(letters, name)
    if (!group.byStem.has(stem)) group.byStem.set(stem, name)
  }
  return groups
})

function kindOf(name: string): string {
  return `${unitNames.parseUnitName(name).suffix} ${unitNames.isTemplate(name)} ${name.replaceAll(/\D/g, '')}`
}

function lettersOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}

function stemOf(name: string): string {
  return name.slice(0, name.lastIndexOf('.'))
}
