import {defineRule, fixBy, partOf, replaceWord, unitNames, values} from 'unitlint/rule'
import type {Unit} from 'unitlint/rule'

const about = ['WantedBy', 'RequiredBy', 'UpheldBy', 'Alias', 'Also', 'DefaultInstance']

export default defineRule({
  id: 'no-invalid-install',
  summary: 'Disallow lines of `[Install]` that cannot be obeyed',
  why: 'systemd does not look at them when it loads the unit; `systemctl enable` fails, or leaves the line out.',
  directives: about,
  on: {lines: about},
  messages: {
    name: 'Unexpected `{word}` in `{key}=`, expected the name of a unit with its type, such as `multi-user.target`',
    misspelt: 'Unexpected `{word}` in `{key}=`, did you mean `{meant}`?',
    alias: 'Unexpected `Alias={word}`, expected {expected}',
    instance: 'Unexpected `DefaultInstance={word}`, {reason}',
  },
  *check(unit) {
    if (unit.isPartial) return
    for (const origin of unit.all('Install')) {
      const {key, value} = origin
      if (key === 'DefaultInstance') {
        const reason = instanceFault(value, unit)
        if (reason !== undefined)
          yield {message: 'instance', data: {word: value, reason}, at: origin}
      }
      if (!listing.has(key)) continue
      for (const place of values.splitWords(value, 'quotes').words) {
        const [at, word] = [partOf(origin, place), place.text]
        const expected = key === 'Alias' ? aliasFault(word, unit) : undefined
        if (!isName(word, unit)) {
          const meant = meantName(word, unit)
          const better = fixBy('unsafe', replaceWord(origin, place, meant ?? ''))
          const fix = origin.directive.pieces ? undefined : better
          if (meant === undefined) yield {message: 'name', data: {word, key}, at, unlessTold: [at]}
          else yield {message: 'misspelt', data: {word, key, meant}, at, fix, unlessTold: [at]}
        } else if (expected !== undefined)
          yield {message: 'alias', data: {word, expected}, at, unlessTold: [at]}
      }
    }
  },
  examples: {
    bad: [
      '[Service]\nExecStart=/usr/bin/example\n\n[Install]\nWantedBy=multi-user\n',
      '[Service]\nExecStart=/usr/bin/example\n\n[Install]\nWantedBy=multi-user.target\nDefaultInstance=one\n',
    ],
    good: [
      '[Service]\nExecStart=/usr/bin/example\n\n[Install]\nWantedBy=multi-user.target\n',
      {
        name: 'example@.service',
        unit: '[Service]\nExecStart=/usr/bin/example %i\n\n[Install]\nWantedBy=multi-user.target\nDefaultInstance=one\n',
      },
    ],
  },
})

const listing: ReadonlySet<string> = new Set(about.filter((key) => key !== 'DefaultInstance'))

function isName(word: string, unit: Unit): boolean {
  // A specifier that is not known here is another rule's matter.
  if (unitNames.isUnitName(word) || word.includes('%')) return true
  return unitNames.oneName(word, unit) !== undefined
}

/**
 * What an alias must be instead: of the unit's type, and a template, instance or neither as the
 * unit is.
 */
function aliasFault(word: string, unit: Unit): string | undefined {
  const alias = unitNames.parseUnitName(word)
  const own = unitNames.parseUnitName(unit.name)
  if (alias.suffix !== own.suffix) return `a name of the unit's own type, \`${own.suffix}\``
  if (own.instance === undefined)
    return alias.instance === undefined || unitNames.standsForTemplate(unit)
      ? undefined
      : 'a plain name, as the unit is no template'
  return alias.instance === undefined ? 'a template, as the unit is one' : undefined
}

function instanceFault(value: string, unit: Unit): string | undefined {
  if (value === '' || unitNames.standsForTemplate(unit)) return undefined
  if (!unitNames.isTemplate(unit.name))
    return unitNames.parseUnitName(unit.name).instance === undefined
      ? 'the unit is no template'
      : undefined
  return value.includes('%') || /^[A-Za-z0-9:_.\\@-]+$/.test(value)
    ? undefined
    : 'expected the name of an instance'
}

/**
 * What is meant by a name without its type, with another than there is, or with a comma behind it.
 */
function meantName(word: string, unit: Unit): string | undefined {
  const bare = word.replace(/[,;]$/, '')
  const typed = unitNames.withNearestType(bare)
  const candidates = [bare, `${bare}.target`, ...(typed === undefined ? [] : [typed])]
  return candidates.find(
    (candidate) =>
      unitNames.isUnitName(candidate) &&
      (candidate === bare ||
        candidate === typed ||
        unit.machine.isKnown(candidate) ||
        unitNames.isProvided(candidate, unit)),
  )
}
