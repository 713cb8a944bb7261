import path from 'node:path'
import {styleText} from 'node:util'
import {usageError} from '../../config/usage-error.ts'
import {readText} from '../../files/read.ts'
import type {Refusal} from '../../unit/refusals/refusal.ts'
import type {Paint} from '../../reporters/exposure.ts'
import {securityJson} from '../../reporters/security-json.ts'
import {securityTable, totalsTable} from '../../reporters/security-table.ts'
import {assess} from '../../security/index.ts'
import type {AssessOptions, Row} from '../../security/index.ts'
import type {Main} from '../attempt.ts'
import {tellAll, usesColor, writeLine} from '../io.ts'
import type {Io} from '../io.ts'
import {pastable, printable} from '../../reporters/printable.ts'
import {guard} from '../guard.ts'
import {notLoadedLine} from '../not-loaded.ts'
import {securityArguments, securityGrammar} from './security-arguments.ts'
import type {SecurityArguments} from './security-arguments.ts'
import {listed} from './listed.ts'
import {findSecurityUnits} from './security-units.ts'
import type {SecurityUnit} from './security-units.ts'

/**
 * `unitlint security [files...]`: the exposure of units, row by row, as `systemd-analyze security
 * --offline=true` has it.
 *
 * Returns the exit status: 1 where a unit is above the threshold or does not load, 2 where a file
 * cannot be read. Rejects with a usage error.
 */
export const security: Main = {
  grammar: securityGrammar,
  async run(words, io) {
    const given = securityArguments(words, io)
    const options = await assessOptions(given, io)
    const isColored = usesColor(io.stdout, io.env, given.color)
    const paint: Paint = (style, text) =>
      isColored ? styleText(style, text, {validateStream: false}) : text
    const {units, faults, notes} = await findSecurityUnits(given, io)
    await tellAll(io, [...notes, ...faults])
    if (given.honest) await writeLine(io.stderr, honestly)
    const {scored, failed} = await scoreAll(units, options, io)
    const several = units.length > 1
    const isSound = given.plan ? await printPlans(scored, several, given, options, paint, io) : true
    if (!given.plan) await print(scored, several, given, paint, io)
    if (faults.size > 0 || failed || !isSound) return 2
    return scored.length < units.length || scored.some(({total}) => total > given.threshold) ? 1 : 0
  },
}

const honestly =
  'unitlint: --honest counts an unset `PrivateMounts=` as unset; systemd counts it as set since 254'

/** A unit that systemd would load, with its table. */
interface ScoredUnit {
  readonly unit: SecurityUnit
  readonly path: string
  readonly rows: readonly Row[]
  readonly total: number
}

async function assessOptions(
  {policyFile, honest}: SecurityArguments,
  {cwd}: Io,
): Promise<AssessOptions> {
  if (policyFile === undefined) return {honest}
  const read = readText(path.resolve(cwd, policyFile))
  if ('fault' in read)
    throw usageError('--security-policy', `${pastable(policyFile)}: ${read.fault}`)
  const {securityPolicy} = await import('../../config/security-policy.ts')
  return {honest, policy: securityPolicy(read.text, policyFile)}
}

async function scoreAll(
  units: readonly SecurityUnit[],
  options: AssessOptions,
  io: Io,
): Promise<{scored: ScoredUnit[]; failed: boolean}> {
  const scored: ScoredUnit[] = []
  let failed = false
  for (const unit of units) {
    const assessed = guard(pastable(unit.path), () => assess(unit.loaded, options))
    if ('fault' in assessed) {
      failed = true
      await tellAll(io, [assessed.fault])
      continue
    }
    const assessment = assessed.made
    if (!assessment.refused) {
      scored.push({unit, path: unit.path, rows: assessment.rows, total: assessment.total})
      continue
    }
    await writeLine(io.stderr, printable(refusalLine(unit, assessment.refused)))
  }
  return {scored, failed}
}

function refusalLine(
  {path: main, context, loaded}: SecurityUnit,
  {reason, assignment}: Refusal,
): string {
  const unread = loaded.isReadable ? undefined : notLoadedLine(loaded)
  if (unread !== undefined) return unread
  const place = assignment
    ? `${pastable(assignment.file.path)}:${assignment.directive.position.start.line}`
    : pastable(main)
  return `${place}: Not loaded by systemd ${context.target.version}: ${reason}`
}

async function print(
  scored: readonly ScoredUnit[],
  several: boolean,
  {json, top, root}: SecurityArguments,
  paint: Paint,
  io: Io,
): Promise<void> {
  if (json !== undefined) {
    if (several || scored.length > 0)
      await writeLine(io.stdout, securityJson(scored, several, json))
    return
  }
  const named = scored.filter(({unit}) => unit.isNamed)
  // Of more nobody reads all rows.
  const shown = !several ? scored : top === undefined && named.length <= mostTables ? named : []
  const blocks = shown.map(({unit, path: file, rows, total}) =>
    securityTable(several ? file : unit.context.name, rows, total, paint),
  )
  if (scored.length > 1 || (several && scored.length > 0))
    blocks.push(
      totalsTable(
        scored.map(({unit: {loaded, sources}, path: file, total}) => ({
          path: file,
          total,
          ...listed(loaded, sources, root),
        })),
        paint,
        top,
      ),
    )
  if (blocks.length > 0) await writeLine(io.stdout, blocks.join('\n\n'))
}

/** Of more units that are named there is but the list. */
const mostTables = 10

/** Returns whether all rules were of use. */
async function printPlans(
  scored: readonly ScoredUnit[],
  several: boolean,
  {configs, json, traces}: SecurityArguments,
  options: AssessOptions,
  paint: Paint,
  io: Io,
): Promise<boolean> {
  if (scored.length === 0 && !(several && json !== undefined)) return true
  const {planUnits, showPlans} = await import('./security-plan.ts')
  const {planned, failures} = await planUnits(
    scored.map(({unit}) => unit),
    configs,
    options,
    traces,
    io,
  )
  if (planned.length > 0 || json !== undefined)
    await writeLine(io.stdout, showPlans(planned, several, json, paint, io))
  await tellAll(io, failures)
  return failures.size === 0
}
