import {defineRule, lines, replaceWord, values, valueSpan} from 'unitlint/rule'
import type {Assignment, Fix} from 'unitlint/rule'

export default defineRule({
  id: 'no-root-specifier',
  summary: 'Disallow `%h`, `%u` and their like in units of the system that run as another user',
  why: 'They stand for the user whose manager it is, and that of the system is root, whatever `User=` says: `%h` is `/root`.',
  unless: 'What belongs to root is meant.',
  on: lines('User'),
  fixesHangOn: [],
  messages: {
    root: 'Unexpected `{written}` in `{key}=`, which is `{meaning}` whoever `User=` names',
  },
  *check(unit) {
    if (unit.manager !== 'system' || unit.isPartial) return
    const user = unit.value('User')
    if (!user || /^(?:root|0)$/.test(user.value)) return
    for (const assignment of unit.all('Service')) {
      const {key, value, directive, file} = assignment
      const found = value.includes('%') && !isOfRoot(value) ? specifier.exec(value) : null
      if (
        !found ||
        values.hasPlaceholder(value) ||
        values.literalPercents(assignment, unit).includes(found.index)
      )
        continue
      const [written] = found
      const meaning = meanings.get(written) ?? ''
      const at = {file, span: valueSpan(directive, found.index, found.index + written.length)}
      yield {
        message: 'root',
        data: {written, key, meaning},
        at,
        fix: fixOf(assignment, found.index),
      }
    }
  },
  examples: {
    bad: ['[Service]\nUser=example\nWorkingDirectory=%h/example\nExecStart=/usr/bin/example\n'],
    good: [
      '[Service]\nUser=example\nWorkingDirectory=~\nExecStart=/usr/bin/example\n',
      '[Service]\nWorkingDirectory=%h/example\nExecStart=/usr/bin/example\n',
    ],
  },
})

/** What systemd.unit(5), "specifiers", says of them for the manager of the system. */
const meanings: ReadonlyMap<string, string> = new Map([
  ['%h', '/root'],
  ['%u', 'root'],
  ['%U', '0'],
  ['%g', 'root'],
  ['%G', '0'],
  ['%s', '/bin/sh'],
])
const specifier = /(?<=(?:^|[^%])(?:%%)*)%[huUgGs]/

/** A command that runs as root. */
function isOfRoot(value: string): boolean {
  return /^[-@:|]*[+!]/.test(value)
}

/**
 * The home of the user: the folder to work in, or the variable that `User=` sets for a command
 * (systemd.exec(5), "environment variables in spawned processes").
 */
function fixOf(assignment: Assignment, at: number): Fix | undefined {
  const {key, value} = assignment
  if (!value.startsWith('%h', at)) return undefined
  const isArgument =
    key.startsWith('Exec') && /\s/.test(value.slice(0, at)) && !/'[^']*$/.test(value.slice(0, at))
  const home =
    key === 'WorkingDirectory' && value === '%h' ? '~' : isArgument ? '${HOME}' : undefined
  return home === undefined
    ? undefined
    : {
        title: `Write \`${home}\``,
        applicability: 'unsafe',
        changes: [replaceWord(assignment, {start: at, end: at + 2}, home)],
      }
}
