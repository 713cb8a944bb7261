import fc from 'fast-check'

/** What is tried with inputs that nobody would think of. */
export interface FuzzTarget {
  /**
   * Try some inputs, the seeds among them: what is wrong with the first that shows a fault, with as
   * little of it as shows it still.
   */
  run(runs: number, seed: number): Promise<string | undefined>
  /** Some inputs that can be made larger. */
  samples(count: number, seed: number): readonly Sample[]
}

/** An input that can be made larger, with what has to take steps in proportion to its size then. */
export interface Sample {
  readonly shown: string
  grow(times: number): Promise<void>
}

/** What a target is made of. */
interface TargetParts<Input> {
  readonly arbitrary: fc.Arbitrary<Input>
  /** Inputs that were at fault once, or that all others come from: tried first. */
  readonly seeds: readonly Input[]
  /** Throws where an input shows a fault of ours. */
  check(input: Input): void | Promise<void>
  /** Do what has to take steps in proportion, with an input that many times as large. */
  grow(input: Input, times: number): void | Promise<void>
}

/** A target of its parts. */
export function fuzzTarget<Input>({arbitrary, seeds, check, grow}: TargetParts<Input>): FuzzTarget {
  return {
    async run(runs, seed) {
      const property = fc.asyncProperty(arbitrary, async (input) => check(input))
      const result = await fc.check(property, {
        numRuns: runs,
        seed,
        examples: seeds.map((one) => [one]),
      })
      if (!result.failed) return undefined
      const {counterexample, errorInstance: error, numRuns} = result
      const said =
        error instanceof Error
          ? error.message.includes('\n')
            ? error.message
            : `${error.message} ${error.stack}`
          : String(error)
      return `${said}\nseed ${seed}, input ${numRuns}: ${fc.stringify(counterexample?.[0])}`
    },
    samples: (count, seed) =>
      [...seeds, ...fc.sample(arbitrary, {numRuns: count, seed})].map((input) => ({
        shown: fc.stringify(input),
        grow: async (times) => grow(input, times),
      })),
  }
}

/** Throws unless something holds. */
export function hold(isSo: boolean, what: () => string): asserts isSo {
  if (!isSo) throw new Error(what())
}

/** Any of some items, of which there is at least one. */
export function anyOf<Item>(items: readonly Item[]): fc.Arbitrary<Item> {
  return fc.nat(items.length - 1).map((index) => items[index] as Item) // The index is one of an item.
}
