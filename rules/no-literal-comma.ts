import {defineRule, rewrite, signs, values, valueSpan} from 'unitlint/rule'

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
    const told = new Set(
      unit.verdict.complaints.flatMap(({directive, effect, silent}) =>
        silent || effect === 'notice' ? [] : [directive],
      ),
    )
    for (const assignment of unit.lines) {
      const {key, value, directive, file} = assignment
      const sign = value.length > longest ? undefined : signIn(key)
      const found = sign?.exec(value)
      if (!sign || !found || told.has(directive) || values.hasPlaceholder(value)) continue
      const word = value.slice(0, found.index + 1).replace(/^.*[ \t]/s, '')
      const at = {file, span: valueSpan(directive, found.index, found.index + 1)}
      const apart = value
        .replaceAll(new RegExp(sign.source, 'g'), ' ')
        .replaceAll(/(?<=\S)[ \t]+/g, ' ')
      const fix = {
        title: 'Separate them by blanks',
        applicability: 'unsafe' as const,
        changes: [rewrite(assignment, apart.trimEnd())],
      }
      yield {
        message: 'literal',
        data: {sign: found[0], key, word},
        at,
        fix: directive.pieces ? undefined : fix,
      }
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
