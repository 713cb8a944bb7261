import type {Config} from '../src/config/config.ts'
import {gentle} from './hardening.ts'

/**
 * What no maintainer would wave away: text that does not do what it says, and secrets that everyone can read. And, as information, the
 * hardening that is safe here.
 */
export default {
  rules: {
    'device-allow': 'warn',
    'no-accept-mismatch': 'error',
    'no-ambiguous-time': 'warn',
    'no-eager-activation': 'warn',
    'no-hidden-path': 'error',
    'no-idle-option': 'error',
    'no-idle-restart': 'warn',
    'no-idle-start-limit': 'warn',
    'no-ignored-line': 'error',
    'no-immediate-stop': 'error',
    'no-ineffective-directive': 'warn',
    'no-invalid-install': 'error',
    'no-late-path': 'error',
    'no-lone-namespace': 'error',
    'no-lost-capability': 'error',
    'no-lost-network': 'error',
    'no-misplaced-directive': 'error',
    'no-missing-activated-unit': 'error',
    'no-needed-denial': 'error',
    'no-ordering-cycle': 'error',
    'no-overridden-value': 'warn',
    'no-restart-loop': 'warn',
    'no-secret-environment': 'warn',
    'no-shared-bus-name': 'warn',
    'no-shared-runtime-directory': 'warn',
    'no-skipped-value': 'error',
    'no-sudo': 'warn',
    'no-surviving-process': 'warn',
    'no-system-directive': 'error',
    'no-type-mismatch': 'error',
    'no-unescaped-percent': 'error',
    'no-unfed-watchdog': 'warn',
    'no-unknown-directive': 'error',
    'no-unknown-section': 'error',
    'no-unreadable-unit': 'error',
    'no-unsent-notification': 'error',
    'no-wrong-install-target': 'error',
    'system-call-error-number': 'warn',
    ...Object.fromEntries(gentle.map((id) => [id, 'info' as const])),
  },
  safeOnly: gentle,
} satisfies Config
