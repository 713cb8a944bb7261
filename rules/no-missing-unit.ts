import * as z from 'zod'
import {defineRule, relations, unitNames} from 'unitlint/rule'

const kinds = [
  'Requires',
  'Requisite',
  'BindsTo',
  'OnFailure',
  'OnSuccess',
  'Upholds',
  'Wants',
  'PartOf',
  'Conflicts',
  'Before',
  'After',
] as const

const defaults: {kinds: Array<(typeof kinds)[number]>} = {
  kinds: ['Requires', 'Requisite', 'BindsTo', 'OnFailure', 'OnSuccess', 'Upholds'],
}

export default defineRule({
  id: 'no-missing-unit',
  summary: 'Disallow depending on a unit that the machine does not have',
  why: 'A unit that requires it cannot be started, and what it shall do upon failure is not done.',
  unless: 'A generator makes the unit.',
  directives: [...kinds],
  defaults,
  options: () =>
    z.strictObject({
      kinds: z
        .array(z.enum(kinds))
        .default(defaults.kinds)
        .describe('Directives that shall name units that are there'),
    }),
  on: {lines: [...kinds, 'RequiresOverridable', 'RequisiteOverridable', 'BindTo']},
  messages: {
    missing: 'Unexpected `{name}` in `{kind}=`, there is no such unit',
    masked: 'Unexpected `{name}` in `{kind}=`, it is masked',
  },
  *check(unit, options) {
    if (!unit.machine.isComplete || unit.isPartial) return
    const isOfTemplate = unitNames.isTemplate(unit.name)
    for (const {kind, name, at, origin} of relations.references(unit, kinds)) {
      if (!options.kinds.includes(kind) || unitNames.isMadeByItself(name)) continue
      const found = unit.machine.find(name)
      if (found ? found !== 'masked' : unit.machine.isKnown(name)) continue
      // Who asks for it to be there already knows that it may not be.
      if (found === 'masked' && kind === 'Requisite') continue
      // Which unit a template's specifiers mean is known of its instances only.
      const isOpen = isOfTemplate && /%[^%]/.test(origin.value)
      if (isOpen && unitNames.templateOf(name) === name) continue
      yield {message: found === 'masked' ? 'masked' : 'missing', data: {name, kind}, at}
    }
  },
  examples: {
    bad: [
      {
        name: 'example.service',
        unit: '[Unit]\nOnFailure=mail@%n.service\n\n[Service]\nExecStart=/usr/bin/example\n',
        isComplete: true,
      },
    ],
    good: [
      {
        name: 'example.service',
        unit: '[Unit]\nOnFailure=mail@%n.service\n\n[Service]\nExecStart=/usr/bin/example\n',
        others: {'mail@.service': '[Service]\nType=oneshot\nExecStart=/usr/bin/mail-failure %i\n'},
        isComplete: true,
      },
    ],
  },
})
