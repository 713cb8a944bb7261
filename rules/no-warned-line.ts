import {complaints, defineRule, fixBy, history, remove, values} from 'unitlint/rule'
import type {Assignment} from 'unitlint/rule'

export default defineRule({
  id: 'no-warned-line',
  summary: 'Disallow what systemd warns of in the log, although the unit works without a change',
  why: 'What is deprecated goes with some later version, and each start fills the log with the same words.',
  unless: 'The unit is also for systemds that do not know what to write in its place.',
  ...values.placeholderOption,
  on: complaints('deprecated-directive', 'deprecated-value', 'removed-directive', 'invalid-value'),
  messages: {
    deprecated: 'Unexpected `{key}` in `[{section}]`, deprecated{instead}',
    needless: 'Unexpected `{key}` in `[{section}]`, needless since systemd {since}{instead}',
    value: '{words}{instead}',
    warned: '{words} in `{key}=`',
  },
  *check(unit, {checkPlaceholders}) {
    for (const {
      kind,
      effect,
      silent,
      directive,
      section = '',
      file,
      span,
      message: words,
      meant,
    } of unit.verdict.complaints) {
      if (!directive || silent) continue
      const {key, value} = directive
      if (!checkPlaceholders && kind === 'invalid-value' && values.hasPlaceholder(value)) continue
      const assignment: Assignment = {section, key, value, directive, file}
      const at = {file, span}
      if (kind === 'deprecated-directive') {
        yield {
          message: 'deprecated',
          data: {key, section, instead: history.insteadOf(unit, assignment)},
          at,
          fix: history.succeeding(unit, assignment),
        }
      }
      if (kind === 'removed-directive') {
        const {since, isNeedless} = history.removal(assignment, unit.target.version)
        const fix =
          directive.comments.length === 0
            ? fixBy('safe', remove(assignment), 'Remove it')
            : undefined
        if (isNeedless)
          yield {
            message: 'needless',
            data: {key, section, since, instead: history.insteadOf(unit, assignment)},
            at,
            fix,
          }
      }
      if (kind === 'deprecated-value') {
        const word = history.modernWord(key, value) ?? meant
        const instead = word === undefined || meant !== undefined ? '' : `, expected \`${word}\``
        yield {
          message: 'value',
          data: {words: words ?? `Unexpected \`${key}=${value}\`, deprecated`, instead},
          at,
          fix: history.respelt(assignment, span, word),
        }
      }
      if (kind === 'invalid-value' && effect === 'notice')
        yield {
          message: 'warned',
          data: {words: words ?? '', key},
          at,
          fix: history.respelt(assignment, span, meant),
        }
    }
  },
  examples: {
    bad: [
      '[Service]\nExecStart=/usr/bin/example\nStandardOutput=syslog\n',
      '[Service]\nExecStart=/usr/bin/example\nUser=nobody\n',
      '[Service]\nExecStart=/usr/bin/example\nKillMode=none\n',
      '[Service]\nExecStart=/usr/bin/example\nSysVStartPriority=99\n',
    ],
    good: [
      '[Service]\nExecStart=/usr/bin/example\nStandardOutput=journal\nUser=example\nKillMode=mixed\n',
    ],
  },
})
