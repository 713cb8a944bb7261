import type {AccessId} from '../src/facts/accesses.ts'

/** What serving others takes, whoever one is. */
export const serving = [
  'inet',
  'inet-local',
  'bind-ports',
  'unix-sockets',
  'host-network',
  'notify',
  'fixed-user',
  // Masters tell systemd and others the process IDs of their workers.
  'host-pids',
  'write-anywhere',
  'temporary-files',
  'group-shared-files',
  'world-readable-files',
  // Of the machine nothing is known.
  'without-bpf',
] as const satisfies readonly AccessId[]

/** What it takes to start as root, open what only root may open, and become another user. */
export const becomingAnother = [
  'superuser',
  'host-users',
  'root-files',
  'CAP_SETUID',
  'CAP_SETGID',
  'CAP_CHOWN',
  'CAP_DAC_OVERRIDE',
  'CAP_KILL',
  'CAP_NET_BIND_SERVICE',
  '@setuid',
  '@chown',
  '@privileged',
] as const satisfies readonly AccessId[]

/** What a program may want to know or do of which nobody knows anything. */
export const applications = [
  'netlink',
  'proc-files',
  'write-exec-memory',
  'home-read',
  'home-write',
] as const satisfies readonly AccessId[]

/** What a daemon that starts as root may do of which nobody knows anything. */
export const daemons = [
  ...applications,
  'CAP_DAC_READ_SEARCH',
  'CAP_FOWNER',
  'CAP_FSETID',
  'CAP_SYS_CHROOT',
  'CAP_SYS_RESOURCE',
  '@mount',
  '@resources',
] as const satisfies readonly AccessId[]
