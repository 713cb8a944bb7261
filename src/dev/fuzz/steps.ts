import {Session} from 'node:inspector'
import type {Sample} from './target.ts'

/** How many steps some work takes. */
export type StepsOf = (work: () => Promise<void>) => Promise<number>

/**
 * Counts the steps of what is called first after this: how often all functions and blocks run, as
 * V8 counts them for coverage.
 */
export function stepCounter(): StepsOf {
  const session = new Session()
  session.connect()
  session.post('Profiler.enable')
  session.post('Profiler.startPreciseCoverage', {callCount: true, detailed: true})
  const taken = (): number => {
    let sum = 0
    session.post('Profiler.takePreciseCoverage', (_error, {result}) => {
      const ours = result.filter(({url}) => url.includes('unitlint'))
      for (const script of ours)
        for (const its of script.functions) for (const {count} of its.ranges) sum += count
    })
    return sum
  }
  return async (work) => {
    taken()
    await work()
    return taken()
  }
}

/** Less is few, in whatever way it grows: what stops to look at more gets no further. */
const few = 5_000_000

/** How many times the input is repeated first; then twice and four times that. */
const size = 25

/** What grows more than in proportion, in words; undefined where nothing does. */
export async function growthFault(sample: Sample, stepsOf: StepsOf): Promise<string | undefined> {
  await sample.grow(size)
  const counts: number[] = []
  for (const times of [size, 2 * size, 4 * size])
    counts.push(await stepsOf(async () => sample.grow(times)))
  const [once = 0, twice = 0, fourTimes = 0] = counts
  // In proportion it is 2, with the square 4.
  const growth = (fourTimes - twice) / Math.max(twice - once, 1000)
  return fourTimes > few && growth > 3 ? `${counts.join(', ')} steps: ${sample.shown}` : undefined
}
