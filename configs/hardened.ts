import type {Config} from '../src/config/config.ts'
import {hardening} from './hardening.ts'
import recommended from './recommended.ts'

/** All hardening that is safe here, as warnings: what `--fix` leaves is clean. */
export default {
  rules: {
    ...recommended.rules,
    ...Object.fromEntries(hardening.map((id) => [id, 'warn' as const])),
    'capability-bounding-set': ['warn', {exceptRoot: false}],
  },
  safeOnly: hardening,
} satisfies Config
