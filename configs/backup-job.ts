import type {Config} from '../src/config/config.ts'
import strict from './strict.ts'

/**
 * For jobs that copy files away: restic, borg, rsync, pg_dump.
 *
 * They read everything, write to their cache and their repository, speak to the network, and need
 * nothing else; so what would otherwise be unsafe to deny is safe. What the unit or the program
 * shows that it needs is kept all the same.
 */
export default {
  rules: strict.rules,
  profile: {
    needs: [
      'home-read',
      'root-files',
      'host-users',
      'superuser',
      'inet',
      'inet-local',
      'unix-sockets',
      'netlink',
      'host-network',
      'fixed-user',
      'write-anywhere',
      'CAP_DAC_READ_SEARCH',
      // Of the machine nothing is known.
      'without-bpf',
    ],
    closed: true,
  },
} satisfies Config
