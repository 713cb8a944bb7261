import {defineRule, everyUnit} from 'unitlint/rule'

export default defineRule({
  id: 'no-refused-unit',
  summary: 'Disallow what makes systemd refuse the unit',
  why: 'The unit can be read and yet does not load: nothing starts it, and what needs it fails.',
  on: everyUnit,
  messages: {
    refused: 'Unexpected {reason}, the unit does not load',
  },
  *check(unit) {
    const {refusal} = unit.verdict
    const at = refusal?.assignment ?? unit.firstHeader
    if (refusal && at) yield {message: 'refused', data: {reason: refusal.reason}, at}
  },
  examples: {
    bad: ['[Service]\nType=oneshot\nRestart=always\nExecStart=/usr/bin/example\n', {name: 'example.timer', unit: '[Timer]\nPersistent=yes\n'}],
    good: ['[Service]\nType=oneshot\nRestart=on-failure\nExecStart=/usr/bin/example\n', {name: 'example.timer', unit: '[Timer]\nOnBootSec=5min\n'}],
  },
})
