import type {Config} from '../src/config/config.ts'

/** What no maintainer would wave away: text that does not do what it says, and secrets that everyone can read. */
export default {
  rules: {
    'device-allow': 'warn',
    'no-ignored-line': 'error',
    'no-lost-capability': 'error',
    'no-misplaced-directive': 'error',
    'no-needed-denial': 'error',
    'no-secret-environment': 'warn',
    'no-unknown-directive': 'error',
    'no-unknown-section': 'error',
    'no-unreadable-unit': 'error',
    'system-call-error-number': 'warn',
  },
} satisfies Config
