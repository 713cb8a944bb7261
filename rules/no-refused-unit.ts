import {defineRule, refusedUnits, unitNames, values} from 'unitlint/rule'
import type {Unit} from 'unitlint/rule'

export default defineRule({
  id: 'no-refused-unit',
  summary: 'Disallow what makes systemd refuse the unit',
  why: 'The unit can be read and yet does not load: nothing starts it, and what needs it fails.',
  unless:
    'The file is a template to which something else adds lines, or gets another name where it is installed.',
  ...values.placeholderOption,
  on: refusedUnits,
  messages: {
    refused: 'Unexpected {reason}, the unit does not load',
  },
  *check(unit, {checkPlaceholders}) {
    const {refusal} = unit.verdict
    if (
      !checkPlaceholders &&
      refusal?.name !== undefined &&
      unitNames.mayBeInstalledAs(refusal.name, unit)
    )
      return
    if (
      !checkPlaceholders &&
      (isUnfilled(unit) || (refusal?.assignment === undefined && isTemplateText(unit)))
    )
      return
    const at = refusal?.assignment ?? unit.firstHeader
    if (refusal && at) yield {message: 'refused', data: {reason: refusal.reason}, at}
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

/** Whether comments tell that something else adds lines to a copy of it. */
function isTemplateText(unit: Unit): boolean {
  return values.remarks(unit).some((remark) => /\b(?:this|the|a) template\b/i.test(remark))
}

/** Whether what systemd drops of it is yet to be filled in. */
function isUnfilled({verdict: {complaints}}: Unit): boolean {
  return complaints.some(
    ({kind, directive}) =>
      (kind === 'invalid-value' || kind === 'unknown-specifier') &&
      directive &&
      values.hasPlaceholder(directive.value),
  )
}
