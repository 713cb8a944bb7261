import * as z from 'zod'
import {add, defineRule, fixBy, isJudged, sandboxing, services, set, writtenIn} from 'unitlint/rule'
import type {Unit} from 'unitlint/rule'

const defaults = {exceptRoot: false}

export default defineRule({
  id: 'capability-bounding-set',
  directives: ['CapabilityBoundingSet'],
  summary: 'Take away the capabilities that the service does not use',
  why: 'Each capability left to a service is a part of root that an intruder gets with it.',
  unless: 'The service acts for others as root, as container managers and login daemons do.',
  defaults,
  options: () =>
    z.strictObject({
      exceptRoot: z
        .boolean()
        .default(defaults.exceptRoot)
        .describe(
          'Only where no command starts as root, and `NoNewPrivileges=` is not switched off',
        ),
    }),
  on: services,
  fixesHangOn: ['CapabilityBoundingSet'],
  messages: {
    missing: 'Expected `CapabilityBoundingSet={expected}`',
    open: 'Unexpected `{allowed}` in `CapabilityBoundingSet=`',
  },
  *check(unit, {exceptRoot}) {
    if (!isJudged(unit, 'CapabilityBoundingSet')) return
    if (exceptRoot && (unit.needs.population.asRoot || maySwitch(unit))) return
    const {value, origin} = unit.settings.CapabilityBoundingSet
    const held = sandboxing.capabilitiesIn(value)
    const sorted = sandboxing.deniable(unit, held, (name) =>
      unit.denies('CapabilityBoundingSet', `~${name}`),
    )
    const choices = sandboxing.going(sorted)
    const [most] = choices
    const {at} = writtenIn(unit, origin, false)
    if (!most || !at) return
    const all = sandboxing.untouchedCapabilities('CapabilityBoundingSet', unit.target.version)
    const isUntouched = value === all || origin.kind !== 'written'
    // The shorter of what stays and what goes.
    const withoutItems = (items: readonly string[], maySay: boolean): string => {
      const kept = held.filter((name) => !items.includes(name))
      return maySay && kept.length <= items.length ? kept.join(' ') : `~${items.join(' ')}`
    }
    const change = isUntouched ? set : add
    const fix = choices.map((items) => {
      const written = withoutItems(items, isUntouched)
      const title = `Set \`CapabilityBoundingSet=${written}\``
      const data = {expected: written, allowed: items.join(' ')}
      return {...fixBy('safe', change('Service', 'CapabilityBoundingSet', written), title), data}
    })
    if (isUntouched) yield {message: 'missing', data: {expected: withoutItems(most, true)}, at, fix}
    else yield {message: 'open', data: {allowed: most.join(' ')}, at, fix}
  },
  examples: {
    bad: [
      '[Service]\nExecStart=/usr/bin/example\n',
      '[Service]\nUser=example\nExecStart=/usr/bin/example\nCapabilityBoundingSet=~CAP_SYS_ADMIN\n',
    ],
    good: ['[Service]\nUser=example\nExecStart=/usr/bin/example\nCapabilityBoundingSet=\n'],
  },
})

/** Whether what programs gain by set-user-ID bits is left to them in so many words. */
function maySwitch(unit: Unit): boolean {
  return unit.value('NoNewPrivileges')?.boolean === false
}
