import {readFile, writeFile} from 'node:fs/promises'
import path from 'node:path'
import {accessIds} from '../facts/accesses.ts'
import type {AccessId} from '../facts/accesses.ts'
import {defaultTarget} from '../facts/targets.ts'
import {rowOf} from '../facts/sandboxing/rows.ts'
import {denials} from '../needs/denials.ts'
import {denialContext} from '../needs/denial-context.ts'
import {liftable} from '../needs/programs/attested.ts'
import {deniedBy} from '../rule/denied.ts'
import {parse} from '../syntax/parse.ts'
import {load} from '../unit/load.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {parseBoolean} from '../values/boolean.ts'

/**
 * Write what services in production bear: `facts-attested FOLDER`, run at the top of the
 * repository.
 *
 * FOLDER has `production-hardening.tsv`, a line an option of a service, with its source and the
 * tier of that.
 */
export async function main(args: readonly string[]): Promise<void> {
  const [folder] = args
  if (folder === undefined) throw new Error('Expected a folder of tables: facts-attested FOLDER')
  const text = await readFile(path.join(folder, 'production-hardening.tsv'), 'utf8')
  const packaged = packagedServices(await readFile(packagedTable, 'utf8'))
  const tried = triedServices(await readFile('test/boot/borne.tsv', 'utf8'))
  await writeFile(
    'src/needs/data/attested.ts',
    attestedModule([...servicesOf(tableRows(text)), ...packaged, ...tried]),
  )
}

/**
 * The programs that boots of the project's own have run so, asked by clients: as good a word as
 * that of others who test theirs in machines.
 */
export function triedServices(table: string): ProductionService[] {
  const byProgram = new Map<string, ProductionService & {lines: Array<readonly [string, string]>}>()
  for (const [program = '', user = '', option = '', value = ''] of tableRows(
    table.replaceAll(/^#.*\n/gm, ''),
  )) {
    const key = `${program} ${user}`
    let service = byProgram.get(key)
    if (!service) {
      // Calls that are denied fail, as all fixes have them do.
      byProgram.set(
        key,
        (service = {
          program,
          repository: 'unitlint/boots',
          tier: 'A',
          lines: [
            ['User', user],
            ['SystemCallErrorNumber', 'EPERM'],
          ],
        }),
      )
    }
    service.lines.push([option, value])
  }
  return [...byProgram.values()]
}

/** What `facts-packaged` writes. */
export const packagedTable = 'src/dev/packaged.tsv'

/** The services of that table, each as its package runs it. */
export function packagedServices(table: string): ProductionService[] {
  return table
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [packageName = '', program = '', ...lines] = line.split('\t')
      return {
        program,
        repository: 'debian/debian',
        tier: 'C',
        maintainer: packageName,
        lines: lines.map((its) => {
          const at = its.indexOf('=')
          return [its.slice(0, at), its.slice(at + 1)] as const
        }),
      }
    })
}

/** The rows of a table with a header, tab-separated. */
export function tableRows(text: string): string[][] {
  return text
    .split('\n')
    .slice(1)
    .filter((line) => line !== '')
    .map((line) => line.split('\t'))
}

/** A service as some source runs it. */
export interface ProductionService {
  readonly program: string
  readonly repository: string
  /** `A` to `F`. */
  readonly tier: string
  /** Who of the repository has written its lines, where that is known. */
  readonly maintainer?: string
  /** Directives and the values of their lines, in order; `User` only as root or another one. */
  readonly lines: ReadonlyArray<readonly [directive: string, value: string]>
}

