import {defineRule, fixBy, partOf, replaceWord, shell, signs} from 'unitlint/rule'

const {commandKeys, lostVariables, writtenCommands} = shell

export default defineRule({
  id: 'no-lost-variable',
  directives: commandKeys,
  summary: 'Disallow variables that systemd takes away before a shell or program sees them',
  why: 'systemd replaces variables first: what it does not know becomes nothing, and a shell is given a script without its own variables.',
  unless: 'The variable shall be empty.',
  on: {lines: commandKeys, ...signs('$')},
  messages: {
    dropped:
      'Unexpected `{written}` in `{key}=`, systemd drops a word that begins with `$` and is no variable',
    name: 'Unexpected `{written}` in `{key}=`, systemd puts nothing in the place of what is no name of a variable',
    set: 'Unexpected `{written}` in `{key}=`, systemd puts nothing in its place before the shell sets it, expected `{meant}`',
    process:
      'Unexpected `$$` in `{key}=`, of which systemd leaves a `$`, expected `$$$$` for the number of the process',
    split:
      'Unexpected `{written}` as the script of a shell in `{key}=`, systemd splits it and the shell runs its first word, expected `{meant}`',
    whole:
      'Unexpected `{written}` in `{key}=`, which is one argument with all the options in it, expected `{meant}`',
  },
  *check(unit) {
    for (const command of writtenCommands(unit)) {
      const {assignment} = command
      for (const {kind, written, span, meant} of lostVariables(unit, command)) {
        const at = partOf(assignment, span)
        const data = {key: assignment.key, written: shorter(written), meant: meant ?? `$${written}`}
        const title = `Write \`${shorter(data.meant)}\``
        const fix = fixBy('unsafe', replaceWord(assignment, span, data.meant), title)
        yield {message: kind, data, at, fix: meant === undefined ? undefined : fix}
      }
    }
  },
  examples: {
    bad: [
      `[Service]\nExecStart=/bin/sh -c '$JAVA_HOME/bin/java -jar /opt/example.jar'\n`,
      `[Service]\nExecStart=/bin/sh -c 'for i in 1 2; do example \${i}; done'\n`,
      '[Service]\nExecStart=/usr/bin/example $HOME/example.conf\n',
    ],
    good: [`[Service]\nExecStart=/bin/sh -c 'for i in 1 2; do example $$i; done'\n`],
  },
})

/** A script by its beginning. */
function shorter(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
