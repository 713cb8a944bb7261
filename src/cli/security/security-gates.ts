import * as z from 'zod'
import {pastable} from '../../reporters/printable.ts'
import {formatExposure, levelOf} from '../../security/index.ts'
import {baselineFile} from '../baseline-file.ts'
import type {BaselineFormat} from '../baseline-file.ts'

/** What lint demands of the exposure of services. */
export interface Gates {
  /** The greatest exposure that is no problem, in tenths; for services that a baseline has, that is another. */
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

/**
 * Hold services to the gates: returns a line for each that is too exposed. One that the baseline has may be as exposed as it says, all others
 * as the maximum says.
 *
 * Writes the baseline where that is asked for, without new services that are too exposed; a new baseline takes all. Rejects with a usage
 * error for a baseline that cannot be read or written.
 */
export async function checkGates(units: readonly ExposedUnit[], {maximum, baselineFile: name, updateBaseline}: Gates, cwd: string): Promise<string[]> {
  const tooMuch = units.filter(({exposure}) => maximum !== undefined && exposure > maximum)
  const told = ({path: unit, target, exposure}: ExposedUnit): string =>
    `${pastable(unit)}: Unexpected exposure ${words(exposure)}, expected at most ${formatExposure(maximum ?? 0)} (${judge(target)})`
  if (name === undefined) return tooMuch.map(told)
  const file = baselineFile(name, cwd, format)
  const before = file.read(updateBaseline)
  const isNew = updateBaseline && before.size === 0
  const refused = new Set(isNew ? [] : tooMuch.filter(({path: unit}) => !before.has(file.keyOf(unit))))
  const problems = [...refused].map(told)
  if (updateBaseline) {
    await file.update(new Map(units.filter((unit) => !refused.has(unit)).map((unit) => [file.keyOf(unit.path), unit.exposure])))
    return problems
  }
  for (const {path: unit, target, exposure} of units) {
    const old = before.get(file.keyOf(unit))
    if (old === undefined || exposure <= old) continue
    problems.push(
      `${pastable(unit)}: Exposure is worse by ${formatExposure(exposure - old)}: ${words(exposure)}, expected at most ${formatExposure(old)} (${judge(target)})`,
    )
  }
  return problems
}

function words(tenths: number): string {
  return `${formatExposure(tenths)} ${levelOf(tenths)}`
}

function judge(target: string): string {
  return /^\d+$/.test(target) ? `systemd ${target}` : target
}

/** Exposures in tenths, by path. */
const format: BaselineFormat<number> = {
  option: '--exposure-baseline',
  entriesOf(value) {
    const {success, data, error} = z.record(z.string(), z.int().min(0).max(100)).safeParse(value)
    if (success) return new Map(Object.entries(data))
    const key = error.issues[0]?.path[0]
    return {fault: key === undefined ? 'Expected an object from paths to exposures' : `${String(key)}: Expected an exposure in tenths, from 0 to 100`}
  },
  valueOf: (entries) => Object.fromEntries(entries),
}
