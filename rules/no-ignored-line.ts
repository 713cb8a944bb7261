import {defineRule} from 'unitlint/rule'

export default defineRule({
  id: 'no-ignored-line',
  summary: 'Disallow lines that systemd ignores',
  why: 'systemd warns in the log and goes on without the line: what it says is off.',
  messages: {
    'outside-section': 'Unexpected line before the first section, ignored by systemd',
    'no-equals': 'Unexpected line without `=`, ignored by systemd',
    'no-key': 'Unexpected `=` without a key before it, ignored by systemd',
  },
  *check(unit) {
    for (const {kind, fault, file, span} of unit.verdict.complaints) {
      if (kind !== 'junk-line') continue
      if (fault === 'outside-section' || fault === 'no-equals' || fault === 'no-key') yield {message: fault, at: {file, span}}
    }
  },
  examples: {
    bad: ['[Service]\nExecStart=/usr/bin/example\nPrivateTmp\n', 'User=example\n[Service]\nExecStart=/usr/bin/example\n'],
    good: ['# Comments may stand anywhere\n[Service]\nExecStart=/usr/bin/example\nPrivateTmp=yes\n'],
  },
})
