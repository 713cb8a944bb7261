import {defineRule, fixBy, lines, replaceWord, services, shell, values} from 'unitlint/rule'
import type {Unit, Value} from 'unitlint/rule'

export default defineRule({
  id: 'no-sudo',
  summary: 'Disallow `sudo` in commands of services with a user of their own',
  why: 'There is nobody to type a password, and what hardens the service takes from `sudo` what it lives on; systemd itself runs a command as root where it is told to.',
  unless: 'Rules of `sudo` shall decide what the user may run.',
  directives: shell.commandKeys,
  on: {...services, manager: 'system', ...lines('User', 'DynamicUser')},
  fixesHangOn: [],
  messages: {
    sudo: 'Unexpected `{program}` beside `{user}`, expected `+` before the command, which runs it as root',
  },
  *check(unit) {
    const user = userOf(unit)
    if (unit.isPartial || unit.manager !== 'system' || !user) return
    for (const at of shell.commandKeys.flatMap((key) => unit.values(key))) {
      const found = elevated(at)
      if (!found) continue
      const {program, start, command, marks} = found
      const change = replaceWord(at.assignment, {start, end: command ?? start}, `${marks}+`)
      const instead = fixBy('unsafe', change, `Write \`+\` in place of \`${program}\``)
      const fix = command === undefined ? undefined : instead
      yield {message: 'sudo', data: {program, user}, at, fix}
    }
  },
  examples: {
    bad: [
      '[Service]\nUser=example\nExecStartPre=/usr/bin/sudo /usr/sbin/modprobe softdog\nExecStart=/usr/bin/example\n',
    ],
    good: [
      '[Service]\nUser=example\nExecStartPre=+/usr/sbin/modprobe softdog\nExecStart=/usr/bin/example\n',
      '[Service]\nExecStart=/usr/bin/sudo -u example /usr/bin/example\n',
    ],
  },
})

/** The line by which the service is not root. */
function userOf(unit: Unit): string | undefined {
  const user = unit.text('User')
  if (user !== '') return user === 'root' || user === '0' ? undefined : `User=${user}`
  return unit.value('DynamicUser')?.boolean ? 'DynamicUser=yes' : undefined
}

/**
 * A command that a program makes one of root's: the program, its marks, and where it and, where
 * nothing else is asked of it, the command begin.
 */
function elevated({
  value,
}: Value):
  | {program: string; marks: string; start: number; command: number | undefined}
  | undefined {
  const {words} = values.splitWords(value, 'exec')
  const [first, ...rest] = words
  const [, marks = '', program = ''] =
    /^([-@:+!|]*)(?:\/\S*\/)?(sudo|doas|pkexec)$/.exec(first?.text ?? '') ?? []
  // Already as root, or with a name of its own.
  if (!first || program === '' || /[+!@|]/.test(marks)) return undefined
  const at = rest.findIndex(({text}) => !quiet.test(text))
  const next = rest[at]
  if (
    !next ||
    (/^(?:-u|--user)/.test(next.text) && !(next.text === '-u' && rest[at + 1]?.text === 'root'))
  )
    return undefined
  const isPlain = !/^-|=|^;$/.test(next.text) && !words.some(({text}) => text === ';')
  return {program, marks, start: first.start, command: isPlain ? next.start : undefined}
}

/** Options that change nothing of what is run as root. */
const quiet = /^(?:-[nEHS]+|--non-interactive|--preserve-env|--set-home|--)$/
