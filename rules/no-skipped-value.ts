import {defineRule} from 'unitlint/rule'

export default defineRule({
  id: 'no-skipped-value',
  summary: 'Disallow values that systemd skips without a word',
  why: 'Not even the log tells that the value does nothing.',
  messages: {
    skipped: '{words} in `{key}=`, skipped without a word',
  },
  *check(unit) {
    for (const {silent, directive, file, span, message} of unit.verdict.complaints) {
      if (silent && directive && message !== undefined) yield {message: 'skipped', data: {words: message, key: directive.key}, at: {file, span}}
    }
  },
  examples: {
    bad: ['[Service]\nUser=example\nExecStart=/usr/bin/example\nCapabilityBoundingSet=CAP_CHWON\n'],
    good: ['[Service]\nUser=example\nExecStart=/usr/bin/example\nCapabilityBoundingSet=CAP_CHOWN\n'],
  },
})
