import {
  complaints,
  defineRule,
  fixBy,
  history,
  isValid,
  move,
  sandboxing,
  values,
} from 'unitlint/rule'

export default defineRule({
  id: 'no-misplaced-directive',
  summary: 'Disallow directives in the wrong section',
  why: 'systemd reads a directive in its own section only; elsewhere it warns in the log and ignores it.',
  on: complaints('unknown-directive'),
  messages: {
    misplaced: 'Unexpected `{key}` in `[{section}]`, expected in `[{home}]`',
  },
  *check(unit) {
    for (const {directive, section = '', file, span} of unit.complaints('unknown-directive')) {
      if (!directive) continue
      const {key, value} = directive
      const found = history.unknownDirective(key, section, unit.type, unit.target.version)
      if (found.why !== 'misplaced') continue
      const {section: home} = found
      const assignment = {section, key, value, directive, file}
      // Where the directive is set in its place already, nobody can say which of the two was meant.
      const isMovable = !directive.pieces && unit.assignments(home, key).length === 0
      const {applicability} = sandboxing.judgeLine(unit, home, key, value)
      const isTaken = isValid(unit, home, key, value) && values.isWhole(value)
      const certainty = isTaken && applicability !== 'withheld' ? applicability : 'suggestion'
      const fix = fixBy(certainty, move(assignment, home))
      const data = {key, section, home}
      yield {message: 'misplaced', data, at: {file, span}, fix: isMovable ? fix : undefined}
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
