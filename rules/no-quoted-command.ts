import {defineRule, fixBy, isValid, partOf, replaceWord, shell, signs} from 'unitlint/rule'

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
      'Unexpected quotes around `{written}` in `{key}=`, which make one name of a program of it',
  },
  *check(unit) {
    for (const {assignment, prefixes, words} of writtenCommands(unit)) {
      const {section, key, value} = assignment
      const [program] = words
      if (program.isBare || !isCommand(program.text)) continue
      const [data, at] = [{written: program.text, key}, partOf(assignment, program)]
      const plain = `${prefixes}${program.text}`
      const isTaken = isValid(unit, section, key, plain + value.slice(program.end))
      const fix = fixBy('unsafe', replaceWord(assignment, program, plain), 'Remove the quotes')
      yield {message: 'quoted', data, at, fix: isTaken && !/["'\\]/.test(plain) ? fix : undefined}
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
  // `Plex Media Server`: a name as people see it, where arguments begin small.
  if (/\/[A-Z][^/]*$/.test(program) && /^[A-Z]/.test(rest)) return false
  if (/^[-/$%\d]/.test(rest) || !rest.includes('/')) return true
  return /^\/(?:usr\/(?:local\/)?)?s?bin\/[^/]+$/.test(program)
}
