import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {growthFault} from '../../src/dev/fuzz/steps.ts'
import {fuzzTarget, hold} from '../../src/dev/fuzz/target.ts'
import {targets} from '../../src/dev/fuzz/targets.ts'
import {times} from '../times.ts'

/**
 * How many inputs each target is tried with here; `npm run fuzz` tries as many as one has time for.
 */
const runs = times(200)

describe('inputs that nobody would think of show no fault', () => {
  it.each(Object.entries(targets))('of %s', async (_, target) => {
    expect(await target.run(runs, 1)).toBeUndefined()
  })
})

describe('a fuzzer', () => {
  const seen: string[] = []
  const target = fuzzTarget<string>({
    arbitrary: fc.string(),
    seeds: ['first', 'second'],
    check: (input) => {
      seen.push(input)
      hold(!input.includes('%'), () => 'a percent sign')
    },
    grow: () => undefined,
  })

  it('tries what is known first, and tells of the least that shows a fault', async () => {
    const fault = await target.run(10_000, 1)
    expect(seen.slice(0, 2)).toEqual(['first', 'second'])
    expect(fault).toMatch(/^a percent sign [^]*\nseed 1, input \d+: "%"$/)
    expect(
      await fuzzTarget({
        arbitrary: fc.nat(),
        seeds: [],
        check: () => undefined,
        grow: () => undefined,
      }).run(100, 1),
    ).toBeUndefined()
  })

  it('tells of what takes more steps than in proportion', async () => {
    const sizes: number[] = []
    const sample = {shown: 'x', grow: async (times: number) => void sizes.push(times)}
    const stepsOf = (power: number) => async (work: () => Promise<void>) => {
      await work()
      return 10_000 * (sizes.at(-1) ?? 0) ** power
    }
    expect(await growthFault(sample, stepsOf(1))).toBeUndefined()
    expect(await growthFault(sample, stepsOf(2))).toBe('6250000, 25000000, 100000000 steps: x')
    expect(
      await growthFault(sample, async (work) => (await stepsOf(2)(work)) / 100),
    ).toBeUndefined()
  })
})
