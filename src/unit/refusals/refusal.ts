import type {Assignment} from '../unit.ts'

/** Why systemd does not load a unit. */
export interface Refusal {
  readonly reason: string
  /** What is missing, as far as something is. */
  readonly expected?: string
  /** The directives of which one that counts would do for what is missing. */
  readonly lacks?: readonly string[]
  /** Where it says so; undefined when something is missing. */
  readonly assignment?: Assignment
  /** The name by which it would load. */
  readonly name?: string
}

/** A refusal for what a line says; for what is missing, without one. */
export function refusedAt(reason: string, assignment: Assignment | undefined): Refusal {
  return assignment ? {reason, assignment} : {reason}
}

/**
 * A refusal for what is missing, which one of some directives would be, at the line that asks for
 * it, if one does.
 */
export function refusedWithout(
  lacks: readonly string[],
  expected: string,
  reason: string,
  assignment?: Assignment,
): Refusal {
  return {...refusedAt(reason, assignment), expected, lacks}
}
