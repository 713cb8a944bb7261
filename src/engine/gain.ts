import type {Unit} from '../rule/unit.ts'
import {amended} from './amend.ts'
import {scoreOf} from './exposure-score.ts'
import type {Facade, ReadyFix} from './proposal.ts'

/**
 * What a fix alone takes off the exposure of a unit, in tenths, not rounded; undefined for what has
 * no exposure.
 */
export function gainOf(unit: Unit, fix: ReadyFix, facade: Facade): number | undefined {
  if (unit.type !== 'service' || unit.isPartial) return undefined
  const before = scoreOf(unit, {})
  const after = scoreOf(facade(amended(unit, fix.operations), unit.evidence), {})
  return before && after ? before.exact - after.exact : undefined
}
