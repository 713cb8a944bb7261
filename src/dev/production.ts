import {readFile, writeFile} from 'node:fs/promises'
import path from 'node:path'
import {accessIds} from '../facts/accesses.ts'
import {rowOf} from '../facts/sandboxing/rows.ts'
import {denials} from '../needs/denials.ts'
import {denialContext} from '../needs/denial-context.ts'
import {ofProduction} from '../needs/evidence/of-production.ts'
import {weigh} from '../needs/weigh.ts'
import {needsBy} from '../needs/needs.ts'
import {populations} from '../needs/populations.ts'
import {figureOf, isRare, mostNeeding, upperBound} from '../needs/rarity.ts'
import {deniedBy} from '../rule/denied.ts'
import {parseBoolean} from '../values/boolean.ts'
import {tableRows, servicesOf, unitOfService} from './facts-attested.ts'
import type {ProductionService} from './facts-attested.ts'

/**
 * Write how well the lines of maintainers are foretold into docs/evidence.md: `production FOLDER`,
 * run at the top of the repository.
 *
 * FOLDER has `production-hardening.tsv`. Each service is built anew from what is no hardening of
 * it, its program, user and paths, and judged twice: by all that is known, and without a word of
 * the source that it is from.
 */
export async function main(args: readonly string[]): Promise<void> {
  const [folder] = args
  if (folder === undefined) throw new Error('Expected a folder of tables: production FOLDER')
  const services = servicesOf(
    tableRows(await readFile(path.join(folder, 'production-hardening.tsv'), 'utf8')),
  )
  const page = await readFile(file, 'utf8')
  await writeFile(file, withTables(page, services))
}

const file = 'docs/evidence.md'

/** A page with its tables as they are now, each between its marks. */
export function withTables(page: string, services: readonly ProductionService[]): string {
  const tables = {foretold: foretoldTable(services), rarity: rarityTable()}
  return Object.entries(tables).reduce((text, [name, table]) => {
    const [start, end] = [`<!-- ${name} -->\n`, `<!-- end of ${name} -->`]
    const [from, to] = [text.indexOf(start), text.indexOf(end)]
    if (from === -1 || to === -1)
      throw new Error(`Expected a place for the table \`${name}\` in ${file}`)
    return `${text.slice(0, from + start.length)}\n${table}\n${text.slice(to)}`
  }, page)
}

/** How well the lines of an option are foretold. */
export interface Foretold {
  /** Lines that take something away, of tiers A, B, C and E. */
  lines: number
  /** Of them, what a safe fix would write too, or what the unit has anyway. */
  safe: number
  /** The same, without a word of their own source. */
  safeWithout: number
  /** Lines that are off, of tiers A to C. */
  off: number
  /** Of them, what a safe fix would switch on. */
  wrong: number
  wrongWithout: number
}

/** What a unit has that is no hardening. */
const given: ReadonlySet<string> = new Set([
  ...[
    'User',
    'DynamicUser',
    'AmbientCapabilities',
    'SupplementaryGroups',
    'RootDirectory',
    'Delegate',
    'IPAddressAllow',
    'SocketBindAllow',
    'MountAPIVFS',
  ],
  ...[
    'ReadWritePaths',
    'ReadOnlyPaths',
    'InaccessiblePaths',
    'ExecPaths',
    'NoExecPaths',
    'BindPaths',
    'BindReadOnlyPaths',
    'TemporaryFileSystem',
  ],
])

/** Of that, what a unit is built anew from. */
const rebuilt: ReadonlySet<string> = new Set(
  [...given].filter(
    (directive) => directive !== 'AmbientCapabilities' && directive !== 'SupplementaryGroups',
  ),
)

/** How well each option is foretold, the one with most lines first. */
export function foretold(services: readonly ProductionService[]): ReadonlyMap<string, Foretold> {
  const found = new Map<string, Foretold>()
  for (const service of services) {
    const {program, repository, tier, lines} = service
    const unit = unitOfService({
      program,
      lines: lines.filter(([directive]) => rebuilt.has(directive)),
    })
    const full = unitOfService(service)
    const withAll = needsBy(unit, ofProduction(unit))
    const without = needsBy(
      unit,
      ofProduction(unit, (other) => other === repository),
    )
    const held = new Set(implied.flatMap((directive) => [...deniedBy(unit, directive)]))
    for (const directive of new Set(lines.map(([its]) => its))) {
      if (!rowOf(directive) || given.has(directive)) continue
      const its = found.get(directive) ?? {...nothingForetold}
      found.set(directive, its)
      const denied = [...deniedBy(full, directive)]
      if (denied.length > 0 && 'ABCE'.includes(tier)) {
        const asked = denied.filter((id) => !held.has(id))
        its.lines++
        if (weigh(asked, withAll).applicability === 'safe') its.safe++
        if (weigh(asked, without).applicability === 'safe') its.safeWithout++
      }
      const last = lines.findLast(([other]) => other === directive)?.[1] ?? ''
      const asked = denials(directive, 'yes', denialContext(unit))
      if (parseBoolean(last) !== false || asked.length === 0 || !'ABC'.includes(tier)) continue
      its.off++
      if (weigh(asked, withAll).applicability === 'safe') its.wrong++
      if (weigh(asked, without).applicability === 'safe') its.wrongWithout++
    }
  }
  return new Map(
    [...found]
      .filter(([, {lines, off}]) => lines + off > 0)
      .toSorted(([, one], [, other]) => other.lines - one.lines),
  )
}

