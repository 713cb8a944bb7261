import {defineRule, fixBy, partOf, rewrite, shell, signs} from 'unitlint/rule'

export default defineRule({
  id: 'no-trailing-comment',
  summary: 'Disallow comments behind values, which are part of the value',
  why: 'A comment is a line of its own: behind a command its words are arguments, and behind a path they are part of the path.',
  unless: 'The sign is meant.',
  on: signs('#;'),
  messages: {
    argument: 'Unexpected comment in `{key}=`, its words are arguments of the program',
    value: 'Unexpected comment behind the value of `{key}=`, which systemd takes for a part of it',
  },
  *check(unit) {
    // `no-invalid-value` tells of what systemd itself complains of.
    const told = unit
      .complaints('invalid-value')
      .filter(({effect, silent}) => effect !== 'notice' && !silent)
    for (const {assignment, start} of shell.trailingComments(unit)) {
      const {key, value, directive} = assignment
      if (told.some((complaint) => complaint.directive === directive)) continue
      const change = rewrite(assignment, value.slice(0, start).trimEnd(), value.slice(start))
      const moved = fixBy('unsafe', change, 'Move the comment to a line of its own')
      const fix = directive.comments.length > 0 ? undefined : moved
      const message = shell.commandKeys.some((command) => command === key) ? 'argument' : 'value'
      yield {message, data: {key}, at: partOf(assignment, {start, end: value.length}), fix}
    }
  },
  examples: {
    bad: [
      '[Service]\nExecStart=/usr/bin/example --fast # for now\n',
      '[Unit]\nDescription=Example # to be renamed\n[Service]\nExecStart=/usr/bin/example\n',
    ],
    good: ['[Service]\n# For now\nExecStart=/usr/bin/example --fast\n'],
  },
})
