import type {Config} from '../src/config/config.ts'
import {hardening} from './hardening.ts'
import recommended from './recommended.ts'
import verify from './verify.ts'

/** Every restriction that nothing in evidence speaks against. */
export default {
  rules: {
    ...recommended.rules,
    ...verify.rules,
    ...Object.fromEntries(hardening.map((id) => [id, 'error' as const])),
    'ambient-capabilities': 'error',
    delegate: 'error',
    'no-skipped-value': 'error',
    'read-write-paths': 'error',
    'root-directory': 'warn',
    'supplementary-groups': 'error',
  },
} satisfies Config
