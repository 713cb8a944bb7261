import {readFile, writeFile} from 'node:fs/promises'
import path from 'node:path'
import {accessIds} from '../facts/accesses.ts'
import type {AccessId} from '../facts/accesses.ts'
import {rowOf} from '../facts/sandboxing/rows.ts'
import {denials} from '../needs/denials.ts'
import {denialContext} from '../needs/denial-context.ts'
import {isWithin, listedPaths} from '../needs/evidence/declared.ts'
import {ofSets} from '../needs/evidence/of-sets.ts'
import {evidence} from '../needs/needs.ts'
import {isKnownProgram} from '../needs/programs/programs.ts'
import {onRuntimes} from '../needs/uncounted.ts'
import {deniedBy} from '../rule/denied.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {
  borneBy,
  packagedServices,
  packagedTable,
  tableRows,
  servicesOf,
  unitOfService,
} from './facts-attested.ts'
import type {ProductionService} from './facts-attested.ts'
import {optionDenials, readTable, runs, trialsOf} from './needs-table.ts'
import type {MeasuredTable} from './needs-table.ts'

/**
 * Write how many services need an access: `facts-rarity FOLDER`, run at the top of the repository.
 *
 * FOLDER has `production-hardening.tsv` and `needs-measured.tsv`. Counted are programs, each once
 * for each user that it runs as: those of which a source of tier A, B, C or E says, or a
 * measurement shows, that they need an access or do without it.
 */
export async function main(args: readonly string[]): Promise<void> {
  const [folder] = args
  if (folder === undefined) throw new Error('Expected a folder of tables: facts-rarity FOLDER')
  const read = async (name: string): Promise<string> => readFile(path.join(folder, name), 'utf8')
  const services = [
    ...servicesOf(tableRows(await read('production-hardening.tsv'))),
    ...packagedServices(await readFile(packagedTable, 'utf8')),
  ]
  await writeFile(
    'src/needs/data/rarity.ts',
    rarityModule(services, readTable(await read('needs-measured.tsv'))),
  )
}

/** The kinds of services that are counted, the last with all programs. */
const kinds = [
  'known',
  'packaged root',
  'packaged own',
  'unheard-of root',
  'unheard-of own',
] as const
type RarityKind = (typeof kinds)[number]

/** How often each access is needed, by kind. */
export type AccessCounts = ReadonlyMap<
  AccessId,
  ReadonlyMap<RarityKind, {readonly needing: number; readonly of: number}>
>

/**
 * What 72 daemons needed that showed no sign of it, each asked by a client that does its work,
 * under one more line each: how many failed, of how many that it was tried on. Of `@resources` the
 * eighty services of test/boot are counted in, of which two failed: rsyslogd of Debian 12, and a
 * check that nrpe runs by sudo; and cvsd, which renices itself.
 */
const triedOnDaemons: Readonly<Partial<Record<AccessId, readonly [needing: number, of: number]>>> =
  {
    CAP_IPC_LOCK: [0, 33],
    CAP_AUDIT_WRITE: [0, 33],
    CAP_MKNOD: [0, 33],
    CAP_SYS_PTRACE: [0, 33],
    CAP_SYS_NICE: [0, 33],
    CAP_SYS_RESOURCE: [0, 33],
    // One of our own in test/boot reads the environments of others by it.
    CAP_SYS_ADMIN: [1, 41],
    // The eighty services of test/boot are counted in: it was tried on 25 of them that show no
    // sign, and none failed.
    CAP_NET_ADMIN: [1, 56],
    '@resources': [3, 116],
    'write-config': [1, 51],
    // Seventeen of the services that were held back, whose programs the tables know, are counted in.
    'proc-files': [0, 51],
    'write-exec-memory': [0, 48],
  }

/** Count who needs what. */
export function countsOf(
  services: readonly ProductionService[],
  table: MeasuredTable,
): AccessCounts {
  const counted = new Map<string, {needing: boolean}>()
  const count = (id: AccessId, kind: RarityKind, program: string, needing: boolean): void => {
    const key = `${id}\t${kind}\t${program}`
    counted.set(key, {needing: needing || (counted.get(key)?.needing ?? false)})
  }
  for (const service of thoughtOut(services.filter(({tier}) => 'ABCE'.includes(tier))))
    countService(service, count)
  countJobs(table, count)
  const counts = new Map<AccessId, Map<RarityKind, {needing: number; of: number}>>()
  const add = (id: AccessId, kind: RarityKind, needing: number, of: number): void => {
    const byKind = counts.get(id) ?? new Map<RarityKind, {needing: number; of: number}>()
    const before = byKind.get(kind) ?? {needing: 0, of: 0}
    counts.set(id, byKind.set(kind, {needing: before.needing + needing, of: before.of + of}))
  }
  for (const [key, {needing}] of counted) {
    const [id = '', kind = ''] = key.split('\t')
    // Both were just put together.
    add(id as AccessId, kind as RarityKind, needing ? 1 : 0, 1)
  }
  for (const [id, [needing, of]] of Object.entries(triedOnDaemons)) {
    // The daemons are programs that the tables know; most of them start as root.
    for (const kind of ['known', 'packaged root', 'unheard-of root'] as const)
      add(id as AccessId, kind, needing, of)
  }
  return counts
}

