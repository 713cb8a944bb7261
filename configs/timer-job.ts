import type {Config} from '../src/config/config.ts'
import hardened from './hardened.ts'

/**
 * For jobs of a timer that tidy up on this machine and need no network: cleaning, indexing,
 * packing.
 *
 * They read and write the files of all users. What the unit or the program shows that it needs is
 * kept all the same.
 */
export default {
  ...hardened,
  profile: {
    needs: [
      'home-read',
      'home-write',
      'write-anywhere',
      'write-config',
      'temporary-files',
      'fixed-user',
      'group-shared-files',
      'world-readable-files',
      'unix-sockets',
      // Of the machine nothing is known.
      'without-bpf',
    ],
    asRoot: [
      'superuser',
      'host-users',
      'root-files',
      'CAP_CHOWN',
      'CAP_DAC_OVERRIDE',
      'CAP_DAC_READ_SEARCH',
      'CAP_FOWNER',
      'CAP_FSETID',
      '@chown',
      '@privileged',
    ],
    closed: true,
  },
} satisfies Config
