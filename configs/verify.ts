import type {Config} from '../src/config/config.ts'

/**
 * Exactly what `systemd-analyze verify` of the target complains of when it reads a file, and
 * nothing else.
 */
export default {
  rules: {
    'no-ignored-line': 'error',
    'no-invalid-value': 'error',
    'no-misplaced-directive': 'error',
    'no-refused-unit': 'error',
    'no-unknown-directive': 'error',
    'no-unknown-section': 'error',
    'no-unreadable-unit': 'error',
    'no-unsupported-directive': 'error',
    'no-warned-line': 'error',
  },
} satisfies Config
