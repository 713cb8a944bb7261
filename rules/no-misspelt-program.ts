import {defineRule, partOf, shell} from 'unitlint/rule'

export default defineRule({
  id: 'no-misspelt-program',
  summary: 'Disallow names of programs that differ by a slip from a well-known one',
  why: 'There is no such program: the service fails at every start with the status 203.',
  unless: 'There is a program of that name.',
  on: {lines: shell.commandKeys},
  messages: {
    misspelt: 'Unexpected program `{path}`, did you mean `{meant}`?',
  },
  *check(unit) {
    for (const {assignment, words} of shell.writtenCommands(unit)) {
      const [program, second] = words
      const named = program.text.endsWith('/bin/env') ? second : program
      const meant = named && shell.meantProgram(named.text, unit)
      if (!named || meant === undefined) continue
      yield {message: 'misspelt', data: {path: named.text, meant}, at: partOf(assignment, named)}
    }
  },
  examples: {
    bad: [
      '[Service]\nExecStart=/usr/bin/pyhton3 /srv/example/main.py\n',
      '[Service]\nExecStart=/usr/bin/env nod /srv/example/main.js\n',
    ],
    good: ['[Service]\nExecStart=/usr/bin/python3 /srv/example/main.py\n'],
  },
})
