import type {AccessId, CapabilityId} from '../facts/accesses.ts'
import {denials} from '../needs/denials.ts'
import {plainContext} from '../needs/denial-context.ts'
import type {DenialContext} from '../needs/denial-context.ts'
import {jobs} from './facts-needs-jobs.ts'
import type {Job} from './facts-needs-jobs.ts'

/** What a table of measurements says. */
export interface MeasuredTable {
  /** Where and when, as the table says in its comments. */
  readonly provenance: string
  readonly options: readonly string[]
  readonly rows: readonly BrokenRow[]
  /** Names of the jobs, as which users they ran. */
  readonly jobs: ReadonlyMap<string, readonly User[]>
}

type User = 'root' | 'u'

interface BrokenRow {
  readonly job: string
  readonly user: User
  readonly option: string
  readonly result: string
}

/** Read a table of measurements. */
export function readTable(text: string): MeasuredTable {
  const lines = text.split('\n').filter((line) => line !== '')
  const cells = lines.filter((line) => !line.startsWith('#')).map((line) => line.split('\t'))
  const users = new Map<string, User[]>()
  for (const [kind, , , job = '', user] of cells) {
    if (kind === 'JOB') users.set(job, [...(users.get(job) ?? []), userNamed(user)])
  }
  return {
    provenance:
      /systemd [0-9][^;]*; kernel [^;]*; [0-9-]+/.exec(lines.slice(0, 2).join(' '))?.[0] ??
      'unknown',
    options: cells.filter(([kind]) => kind === 'OPTION').map((row) => row[5] ?? ''),
    rows: cells
      .filter(([kind]) => kind === 'BROKEN')
      .flatMap(([, , , job = '', who = '', option = '', result = '']) =>
        who.split('+').map((user) => ({job, user: userNamed(user), option, result})),
      ),
    jobs: users,
  }
}

function userNamed(user: string | undefined): User {
  if (user !== 'root' && user !== 'u') throw new Error(`Unexpected user \`${user}\` in the table`)
  return user
}

const isOption =
  /^(?<settings>[A-Za-z]+=.*?)(?: \((?<answer>EPERM|kill)\)| \+(?<more>RW\(W\)|Allow=localhost))?$/

/** Directives and values that a column of the table stands for. */
function settingsOf(option: string): {
  settings: ReadonlyArray<readonly [string, string]>
  context: Partial<DenialContext>
} {
  if (option === 'openSUSE-automatic-set') return {settings: automaticSet, context: {}}
  const {settings = '', answer, more} = isOption.exec(option)?.groups ?? {}
  const [directive = '', value = ''] = [
    settings.slice(0, settings.indexOf('=')),
    settings.slice(settings.indexOf('=') + 1),
  ]
  const context: Partial<DenialContext> = {
    callErrors: answer !== 'kill',
    allowsAddresses: more === 'Allow=localhost',
  }
  const [first = '', rest] = directive === 'SystemCallFilter' ? value.split(' ~') : [value]
  return {
    settings: [
      [directive, first] as const,
      ...(rest === undefined ? [] : [[directive, `~${rest}`] as const]),
    ],
    context,
  }
}

const automaticSet = [
  ['ProtectSystem', 'full'],
  ['ProtectHome', 'true'],
  ['PrivateDevices', 'true'],
  ['ProtectHostname', 'true'],
  ['ProtectClock', 'true'],
  ['ProtectKernelTunables', 'true'],
  ['ProtectKernelModules', 'true'],
  ['ProtectKernelLogs', 'true'],
  ['ProtectControlGroups', 'true'],
  ['RestrictRealtime', 'true'],
] as const

/** What a column of the table denies to a job. */
export function optionDenials(option: string, job: Job, user: User): readonly AccessId[] {
  const {settings, context} = settingsOf(option)
  const full: DenialContext = {
    ...plainContext,
    version: 257,
    capabilities: user === 'root' ? 'all' : ambient(job),
    ...context,
  }
  return [...new Set(settings.flatMap(([directive, value]) => denials(directive, value, full)))]
}

function ambient(job: Job): ReadonlySet<CapabilityId> {
  return new Set(
    job.lines?.includes('AmbientCapabilities=CAP_NET_BIND_SERVICE') ? ['CAP_NET_BIND_SERVICE'] : [],
  )
}

/** What one user's run of a job says. */
export interface MeasuredRun {
  readonly name: string
  readonly job: Job
  readonly user: User
  /** Options that broke it, its own plumbing left out. */
  readonly broken: readonly string[]
  /** What explains them, beyond what the job shows by itself. */
  readonly needs: readonly AccessId[]
}

