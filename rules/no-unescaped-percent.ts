import {defineRule, everyUnit, fixBy, partOf, replaceWord, sectionsOf, values} from 'unitlint/rule'

export default defineRule({
  id: 'no-unescaped-percent',
  summary: 'Disallow `%` that systemd replaces where a date, a format or a link is meant',
  why: '`date +%H` then prints the name of the host, and `printf %s` that of a shell.',
  on: everyUnit,
  messages: {
    variable:
      'Unexpected `%MAINPID` in `{key}=`, of which systemd replaces `%M`, expected `$MAINPID`',
    replaced: 'Unexpected `{written}` in `{key}=`, which systemd replaces, expected `%{written}`',
  },
  *check(unit) {
    for (const section of sectionsOf(unit)) {
      for (const assignment of unit.all(section)) {
        const {key, value} = assignment
        const variable = key.startsWith('Exec') ? value.indexOf('%MAINPID') : -1
        if (variable !== -1) {
          const change = replaceWord(assignment, {start: variable, end: variable + 1}, '$')
          const at = partOf(assignment, {start: variable, end: variable + '%MAINPID'.length})
          const fix = fixBy('unsafe', change, 'Write `$MAINPID`')
          yield {message: 'variable', data: {key}, at, fix}
          continue
        }
        const percents = values.literalPercents(assignment, unit)
        const [first] = percents
        if (first === undefined) continue
        const changes = percents.map((at) => replaceWord(assignment, {start: at, end: at}, '%'))
        const fix = fixBy('unsafe', changes, 'Write `%%` for each percent sign')
        const at = partOf(assignment, {start: first, end: first + 2})
        yield {message: 'replaced', data: {written: value.slice(first, first + 2), key}, at, fix}
      }
    }
  },
  examples: {
    bad: [
      '[Service]\nExecStart=/bin/sh -c "exec /usr/bin/example --log /var/log/example-$(date +%H:%M:%S)"\n',
      '[Unit]\nDocumentation=https://example.org/caf%C3%A9\n[Service]\nExecStart=/usr/bin/example\n',
    ],
    good: [
      '[Service]\nExecStart=/bin/sh -c "exec /usr/bin/example --state %S/example --log /var/log/example-$(date +%%H:%%M:%%S)"\n',
    ],
  },
})
