import {existsSync} from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import {usageError} from '../../config/usage-error.ts'
import {readText} from '../../files/read.ts'
import {formatExposure, levelOf} from '../../security/index.ts'
import {locate} from '../../files/locate.ts'
import {writer} from '../../files/writer.ts'
import type {Writer} from '../../files/writer.ts'
import type {Outcome} from '../../files/outcome.ts'
import {pastable} from '../../reporters/printable.ts'
import {uninterrupted} from '../uninterrupted.ts'

/** What lint demands of the exposure of services. */
export interface Gates {
  /** The greatest exposure that is no problem, in tenths. */
  readonly maximum: number | undefined
  readonly baselineFile: string | undefined
  /** Write the baseline in the place of comparing with it. */
  readonly updateBaseline: boolean
}

/** A service as it is now. */
export interface ExposedUnit {
  readonly path: string
  readonly target: string
  /** In tenths. */
  readonly exposure: number
}

/** A baseline: exposures in tenths, by path from the folder of its file. */
type Baseline = ReadonlyMap<string, number>

/**
 * Hold services to the gates: returns a line for each that is too exposed, or more exposed than its baseline says.
 *
 * Writes the baseline where that is asked for. Rejects with a usage error for a baseline that cannot be read or written.
 */
export async function checkGates(units: readonly ExposedUnit[], {maximum, baselineFile, updateBaseline}: Gates, cwd: string): Promise<string[]> {
  const problems = units.flatMap(({path: unit, target, exposure}) =>
    maximum !== undefined && exposure > maximum
      ? [`${pastable(unit)}: Unexpected exposure ${words(exposure)}, expected at most ${formatExposure(maximum)} (${judge(target)})`]
      : [],
  )
  if (baselineFile === undefined) return problems
  const file = path.resolve(cwd, baselineFile)
  const keyOf = (unit: string): string => path.relative(path.dirname(file), path.resolve(cwd, unit)).replaceAll(path.sep, '/')
  if (updateBaseline) {
    const now = new Map(units.map((unit) => [keyOf(unit.path), unit.exposure]))
    await uninterrupted(async () => updateFile(file, baselineFile, now))
  } else {
    const before = readBaseline(file, baselineFile)?.entries ?? new Map<string, number>()
    for (const {path: unit, target, exposure} of units) {
      const old = before.get(keyOf(unit))
      if (old === undefined || exposure <= old) continue
      problems.push(
        `${pastable(unit)}: Exposure is worse by ${formatExposure(exposure - old)}: ${words(exposure)}, expected at most ${formatExposure(old)} (${judge(target)})`,
      )
    }
  }
  return problems
}

function words(tenths: number): string {
  return `${formatExposure(tenths)} ${levelOf(tenths)}`
}

function judge(target: string): string {
  return /^\d+$/.test(target) ? `systemd ${target}` : target
}

function baselineSchema() {
  return z.record(z.string(), z.int().min(0).max(100))
}

/** A baseline with the text that it is from; undefined for a file that is not there, where it may be missing. */
function readBaseline(file: string, name: string, mayBeMissing = false): {readonly text: string; readonly entries: Baseline} | undefined {
  const fault = (message: string, cause?: unknown): Error => usageError('--exposure-baseline', `${pastable(name)}: ${message}`, cause)
  if (!existsSync(file)) {
    if (mayBeMissing) return undefined
    throw fault('No such file, expected one that `--update-baseline` has written')
  }
  const read = readText(file)
  if ('fault' in read) throw fault(read.fault)
  let value: unknown
  try {
    value = JSON.parse(read.text)
  } catch (error) {
    throw fault(`Expected JSON: ${error instanceof Error ? error.message : String(error)}`, error)
  }
  const {success, error} = baselineSchema().safeParse(value)
  // The schema has just said so.
  if (success) return {text: read.text, entries: new Map(Object.entries(value as Record<string, number>))}
  const key = error.issues[0]?.path[0]
  throw fault(key === undefined ? 'Expected an object from paths to exposures' : `${String(key)}: Expected an exposure in tenths, from 0 to 100`)
}

/** The most runs that update one baseline at once, and then some. */
const mostTries = 100

/**
 * Put what is now the case into a baseline; files that this run did not look at keep their entries while they exist. What another run has put
 * in between is read and kept as well.
 */
function updateFile(file: string, name: string, now: Baseline): void {
  const its = writer()
  for (let tries = 0; tries < mostTries; tries++) {
    const before = readBaseline(file, name, true)
    const kept = [...(before?.entries ?? [])].filter(([key]) => now.has(key) || existsSync(path.resolve(path.dirname(file), key)))
    const entries = [...new Map([...kept, ...now])].toSorted(([one], [other]) => (one < other ? -1 : 1))
    const outcome = put(its, file, before?.text, `${JSON.stringify(Object.fromEntries(entries), undefined, 2)}\n`)
    if (outcome.state === 'written') return
    if (outcome.state === 'refused') throw usageError('--exposure-baseline', `${pastable(name)}: ${outcome.reason}`)
  }
  throw usageError('--exposure-baseline', `${pastable(name)}: Not written: other runs keep writing it`)
}

function put(its: Writer, file: string, before: string | undefined, after: string): Outcome {
  const found = locate(file, {cwd: '/'})
  if ('fault' in found) return {state: 'refused', reason: found.fault}
  if (!existsSync(path.dirname(found.path))) return {state: 'refused', reason: 'No such folder'}
  return before === undefined ? its.create(found.path, after) : its.replace(found.path, before, after)
}
