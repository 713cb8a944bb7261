import * as z from 'zod'
import {defineRule, refusedUnits, unitNames, values} from 'unitlint/rule'
import type {Assignment, Complaint, Unit} from 'unitlint/rule'

export default defineRule({
  id: 'no-refused-unit',
  summary: 'Disallow what makes systemd refuse the unit',
  why: 'The unit can be read and yet does not load: nothing starts it, and what needs it fails.',
  unless:
    'The file is a template to which something else adds lines, or gets another name where it is installed.',
  defaults: {checkPlaceholders: true, checkConsequences: true},
  options: () =>
    z.strictObject({
      checkPlaceholders: values.placeholderOption.options().shape.checkPlaceholders,
      checkConsequences: z
        .boolean()
        .default(true)
        .describe(
          'Tell of it also where another rule tells of the line that is to blame, such as a misspelt `ExecStart=`',
        ),
    }),
  on: refusedUnits,
  messages: {
    refused: 'Unexpected {reason}, the unit does not load',
    missing: 'Expected {expected}, the unit does not load',
  },
  *check(unit, {checkPlaceholders, checkConsequences}) {
    const {refusal} = unit.verdict
    const at = refusal && (refusal.assignment ?? emptied(unit, refusal) ?? unit.firstHeader)
    if (!at || (!checkPlaceholders && isUnfinished(unit, refusal))) return
    const {reason, expected, lacks = [], name} = refusal
    const script = values.scriptIn(unit, at.file)
    const lost = checkConsequences
      ? []
      : [...(script ? [script] : []), ...values.lostLines(unit, lacks)]
    // The name is not that of a value with what does not belong into it.
    const unlessTold = name === undefined || checkConsequences ? lost : [at]
    const its = {at, unlessTold, isRefusal: true} as const
    yield expected === undefined
      ? {message: 'refused', data: {reason}, ...its}
      : {message: 'missing', data: {expected}, ...its}
  },
  examples: {
    bad: [
      '[Service]\nType=oneshot\nRestart=always\nExecStart=/usr/bin/example\n',
      {name: 'example.timer', unit: '[Timer]\nPersistent=yes\n'},
    ],
    good: [
      '[Service]\nType=oneshot\nRestart=on-failure\nExecStart=/usr/bin/example\n',
      {name: 'example.timer', unit: '[Timer]\nOnBootSec=5min\n'},
    ],
  },
})

type Refusal = NonNullable<Unit['verdict']['refusal']>

/** The line that takes back what there was of what is missing, where no other file does. */
function emptied(unit: Unit, {lacks = []}: Refusal): Assignment | undefined {
  const last = unit.lines.findLast(({key, value}) => value === '' && lacks.includes(key))
  return last?.file === unit.firstHeader?.file ? last : undefined
}

/**
 * Whether it may get another name, what systemd drops of it is yet to be filled in, or comments tell
 * that something else adds lines to a copy of it.
 */
function isUnfinished(unit: Unit, {name, assignment, lacks = []}: Refusal) {
  if (name !== undefined && unitNames.mayBeInstalledAs(name, unit)) return true
  const dropped = unit.complaints('invalid-value', 'unknown-specifier')
  const isOpen = ({directive, section = ''}: Complaint) =>
    directive &&
    (values.hasPlaceholder(directive.value) ||
      (lacks.includes(directive.key) && values.isLeftToInstances(unit, {section, ...directive})))
  if (dropped.some(isOpen)) return true
  const isOfTemplate = (remark: string) => /\b(?:this|the|a) template\b/i.test(remark)
  return assignment === undefined && values.remarks(unit).some(isOfTemplate)
}