/** The services of the rows of a table, each of its lines in a row of its own. */
export function servicesOf(rows: ReadonlyArray<readonly string[]>): ProductionService[] {
  const byService = new Map<string, ProductionService & {lines: Array<readonly [string, string]>}>()
  for (const [program = '', directive = '', value = '', tier = '', source = ''] of rows) {
    const repository = source.slice(0, source.indexOf(':'))
    const key = `${program} ${source}`
    let service = byService.get(key)
    if (!service) {
      // A user's manager runs its services as that user, whatever they say.
      const lines: Array<readonly [string, string]> = isOfUsersManager(source)
        ? [['User', 'non-root']]
        : []
      byService.set(key, (service = {program, repository, tier, lines}))
    }
    // What a template or an expression makes of it is not known.
    if (/\{\{|\$\{|@[A-Z]/.test(value) || value.startsWith('expr')) continue
    for (const part of value.split(' ; '))
      service.lines.push([directive, part === '(empty)' ? '' : part])
  }
  return [...byService.values()]
}

/** Whether the file of a unit is for users' managers, by its folder. */
function isOfUsersManager(source: string): boolean {
  return /\/user\/[^/]+\.service/.test(source)
}

/** The service as a unit, to ask what it denies. */
export function unitOfService({
  program,
  lines,
}: Pick<ProductionService, 'program' | 'lines'>): LoadedUnit {
  const text = lines.map(
    ([directive, value]) =>
      `${directive}=${directive === 'User' && value === 'non-root' ? userOf(program) : value}\n`,
  )
  const tree = parse(`[Service]\nExecStart=/usr/bin/${program}\n${text.join('')}`)
  const name = 'a.service'
  return load([{path: name, role: 'fragment', tree}], {
    name,
    type: 'service',
    target: defaultTarget,
    manager: 'system',
  })
}

/** A user that is there for a program, as those are that packages make. */
function userOf(program: string): string {
  return program
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replace(/^(?![A-Za-z])/, 'u')
    .slice(0, 31)
}

/** What a service does without, as it is run so, and what it is explicitly left. */
export function borneBy(service: ProductionService): {
  bears: ReadonlySet<AccessId>
  needs: ReadonlySet<AccessId>
} {
  const unit = unitOfService(service)
  const bears = new Set<AccessId>()
  const left: Array<readonly AccessId[]> = []
  for (const directive of new Set(service.lines.map(([its]) => its))) {
    if (!rowOf(directive)) continue
    const last = service.lines.findLast(([its]) => its === directive)?.[1] ?? ''
    const denied = deniedBy(unit, directive)
    for (const id of denied) bears.add(id)
    if (parseBoolean(last) === false && denied.size === 0)
      left.push(denials(directive, 'yes', denialContext(unit)))
  }
  // What it is about is what it is left for; of the rest, what no other line takes away.
  const needs = new Set(
    left.flatMap(([about, ...others]) => [
      ...(about === undefined ? [] : [about]),
      ...others.filter((id) => !bears.has(id) && !alongside.has(id)),
    ]),
  )
  for (const id of needs) bears.delete(id)
  return {bears, needs}
}

/**
 * What lines take away besides what they are for, and nobody leaves them off for: whoever says more
 * of a service takes it away by another line. That is so of mounts for others, which a network or a
 * `/tmp` of its own takes, in 15 of 15 such services, and of packets in 6 of 6.
 */
const alongside: ReadonlySet<AccessId> = new Set<AccessId>(['host-mounts', 'packet-sockets'])

/**
 * Whether a program of that name may be anybody's: one that is named for what many of them do.
 */
function isGeneric(program: string): boolean {
  const [stem = ''] = program.split('.')
  return stem.split(/[-_@]/).every((word) => genericWords.has(word))
}

const genericWords: ReadonlySet<string> = new Set(
  'app archived autolog backup boot bounced bulk check clean cleandb cleanup config daemon deploy endless entrypoint gc helper index init jobs launch launcher main manager mon monitor notify post pre program rc restart run runjobs runner script sensors server service servlet sessionclean set setup slim start startserver stop sync systemd task update upgrade watch worker'.split(
    ' ',
  ),
)

/**
 * The text of `src/needs/data/attested.ts`: of those whose word counts, which is not that of tiers D
 * and F.
 */
export function attestedModule(all: readonly ProductionService[]): string {
  const services = all.filter(({program, tier}) => 'ABCE'.includes(tier) && !isGeneric(program))
  const repositories = [
    ...new Map(services.map(({repository, tier}) => [repository, tier] as const)),
  ].toSorted(([one], [other]) => (one < other ? -1 : 1))
  const index = new Map(repositories.map(([repository], at) => [repository, at]))
  const rows = new Map<string, {bears: Set<AccessId>; needs: Set<AccessId>}>()
  for (const service of services) {
    const {bears, needs} = borneBy(service)
    const isRoot = denialContext(unitOfService(service)).capabilities === 'all'
    const key = `${service.program} ${isRoot ? 'r' : 'u'} ${index.get(service.repository)}`
    const row = rows.get(key) ?? {bears: new Set(), needs: new Set()}
    rows.set(key, row)
    for (const id of bears) row.bears.add(id)
    for (const id of needs) row.needs.add(id)
  }
  // Of several services of one source, what one of them is left counts for all.
  for (const {bears, needs} of rows.values()) for (const id of needs) bears.delete(id)
  const ids = byFrequency([...rows.values()])
  const bits = (set: ReadonlySet<AccessId>): bigint =>
    ids.reduce((sum, id, at) => (set.has(id) ? sum | (1n << BigInt(at)) : sum), 0n)
  const lines = [...rows]
    .map(([key, {bears, needs}]) => ({key, bears: bits(bears), needs: bits(needs)}))
    .filter(({bears, needs}) => bears !== 0n || needs !== 0n)
    .map(({key, bears, needs}) => `${key} ${bears.toString(32)} ${needs.toString(32)}`)
    .toSorted()
  return [
    '// Generated by `node src/dev/run.mjs facts-attested FOLDER`; do not edit.',
    '',
    '/** The accesses that bits stand for, from the lowest on. */',
    `export const attestedIds = '${ids.join(' ')}'`,
    '',
    '/** Where services are run, and how much their word counts: `REPOSITORY TIER`. */',
    `export const attestedSources = '${repositories.map((pair) => pair.join(' ')).join('|')}'`,
    '',
    '/** `PROGRAM r|u SOURCE BEARS NEEDS`: as root or another user, by whom, and the accesses as bits in base 32. */',
    `export const attestedRows = \``,
    ...lines,
    '`',
    '',
  ].join('\n')
}

/** What can be vouched for, the most frequent first: of such rows much is alike, and packs well. */
function byFrequency(
  rows: ReadonlyArray<{readonly bears: ReadonlySet<AccessId>}>,
): readonly AccessId[] {
  const count = (id: AccessId): number => rows.filter(({bears}) => bears.has(id)).length
  return accessIds
    .filter((id) => liftable.has(id))
    .toSorted((one, other) => count(other) - count(one))
}
