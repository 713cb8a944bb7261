import {defineRule, everyUnit, relations} from 'unitlint/rule'
import type {Assignment, Place, Unit} from 'unitlint/rule'

export default defineRule({
  id: 'no-ordering-cycle',
  summary: 'Disallow units that wait for each other',
  why: 'At boot systemd breaks the circle by not starting one of its units, and which one is left to chance.',
  directives: ['After', 'Before'],
  on: everyUnit,
  messages: {
    cycle: 'Unexpected ordering cycle: {path}',
  },
  *check(unit) {
    if (unit.isPartial) return
    for (const cycle of unit.machine.cycles) {
      const at = placeIn(unit, cycle)
      if (at) yield {message: 'cycle', data: {path: pathOf(cycle)}, at, note: noteOf(cycle)}
    }
  },
  examples: {
    bad: [
      {
        name: 'two.service',
        unit: '[Unit]\nWants=one.service\nAfter=one.service\n\n[Service]\nExecStart=/usr/bin/two\n',
        others: {'one.service': '[Unit]\nAfter=two.service\n\n[Service]\nExecStart=/usr/bin/one\n'},
      },
      '[Unit]\nBefore=local-fs.target\n\n[Service]\nExecStart=/usr/bin/example\n\n[Install]\nWantedBy=local-fs.target\n',
    ],
    good: ['[Unit]\nDefaultDependencies=no\nBefore=local-fs.target\n\n[Service]\nExecStart=/usr/bin/example\n\n[Install]\nWantedBy=local-fs.target\n'],
  },
})

/** Each cycle is reported once: in the unit that closes it, which may have changed since the cycle was found. */
function placeIn(unit: Unit, {closing, steps}: relations.Cycle): Assignment | Place | undefined {
  if (!closing) {
    const [last] = steps
      .map(({by}) => by.name)
      .toSorted()
      .slice(-1)
    return last === unit.name ? unit.firstHeader : undefined
  }
  const {kind, name, origin} = closing.dependency
  if (closing.by.name !== unit.name) return undefined
  const written = relations.references(unit).find((reference) => reference.kind === kind && reference.name === name)
  if (written) return written.at
  return relations.isWritten(origin) && origin.section !== 'Unit'
    ? unit.assignments(origin.section, origin.key).find(({value}) => value === origin.value)
    : undefined
}

/** The way round; who has more units in a circle sees where it begins. */
function pathOf({steps}: relations.Cycle): string {
  const names = steps.map(({before}) => `\`${before}\``)
  const shown = names.length > longest ? [...names.slice(0, longest), `${names.length - longest} more`] : names
  return [...shown, names[0] ?? ''].join(' before ')
}

const longest = 40

/** Why each is before the next. */
function noteOf({steps}: relations.Cycle): string {
  const reasons = steps.slice(0, longest).map(({before, after, by, dependency: {origin}}) => {
    const reason = relations.isWritten(origin)
      ? `\`${origin.key}=\` in \`${by.name}\``
      : origin === 'default'
        ? `default dependencies of \`${by.name}\``
        : `\`${by.name}\``
    return `\`${before}\` before \`${after}\` by ${reason}`
  })
  return `${reasons.join(', ')}.`
}
