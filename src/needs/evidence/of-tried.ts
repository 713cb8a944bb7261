import type {AccessId} from '../../facts/accesses.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import {valuesOf} from '../../unit/value.ts'
import {denials} from '../denials.ts'
import {denialContext} from '../denial-context.ts'
import type {Need} from './need.ts'
import type {Borne} from './of-production.ts'

/** What came of lines that were tried of a service. */
export interface Trial {
  /** `2026-11-28` */
  readonly date: string
  /** The major version of the systemd, as text. */
  readonly systemd: string
  /** The command that the service ran then; absent: whatever it runs. */
  readonly program?: string | undefined
  /** With these together it worked. */
  readonly worked: readonly TriedLine[]
  readonly failed: ReadonlyArray<{readonly line: TriedLine; readonly because: string}>
}

/** `[key, value]` */
type TriedLine = readonly [key: string, value: string]

/** Trials by the name of the unit, the oldest first. */
export type Trials = ReadonlyMap<string, readonly Trial[]>

/** What trials tell of a service: what it was seen to do without, and what it broke without. */
export interface Tried {
  readonly bears: ReadonlyMap<AccessId, Borne>
  readonly needs: readonly Need[]
}

/**
 * What a service needs, as it was tried. A line that failed is a need for what it denies and no
 * line that worked does too; where there is nothing of the kind, for what it is about. What was
 * tried later counts more, and nothing of another program.
 */
export function ofTried(unit: LoadedUnit, trials: readonly Trial[]): Tried {
  const context = denialContext(unit)
  const denied = ([key, value]: TriedLine): readonly AccessId[] =>
    denials(key, value, context).filter((id) => id !== 'unknown-effect')
  const bears = new Map<AccessId, Borne>()
  const needs = new Map<AccessId, Need>()
  for (const {date, systemd, worked, failed, program} of trials) {
    if (program !== undefined && program !== programOf(unit)) continue
    const when = `tried ${date} on systemd ${systemd}`
    for (const line of worked) {
      for (const id of denied(line)) {
        bears.set(id, {grade: 'tried', words: () => when})
        needs.delete(id)
      }
    }
    // What denies least says it best.
    const known = new Set<AccessId>()
    for (const {line, because, its} of failed
      .map((one) => ({...one, its: denied(one.line)}))
      .toSorted((one, other) => one.its.length - other.its.length)) {
      const others = its.filter((id) => !bears.has(id))
      for (const id of others.length > 0 ? others : its.slice(0, 1)) {
        bears.delete(id)
        if (!known.has(id))
          needs.set(id, {
            access: id,
            because: `\`${line.join('=')}\` was ${when}: ${because}`,
            certain: true,
          })
        known.add(id)
      }
    }
  }
  return {bears, needs: [...needs.values()]}
}

/** The command that a service is for; empty where there is none. */
export function programOf(unit: LoadedUnit): string {
  return /^[@:+!|-]*(\S+)/.exec(valuesOf(unit, 'ExecStart')[0]?.value ?? '')?.[1] ?? ''
}
