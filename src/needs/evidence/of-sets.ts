import {callGroupIds} from '../../facts/accesses.ts'
import type {AccessId, CapabilityId} from '../../facts/accesses.ts'
import {namespaceAccess} from '../denied-sets.ts'
import {denialContext} from '../denial-context.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import type {Assignment} from '../../unit/unit.ts'
import {capabilityNamed} from '../../values/capabilities.ts'
import {isNamespace} from '../../values/namespaces.ts'
import {splitWords} from '../../values/words.ts'
import {needsFor} from './need.ts'
import type {Need} from './need.ts'
import {valuesOf} from '../../unit/value.ts'
import type {Value} from '../../unit/value.ts'

/** What the sets show that a unit allows: whoever allows something by name needs it. */
export function* ofSets(unit: LoadedUnit): Generator<Need> {
  for (const [key, accessesOf] of sets) {
    for (const assignment of valuesOf(unit, key)) {
      if (assignment.value.startsWith('~')) break
      const toGo = wordsToGo(assignment)
      for (const {text} of splitWords(
        assignment.value.slice(0, 32_768),
        key === 'SystemCallFilter' ? 'plain' : 'quotes',
      ).words) {
        if (!toGo.has(text)) yield* named(text, accessesOf(text, unit), assignment)
      }
    }
  }
  yield* ofGained(unit)
}

/**
 * Powers that a user may have and is not given: whoever lists them has programs gain them that have
 * rights of their files, such as `sudo`, or the service itself after `setcap`.
 */
function* ofGained(unit: LoadedUnit): Generator<Need> {
  const {capabilities, noNewPrivileges} = denialContext(unit)
  if (capabilities === 'all' || noNewPrivileges || unit.manager === 'user') return
  for (const assignment of valuesOf(unit, 'CapabilityBoundingSet')) {
    if (assignment.value.includes('~')) return
    const gained = assignment.value
      .split(/\s+/)
      .map(capabilityNamed)
      // The names are those of the table of accesses; a test compares the two.
      .filter((name) => name !== undefined && !capabilities.has(name as CapabilityId))
    if (gained.length === 0) continue
    const because = `\`CapabilityBoundingSet=\` leaves it \`${gained[0]}\`, which it only has by the rights of a file`
    // Who becomes another user does so by `sudo`, or by `newuidmap` for containers of its own.
    const accesses: readonly AccessId[] = gained.includes('CAP_SETUID')
      ? ['privileges-by-exec', 'shared-tmp', 'user-namespaces', 'mount-namespaces']
      : ['privileges-by-exec']
    yield* needsFor(accesses, because, false, assignment)
  }
}

/**
 * The words that were to be taken away: they stand behind a `~` in the middle of the line, which
 * systemd passes over.
 */
function wordsToGo({assignment}: Value): ReadonlySet<string> {
  const tilde = assignment.value.search(/[ \t]~/)
  return new Set(tilde === -1 ? [] : assignment.value.slice(tilde + 1).split(/[ \t]+/))
}

function named(
  word: string,
  accesses: readonly AccessId[],
  assignment: Assignment,
): readonly Need[] {
  return needsFor(accesses, `\`${assignment.key}=\` names \`${word}\``, false, assignment)
}

const sets: ReadonlyArray<
  readonly [string, (word: string, unit: LoadedUnit) => readonly AccessId[]]
> = [
  ['AmbientCapabilities', ofCapability],
  ['CapabilityBoundingSet', ofCapability],
  ['RestrictAddressFamilies', ofFamily],
  [
    'RestrictNamespaces',
    (word, {target}) => (isNamespace(word, target.version) ? [namespaceAccess[word]] : []),
  ],
  ['SystemCallFilter', ofCalls],
]

function ofCapability(word: string): readonly AccessId[] {
  const name = capabilityNamed(word)
  // The names are those of the table of accesses; a test compares the two.
  return name === undefined ? [] : [name as CapabilityId, ...(uses[name as CapabilityId] ?? [])]
}

/** What a capability is asked for (capabilities(7)). */
const uses: Readonly<Partial<Record<CapabilityId, readonly AccessId[]>>> = {
  CAP_AUDIT_CONTROL: ['netlink', 'exotic-sockets'],
  CAP_AUDIT_READ: ['netlink', 'exotic-sockets'],
  CAP_AUDIT_WRITE: ['netlink'],
  CAP_BLOCK_SUSPEND: ['kernel-tunables'],
  CAP_BPF: ['@privileged', 'unlisted-system-calls', 'host-bpf'],
  CAP_CHOWN: ['@chown', 'host-users'],
  CAP_DAC_OVERRIDE: ['host-users', 'root-files'],
  CAP_DAC_READ_SEARCH: ['host-users', 'root-files'],
  CAP_FOWNER: ['host-users'],
  CAP_FSETID: ['suid-files'],
  CAP_IPC_LOCK: ['@memlock', 'locked-memory'],
  CAP_IPC_OWNER: ['shared-ipc'],
  CAP_KILL: ['host-users'],
  CAP_MKNOD: ['raw-devices'],
  CAP_NET_ADMIN: ['netlink', 'host-network', 'superuser'],
  CAP_NET_BIND_SERVICE: ['inet', 'inet-local', 'bind-ports', 'superuser'],
  CAP_NET_RAW: ['packet-sockets', 'inet', 'superuser'],
  CAP_PERFMON: ['@debug', 'unlisted-system-calls'],
  CAP_SETFCAP: ['user-namespaces'],
  CAP_SETGID: ['@setuid'],
  CAP_SETPCAP: ['@privileged'],
  CAP_SETUID: ['@setuid'],
  CAP_SYSLOG: ['kernel-log'],
  CAP_SYS_ADMIN: [
    'host-mounts',
    '@mount',
    'mount-namespaces',
    'hostname',
    'superuser',
    '@privileged',
  ],
  CAP_SYS_BOOT: ['@reboot'],
  CAP_SYS_CHROOT: ['@mount', 'unlisted-system-calls'],
  CAP_SYS_MODULE: ['kernel-modules', '@module'],
  CAP_SYS_NICE: ['realtime', '@resources'],
  CAP_SYS_PTRACE: ['other-processes', 'host-pids', '@debug'],
  CAP_SYS_RAWIO: ['raw-devices', '@raw-io'],
  CAP_SYS_RESOURCE: ['@resources'],
  CAP_SYS_TIME: ['clock', '@clock'],
  CAP_SYS_TTY_CONFIG: ['raw-devices'],
  CAP_WAKE_ALARM: ['clock'],
}

function ofFamily(word: string): readonly AccessId[] {
  switch (word.toUpperCase()) {
    case 'AF_INET':
    case 'AF_INET6':
      return ['inet', 'inet-local']
    case 'AF_UNIX':
    case 'AF_LOCAL':
    case 'AF_FILE':
      return ['unix-sockets']
    case 'AF_NETLINK':
    case 'AF_ROUTE':
      return ['netlink']
    case 'AF_PACKET':
      return ['packet-sockets']
    default:
      return /^AF_/i.test(word) ? ['exotic-sockets'] : []
  }
}

function ofCalls(word: string): readonly AccessId[] {
  return callGroupIds.filter((group) => group === word)
}
