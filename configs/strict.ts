import type {Config} from '../src/config/config.ts'
import {hardening} from './hardening.ts'
import recommended from './recommended.ts'

/** Every restriction that nothing in evidence speaks against. */
export default {
  rules: {
    ...recommended.rules,
    ...Object.fromEntries(hardening.map((id) => [id, 'error' as const])),
    'ambient-capabilities': 'error',
    delegate: 'error',
    'read-write-paths': 'error',
    'root-directory': 'warn',
    'supplementary-groups': 'error',
  },
} satisfies Config
