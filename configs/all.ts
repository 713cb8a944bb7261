import {rules} from '../rules/index.ts'
import type {Config} from '../src/config/config.ts'

/** Every rule there is; a new rule lands here first. */
export default {
  rules: Object.fromEntries(rules.map(({id}) => [id, 'error' as const])),
} satisfies Config
