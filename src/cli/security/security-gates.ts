import type {VFile} from 'vfile'
import * as z from 'zod'
import {unmarked, systemdNamed, totalWords} from '../../reporters/exposure.ts'
import {pastable} from '../../reporters/printable.ts'
import {count} from '../../reporters/summary.ts'
import {formatExposure} from '../../security/index.ts'
import {unitOf} from '../../unit/load.ts'
import {BaselineFile} from '../baseline-file.ts'
import type {BaselineFormat} from '../baseline-file.ts'

/** What lint demands of the exposure of services. */
export interface Gates {
  /**
   * The greatest exposure that is no problem, in tenths; for services that a baseline has, that is
   * another.
   */
  readonly maximum: number | undefined
  readonly baselineFile: string | undefined
  /** Write the baseline in the place of comparing with it. */
  readonly updateBaseline: boolean
}

/** Services held to gates. */
export interface ExposureGates {
  /** Leave on a service that it is too exposed, if it is; `isFixed`: by what fixes left. */
  check(file: VFile, isFixed: boolean): void
  /**
   * When all services are in: write the baseline where that is asked for, and return what there is
   * to say of it. Rejects with a usage error.
   */
  end(): Promise<readonly string[]>
}

/**
 * The gates of a run. A service that the baseline has may be as exposed as it says, all others as
 * the maximum says.
 *
 * A baseline that is written takes no new services that are too exposed; a new baseline takes all.
 * Throws a usage error for a baseline that cannot be read.
 */
export function exposureGates(
  {maximum, baselineFile: name, updateBaseline}: Gates,
  cwd: string,
): ExposureGates {
  const file = name === undefined ? undefined : new BaselineFile(name, cwd, format)
  const before = file?.read(updateBaseline) ?? new Map<string, number>()
  const isNew = updateBaseline && before.size === 0
  const now = new Map<string, number>()
  return {
    check(service, isFixed) {
      const exposure =
        unitOf(service.path)?.type === 'service' ? service.data.unitlint?.exposure : undefined
      if (!exposure) return
      const total = isFixed ? exposure.after : exposure.before
      const key = file?.keyOf(service.path) ?? service.path
      const old = before.get(key)
      if (old === undefined && !isNew && maximum !== undefined && total > maximum) {
        say(
          service,
          'max-exposure',
          `Unexpected exposure ${totalWords(total, unmarked)}, expected at most ${formatExposure(maximum)} (${systemdNamed(exposure.target)})`,
        )
        return
      }
      now.set(key, total)
      if (updateBaseline || old === undefined || total <= old) return
      const worse = `Exposure is worse by ${formatExposure(total - old)}: ${totalWords(total, unmarked)}, expected at most ${formatExposure(old)} (${systemdNamed(exposure.target)})`
      say(service, 'exposure-baseline', worse)
    },
    async end() {
      if (!file || !updateBaseline) return []
      await file.update(now)
      return [`${pastable(file.name)}: Written, with ${count(now.size, 'service')} of this run`]
    },
  }
}

function say(file: VFile, ruleId: string, text: string): void {
  const message = file.message(text, {ruleId, source: 'unitlint'})
  message.severity = 2
}

/** Exposures in tenths, by path. */
const format: BaselineFormat<number> = {
  option: '--exposure-baseline',
  entriesOf(value) {
    const {success, data, error} = z.record(z.string(), z.int().min(0).max(100)).safeParse(value)
    if (success) return new Map(Object.entries(data))
    const key = error.issues[0]?.path[0]
    return {
      fault:
        key === undefined
          ? 'Expected an object from paths to exposures'
          : `${String(key)}: Expected an exposure in tenths, from 0 to 100`,
    }
  },
  valueOf: (entries) => Object.fromEntries(entries),
}
