import type {Config} from '../src/config/config.ts'
import hardened from './hardened.ts'

/**
 * The profile that evidence chooses for each service, and `hardened` alone where there is too
 * little of it to be sure.
 *
 * See `src/needs/kind.ts` for how.
 */
export default {...hardened, profile: 'auto'} satisfies Config