/** Without those that were given the same lines as another by the same hand: that is one thought. */
function* thoughtOut(services: readonly ProductionService[]): Generator<ProductionService> {
  const seen = new Set<string>()
  for (const service of services) {
    const {maintainer, lines} = service
    const thought = JSON.stringify([maintainer, lines])
    if (maintainer === undefined || !seen.has(thought)) yield service
    seen.add(thought)
  }
}

type Count = (id: AccessId, kind: RarityKind, program: string, needing: boolean) => void

/**
 * What a unit has that is no hardening: where evidence is looked for. What it may write of a
 * protected system is said by nobody who does not protect it.
 */
const given: ReadonlySet<string> = new Set([
  'User',
  'DynamicUser',
  'AmbientCapabilities',
  'SupplementaryGroups',
])

function countService(service: ProductionService, count: Count): void {
  const {program, lines} = service
  const unit = unitOfService({program, lines: lines.filter(([directive]) => given.has(directive))})
  const shown = evidence(unit)
  // What hangs on others is none of the program's.
  const signs = new Set(shown.flatMap(({access, isOfOthers}) => (isOfOthers ? [] : [access])))
  // Of systemd's own nothing is ever safe.
  if (signs.has('anything') || /^(?:systemd|nm)-/.test(program)) return
  const {bears, needs} = saidBy(service)
  const user = denialContext(unit).capabilities === 'all' ? 'root' : 'own'
  const onRuntime =
    signs.has('write-exec-memory') || shown.some(({because}) => because.includes('` runs on `'))
  const isKnown = isKnownProgram(`/usr/bin/${program}`)
  const its: readonly RarityKind[] = [
    `unheard-of ${user}`,
    ...(onRuntime ? [] : ([`packaged ${user}`, ...(isKnown ? (['known'] as const) : [])] as const)),
  ]
  for (const id of accessIds) {
    if (signs.has(id) || !(bears.has(id) || needs.has(id))) continue
    for (const kind of onRuntimes.has(id) ? its.filter((one) => one === 'known') : its)
      count(id, kind, program, needs.has(id))
  }
  // A program that nobody knows is one like these before the tables knew it: what they tell of it
  // since is no reason to leave it out.
  if (interpreters.has(program)) return
  for (const id of onRuntimes) {
    const isLeft = !bears.has(id) && (signs.has(id) || !isKnown) && deniesNearlyAll(service)
    if (!bears.has(id) && !needs.has(id) && !isLeft) continue
    for (const kind of ['packaged', 'unheard-of'] as const)
      count(id, `${kind} ${user}`, program, needs.has(id) || isLeft)
  }
}

/** What those deny who go through all that there is to deny. */
const denied = [
  'LockPersonality',
  'ProtectClock',
  'ProtectControlGroups',
  'ProtectHostname',
  'ProtectKernelLogs',
  'ProtectKernelModules',
  'RestrictNamespaces',
  'RestrictRealtime',
  'SystemCallArchitectures',
  'SystemCallFilter',
] as const

/**
 * Whether a service is denied so much that what it is left was left to it: who compiles code while
 * it runs is not told `MemoryDenyWriteExecute=no`, as that is what it has without a line.
 */
function deniesNearlyAll({lines}: ProductionService): boolean {
  const set = new Set(lines.flatMap(([directive, value]) => (value === 'no' ? [] : [directive])))
  return denied.filter((directive) => set.has(directive)).length > 6
}

/**
 * What the lines of a service say: what it does without, and what it is left, be it by name or by a
 * value that is not the strictest.
 */
