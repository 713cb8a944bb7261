import {defineRule, partOf, shell} from 'unitlint/rule'

const about = [
  ...shell.commandKeys,
  ...['User', 'Group', 'WorkingDirectory', 'RootDirectory', 'EnvironmentFile', 'PIDFile'],
  ...['ReadWritePaths', 'ReadOnlyPaths', 'BindPaths', 'BindReadOnlyPaths'],
  ...['ConditionPathExists', 'RequiresMountsFor', 'PathExists', 'PathChanged', 'What', 'Where'],
]

export default defineRule({
  id: 'no-placeholder',
  summary: 'Disallow what stands for something that the reader was to fill in',
  why: 'Units are copied from guides with `/path/to/app` and `YOUR_USERNAME` in them: there is no such file and no such user, and the service fails at every start.',
  unless: 'The file is an example that others fill in.',
  on: {lines: about},
  messages: {
    left: 'Unexpected `{text}` in `{key}=`, expected what it stands for',
  },
  *check(unit) {
    for (const line of unit.lines) {
      const {key, value} = line
      if (!asked.has(key) || value.length > longest || !mayHave(value)) continue
      const found = placeholder.exec(value) ?? (names.has(key) ? bracketed.exec(value) : null)
      if (!found) continue
      const [text] = found
      const at = partOf(line, {start: found.index, end: found.index + text.length})
      yield {message: 'left', data: {text, key}, at}
    }
  },
  examples: {
    bad: [
      '[Service]\nExecStart=/path/to/app --serve\n',
      '[Service]\nExecStart=/usr/bin/example\nUser=YOUR_USERNAME\nWorkingDirectory=/home/<user>/app\n',
    ],
    good: ['[Service]\nExecStart=/usr/bin/example\nUser=example\nWorkingDirectory=/srv/example\n'],
  },
})

const asked: ReadonlySet<string> = new Set(about)

/** Nobody writes longer lines by hand. */
const longest = 2000

/** Whether it is worth to look closer: most values have none of these. */
function mayHave(value: string): boolean {
  if (value.includes('<')) return true
  const small = value.toLowerCase()
  return ['/path/to/', 'your', 'change', 'replace'].some((part) => small.includes(part))
}

/** What guides write for a path, a user, or anything else of the reader's. */
const placeholder =
  /(?<![\w.-])\/path\/to\/[^\s"']*|\byour[_-]?(?:user ?name|user|domain|app|project|service|script)[_-]?(?:name|path|dir|here)?\b(?=$|[\s/"':]|\.(?:py|sh|js)\b)|<your[ _-][\w -]{1,40}>|\bYOUR_[A-Z]\w{0,40}|\b(?:CHANGE_?ME|REPLACE_?ME|REPLACE_WITH_\w{1,40})\b/i

/** The same in brackets, which no name has in it; in a command they may be arguments. */
const bracketed = /<[A-Za-z][\w -]{0,40}>/
const names: ReadonlySet<string> = new Set(about.filter((key) => !key.startsWith('Exec')))
