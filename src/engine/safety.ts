import {weigh} from '../needs/weigh.ts'
import type {Weighed} from '../needs/weigh.ts'
import type {Needs} from '../needs/needs.ts'
import type {Applicability} from '../rule/rule.ts'
import type {Unit} from '../rule/unit.ts'
import {deniedAnew} from './denied-anew.ts'
import type {Operation} from './operations.ts'

/** How safe a fix is, and who vouches for it where it denies what many services need. */
export interface Safety {
  readonly applicability: Applicability
  /** Clauses: "attested: NixOS/nixpkgs runs `gitea` so that ...". */
  readonly by?: (() => readonly string[]) | undefined
}

/**
 * How safe a fix is for a unit, by what the unit with it denies that it did not deny before: held
 * against what the service needs.
 *
 * What a line shows that the fix itself changes is no reason against it, but none for it either.
 * What a change does beside denying, only its author knows.
 */
export function safety(unit: Unit, all: readonly Operation[], fixed: () => Unit): Safety {
  if (unit.type !== 'service') return safe
  const denied = deniedAnew(unit, all, fixed)
  if (denied.length === 0) return safe
  const touched = new Set(
    all.flatMap((operation) => (operation.kind === 'insert' ? [] : [operation.entry])),
  )
  if (touched.size === 0) return safetyOf(weigh(denied, unit.needs))
  const isTouched = (need: Needs[number]): boolean =>
    need.assignment !== undefined && touched.has(need.assignment.directive)
  const others = Object.assign(
    unit.needs.filter((need) => !isTouched(need)),
    {
      isClosed: unit.needs.isClosed,
      borne: unit.needs.borne,
      population: unit.needs.population,
      traced: unit.needs.traced,
    },
  )
  const found = safetyOf(weigh(denied, others))
  return found.applicability === 'safe' && weigh(denied, unit.needs).applicability === 'withheld'
    ? {applicability: 'unsafe'}
    : found
}

const safe: Safety = {applicability: 'safe'}

function safetyOf({applicability, by}: Weighed): Safety {
  return {applicability: applicability === 'withheld' ? 'suggestion' : applicability, by}
}

/** The less safe of two. */
export function lower(one: Applicability, other: Applicability): Applicability {
  return order.indexOf(one) > order.indexOf(other) ? one : other
}

const order: readonly Applicability[] = ['safe', 'unsafe', 'suggestion']