function saidBy(service: ProductionService): {
  bears: ReadonlySet<AccessId>
  needs: ReadonlySet<AccessId>
} {
  const full = unitOfService(service)
  const context = denialContext(full)
  // These are left off for the sake of the user, not of what it does.
  const lines = service.lines.filter(
    ([directive, value]) =>
      !(value === 'no' && (directive === 'DynamicUser' || directive === 'PrivateUsers')) &&
      !spelledOut.has(`${service.program} ${directive}=${value}`),
  )
  const said = borneBy({...service, lines})
  const bears = new Set(said.bears)
  const needs = new Set(said.needs)
  for (const directive of new Set(lines.map(([its]) => its))) {
    if (!rowOf(directive)) continue
    const denied = deniedBy(full, directive)
    const strictest = strictestOf[directive]
    if (strictest === undefined) continue
    const [least, most] = strictest
    if (denied.size === 0) for (const id of least) needs.add(id)
    for (const id of most === undefined ? [] : denials(directive, most, context))
      if (!denied.has(id) && id !== 'host-mounts') needs.add(id)
  }
  for (const {access, because} of ofSets(full)) {
    const word = because.split('`')[3] ?? ''
    // A capability by name says that it may be used, and no more.
    if (
      !because.startsWith('`AmbientCapabilities=`') &&
      (!word.startsWith('CAP_') || access === word)
    )
      needs.add(access)
  }
  for (const id of writtenBy(full)) needs.add(id)
  for (const id of needs) bears.delete(id)
  return {bears, needs}
}

/**
 * Defaults that a unit spells out beside all others, though its program does without: it was booted
 * with the strictest value and did its work for a client, `pkcsconf`.
 */
const spelledOut: ReadonlySet<string> = new Set([
  'pkcsslotd ProcSubset=all',
  'pkcsslotd ProtectProc=default',
])

/** What a service writes of a protected system, by what it is left of it. */
function writtenBy(unit: LoadedUnit): readonly AccessId[] {
  const areas = [
    ['/etc', 'write-config'],
    ['/usr', 'write-system'],
  ] as const
  return ['ReadWritePaths', 'BindPaths']
    .flatMap((key) => listedPaths(unit, key))
    .flatMap(({path, inside}) =>
      areas.flatMap(([area, id]) => (isWithin(inside ?? path, [area]) ? [id] : [])),
    )
}

/**
 * What is left to a service where a word denies nothing at all, and the value that it may fall
 * short of.
 */
const strictestOf: Readonly<Record<string, readonly [least: readonly AccessId[], most?: string]>> =
  {
    ProtectSystem: [['write-system']],
    ProcSubset: [['proc-files']],
    ProtectProc: [['other-processes']],
    ProtectHome: [['home-read', 'home-write'], 'yes'],
    UMask: [[], '0077'],
  }

/** Interpreters are what runtimes are: programs that run on them do not say so by their names. */
const interpreters: ReadonlySet<string> = new Set(
  'node python3 ruby java perl php php8.4 luajit lua5.4 guile mono erl pypy3 sbcl gjs'.split(' '),
)

/**
 * What jobs were measured to need and to do without, as if nothing were known of their programs.
 */
function countJobs(table: MeasuredTable, count: Count): void {
  for (const {job, user, needs} of trialsOf(table)) {
    if (job.isProbe) continue
    const [file = ''] = job.command.split(' ')
    const program = `${file.slice(file.lastIndexOf('/') + 1)} ${job.mode ?? ''}`
    const kind = user === 'root' ? 'root' : 'own'
    const denied = new Set(
      table.options
        .filter((option) => runs(option, user))
        .flatMap((option) => optionDenials(option, job, user)),
    )
    for (const id of accessIds) {
      if (!denied.has(id) && !needs.includes(id)) continue
      count(id, `unheard-of ${kind}`, program, needs.includes(id))
      if (!interpreters.has(program.split(' ')[0] ?? ''))
        count(id, `packaged ${kind}`, program, needs.includes(id))
    }
  }
}

/** The text of `src/needs/data/rarity.ts`. */
export function rarityModule(services: readonly ProductionService[], table: MeasuredTable): string {
  const counts = countsOf(services, table)
  const cell = (id: AccessId, kind: RarityKind): string => {
    const {needing, of} = counts.get(id)?.get(kind) ?? {needing: 0, of: 0}
    return `${needing}/${of}`
  }
  const witnessed = Object.entries(triedOnDaemons).flatMap(([id, [needing]]) =>
    needing > 0 ? [id] : [],
  )
  return [
    '// Generated by `node src/dev/run.mjs facts-rarity FOLDER`; do not edit.',
    '',
    '/** The kinds of services of the columns. */',
    `export const rarityKinds = '${kinds.join(',')}'`,
    '',
    '/** What a daemon needed that showed no sign of it. */',
    `export const rarityWitnessed = '${witnessed.join(' ')}'`,
    '',
    '/** `ACCESS NEEDING/OF ...`: how many services of each kind need an access though nothing shows it, of how many that say. */',
    'export const rarityRows = `',
    ...accessIds
      .filter((id) => counts.has(id))
      .map((id) => [id, ...kinds.map((kind) => cell(id, kind))].join(' ')),
    '`',
    '',
  ].join('\n')
}
