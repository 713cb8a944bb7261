import type {Config} from '../src/config/config.ts'
import hardened from './hardened.ts'
import {applications, serving} from './parts.ts'

/**
 * For agents that watch the machine and tell others: exporters of metrics, collectors of logs.
 *
 * They look at all processes, at devices and at the files of others, and change none of it. What
 * the unit or the program shows that it needs is kept all the same.
 */
export default {
  ...hardened,
  profile: {
    needs: [...serving, 'netlink', 'proc-files'],
    asRoot: ['superuser', 'host-users', 'root-files', 'CAP_DAC_READ_SEARCH', 'CAP_SYS_PTRACE'],
    ifUnknown: [
      ...applications,
      'other-processes',
      'raw-devices',
      'clock',
      '@clock',
      'kernel-log',
      'host-control-groups',
      'CAP_NET_RAW',
      'CAP_SYS_ADMIN',
      'CAP_SYS_RAWIO',
      'CAP_SYSLOG',
    ],
    closed: true,
  },
} satisfies Config
