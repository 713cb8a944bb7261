import type {Unit} from '../rule/unit.ts'
import {workOf} from './work.ts'

/** Work that is limited: each fix is tried after each step on all lines. */
export class Effort {
  #tries = 0

  /** Throws where it becomes too much. */
  add(unit: Unit, times: number): void {
    this.#tries += workOf(unit) * times
    if (this.#tries > mostTries) throw new TooMuchToPlan(this.#tries)
  }
}

/** How many fixes times lines there may be in all. Units that people write have up to 100,000. */
const mostTries = 110_000

/** A unit with more fixes and lines than a plan can be made for. */
export class TooMuchToPlan extends Error {
  constructor(tries: number) {
    super(`Too much for one unit: ${tries} fixes times lines to try, expected at most ${mostTries}`)
  }
}
