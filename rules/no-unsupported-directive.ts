import {defineRule, unknownDirective} from 'unitlint/rule'

export default defineRule({
  id: 'no-unsupported-directive',
  summary: 'Disallow directives that the target does not have yet, or no longer',
  why: 'A systemd that does not know a directive starts the service without it: unprotected, unlimited, or in the wrong order.',
  unless: 'The unit is meant for several versions, and the older ones do well without.',
  messages: {
    newer: 'Unexpected `{key}` in `[{section}]`, known since systemd {since}',
    gone: 'Unexpected `{key}` in `[{section}]`, unknown since systemd {since}',
    removed: 'Unexpected `{key}` in `[{section}]`, without effect',
    deprecated: 'Unexpected `{key}` in `[{section}]`, deprecated',
    unsupported: 'Unexpected `{key}` in `[{section}]`, without effect in a unit of this type',
    value: '{words}',
  },
  *check(unit) {
    for (const {kind, directive, section = '', file, span, message} of unit.verdict.complaints) {
      if (!directive) continue
      const {key} = directive
      const at = {file, span}
      if (kind === 'removed-directive') yield {message: 'removed', data: {key, section}, at}
      if (kind === 'deprecated-directive') yield {message: 'deprecated', data: {key, section}, at}
      if (kind === 'unsupported-directive') yield {message: 'unsupported', data: {key, section}, at}
      if (kind === 'deprecated-value') yield {message: 'value', data: {words: message ?? `Unexpected \`${key}=${directive.value}\`, deprecated`}, at}
      if (kind !== 'unknown-directive') continue
      const found = unknownDirective(key, section, unit.type, unit.target.version)
      if (found.why === 'newer' || found.why === 'gone') yield {message: found.why, data: {key, section, since: found.since}, at}
    }
  },
  examples: {
    bad: ['[Service]\nExecStart=/usr/bin/example\nCapabilities=all\n'],
    good: ['[Service]\nExecStart=/usr/bin/example\nCapabilityBoundingSet=CAP_CHOWN\n'],
  },
})
