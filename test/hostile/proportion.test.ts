import {afterAll, beforeAll, expect, it} from 'vitest'
import {stepCounter} from './steps.ts'
import type {StepCounter} from './steps.ts'
import {subjects} from './subjects.ts'

/** Four times as much is well within 10,000, where some stop to look. */
const size = 1000

let counter: StepCounter
beforeAll(async () => {
  counter = await stepCounter()
})
afterAll(() => counter.close())

/**
 * Less than the square of four times the size: what stops to look there, in whatever way it gets to
 * it.
 */
const few = 5_000_000

/**
 * How many times more steps the step from twice to four times the size takes than the one to twice:
 * 2 in proportion, 4 with the square.
 */
function growth([once = 0, twice = 0, fourTimes = 0]: readonly number[]): number {
  return (fourTimes - twice) / Math.max(twice - once, 1000)
}

async function stepsOf(subject: string): Promise<readonly number[]> {
  return counter.stepsOf(subject, [size, 2 * size, 4 * size])
}

it('finds out what grows with the square', async () => {
  const steps = await stepsOf('square')
  expect(growth(steps)).toBeGreaterThan(3.5)
  expect(steps.at(-1)).toBeGreaterThan(few)
})

it.each(Object.keys(subjects).filter((name) => name !== 'square'))(
  '%s: takes steps in proportion',
  async (subject) => {
    const steps = await stepsOf(subject)
    if ((steps.at(-1) ?? Infinity) > few) expect(growth(steps)).toBeLessThan(3)
  },
)
