import {defineRule, isValid, replaceWord, shell, signs, valueSpan} from 'unitlint/rule'

const {commandKeys, writtenCommands} = shell

export default defineRule({
  id: 'no-quoted-command',
  directives: commandKeys,
  summary: 'Disallow quotes around a whole command, which make one name of a program of it',
  why: 'systemd looks for a program whose name has the arguments in it, and finds none.',
  unless: 'The path of the program has a space in it.',
  on: {lines: commandKeys, ...signs(`"'`)},
  messages: {
    quoted:
      'Unexpected quotes around `{written}` in `{key}=`, there is no program with spaces in its name',
  },
  *check(unit) {
    for (const {assignment, prefixes, words} of writtenCommands(unit)) {
      const {section, key, value, directive, file} = assignment
      const [program] = words
      if (program.isBare || !isCommand(program.text)) continue
      const at = {file, span: valueSpan(directive, program.start, program.end)}
      const plain = `${prefixes}${program.text}`
      const isPlain =
        !/["'\\]/.test(plain) && isValid(unit, section, key, plain + value.slice(program.end))
      const fix = isPlain
        ? {
            title: 'Remove the quotes',
            applicability: 'unsafe' as const,
            changes: [replaceWord(assignment, program, plain)],
          }
        : undefined
      yield {message: 'quoted', data: {written: program.text, key}, at, fix}
    }
  },
  examples: {
    bad: [
      '[Service]\nExecStart="node server"\n',
      '[Service]\nExecStart="/usr/bin/example --fast"\n',
    ],
    good: [
      '[Service]\nExecStart=node server\n',
      '[Service]\nExecStart="/opt/Example Server/bin/example"\n',
    ],
  },
})

/**
 * Whether the name of a program is a command: with arguments behind a name, or behind a path that
 * none of the folders of programs goes on with.
 */
function isCommand(text: string): boolean {
  const [, program = '', rest = ''] = /^(\S+)\s+(\S.*)$/s.exec(text) ?? []
  if (program === '' || rest === '') return false
  if (!program.includes('/')) return !text.startsWith('/')
  return (
    /^[-/$%\d]/.test(rest) ||
    !rest.includes('/') ||
    /^\/(?:usr\/(?:local\/)?)?s?bin\/[^/]+$/.test(program)
  )
}