const nothingForetold: Foretold = {
  lines: 0,
  safe: 0,
  safeWithout: 0,
  off: 0,
  wrong: 0,
  wrongWithout: 0,
}

/** What `DynamicUser=yes` brings along. */
const implied = [
  'PrivateTmp',
  'RemoveIPC',
  'ProtectSystem',
  'ProtectHome',
  'NoNewPrivileges',
  'RestrictSUIDSGID',
] as const

/** The sums over all options. */
export function sumOf(all: Iterable<Foretold>): Foretold {
  const sum = {lines: 0, safe: 0, safeWithout: 0, off: 0, wrong: 0, wrongWithout: 0}
  for (const one of all) {
    sum.lines += one.lines
    sum.safe += one.safe
    sum.safeWithout += one.safeWithout
    sum.off += one.off
    sum.wrong += one.wrong
    sum.wrongWithout += one.wrongWithout
  }
  return sum
}

function foretoldTable(services: readonly ProductionService[]): string {
  const all = foretold(services)
  const row = (
    name: string,
    {lines, safe, safeWithout, off, wrong, wrongWithout}: Foretold,
  ): string =>
    `| ${name} | ${lines} | ${percent(safe, lines)} | ${percent(safeWithout, lines)} | ${off} | ${wrong} | ${wrongWithout} |`
  return [
    '| option | lines | safe | safe, source left out | off | called safe | called safe, source left out |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...[...all].map(([directive, its]) => row(`\`${directive}=\``, its)),
    row('all', sumOf(all.values())),
    '',
  ].join('\n')
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '' : `${Math.round((100 * part) / whole)} %`
}

/** What is rare for some kind of service and not for all, and what comes near. */
function rarityTable(): string {
  const kinds = populations
  const cell = (id: (typeof accessIds)[number], kind: (typeof kinds)[number]): string => {
    const {needing, of} = figureOf(id, kind)
    return `${needing} of ${of}${isRare(id, kind) ? '' : ', no'}`
  }
  const some = accessIds.filter((id) => kinds.some((kind) => isRare(id, kind)))
  const always = some.filter((id) => kinds.every((kind) => isRare(id, kind)))
  return [
    '| access | root, known | root, packaged | root, else | own user, known | own user, packaged | own user, else |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...some
      .filter((id) => !always.includes(id))
      .map((id) => `| \`${id}\` | ${kinds.map((kind) => cell(id, kind)).join(' | ')} |`),
    '',
    `Rare for all are ${always.map((id) => `\`${id}\` (${figures(id)})`).join(', ')}.`,
    '',
    `The nearest to the bound of ${(100 * mostNeeding).toFixed(2)} %: ${nearest(some, kinds)}.`,
    '',
  ].join('\n')
}

/** Of all that run as root, and of all that do not. */
function figures(id: (typeof accessIds)[number]): string {
  return [true, false]
    .map((asRoot) => figureOf(id, {asRoot, program: 'unheard-of'}))
    .map(({needing, of}) => `${needing} of ${of}`)
    .join(', ')
}

function nearest(
  ids: typeof accessIds,
  kinds: ReadonlyArray<Parameters<typeof isRare>[1]>,
): string {
  const bounds = ids.flatMap((id) =>
    kinds
      .filter((kind) => isRare(id, kind))
      .map((kind) => ({id, bound: upperBound(figureOf(id, kind))})),
  )
  const worst = new Map(
    bounds.toSorted((one, other) => one.bound - other.bound).map(({id, bound}) => [id, bound]),
  )
  return [...worst]
    .slice(-3)
    .toReversed()
    .map(([id, bound]) => `\`${id}\` ${(100 * bound).toFixed(1)} %`)
    .join(', ')
}
