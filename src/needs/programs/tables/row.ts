import {namespaceIds} from '../../../facts/accesses.ts'
import type {AccessId} from '../../../facts/accesses.ts'
import type {ModeName} from '../modes.ts'

/** Programs with needs in common. */
export interface KnownPrograms {
  /** Names of files, separated by spaces; one that ends in `*` stands for all that begin so. */
  readonly programs: string
  readonly needs: readonly AccessId[]
  /** What they do that has these needs: a verb in the third person and what follows it. */
  readonly because: string
  /** Where it is told: an issue of a public tracker, a manual; `untried` where it is believed. */
  readonly source: string
  /** There is more that they need, which no row tells: they are not known by this one. */
  readonly isPartial?: true
  /** Only when used so. */
  readonly mode?: ModeName
  /**
   * `sure`: it fails without, however it is used; `told`: whoever uses it as most do misses it.
   * Absent: it may.
   */
  readonly grade?: 'sure' | 'told'
}

/** What mounting a file system for others takes. */
export const mounting = ['host-mounts', '@mount', 'CAP_SYS_ADMIN', 'superuser'] as const satisfies readonly AccessId[]

/** What browsers take to show pages, and to keep them apart. */
export const showingPages = [
  ...namespaceIds,
  '@mount',
  '@privileged',
  'suid-files',
  'privileges-by-exec',
  'write-exec-memory',
  'proc-files',
  'raw-devices',
] as const satisfies readonly AccessId[]

/** What making folders for others takes. */
export const makingFolders = [
  'suid-files',
  'group-writable-files',
  'host-users',
  'root-files',
  'CAP_CHOWN',
  'CAP_FOWNER',
  'CAP_DAC_OVERRIDE',
  'CAP_FSETID',
  '@chown',
] as const satisfies readonly AccessId[]

/** What a daemon needs to start as root and to become another user. */
export const droppingPrivileges = [
  'CAP_SETUID',
  'CAP_SETGID',
  'CAP_CHOWN',
  'CAP_DAC_OVERRIDE',
  'CAP_KILL',
  '@privileged',
  '@setuid',
  '@chown',
  'superuser',
  'host-users',
  'root-files',
] as const satisfies readonly AccessId[]

/** What running at once takes, before all others: root sets that by a capability. */
export const atOnce = ['realtime', 'CAP_SYS_NICE', '@resources'] as const satisfies readonly AccessId[]

/**
 * What setting the clock takes, and what daemons that do keep beside it: they set a list of
 * capabilities of their own, which fails as a whole where one is missing.
 */
export const settingClock = [
  'clock',
  '@clock',
  'CAP_SYS_TIME',
  'CAP_WAKE_ALARM',
  'raw-devices',
  ...atOnce,
  'CAP_SYS_RESOURCE',
  'CAP_IPC_LOCK',
  '@memlock',
  'locked-memory',
  'shared-ipc',
] as const satisfies readonly AccessId[]

/** What setting up interfaces, routes and filters takes. */
export const settingUpNetwork = [
  'netlink',
  'inet',
  'inet-local',
  'host-network',
  'CAP_NET_ADMIN',
  'CAP_NET_RAW',
  'superuser',
] as const satisfies readonly AccessId[]

/** What loading kernel modules takes. */
export const loadingModules = ['kernel-modules', '@module', 'CAP_SYS_MODULE'] as const satisfies readonly AccessId[]
