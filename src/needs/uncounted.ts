import type {AccessId} from '../facts/accesses.ts'
import {rarityWitnessed} from './data/rarity.ts'
import type {Population} from './populations.ts'

/** Whether no count tells of an access where a service is of a kind. */
export function isUncounted(
  {asRoot, program, ofUser, isUnread, isByFolderAlone}: Population,
  id: AccessId,
): boolean {
  return (
    onSetUp.has(id) ||
    (ofUser === true && inSessions.has(id)) ||
    (isUnread === true && ofTheirOwn.has(id)) ||
    (asRoot &&
      (onBecomingAnother.has(id) ||
        (witnessed.has(id) && !(program === 'known' && toldSince.has(id))))) ||
    (isByFolderAlone === true && onRuntimes.has(id)) ||
    (program === 'unheard-of' && (onRuntimes.has(id) || (asRoot && onBecomingAnotherByPam.has(id))))
  )
}

/**
 * What hangs on how a service is set up and not on what its program is: the network, places, users,
 * memory, and what daemons do to become another user. Those who harden theirs are those who can, so
 * that no count tells of the others.
 */
const onSetUp: ReadonlySet<AccessId> = new Set<AccessId>([
  ...(['anything', 'unknown-effect', 'without-bpf'] as const),
  ...([
    'notify',
    'inet',
    'inet-local',
    'bind-ports',
    'unix-sockets',
    'abstract-sockets',
    'netlink',
    'host-network',
  ] as const),
  ...([
    'home-read',
    'home-write',
    'write-anywhere',
    'temporary-files',
    'run-anywhere',
    'pseudo-devices',
  ] as const),
  ...(['locked-memory', '@memlock', '@aio'] as const),
  ...([
    'fixed-user',
    'host-users',
    'superuser',
    'root-files',
    'world-readable-files',
    'group-shared-files',
    'host-pids',
  ] as const),
  ...([
    'CAP_CHOWN',
    'CAP_DAC_OVERRIDE',
    'CAP_DAC_READ_SEARCH',
    'CAP_FOWNER',
    'CAP_FSETID',
    'CAP_KILL',
  ] as const),
  ...([
    'CAP_SETGID',
    'CAP_SETUID',
    'CAP_SETPCAP',
    'CAP_SETFCAP',
    'CAP_NET_BIND_SERVICE',
    'CAP_NET_RAW',
    'CAP_SYS_CHROOT',
  ] as const),
])

/**
 * What a root that becomes another user calls, which the table of what is known may not tell of an
 * unknown one.
 */
const onBecomingAnother: ReadonlySet<AccessId> = new Set<AccessId>([
  '@privileged',
  '@setuid',
  '@chown',
])

/**
 * What `sudo`, `su` and `runuser` tell as root, or fail (pam(8)): by these becomes another user what
 * people write for themselves, where daemons call `setuid()`.
 */
const onBecomingAnotherByPam: ReadonlySet<AccessId> = new Set<AccessId>(['CAP_AUDIT_WRITE'])

/**
 * What people run in their sessions does and services of the system seldom do: windows, sound,
 * mounts of one's own, copies that keep their owners.
 */
const inSessions: ReadonlySet<AccessId> = new Set<AccessId>([
  'raw-devices',
  'shared-tmp',
  'shared-ipc',
  'other-processes',
  'host-mounts',
  'write-exec-memory',
  '@resources',
  '@privileged',
  '@setuid',
  '@chown',
])

/**
 * What people's own services do and those that packages bring do not: they share a log, a pipe or a
 * terminal in `/tmp`, and drive what somebody wired to a board. Of those that were drawn by chance
 * with the unit alone in sight more did than the bound has it: 6 of 166, and 3 of 40 by no word that
 * tells of devices (docs/evidence.md).
 */
const ofTheirOwn: ReadonlySet<AccessId> = new Set<AccessId>(['shared-tmp', 'raw-devices'])

/**
 * What runtimes need: where no package brought a program, it may run on one that comes with it,
 * which none of those counted did. Those who need it leave it off, and say nothing. Of people's own
 * that only look like a package's, 3 of 15 lost something by it (docs/evidence.md).
 */
export const onRuntimes: ReadonlySet<AccessId> = new Set<AccessId>(['write-exec-memory'])

/** What a daemon needed that showed no sign of it. */
const witnessed: ReadonlySet<string> = new Set(rarityWitnessed.split(' '))

/**
 * Of these the tables tell since: known programs that need them show it, and none did that it was
 * tried on then.
 */
const toldSince: ReadonlySet<AccessId> = new Set<AccessId>([
  'CAP_NET_ADMIN',
  'CAP_SYS_ADMIN',
  '@resources',
])
