import {defineRule, fixBy, partOf, replaceWord, unitNames, values} from 'unitlint/rule'
import type {Assignment, Fix, Unit} from 'unitlint/rule'

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
    expanded: 'Unexpected `{word}` in `{key}=`, which is `{name}` and not the name of a unit',
    alias: 'Unexpected `Alias={word}`, expected {expected}',
    sole: 'Unexpected `Alias=` in a unit of type `{type}`, which has no other names: the line does not count',
    instance: 'Unexpected `DefaultInstance={word}`, {reason}',
    specifier: 'Unexpected specifier `{specifier}` in `{key}=`, unknown in `[Install]`',
    quote: 'Unexpected quote in `{key}=` that does not end, what it begins does not count',
    backslash:
      'Unexpected `{word}` in `Also=`, where a backslash is taken away: it names `{text}`, expected `{meant}`',
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
      if (key === 'Alias' && value !== '' && soleNames.has(unit.type))
        yield {message: 'sole', data: {type: unit.type}, at: origin}
      else yield* wordFaults(origin, unit)
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

/** The types of units that are called by what they are about. */
const soleNames: ReadonlySet<string> = new Set(['slice', 'mount', 'automount', 'swap', 'scope'])

/** What is wrong with the words of a line. `Also=` alone knows no quotes, and takes backslashes away. */
function* wordFaults(origin: Assignment, unit: Unit) {
  const {key, value, directive} = origin
  const {words, fault} = values.splitWords(value, key === 'Also' ? 'plain' : 'kept')
  if (fault) {
    const at = partOf(origin, fault.word)
    if (fault.kind === 'open-quote') yield {message: 'quote', data: {key}, at} as const
    else yield {message: 'name', data: {key, word: fault.word.text}, at} as const
    return
  }
  for (const place of words) {
    const at = partOf(origin, place)
    const known = {at, unlessTold: [at]}
    const better = (text: string): Fix | undefined =>
      directive.pieces ? undefined : fixBy('unsafe', replaceWord(origin, place, text))
    const {text} = place
    const word = value.slice(place.start, place.end)
    const meant = key === 'Also' && word.includes('\\') ? withBackslashes(word) : word
    if (word !== meant && unitNames.isUnitName(word)) {
      yield {message: 'backslash', data: {word, text, meant}, ...known, fix: better(meant)} as const
      continue
    }
    const {name, unknown: specifier} = unitNames.installName(text, unit)
    if (specifier !== undefined) yield {message: 'specifier', data: {key, specifier}, at} as const
    if (name === undefined || (key === 'Alias' && isLinkOf(name, unit))) continue
    const expected = key === 'Alias' ? aliasFault(name, unit) : undefined
    if (!unitNames.isUnitName(name)) {
      const other = meantName(text, unit)
      if (name !== text)
        yield {message: 'expanded', data: {word: text, key, name}, ...known} as const
      else if (other === undefined)
        yield {message: 'name', data: {word: text, key}, ...known} as const
      else
        yield {
          message: 'misspelt',
          data: {word: text, key, meant: other},
          ...known,
          fix: better(other),
        } as const
    } else if (expected !== undefined)
      yield {message: 'alias', data: {word: text, expected}, ...known} as const
  }
}

/** A word with each backslash written so that it stays. */
function withBackslashes(word: string): string {
  return word.replaceAll(/\\\\|\\/g, String.raw`\\`)
}

/** Whether an alias is a link by which another unit pulls this one in, as before `WantedBy=`. */
function isLinkOf(name: string, unit: Unit): boolean {
  const [folder = '', link, ...more] = name.split('/')
  return /\.(?:wants|requires)$/.test(folder) && link === unit.name && more.length === 0
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
  if (alias.instance === undefined) return 'a template, as the unit is one'
  return own.instance === '' || alias.instance === '' || alias.instance === own.instance
    ? undefined
    : `the unit's own instance, \`${own.instance}\``
}

function instanceFault(value: string, unit: Unit): string | undefined {
  if (value === '' || unitNames.standsForTemplate(unit)) return undefined
  if (!unitNames.isTemplate(unit.name))
    return unitNames.parseUnitName(unit.name).instance === undefined
      ? 'the unit is no template'
      : undefined
  const {name, unknown} = unitNames.installName(value, unit)
  if (unknown !== undefined) return `specifier \`${unknown}\` is unknown in \`[Install]\``
  return name === undefined || /^[A-Za-z0-9:_.\\@-]+$/.test(name)
    ? undefined
    : 'expected the name of an instance'
}

/**
 * What is meant by a name without its type, with another than there is, with a comma behind it or
 * in quotes.
 */
function meantName(word: string, unit: Unit): string | undefined {
  const bare = word.replaceAll(/^["']|["',;]$/g, '')
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
