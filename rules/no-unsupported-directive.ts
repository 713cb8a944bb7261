import {complaints, defineRule, history} from 'unitlint/rule'

export default defineRule({
  id: 'no-unsupported-directive',
  summary: 'Disallow directives that the target does not have yet, or no longer',
  why: 'A systemd that does not know a directive starts the service without it: unprotected, unlimited, or in the wrong order.',
  unless: 'The unit is meant for several versions, and the older ones do well without.',
  on: complaints('removed-directive', 'unsupported-directive', 'unknown-directive'),
  messages: {
    newer: 'Unexpected `{key}` in `[{section}]`, known since systemd {since}{instead}',
    gone: 'Unexpected `{key}` in `[{section}]`, unknown since systemd {since}{instead}',
    removed: 'Unexpected `{key}` in `[{section}]`, without effect since systemd {since}{instead}',
    unsupported: 'Unexpected `{key}` in `[{section}]`, without effect in a unit of type `{type}`',
  },
  *check(unit) {
    for (const at of unit.verdict.complaints) {
      const {kind, directive, section = '', file, silent} = at
      if (!directive || silent) continue
      const {key, value} = directive
      const assignment = {section, key, value, directive, file}
      if (kind === 'removed-directive') {
        const {since, isNeedless} = history.removal(assignment, unit.target.version)
        const data = {key, section, since, instead: history.insteadOf(unit, assignment)}
        if (!isNeedless)
          yield {message: 'removed', data, at, fix: history.succeeding(unit, assignment)}
      }
      if (kind === 'unsupported-directive')
        yield {message: 'unsupported', data: {key, section, type: unit.type}, at}
      if (kind !== 'unknown-directive') continue
      const found = history.unknownDirective(key, section, unit.type, unit.target.version)
      if (found.why === 'newer') {
        const older = history.predecessor(key)
        const instead = older === undefined ? '' : `, expected \`${older}\` before`
        yield {message: 'newer', data: {key, section, since: found.since, instead}, at, note}
      }
      if (found.why === 'gone') {
        const instead = history.insteadOf(unit, assignment)
        const fix = history.succeeding(unit, assignment)
        yield {message: 'gone', data: {key, section, since: found.since, instead}, at, fix}
      }
    }
  },
  examples: {
    bad: ['[Service]\nExecStart=/usr/bin/example\nCapabilities=all\n'],
    good: [
      '[Service]\nExecStart=/usr/bin/example\nCapabilityBoundingSet=CAP_CHOWN\nMemoryMax=1G\n',
    ],
  },
})

const note =
  'Older systemds go on without the line; where the unit is not for those, name the targets that it is for.'
