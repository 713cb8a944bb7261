import {defineRule, unknownDirective} from 'unitlint/rule'

export default defineRule({
  id: 'no-unknown-directive',
  summary: 'Disallow directives that systemd does not know',
  why: 'systemd warns in the log and goes on without the line: what it says is off.',
  messages: {
    unknown: 'Unexpected directive `{key}` in `[{section}]`, unknown to systemd',
    misspelt: 'Unexpected directive `{key}`, did you mean `{meant}`?',
  },
  *check(unit) {
    for (const {kind, directive, section = '', file, span} of unit.verdict.complaints) {
      if (kind !== 'unknown-directive' || !directive) continue
      const {key} = directive
      const found = unknownDirective(key, section, unit.type, unit.target.version)
      if (found.why !== 'unknown') continue
      const {meant} = found
      if (meant === undefined) yield {message: 'unknown', data: {key, section}, at: {file, span}}
      else {
        const fix = {title: `Write \`${meant}\``, applicability: 'unsafe' as const, edits: [{file, range: [span.start, span.end] as const, text: meant}]}
        yield {message: 'misspelt', data: {key, meant}, at: {file, span}, fix}
      }
    }
  },
  examples: {
    bad: ['[Service]\nExecStart=/usr/bin/example\nPrivatTmp=yes\n', '[Service]\nExecStart=/usr/bin/example\nEntirelyMadeUp=yes\n'],
    good: ['[Service]\nExecStart=/usr/bin/example\nPrivateTmp=yes\nX-Comment=of our own\n'],
  },
})
