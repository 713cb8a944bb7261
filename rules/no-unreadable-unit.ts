import {complaints, defineRule, values} from 'unitlint/rule'

const faults = ['open-header', 'section-name', 'not-utf8', 'line-too-long'] as const

export default defineRule({
  id: 'no-unreadable-unit',
  summary: 'Disallow text at which systemd stops reading',
  why: 'The unit does not load at all; of a drop-in, the rest is lost.',
  on: complaints('unreadable'),
  messages: {
    'open-header': 'Unexpected section header without `]` at its end, the unit does not load',
    'section-name': 'Unexpected character in the name of a section, the unit does not load',
    'not-utf8': 'Unexpected bytes that are not UTF-8, the unit does not load',
    'line-too-long': 'Unexpected line of more than 1048575 bytes, the unit does not load',
  },
  *check(unit) {
    for (const at of unit.complaints('unreadable')) {
      const message = faults.find((fault) => fault === at.fault)
      // Another rule tells of the whole file that it is a script.
      const script = values.scriptIn(unit, at.file)
      if (message) yield {message, at, unlessTold: script && [script]}
    }
  },
  examples: {
    bad: [
      '[Service\nExecStart=/usr/bin/example\n',
      '[Service] # main\nExecStart=/usr/bin/example\n',
    ],
    good: ['[Service]\nExecStart=/usr/bin/example\n'],
  },
})
