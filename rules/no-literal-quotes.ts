import {defineRule, rewrite, shell, signs, valueSpan} from 'unitlint/rule'

export default defineRule({
  id: 'no-literal-quotes',
  summary: 'Disallow quotes around values of which systemd takes them for a part',
  why: '`PIDFile="/run/example.pid"` is a file below `/run` whose name has quotes in it, and a condition with quotes is never met.',
  unless: 'The quotes are meant.',
  on: signs(`"'`),
  messages: {
    quoted: 'Unexpected quotes around the value of `{key}=`, systemd takes them for a part of it',
  },
  *check(unit) {
    // `no-invalid-value` tells of what systemd itself complains of.
    const told = new Set(
      unit.verdict.complaints
        .filter(({kind, effect}) => kind === 'invalid-value' && effect !== 'notice')
        .map(({directive}) => directive),
    )
    for (const assignment of unit.lines) {
      const {key, value, directive, file} = assignment
      const inner =
        value.endsWith('"') || value.endsWith("'") ? shell.keptQuotes(unit, assignment) : undefined
      if (inner === undefined || told.has(directive)) continue
      const fix = {
        title: 'Remove the quotes',
        applicability: 'unsafe' as const,
        changes: [rewrite(assignment, inner)],
      }
      yield {
        message: 'quoted',
        data: {key},
        at: {file, span: valueSpan(directive, 0, value.length)},
        fix: directive.comments.length > 0 ? undefined : fix,
      }
    }
  },
  examples: {
    bad: ['[Service]\nType=forking\nExecStart=/usr/bin/example\nPIDFile="/run/example.pid"\n'],
    good: [
      '[Unit]\nDescription="Example"\n[Service]\nType=forking\nExecStart=/usr/bin/example\nPIDFile=/run/example.pid\n',
    ],
  },
})
