import type {Unit} from '../rule/unit.ts'
import {reading} from '../unit/read/reading.ts'

/** What a run spends its time on, beside rules. */
export const runStages = [
  'read',
  'parse',
  'load',
  'reading',
  'needs',
  'fixes',
  'plan',
  'exposure',
  'messages',
  'report',
] as const

/** A part of a run. */
export type Stage = (typeof runStages)[number]

/** What all calls of something took. */
export interface Spent {
  readonly name: string
  readonly calls: number
  readonly milliseconds: number
}

interface Account {
  calls: number
  milliseconds: number
}

/**
 * Where the time of a run goes, each moment told once: what is called from within something else is
 * not counted for that.
 *
 * Absent everywhere but where it is asked for, so that nothing is measured; see `timed`.
 */
export class Timing {
  readonly #now: () => number
  readonly #stages = new Map<string, Account>()
  readonly #rules = new Map<string, Account>()
  #current: Account | undefined
  #since = 0

  /** Takes a clock, in milliseconds. */
  constructor(now: () => number) {
    this.#now = now
  }

  /** In the order in which a run comes to them; those that it came to. */
  get stages(): readonly Spent[] {
    return runStages.flatMap((name) => {
      const account = this.#stages.get(name)
      return account ? [{name, ...account}] : []
    })
  }

  /** The slowest first. */
  get rules(): readonly Spent[] {
    return [...this.#rules]
      .map(([name, account]) => ({name, ...account}))
      .toSorted((one, other) => other.milliseconds - one.milliseconds)
  }

  /** Work for a stage. */
  stage<Result>(name: Stage, work: () => Result): Result {
    const before = this.begin(name)
    try {
      return work()
    } finally {
      this.#change(before)
    }
  }

  /** Asking a rule. */
  rule<Result>(id: string, work: () => Result): Result {
    const before = this.#enter(this.#rules, id)
    try {
      return work()
    } finally {
      this.#change(before)
    }
  }

  /** From here on it is a stage, up to `end` with what this returns. */
  begin(name: Stage): Account | undefined {
    return this.#enter(this.#stages, name)
  }

  /** See `begin`. */
  end(before: Account | undefined): void {
    this.#change(before)
  }

  #enter(accounts: Map<string, Account>, name: string): Account | undefined {
    const before = this.#current
    const account = accounts.get(name) ?? {calls: 0, milliseconds: 0}
    accounts.set(name, account)
    account.calls++
    this.#change(account)
    return before
  }

  #change(next: Account | undefined): void {
    const now = this.#now()
    if (this.#current) this.#current.milliseconds += now - this.#since
    this.#current = next
    this.#since = now
  }
}

/** Work for a stage, timed where that is asked for. */
export function timed<Result>(timing: Timing | undefined, name: Stage, work: () => Result): Result {
  return timing ? timing.stage(name, work) : work()
}

/** What there is one after the other, the making of each timed where that is asked for. */
export function* timedEach<Each>(
  timing: Timing | undefined,
  name: Stage,
  all: Iterable<Each>,
): Iterable<Each> {
  const iterator = all[Symbol.iterator]()
  for (
    let next = timed(timing, name, () => iterator.next());
    next.done !== true;
    next = timed(timing, name, () => iterator.next())
  )
    yield next.value
}

/**
 * What all rules ask of a unit, asked before them where they are timed: else the first of them
 * would pay for all.
 */
export function askedBefore(unit: Unit, timing: Timing | undefined): Unit {
  if (!timing) return unit
  timing.stage('reading', () => reading(unit))
  if (unit.type === 'service') timing.stage('needs', () => unit.needs)
  return unit
}
