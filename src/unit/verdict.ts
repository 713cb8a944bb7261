import {isQuadlet, quadletService} from '../facts/quadlet.ts'
import {isUnitName, mayHaveInstances} from '../values/units.ts'
import {itself} from './load.ts'
import type {LoadedUnit} from './load.ts'
import {query} from './query.ts'
import type {Complaint} from './read/complaint.ts'
import {reading} from './read/reading.ts'
import {refusedJobModes} from './refusals/job-modes.ts'
import {refusedAsMasked} from './refusals/masks.ts'
import {refusedMounts} from './refusals/mounts.ts'
import {refusalOfType} from './refusals/others.ts'
import type {Refusal} from './refusals/refusal.ts'
import {refusal} from './refusals/services.ts'

/** What systemd makes of a unit. */
export interface Verdict {
  /**
   * What it says while it reads the files, in its order; silent ones among them are what it does
   * not say.
   */
  readonly complaints: readonly Complaint[]
  /** Why it does not load the unit that it has read to the end. */
  readonly refusal: Refusal | undefined
}

/**
 * Read a unit as systemd does, and say what it would (`systemd-analyze verify`). What depends on
 * the machine is left out.
 */
export const verdict = query((unit: LoadedUnit): Verdict => {
  const {complaints, ending} = reading(unit)
  return {complaints, refusal: ending || unit.isPartial ? undefined : refused(unit)}
}, itself)

function refused(unit: LoadedUnit): Refusal | undefined {
  const {name, type} = unit
  const [made, itsType] = isQuadlet(type)
    ? ([quadletService(name, type), 'service'] as const)
    : [name, type]
  const kind = `${'aeio'.includes(type.charAt(0)) ? 'an' : 'a'} ${type}`
  if (!isUnitName(made)) return {reason: `name \`${name}\` for ${kind}`}
  if (made.includes('@') && !mayHaveInstances(itsType))
    return {reason: `name \`${name}\`, ${kind} has no instances`}
  return (
    refusedAsMasked(unit) ??
    refusal(unit) ??
    refusalOfType(unit) ??
    refusedJobModes(unit) ??
    refusedMounts(unit)
  )
}
