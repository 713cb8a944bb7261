import type {Config} from '../src/config/config.ts'
import all from './all.ts'
import backupJob from './backup-job.ts'
import hardened from './hardened.ts'
import recommended from './recommended.ts'
import strict from './strict.ts'
import verify from './verify.ts'

/** The built-in presets by name. */
export const presets: Readonly<Record<string, Config>> = {all, 'backup-job': backupJob, hardened, recommended, strict, verify}
