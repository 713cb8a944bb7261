import type {AccessId} from '../facts/accesses.ts'
import {query} from '../unit/query.ts'
import {rarityKinds, rarityRows, rarityWitnessed} from './data/rarity.ts'

/**
 * What is known of a service before its evidence: how many of its kind need an access is counted.
 */
export interface Population {
  /** Some command of it starts as root. */
  readonly asRoot: boolean
  /**
   * All its programs are in the tables; or come from folders where packages put them; or neither.
   */
  readonly program: 'known' | 'packaged' | 'unheard-of'
  /** It is of a user's manager; those that are counted are the system's. */
  readonly ofUser?: true
}

/** All kinds; what is rare is worked out once for each of these. */
export const populations: readonly Population[] = [true, false].flatMap((asRoot) =>
  (['known', 'packaged', 'unheard-of'] as const).map((program): Population => ({asRoot, program})),
)

/** The same of users' managers. */
export const populationsOfUsers: readonly Population[] = populations
  .filter(({asRoot}) => !asRoot)
  .map((kind): Population => ({...kind, ofUser: true}))

/**
 * How many services need an access, of those of a kind that say something about it and show no sign
 * of it.
 */
export interface Figure {
  readonly needing: number
  readonly of: number
}

/**
 * The bound: where no more than one service in sixteen of a kind can need an access, with 95 %
 * confidence, denying it is safe without evidence about the program. Of those counted hardly one in
 * forty does; what is counted, and what came of it, is in docs/evidence.md.
 */
export const mostNeeding = 1 / 16

/** The quantile of the normal distribution below which 95 % of it lies. */
const confidence = 1.645

/**
 * The share of services that need something, as it may be at most with 95 % confidence (Wilson's
 * bound, one-sided).
 */
export function upperBound({needing, of}: Figure): number {
  if (of === 0) return 1
  const share = needing / of
  const square = confidence ** 2
  const spread = confidence * Math.sqrt((share * (1 - share)) / of + square / (4 * of ** 2))
  return (share + square / (2 * of) + spread) / (1 + square / of)
}

/**
 * Whether so few services of a kind need an access that denying it is safe where nothing shows that
 * this one does.
 */
export function isRare(id: AccessId, kind: Population): boolean {
  return rare(kind, id)
}

/** Whether hardly any service needs an access, of whatever kind it is. */
export function isRareForAll(id: AccessId): boolean {
  return populations.every((kind) => isRare(id, kind))
}

/** The figure behind: of the kind where few are known, else of all that run as the same user. */
export function figureOf(id: AccessId, kind: Population): Figure {
  const cells = cellsOf(id)
  const all = figureIn(cells, {...kind, program: 'unheard-of'})
  return upperBound(all) <= mostNeeding ? all : figureIn(cells, kind)
}

const none: Figure = {needing: 0, of: 0}

/** In words: how few need it. */
export function rarityWords(id: AccessId, kind: Population): string {
  const {needing, of} = figureOf(id, kind)
  return needing === 0
    ? `no such service minds (0 of ${of})`
    : `hardly any such service minds (${needing} of ${of})`
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
 * What runtimes need: where no package brought a program, it may run on one that comes with it,
 * which none of those counted did. Those who need it leave it off, and say nothing.
 */
export const onRuntimes: ReadonlySet<AccessId> = new Set<AccessId>(['write-exec-memory'])

/** Counted nowhere by themselves: what has the same needs in every unit that has them. */
const countedAs: Readonly<Partial<Record<AccessId, AccessId>>> = {
  'delegated-control-groups': 'control-groups',
  'host-bpf': 'CAP_BPF',
}

/** Of known programs there are too few to count those of root apart. */
function keyOf(kind: Population): string {
  return kind.program === 'known' ? 'known' : nameOf(kind)
}

function nameOf({asRoot, program}: Population): string {
  return `${program} ${asRoot ? 'root' : 'own'}`
}

/** What the table has of an access, a cell for each kind; none for what is not counted. */
function cellsOf(id: AccessId): readonly string[] {
  const found = `\n${countedAs[id] ?? id} `
  const start = rarityRows.indexOf(found)
  return start === -1
    ? []
    : rarityRows.slice(start + found.length, rarityRows.indexOf('\n', start + 1)).split(' ')
}

function figureIn(cells: readonly string[], kind: Population): Figure {
  const cell = cells[kinds.indexOf(keyOf(kind))]
  if (cell === undefined) return none
  const slash = cell.indexOf('/')
  return {needing: Number(cell.slice(0, slash)), of: Number(cell.slice(slash + 1))}
}

const kinds: readonly string[] = rarityKinds.split(',')

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

const rare = query(
  (kind: Population, id: AccessId): boolean =>
    !isOpen(kind, id) && upperBound(figureOf(id, kind)) <= mostNeeding,
)

/** Whether no count tells of an access where a service is of a kind. */
function isOpen({asRoot, program, ofUser}: Population, id: AccessId): boolean {
  return (
    onSetUp.has(id) ||
    (ofUser === true && inSessions.has(id)) ||
    (asRoot &&
      (onBecomingAnother.has(id) ||
        (witnessed.has(id) && !(program === 'known' && toldSince.has(id))))) ||
    (program === 'unheard-of' && (onRuntimes.has(id) || (asRoot && onBecomingAnotherByPam.has(id))))
  )
}
