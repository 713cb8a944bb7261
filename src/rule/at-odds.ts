import {isHardening} from '../facts/hardening.ts'
import type {Need} from '../needs/needs.ts'
import type {Value} from '../unit/value.ts'
import {deniedBy} from './denied.ts'
import {givingBack} from './giving-back.ts'
import type {Fix} from './rule.ts'
import type {Unit} from './unit.ts'

/** A line that takes away what a service needs. */
export interface Odds {
  readonly at: Value
  readonly directive: string
  /** The first of the needs. */
  readonly need: Need
  readonly fix: Fix | undefined
}

/**
 * The lines of a service that take away what some of its needs are about, in their order, with the
 * fix that gives it back.
 */
export function* atOdds(unit: Unit, isAsked: (need: Need) => boolean): Generator<Odds> {
  if (unit.type !== 'service' || !unit.isReadable) return
  const needs = unit.needs.filter(isAsked)
  if (needs.length === 0) return
  for (const directive of new Set(unit.all('Service').map(({key}) => key))) {
    const lines = isHardening(directive) ? unit.values(directive) : []
    if (lines.length === 0) continue
    const denied = deniedBy(unit, directive)
    // What a line says of itself is no word against it.
    const missed = needs.filter(
      ({access, certain, assignment}) =>
        denied.has(access) && (certain || assignment?.key !== directive),
    )
    const [need] = missed
    // Of several lines the one that takes it away.
    const at =
      lines.findLast(({value}) => need && unit.denies(directive, value).includes(need.access)) ??
      lines.at(-1)
    if (!need || !at) continue
    const accesses = missed.map(({access}) => access)
    yield {at, directive, need, fix: givingBack(unit, directive, accesses)}
  }
}
