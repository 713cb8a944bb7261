import process from 'node:process'
import {growthFault, stepCounter} from './fuzz/steps.ts'
import type {StepsOf} from './fuzz/steps.ts'
import type {FuzzTarget} from './fuzz/target.ts'
import {targets} from './fuzz/targets.ts'

/** How many inputs are tried at once, before the next seed. */
const batch = 5_000

/** A target with so many faults has one that hides others. */
const mostFaults = 5

/**
 * Try targets with inputs that nobody would think of: `npm run fuzz [-- steps] [-- TARGET] [--
 * RUNS]`.
 *
 * All targets, a hundred thousand inputs each, where none is named; another seed each time, which
 * is told. With `steps` inputs are made larger and the steps are counted that the work takes then.
 * The exit status is 1 where there is a fault.
 */
export async function main(args: readonly string[]): Promise<void> {
  const {isOfSteps, names, runs, seed} = asked(args)
  const stepsOf = isOfSteps ? stepCounter() : undefined
  for (const name of names) {
    const target = targets[name]
    if (!target)
      throw new Error(
        `Unexpected target \`${name}\`, expected one of ${Object.keys(targets).join(', ')}`,
      )
    const say = (line: string): void => console.log(`${new Date().toISOString()} ${name}: ${line}`)
    say(`seed ${seed}`)
    let [done, faults] = [0, 0]
    for await (const {count, fault} of stepsOf
      ? grown(target, runs, seed, stepsOf)
      : tried(target, runs, seed)) {
      done += count
      if (fault === undefined) continue
      say(`FAULT ${fault}`)
      process.exitCode = 1
      if (++faults >= mostFaults) break
    }
    say(`${done} inputs, ${faults} faults`)
  }
}

/** How many inputs were tried since the last word, and what one of them has shown. */
interface RunNote {
  readonly count: number
  readonly fault: string | undefined
}

async function* tried(target: FuzzTarget, runs: number, seed: number): AsyncGenerator<RunNote> {
  for (let at = 0; at < runs; at += batch) {
    const count = Math.min(batch, runs - at)
    yield {count, fault: await target.run(count, seed + at)}
  }
}

async function* grown(
  target: FuzzTarget,
  runs: number,
  seed: number,
  stepsOf: StepsOf,
): AsyncGenerator<RunNote> {
  for (const sample of target.samples(runs, seed))
    yield {count: 1, fault: await growthFault(sample, stepsOf)}
}

function asked(args: readonly string[]): {
  isOfSteps: boolean
  names: readonly string[]
  runs: number
  seed: number
} {
  const words = args.filter((arg) => arg !== 'steps')
  const isOfSteps = words.length < args.length
  const [runs = isOfSteps ? 100 : 100_000, seed = Math.floor(Math.random() * 2 ** 30)] = words
    .filter((word) => /^\d+$/.test(word))
    .map(Number)
  const named = words.filter((word) => !/^\d+$/.test(word))
  return {isOfSteps, runs, seed, names: named.length > 0 ? named : Object.keys(targets)}
}
