import type {Config} from '../src/config/config.ts'
import {hardening} from './hardening.ts'
import recommended from './recommended.ts'
import verify from './verify.ts'

/** Every restriction that nothing in evidence speaks against. */
export default {
  rules: {
    ...recommended.rules,
    ...verify.rules,
    // What a template leaves open is filled in before systemd reads it.
    'no-invalid-value': ['error', {checkPlaceholders: false}],
    'no-misplaced-directive': ['error', {checkConsequences: false}],
    'no-refused-unit': ['error', {checkPlaceholders: false, checkConsequences: false}],
    'no-warned-line': ['error', {checkPlaceholders: false}],
    ...Object.fromEntries(hardening.map((id) => [id, 'error' as const])),
    'ambient-capabilities': 'error',
    'capability-bounding-set': ['error', {exceptRoot: false}],
    delegate: 'error',
    'no-closed-settings': 'info',
    'no-default-target': 'warn',
    'no-doubtful-denial': 'info',
    'no-missing-unit': 'warn',
    'no-obsolete-directive': 'warn',
    'no-private-tmp-socket': 'warn',
    'no-shared-ipc-removal': 'warn',
    'no-unitless-time': 'warn',
    'no-unordered-requirement': 'warn',
    'no-unreached-unit': 'warn',
    'no-writable-file': 'info',
    'read-write-paths': 'error',
    'supplementary-groups': 'error',
    'system-call-error-number': ['warn', {fragileOnly: false}],
  },
} satisfies Config
