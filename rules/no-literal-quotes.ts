import {defineRule, fixBy, partOf, rewrite, shell, signs} from 'unitlint/rule'

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
    const told = unit.complaints('invalid-value').filter(({effect}) => effect !== 'notice')
    for (const assignment of unit.lines) {
      const {key, value, directive} = assignment
      const inner = /["']$/.test(value) ? shell.keptQuotes(unit, assignment) : undefined
      if (inner === undefined || told.some((complaint) => complaint.directive === directive))
        continue
      const at = partOf(assignment, {start: 0, end: value.length})
      const fix = fixBy('unsafe', rewrite(assignment, inner), 'Remove the quotes')
      yield {
        message: 'quoted',
        data: {key},
        at,
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
