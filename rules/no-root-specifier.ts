import {defineRule, fixBy, lines, partOf, replaceWord, values} from 'unitlint/rule'
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
      const {key, value} = assignment
      const found = value.includes('%') && !isOfRoot(value) ? specifier.exec(value) : null
      if (!found || values.hasPlaceholder(value)) continue
      const [[written], start] = [found, found.index]
      if (values.literalPercents(assignment, unit).includes(start)) continue
      const data = {written, key, meaning: meanings.get(written) ?? ''}
      const at = partOf(assignment, {start, end: start + written.length})
      yield {message: 'root', data, at, fix: fixOf(assignment, start)}
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
  const word = {start: at, end: at + 2}
  if (key === 'WorkingDirectory' && value === '%h')
    return fixBy('unsafe', replaceWord(assignment, word, '~'))
  const before = value.slice(0, at)
  const isArgument = key.startsWith('Exec') && /\s/.test(before) && !/'[^']*$/.test(before)
  return isArgument ? fixBy('unsafe', replaceWord(assignment, word, '${HOME}')) : undefined
}
