import {addLines, defineRule, isValid, judgeLine, unknownDirective} from 'unitlint/rule'

export default defineRule({
  id: 'no-misplaced-directive',
  summary: 'Disallow directives in the wrong section',
  why: 'systemd reads a directive in its own section only; elsewhere it warns in the log and ignores it.',
  messages: {
    misplaced: 'Unexpected `{key}` in `[{section}]`, expected in `[{home}]`',
  },
  *check(unit) {
    for (const {kind, directive, section = '', file, span} of unit.verdict.complaints) {
      if (kind !== 'unknown-directive' || !directive) continue
      const {key, value} = directive
      const found = unknownDirective(key, section, unit.type, unit.target.version)
      if (found.why !== 'misplaced') continue
      const {section: home} = found
      const start = directive.position.start.offset ?? 0
      // Where the directive is set in its place already, nobody can say which of the two was meant.
      const added = directive.pieces || unit.assignments(home, key).length > 0 ? undefined : addLines(unit, home, [[key, value]])
      const isHere = added?.every((edit) => edit.file === file)
      const {applicability} = judgeLine(unit, home, key, value)
      const edits = isHere ? [{file, range: [start, start + directive.raw.length] as const, text: ''}, ...(added ?? [])] : undefined
      const isTaken = applicability !== 'withheld' && isValid(unit, home, key, value)
      const fix = edits && {title: `Move it to \`[${home}]\``, applicability: isTaken ? applicability : ('suggestion' as const), edits}
      yield {message: 'misplaced', data: {key, section, home}, at: {file, span}, fix}
    }
  },
  examples: {
    bad: [
      '[Unit]\nPrivateTmp=yes\n[Service]\nExecStart=/usr/bin/example\n',
      '[Service]\nExecStart=/usr/bin/example\nAfter=network.target\n[Unit]\nDescription=Example\n',
    ],
    good: ['[Unit]\nAfter=network.target\n[Service]\nExecStart=/usr/bin/example\n'],
  },
})
