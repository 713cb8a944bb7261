import type {Config} from '../src/config/config.ts'
import hardened from './hardened.ts'
import {becomingAnother, daemons, serving} from './parts.ts'

/**
 * For database servers: they keep much in shared and locked memory, and may compile queries.
 *
 * What a daemon of the network needs, they may need too. What the unit or the program shows that it
 * needs is kept all the same.
 */
export default {
  ...hardened,
  profile: {
    needs: [
      ...serving,
      'proc-files',
      'shared-ipc',
      'lasting-ipc',
      'locked-memory',
      '@memlock',
      'write-exec-memory',
    ],
    asRoot: [...becomingAnother, 'CAP_IPC_LOCK', 'CAP_SYS_NICE', 'CAP_SYS_RESOURCE', '@resources'],
    ifUnknown: [...daemons, 'write-config'],
    closed: true,
  },
} satisfies Config
