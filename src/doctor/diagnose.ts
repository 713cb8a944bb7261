import type {AccessId} from '../facts/accesses.ts'
import type {Unit} from '../rule/unit.ts'
import {overriding, strengthOf, surroundings} from './strength.ts'
import type {JudgedService} from './strength.ts'
import {suspectsIn} from './suspects.ts'
import type {Suspect} from './suspects.ts'
import type {Symptom} from './symptoms.ts'

/** A line that is to blame, as far as a log tells. */
export interface Cause {
  readonly suspect: Suspect
  /** The symptom that it explains best. */
  readonly symptom: Symptom
  /** From 0 to 1: 1 where nothing else in force can be it. */
  readonly strength: number
  /** What the service is thought to have been denied, likeliest first. */
  readonly needed: readonly AccessId[]
  /** The log says no more than that it failed: it is what its program is known to need. */
  readonly isGuess?: true
}

/** Less than this explains nothing: programs fail for reasons of their own. */
const enough = 0.5

/**
 * The lines in force of a service that explain what a log says, best first; none where nothing was
 * denied.
 *
 * What nobody wrote is never to blame.
 */
export function diagnose(unit: Unit, symptoms: readonly Symptom[]): readonly Cause[] {
  const its = surroundings(unit)
  const [silent] = symptoms
  if (silent && symptoms.every(({kind}) => kind === 'status')) return guesses(unit, silent, its)
  const causes = suspectsIn(unit).flatMap((suspect) => {
    const [best, ...others] = symptoms
      .map((symptom) => ({symptom, strength: strengthOf(suspect, symptom, its)}))
      .filter(({strength}) => strength >= enough)
      .toSorted((one, other) => other.strength - one.strength)
    if (!best) return []
    // What else it denied is given back with it: else that fails next.
    const needs = [best, ...others].flatMap(({symptom}) => needed(suspect, symptom, its))
    return [
      {
        suspect,
        ...best,
        needed: [...new Set(needs)],
        isLast: [best, ...others].some(({symptom}) => isFatal.test(symptom.message)),
      },
    ]
  })
  const isTold = causes.some(({isLast}) => isLast)
  const rank = ({isLast, strength}: (typeof causes)[number]): number =>
    isTold && !isLast ? strength * borne : strength
  return causes
    .toSorted(
      (one, other) =>
        rank(other) - rank(one) || one.suspect.denied.size - other.suspect.denied.size,
    )
    .map(({suspect, symptom, strength, needed: ids}) => ({suspect, symptom, strength, needed: ids}))
}

/** Who says which of its errors is the last does not mind the others. */
const isFatal = /\bfatal\b|\[(?:emerg|crit)\]/i
const borne = 0.5

/**
 * The lines that deny what the program of a service that failed without a word is known to need,
 * those first that deny more of it.
 */
function guesses(unit: Unit, symptom: Symptom, its: JudgedService): readonly Cause[] {
  const causes = suspectsIn(unit).flatMap((suspect): Cause[] => {
    const known = [...suspect.denied].filter((id) => its.needs.get(id) === 1)
    return known.length === 0
      ? []
      : [
          {
            suspect,
            symptom,
            strength: known.length / suspect.denied.size,
            needed: known,
            isGuess: true,
          },
        ]
  })
  return causes.toSorted((one, other) => other.strength - one.strength)
}

/**
 * What failed, of what is denied: by the words of the message, by its kind, or by what the service
 * is known to need.
 */
function needed(
  {denied, key}: Suspect,
  {deeds, error}: Symptom,
  {needs}: JudgedService,
): readonly AccessId[] {
  const told = [...deeds].filter((id) => denied.has(id))
  // What the directive itself speaks of says it best.
  const own = key === 'SystemCallFilter' ? '@' : 'CAP_'
  if (told.length > 0)
    return told.toSorted(
      (one, other) => Number(other.startsWith(own)) - Number(one.startsWith(own)),
    )
  if (error === 'EACCES' && key === 'CapabilityBoundingSet')
    return overriding.filter((id) => denied.has(id))
  return [...denied].filter((id) => needs.get(id) === 1)
}
