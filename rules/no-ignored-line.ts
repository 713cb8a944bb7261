import {defineRule, linesOf} from 'unitlint/rule'

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
    for (const file of unit.files) {
      for (const node of linesOf(file.tree)) {
        if (node.type !== 'junk') continue
        const {fault} = node
        if (fault !== 'outside-section' && fault !== 'no-equals' && fault !== 'no-key') continue
        yield {message: fault, at: {file, span: {start: node.position.start.offset ?? 0, end: node.position.end.offset ?? 0}}}
      }
    }
  },
  examples: {
    bad: ['[Service]\nExecStart=/usr/bin/example\nPrivateTmp\n', 'User=example\n[Service]\nExecStart=/usr/bin/example\n'],
    good: ['# Comments may stand anywhere\n[Service]\nExecStart=/usr/bin/example\nPrivateTmp=yes\n'],
  },
})
