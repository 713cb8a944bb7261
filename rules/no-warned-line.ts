import {complaints, defineRule, fixBy, history, remove, values} from 'unitlint/rule'

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
    for (const at of unit.verdict.complaints) {
      const {kind, effect, silent, directive, section = '', file, span, message, meant} = at
      if (!directive || silent) continue
      const {key, value} = directive
      if (!checkPlaceholders && kind === 'invalid-value' && values.hasPlaceholder(value)) continue
      const assignment = {section, key, value, directive, file}
      if (kind === 'deprecated-directive') {
        const instead = history.insteadOf(unit, assignment)
        const fix = history.succeeding(unit, assignment)
        yield {message: 'deprecated', data: {key, section, instead}, at, fix}
      }
      if (kind === 'removed-directive') {
        const {since, isNeedless} = history.removal(assignment, unit.target.version)
        const data = {key, section, since, instead: history.insteadOf(unit, assignment)}
        const removed = fixBy('safe', remove(assignment), 'Remove it')
        const fix = directive.comments.length === 0 ? removed : undefined
        if (isNeedless) yield {message: 'needless', data, at, fix}
      }
      if (kind === 'deprecated-value') {
        const word = history.modernWord(key, value) ?? meant
        const instead = word === undefined || meant !== undefined ? '' : `, expected \`${word}\``
        const words = message ?? `Unexpected \`${key}=${value}\`, deprecated`
        const fix = history.respelt(assignment, span, word)
        yield {message: 'value', data: {words, instead}, at, fix}
      }
      if (kind !== 'invalid-value' || effect !== 'notice') continue
      const fix = history.respelt(assignment, span, meant)
      yield {message: 'warned', data: {words: message ?? '', key}, at, fix, unlessTold: [at]}
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
