import {defineRule, fixBy, query, relations, replaceWord, unitNames, values} from 'unitlint/rule'
import type {Assignment, Fix, Unit} from 'unitlint/rule'

export default defineRule({
  id: 'no-misspelt-unit',
  summary: 'Disallow names of units that differ by a slip from one that is there',
  why: 'Order after a unit that nobody has is order after nothing, without a word in the log; `Wants=` of it does nothing, and `Requires=` fails.',
  unless: 'There is such a unit: name it in a folder that is linted too.',
  directives: relations.naming,
  on: {lines: relations.naming},
  fixesHangOn: [],
  messages: {
    misspelt: 'Unexpected `{name}` in `{key}=`, did you mean `{meant}`?',
  },
  *check(unit) {
    if (unit.isPartial) return
    for (const {name, at, origin} of relations.references(unit)) {
      if (isThere(name, unit) || !unitNames.isUnitName(name)) continue
      const meant = meantOf(name, unit)
      if (meant === undefined || meant === unit.name) continue
      const fix = fixOf(origin, name, meant, unit)
      yield {message: 'misspelt', data: {name, key: origin.key, meant}, at, fix}
    }
  },
  examples: {
    bad: [
      '[Unit]\nAfter=netwrok.target\n\n[Service]\nExecStart=/usr/bin/example\n',
      '[Unit]\nRequires=network-online.target\nAfter=network-online.service\n\n[Service]\nExecStart=/usr/bin/example\n',
    ],
    good: ['[Unit]\nAfter=network.target\n\n[Service]\nExecStart=/usr/bin/example\n'],
  },
})

/**
 * Whether someone has a unit of that name, be it the other manager: that is another rule's matter.
 */
function isThere(name: string, {machine, target}: Unit): boolean {
  if (machine.isKnown(name) || unitNames.isMadeByItself(name)) return true
  const managers = ['system', 'user'] as const
  return managers.some((manager) => unitNames.isProvided(name, {target, manager}))
}

/** The target or service of systemd's own whose name differs by a letter or two, or by its type. */
function meantOf(name: string, unit: Unit): string | undefined {
  const stage = unitNames.targetOfStage(name)
  if (stage !== undefined) return stage
  const {prefix, instance, suffix} = unitNames.parseUnitName(name)
  if (instance !== undefined || prefix.length < shortest) return undefined
  if (suffix !== 'target' && !prefix.startsWith('systemd-')) return undefined
  const found = values.nearest(prefix, stemsOf(unitNames.providedNames(unit), suffix), 2)
  return found === undefined || /\d/.test(prefix + found) ? undefined : `${found}.${suffix}`
}

/** Shorter names are near to too many. */
const shortest = 6

/** The names of one type, without it. */
const stemsOf = query((names: ReadonlySet<string>, suffix: string): readonly string[] =>
  [...names].flatMap((name) =>
    name.endsWith(`.${suffix}`) ? [name.slice(0, -suffix.length - 1)] : [],
  ),
)

/**
 * The fix that writes the name; none where the line has it in other words, or goes over several
 * lines.
 */
function fixOf(origin: Assignment, name: string, meant: string, unit: Unit): Fix | undefined {
  const word = unitNames.readsNames(origin, unit).find((one) => one.name === name)
  if (!word || origin.directive.pieces) return undefined
  return fixBy('suggestion', replaceWord(origin, word, meant))
}
