import {defineRule, values} from 'unitlint/rule'

export default defineRule({
  id: 'no-swallowed-line',
  summary: 'Disallow a `\\` that makes the next line a part of a value',
  why: 'What the next line says is off, and the value before it has words that nobody meant: systemd takes both without a word.',
  on: {continued: true},
  messages: {
    swallowed:
      'Unexpected `{word}` in `{key}=`, which goes on in the next line behind a `\\` at its end',
  },
  *check(unit) {
    // Of a value that systemd does not take it is told there.
    const told = new Set([...values.faultyLines(unit)].map(({directive}) => directive))
    for (const line of unit.lines) {
      if (!line.directive.pieces || told.has(line.directive)) continue
      for (const {word, at, isIndented} of values.takenIn(unit, line)) {
        // It may be meant: a variable of that name, or a setting for what `systemd-run -p` starts.
        if (isIndented && (line.key === 'Environment' || takesSettings(line.value))) continue
        yield {message: 'swallowed', data: {word, key: line.key}, at}
      }
    }
  },
  examples: {
    bad: [
      '[Service]\nExecStart=/usr/bin/example \\\n  --verbose \\\nUser=example\n',
      '[Unit]\nDescription=Example \\\nAfter=network-online.target\n[Service]\nExecStart=/usr/bin/example\n',
    ],
    good: [
      '[Service]\nExecStart=/usr/bin/example \\\n  --verbose\nUser=example\n',
      '[Service]\nExecStart=/usr/bin/systemd-run --scope -p \\\n  MemoryMax=1G \\\n  /usr/bin/example\n',
    ],
  },
})

/** Whether a command is one of systemd's that are told settings as they stand in units. */
function takesSettings(command: string): boolean {
  const [program = ''] = command.split(' ', 1)
  return ['systemd-run', 'systemctl', 'systemd-nspawn', 'run0'].some((its) => program.endsWith(its))
}
