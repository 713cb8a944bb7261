import {complaints, defineRule, history, remove, replaceWord} from 'unitlint/rule'
import type {Assignment, Fix, Unit} from 'unitlint/rule'

export default defineRule({
  id: 'no-unsupported-directive',
  summary: 'Disallow directives that the target does not have yet, or no longer',
  why: 'A systemd that does not know a directive starts the service without it: unprotected, unlimited, or in the wrong order.',
  unless: 'The unit is meant for several versions, and the older ones do well without.',
  on: complaints('removed-directive', 'deprecated-directive', 'unsupported-directive', 'deprecated-value', 'unknown-directive'),
  messages: {
    newer: 'Unexpected `{key}` in `[{section}]`, known since systemd {since}{instead}',
    gone: 'Unexpected `{key}` in `[{section}]`, unknown since systemd {since}{instead}',
    removed: 'Unexpected `{key}` in `[{section}]`, without effect since systemd {since}{instead}',
    deprecated: 'Unexpected `{key}` in `[{section}]`, deprecated{instead}',
    unsupported: 'Unexpected `{key}` in `[{section}]`, without effect in a unit of type `{type}`',
    value: '{words}{instead}',
  },
  *check(unit) {
    for (const {kind, directive, section = '', file, span, message, meant, silent} of unit.verdict.complaints) {
      if (!directive || silent) continue
      const {key, value} = directive
      const at = {file, span}
      const assignment: Assignment = {section, key, value, directive, file}
      if (kind === 'removed-directive') {
        const {since, isNeedless} = history.removal(assignment, unit.target.version)
        const removed = {title: 'Remove it', applicability: 'safe' as const, changes: [remove(assignment)]}
        const fix = isNeedless && directive.comments.length === 0 ? removed : fixOf(assignment, unit)
        yield {message: 'removed', data: {key, section, since, instead: insteadOf(assignment, unit)}, at, fix}
      }
      if (kind === 'deprecated-directive')
        yield {message: 'deprecated', data: {key, section, instead: insteadOf(assignment, unit)}, at, fix: fixOf(assignment, unit)}
      if (kind === 'unsupported-directive') yield {message: 'unsupported', data: {key, section, type: unit.type}, at}
      if (kind === 'deprecated-value') {
        const word = history.modernWord(key, value) ?? meant
        const {start} = directive.valueSpan
        const fix =
          word === undefined || directive.pieces
            ? undefined
            : {
                title: `Write \`${word}\``,
                changes: [replaceWord(assignment, {start: span.start - start, end: span.end - start}, word)],
              }
        const instead = word === undefined || meant !== undefined ? '' : `, expected \`${word}\``
        yield {message: 'value', data: {words: message ?? `Unexpected \`${key}=${value}\`, deprecated`, instead}, at, fix}
      }
      if (kind !== 'unknown-directive') continue
      const found = history.unknownDirective(key, section, unit.type, unit.target.version)
      if (found.why === 'newer') {
        const older = history.predecessor(key)
        const instead = older === undefined ? '' : `, expected \`${older}\` before`
        yield {message: 'newer', data: {key, section, since: found.since, instead}, at, note}
      }
      if (found.why === 'gone') {
        yield {message: 'gone', data: {key, section, since: found.since, instead: insteadOf(assignment, unit)}, at, fix: fixOf(assignment, unit)}
      }
    }
  },
  examples: {
    bad: [
      '[Service]\nExecStart=/usr/bin/example\nCapabilities=all\n',
      '[Service]\nExecStart=/usr/bin/example\nStandardOutput=syslog\n',
      '[Service]\nExecStart=/usr/bin/example\nMemoryLimit=1G\n',
    ],
    good: ['[Service]\nExecStart=/usr/bin/example\nCapabilityBoundingSet=CAP_CHOWN\nStandardOutput=journal\nMemoryMax=1G\n'],
  },
})

const note = 'Older systemds go on without the line; where the unit is not for those, name the targets that it is for.'

/** The end of the message: what to write for it. */
function insteadOf(assignment: Assignment, unit: Unit): string {
  const found = history.successor(assignment, unit)
  if (found) return `, expected \`${found.key}${found.value === undefined || found.value === assignment.value ? '' : `=${found.value}`}\``
  const words = history.advice(assignment.key)
  return words === undefined ? '' : `, ${words}`
}

function fixOf(assignment: Assignment, unit: Unit): Fix | undefined {
  const found = history.successor(assignment, unit)
  return found && history.replaceDirective(unit, assignment, found)
}
