import {defineRule, fixBy, partOf, rewrite, shell, signs, values} from 'unitlint/rule'

export default defineRule({
  id: 'no-literal-comma',
  summary: 'Disallow commas and semicolons between words of lists that systemd splits at blanks',
  why: 'The comma is a part of the path or the value before it: of a path that is not there, for which the service does not start.',
  unless: 'The file is really called so.',
  on: signs(',;'),
  fixesHangOn: [],
  messages: {
    literal:
      'Unexpected `{sign}` in `{key}=`, systemd splits the list at blanks and takes it for a part of `{word}`',
  },
  *check(unit) {
    // `no-invalid-value` tells of what systemd itself complains of.
    const told = shell.refusedLines(unit)
    for (const assignment of unit.lines) {
      const {key, value, directive} = assignment
      const sign = value.length > longest ? undefined : signIn(key)
      const found = sign?.exec(value)
      if (!sign || !found || told.has(directive) || values.hasPlaceholder(value)) continue
      const word = value.slice(0, found.index + 1).replace(/^.*[ \t]/s, '')
      const at = partOf(assignment, {start: found.index, end: found.index + 1})
      const blanks = value.replaceAll(new RegExp(sign.source, 'g'), ' ')
      const apart = blanks.replaceAll(/(?<=\S)[ \t]+/g, ' ').trimEnd()
      const separated = fixBy('unsafe', rewrite(assignment, apart), 'Separate them by blanks')
      const fix = directive.pieces ? undefined : separated
      yield {message: 'literal', data: {sign: found[0], key, word}, at, fix}
    }
  },
  examples: {
    bad: [
      '[Service]\nExecStart=/usr/bin/example\nProtectSystem=strict\nReadWritePaths=/var/lib/example, /var/log/example\n',
      '[Service]\nExecStart=/usr/bin/example\nEnvironment=MODE=fast, LEVEL=3\n',
    ],
    good: [
      '[Service]\nExecStart=/usr/bin/example\nProtectSystem=strict\nReadWritePaths=/var/lib/example /var/log/example\n',
      '[Service]\nExecStart=/usr/bin/example\nEnvironment="MODES=fast, slow" LEVEL=3\n',
    ],
  },
})

/** Nobody writes longer lists. */
const longest = 4096

/**
 * What separates words in the mind of who wrote a value of a directive; undefined for directives
 * that are no lists of paths or variables.
 */
function signIn(key: string): RegExp | undefined {
  if (key === 'Environment') return betweenVariables
  return paths.test(key) ? betweenPaths : directories.test(key) ? betweenNames : undefined
}

const paths =
  /^(?:(?:ReadWrite|ReadOnly|Inaccessible|Exec|NoExec|Bind|BindReadOnly)Paths|(?:ReadWrite|ReadOnly|Inaccessible)Directories|(?:Requires|Wants)MountsFor)$/
const directories = /^(?:Runtime|State|Cache|Logs|Configuration)Directory$/
/** Paths start with a slash, maybe behind `-` or `+`. */
const betweenPaths = /(?<=^[^"']*[^\s"',;])[,;](?=[ \t]*[-+]{0,2}\/|[ \t]*$)/
const betweenNames = /(?<=^[^"']*[^\s"',;])[,;](?=[ \t]+\S|$)/
const betweenVariables = /(?<=(?:^|[ \t])[A-Za-z_]\w*=[^\s"',;]*)[,;](?=[ \t]+[A-Za-z_]\w*=)/
