import {defineRule, fixBy, partOf, replaceWord, shell, signs} from 'unitlint/rule'
import type {Assignment, Fix} from 'unitlint/rule'

const {leftInValues, leftVariables, throughEnv, withDefault, writtenCommands} = shell

export default defineRule({
  id: 'no-unexpanded-variable',
  directives: ['Environment', ...shell.commandKeys],
  summary: 'Disallow variables where systemd leaves them as they stand',
  why: 'The program gets the text `$HOME`, a folder is called `$NAME`, and with `PATH=$PATH` not even `ls` is found.',
  unless: 'The program itself replaces them.',
  on: signs('$`~'),
  messages: {
    program:
      'Unexpected `{written}` in the program of `{key}=`, where systemd replaces no variables',
    middle:
      'Unexpected `{written}` within a word of `{key}=`, which systemd leaves as it is, expected `{meant}`',
    default:
      'Unexpected `{written}` in `{key}=`, systemd knows no defaults of variables and leaves it as it is',
    own: 'Unexpected `{written}` in `{key}=`, a variable of shells that systemd does not set',
    variable: 'Unexpected `{written}` in `{key}=`, where systemd replaces no variables',
    home: 'Unexpected `{written}` in `{key}=`, no shell makes `~` a home',
    command: 'Unexpected `{written}` in `{key}=`, no shell runs what is in it',
  },
  *check(unit) {
    // `no-invalid-value` tells of what systemd itself complains of.
    const refused = shell.refusedLines(unit)
    for (const command of writtenCommands(unit)) {
      const {assignment} = command
      const {key, directive} = assignment
      if (refused.has(directive)) continue
      for (const {kind, written, span, meant} of leftVariables(unit, command)) {
        const at = partOf(assignment, span)
        const fix =
          kind === 'program'
            ? throughEnv(unit, command)
            : kind === 'default'
              ? withDefault(unit, assignment, span, written)
              : replaced(assignment, span, meant)
        if (kind === 'middle')
          yield {message: kind, data: {written, key, meant: meant ?? 'braces'}, at, fix}
        else yield {message: kind, data: {written, key}, at, fix}
      }
    }
    for (const {kind, written, span, meant, assignment} of leftInValues(unit)) {
      const {key, directive} = assignment
      if (refused.has(directive)) continue
      const [at, fix] = [partOf(assignment, span), replaced(assignment, span, meant)]
      yield {message: kind, data: {written, key}, at, fix}
    }
  },
  examples: {
    bad: [
      '[Service]\nEnvironment=PATH=/opt/example/bin:$PATH\nExecStart=/usr/bin/example\n',
      '[Service]\nEnvironment=PORT=8080\nExecStart=/usr/bin/example --port=$PORT\n',
      '[Service]\nExecStart=/usr/bin/example --port ${PORT:-8080}\n',
    ],
    good: ['[Service]\nEnvironment=PORT=8080\nExecStart=/usr/bin/example --port=${PORT}\n'],
  },
})

/** What puts a text in the place of a part of a line. */
function replaced(
  assignment: Assignment,
  span: {readonly start: number; readonly end: number},
  meant: string | undefined,
): Fix | undefined {
  if (meant === undefined) return undefined
  return fixBy('unsafe', replaceWord(assignment, span, meant))
}
