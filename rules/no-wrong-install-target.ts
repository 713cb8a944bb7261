import {
  defineRule,
  fixBy,
  lines,
  quadlet,
  query,
  relations,
  replaceWord,
  unitNames,
  values,
} from 'unitlint/rule'
import type {Unit} from 'unitlint/rule'

export default defineRule({
  id: 'no-wrong-install-target',
  summary: 'Disallow enabling a unit for a target that nobody starts',
  why: '`systemctl enable` succeeds, and yet the unit is never started: nothing starts the unit that shall pull it in.',
  directives: ['WantedBy', 'RequiredBy', 'UpheldBy'],
  on: lines('WantedBy', 'RequiredBy', 'UpheldBy'),
  messages: {
    system: "Unexpected `{name}` in `{key}=`, users' managers have `{expected}`",
    systemAlone: "Unexpected `{name}` in `{key}=`, users' managers have no such unit",
    misspelt: 'Unexpected `{name}` in `{key}=`, did you mean `{meant}`?',
    itself: 'Unexpected `{name}` in `{key}=`, it is the unit itself',
    missing: 'Unexpected `{name}` in `{key}=`, there is no such unit',
  },
  *check(unit) {
    // Those for podman with and without root name the targets of both.
    const isForBoth =
      quadlet.isQuadlet(unit.type) &&
      unit.values('WantedBy').some(({value}) => /(?:^|\s)default\.target(?:\s|$)/.test(value))
    for (const installation of relations.installations(unit)) {
      const {key, name, origin, at} = installation
      const isItself = unit.names.includes(name)
      if (isItself && !unitNames.isTemplate(name)) yield {message: 'itself', data: {name, key}, at}
      if (isItself || unit.machine.isKnown(name) || unitNames.isMadeByItself(name)) continue
      if (unitNames.isProvided(name, unit)) continue
      const expected = replacement(name, unit)
      if (expected !== undefined && isForBoth) continue
      const meant = meantTarget(name, unit)
      const change = replaceWord(origin, installation, expected ?? meant ?? name)
      const better = fixBy(expected === undefined ? 'suggestion' : 'unsafe', change)
      const fix = origin.directive.pieces ? undefined : better
      if (expected !== undefined) yield {message: 'system', data: {name, key, expected}, at, fix}
      else if (unitNames.isOfSystemAlone(name, unit))
        yield {message: 'systemAlone', data: {name, key}, at}
      else if (meant !== undefined) yield {message: 'misspelt', data: {name, key, meant}, at, fix}
      else if (unit.machine.isComplete && !isJoined(name, unit))
        yield {message: 'missing', data: {name, key}, at}
    }
  },
  examples: {
    bad: [
      '[Service]\nExecStart=/usr/bin/example\n\n[Install]\nWantedBy=multiuser.target\n',
      {
        name: 'systemd/user/example.service',
        unit: '[Service]\nExecStart=/usr/bin/example\n\n[Install]\nWantedBy=multi-user.target\n',
      },
    ],
    good: [
      '[Service]\nExecStart=/usr/bin/example\n\n[Install]\nWantedBy=multi-user.target\n',
      {
        name: 'systemd/user/example.service',
        unit: '[Service]\nExecStart=/usr/bin/example\n\n[Install]\nWantedBy=default.target\n',
      },
    ],
  },
})

/**
 * Whether it goes with a unit that may be installed or not, and is to start with that: its other
 * lines name it too.
 */
function isJoined(name: string, unit: Unit): boolean {
  if (name.endsWith('.target')) return false
  return relations.references(unit).some((reference) => reference.name === name)
}

/**
 * What a user's manager has in the place of a target that is reached when the machine has started.
 */
function replacement(name: string, unit: Unit): string | undefined {
  if (unit.manager !== 'user' || !started.test(name)) return undefined
  return name === 'graphical.target' ? 'graphical-session.target' : 'default.target'
}

/** Not those of sleep and shutdown, which are about something else. */
const started =
  /^(?:multi-user|graphical|network|network-online|sysinit|local-fs|remote-fs|getty|nss-lookup|time-sync|runlevel[2-5])\.target$/

/** The target of systemd that is written so with a slip. */
function meantTarget(name: string, unit: Unit): string | undefined {
  if (!name.endsWith('.target')) return unitNames.targetOfStage(name)
  const stem = name.slice(0, -'.target'.length)
  const found = values.nearest(stem, stemsOf(unitNames.providedNames(unit)))
  return found === undefined ? undefined : `${found}.target`
}

/** The names of targets without their suffix. */
const stemsOf = query((names: ReadonlySet<string>): readonly string[] =>
  [...names].flatMap((name) =>
    name.endsWith('.target') ? [name.slice(0, -'.target'.length)] : [],
  ),
)
