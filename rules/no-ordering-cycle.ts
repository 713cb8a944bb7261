import {add, defineRule, everyUnit, fixBy, relations, set, values} from 'unitlint/rule'
import type {Assignment, Fix, Place, Unit} from 'unitlint/rule'

export default defineRule({
  id: 'no-ordering-cycle',
  summary: 'Disallow units that wait for each other',
  why: 'At boot systemd breaks the circle by not starting one of its units, and which one is left to chance.',
  directives: ['After', 'Before', 'DefaultDependencies'],
  on: everyUnit,
  messages: {
    cycle: 'Unexpected ordering cycle: {path}',
    early: 'Unexpected ordering cycle: {path}, expected `DefaultDependencies=no` in `{name}`',
  },
  *check(unit) {
    if (unit.isPartial) return
    for (const cycle of unit.machine.cycles) {
      const at = isSaidAtOnce(cycle) ? undefined : placeIn(unit, cycle)
      if (!at) continue
      const [path, note, name] = [pathOf(cycle), noteOf(cycle), tooLate(cycle)]
      const fix = name === unit.name ? detach(unit) : undefined
      const unlessTold = values.lostLines(unit, ['DefaultDependencies'])
      if (name === undefined) yield {message: 'cycle', data: {path}, at, note, unlessTold}
      else yield {message: 'early', data: {path, name}, at, note, fix, unlessTold}
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
    good: [
      '[Unit]\nDefaultDependencies=no\nBefore=local-fs.target\n\n[Service]\nExecStart=/usr/bin/example\n\n[Install]\nWantedBy=local-fs.target\n',
    ],
  },
})

/**
 * Each cycle is reported once: in the unit that closes it, which may have changed since the cycle
 * was found.
 */
function placeIn(unit: Unit, {closing, steps}: relations.Cycle): Assignment | Place | undefined {
  const isByDefault = steps.some(
    ({by, dependency}) => by.name === unit.name && dependency.origin === 'default',
  )
  if (isByDefault && unit.value('DefaultDependencies')?.boolean === false) return undefined
  if (!closing) {
    const names = steps.map(({by}) => by.name).toSorted()
    return names.at(-1) === unit.name ? unit.firstHeader : undefined
  }
  const {kind, name, origin} = closing.dependency
  if (closing.by.name !== unit.name) return undefined
  const written = relations.references(unit, [kind]).find((reference) => reference.name === name)
  if (written) return written.at
  return relations.isWritten(origin) && origin.section !== 'Unit'
    ? unit.assignments(origin.section, origin.key).find(({value}) => value === origin.value)
    : undefined
}

/**
 * Whether one unit says both orders: that is another rule's matter, whether or not the other unit
 * is in sight.
 */
function isSaidAtOnce({steps}: relations.Cycle): boolean {
  const [first, ...others] = steps
  if (others.length !== 1 || others[0]?.by.name !== first?.by.name) return false
  return steps.every(({dependency}) => relations.isWritten(dependency.origin))
}

/**
 * The unit that shall be ready before the system is, and by default waits for that: the only one in
 * the circle.
 */
function tooLate({steps, closing}: relations.Cycle): string | undefined {
  const waiting = steps.filter(
    ({before, dependency: {origin, kind}}) =>
      origin === 'default' && kind === 'After' && ready.has(before),
  )
  const [name, ...others] = new Set(waiting.map(({by}) => by.name))
  return others.length === 0 && closing?.dependency.kind === 'Before' ? name : undefined
}

/** What units wait for by default (systemd.service(5), "Default Dependencies"). */
const ready: ReadonlySet<string> = new Set(['sysinit.target', 'basic.target'])

/** Without the defaults, but for those by which a shutdown stops it. */
function detach(unit: Unit): Fix {
  const lacking = (['Conflicts', 'Before'] as const).filter((kind) =>
    relations.references(unit, [kind]).every(({name}) => name !== 'shutdown.target'),
  )
  const kept = lacking.map((kind) => add('Unit', kind, 'shutdown.target'))
  return fixBy('unsafe', [set('Unit', 'DefaultDependencies', 'no'), ...kept])
}

/** The way round; who has more units in a circle sees where it begins. */
function pathOf({steps}: relations.Cycle): string {
  const names = steps.map(({before}) => `\`${before}\``)
  const more = names.length > longest ? [`${names.length - longest} more`] : []
  return [...names.slice(0, longest), ...more, names[0] ?? ''].join(' before ')
}

const longest = 40

/** Why each is before the next. */
function noteOf({steps}: relations.Cycle): string {
  const reasons = steps.slice(0, longest).map(({before, after, by, dependency: {origin}}) => {
    const line = relations.isWritten(origin) ? `\`${origin.key}=\` in ` : ''
    const what = origin === 'default' ? 'default dependencies of ' : line
    const reason = `${what}\`${by.name}\``
    return `\`${before}\` before \`${after}\` by ${reason}`
  })
  return `${reasons.join(', ')}.`
}
