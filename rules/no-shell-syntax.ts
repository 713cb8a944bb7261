import {defineRule, partOf, shell} from 'unitlint/rule'

const {allShellSyntax, commandKeys, shellRemedy, writtenCommands} = shell

export default defineRule({
  id: 'no-shell-syntax',
  directives: commandKeys,
  summary: 'Disallow what only shells read where systemd starts the program itself',
  why: 'systemd starts the program without a shell: `>`, `|`, `&&` and `*` reach it as arguments, and a variable before it is taken for its name.',
  unless: 'The program reads such words itself.',
  on: {lines: commandKeys},
  messages: {
    operator:
      'Unexpected `{written}` in `{key}=`, no shell reads it: `{program}` gets it as an argument',
    separator:
      'Unexpected `{written}` in `{key}=`, no shell reads the `;`, expected a `;` between blanks or another line',
    background:
      'Unexpected `&` in `{key}=`, no shell reads it, and systemd does not wait for services anyway',
    builtin: 'Unexpected `{written}` in `{key}=`, a word of shells and no program',
    assignment:
      'Unexpected `{written}` before the program in `{key}=`, no shell sets it, expected `Environment=`',
    substitution: 'Unexpected `{written}` in `{key}=`, no shell runs what is in it',
    home: 'Unexpected `{written}` in `{key}=`, no shell makes `~` a home',
    pattern:
      'Unexpected `{written}` in `{key}=`, no shell looks for such files: `{program}` gets the pattern',
    script:
      'Unexpected words behind `-c {written}` in `{key}=`, the shell runs `{written}` alone, expected quotes around all of it',
    terminator: 'Unexpected `;` in `{key}=`, which ends the command of systemd, expected `\\;`',
  },
  *check(unit) {
    const refused = shell.refusedLines(unit)
    for (const command of writtenCommands(unit)) {
      const {assignment, words} = command
      // `no-invalid-value` tells of what systemd itself complains of.
      const [found, ...others] = refused.has(assignment.directive) ? [] : allShellSyntax(command)
      if (!found) continue
      const {kind, span} = found
      const {key, value} = assignment
      const data = {key, written: value.slice(span.start, span.end), program: words[0].text}
      const [at, fix] = [partOf(assignment, span), shellRemedy(unit, command, found)]
      yield {message: kind, data, at, fix, note: noteOf([found, ...others], value)}
    }
  },
  examples: {
    bad: [
      '[Service]\nExecStart=/usr/bin/example >> /var/log/example.log 2>&1\n',
      '[Service]\nExecStartPre=/usr/bin/prepare 2>/dev/null || true\nExecStart=/usr/bin/example\n',
      '[Service]\nExecStart=MODE=fast example\n',
      '[Service]\nExecStartPre=/usr/bin/rm -f /run/example/*.sock\nExecStart=/usr/bin/example\n',
    ],
    good: [
      '[Service]\nExecStart=/usr/bin/example\nStandardOutput=append:/var/log/example.log\n',
      "[Service]\nExecStartPre=-/usr/bin/prepare\nExecStart=/bin/sh -c 'exec /usr/bin/example | tee /var/log/example.log'\n",
    ],
  },
})

/** What else of the command is of shells: one fix is for all of it. */
function noteOf(
  found: ReadonlyArray<{span: {start: number; end: number}}>,
  value: string,
): string | undefined {
  const [, ...words] = new Set(
    found.slice(0, most).map(({span: {start, end}}) => `\`${value.slice(start, end)}\``),
  )
  return words.length === 0
    ? undefined
    : `Of shells in this command too: ${words.join(', ')}${found.length > most ? ', …' : ''}`
}

/** Nobody reads of more. */
const most = 6
