import type {EachFormatter} from './formatter.ts'
import {fingerprints} from './fingerprint.ts'
import {printable, printableJson} from './printable.ts'
import {wayTo} from './relative-path.ts'
import {withRestrictions} from './restrictions.ts'

/** What GitLab calls severities; what is fatal blocks. */
const severities = {0: 'info', 1: 'minor', 2: 'major'} as const

/**
 * A report of GitLab's Code Quality: an array with an object a finding, for the widget and the diff
 * of merge requests.
 */
export function gitlab(): EachFormatter {
  return {
    each: (entry, context) => {
      const path = wayTo(entry.path, context.cwd)
      const fingerprint = fingerprints(entry, path)
      return withRestrictions(entry, context)
        .map((message) => {
          const {ruleId, severity, fatal, text, place} = message
          return printableJson({
            description: printable(text) || 'unitlint',
            check_name: ruleId ?? 'unitlint',
            fingerprint: fingerprint(message),
            severity: fatal ? 'blocker' : severities[severity],
            location: {
              path,
              lines: {
                begin: place?.start.line ?? 1,
                ...(place && place.end.line > place.start.line && {end: place.end.line}),
              },
            },
          })
        })
        .join(',\n')
    },
    frame: ['[', ',\n', ']'],
  }
}