/** What the rows of each job say, by user. */
export function trialsOf(table: MeasuredTable): readonly MeasuredRun[] {
  const trials: MeasuredRun[] = []
  for (const [name, users] of table.jobs) {
    for (const user of users) {
      const rows = table.rows.filter((row) => row.job === name && row.user === user)
      if (rows.length === 0) continue
      const job = Object.hasOwn(jobs, name) ? jobs[name] : undefined
      if (!job)
        throw new Error(
          `Expected the command of the job \`${name}\` in src/dev/facts-needs-jobs.ts`,
        )
      const broken = rows.filter((row) => !isPlumbing(row, rows, job)).map((row) => row.option)
      const worked = table.options.filter(
        (option) => runs(option, user) && !rows.some((row) => row.option === option),
      )
      trials.push({name, job, user, broken, needs: explain(job, user, broken, worked)})
    }
  }
  return trials
}

/** Whether a column was tried as a user: some were as root only. */
export function runs(option: string, user: User): boolean {
  return user === 'root' || !/\(kill\)$|^CapabilityBoundingSet=~|^DynamicUser=/.test(option)
}

/** What broke was the frame of the job: a pipe of its script, or the folder that it was given. */
function isPlumbing({option, result}: BrokenRow, rows: readonly BrokenRow[], job: Job): boolean {
  if (/: [0-9]+: Pipe call failed$/.test(result) || job.frame?.includes(option)) return true
  const isBroken = (other: string): boolean => rows.some((row) => row.option === other)
  return (
    (option === 'ProtectSystem=strict' || option === 'DynamicUser=yes') &&
    !isBroken(`${option} +RW(W)`)
  )
}

/**
 * The fewest accesses such that every option that broke the job denies one.
 *
 * An access that is also denied by an option under which the job worked does not explain anything,
 * unless nothing else does.
 */
function explain(
  job: Job,
  user: User,
  broken: readonly string[],
  worked: readonly string[],
): readonly AccessId[] {
  const innocent = new Set([
    ...neverTried,
    ...worked.flatMap((option) => deniedInFull(option, job, user)),
  ])
  const shown = new Set(job.shown)
  const found = new Set(job.needs)
  const guilty = (option: string): readonly AccessId[] =>
    optionDenials(option, job, user).filter(
      (id) => !innocent.has(id) && (user === 'root' || !id.startsWith('CAP_')),
    )
  let open = broken.filter(
    (option) => !optionDenials(option, job, user).some((id) => shown.has(id) || found.has(id)),
  )
  while (open.length > 0) {
    const most = mostFrequent(
      open.map((option) =>
        guilty(option).length > 0 ? guilty(option) : optionDenials(option, job, user).slice(0, 1),
      ),
    )
    found.add(most)
    open = open.filter((option) => !optionDenials(option, job, user).includes(most))
  }
  for (const option of broken) {
    if (optionDenials(option, job, user).some((id) => shown.has(id))) continue
    for (const id of alsoNamed(option, guilty(option), found)) found.add(id)
  }
  return [...found]
}

/** Tried by no column of their own; nothing in the table points to them. */
const neverTried: readonly AccessId[] = [
  'CAP_NET_BROADCAST',
  'CAP_SYS_PACCT',
  'CAP_MAC_OVERRIDE',
  'CAP_AUDIT_READ',
]

/** What a column denies altogether, so that a job that works under it does not need it. */
function deniedInFull(option: string, job: Job, user: User): readonly AccessId[] {
  // The peers of the jobs were on their own host.
  if (option.includes('Allow=localhost')) return []
  const denied = optionDenials(option, job, user)
  if (/^(?:PrivateUsers|DynamicUser)=/.test(option))
    return denied.filter((id) => !id.startsWith('CAP_'))
  if (option.startsWith('PrivateNetwork='))
    return denied.filter((id) => id === 'host-network' || id === 'abstract-sockets')
  if (!option.startsWith('SystemCallFilter=')) return denied
  const partly = option.includes('~@privileged')
    ? /^(?:CAP_.*|probed-system-calls|@mount|@setuid|@obsolete)$/
    : /^(?:CAP_.*|probed-system-calls|@privileged)$/
  return denied.filter((id) => !partly.test(id))
}

/**
 * What else to call the need: the access that the option is about where only a capability explains
 * it, and every kind of namespaces.
 */
function alsoNamed(
  option: string,
  guilty: readonly AccessId[],
  found: ReadonlySet<AccessId>,
): readonly AccessId[] {
  if (option === 'RestrictNamespaces=yes') return guilty
  if (/^(?:SystemCallFilter|CapabilityBoundingSet|DynamicUser|openSUSE)/.test(option)) return []
  if (guilty.some((id) => found.has(id) && !id.startsWith('CAP_'))) return []
  return option === 'PrivateUsers=yes' && guilty.includes('superuser')
    ? ['superuser']
    : guilty.slice(0, 1)
}

/** The access in most lists; of several, the one that stands first in a list. */
function mostFrequent(lists: ReadonlyArray<readonly AccessId[]>): AccessId {
  const score = new Map<AccessId, number>()
  for (const list of lists)
    for (const [rank, id] of list.entries())
      score.set(id, (score.get(id) ?? 0) + 1 + 1 / (1000 * (rank + 1)))
  const best = [...score].toSorted((a, b) => b[1] - a[1])[0]
  if (!best) throw new Error('Expected every option to deny something')
  return best[0]
}
