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

/** How many times more steps the step from twice to four times the size takes than the one to twice: 2 in proportion, 4 with the square. */
async function growth(subject: string): Promise<number> {
  const [once = 0, twice = 0, fourTimes = 0] = await counter.stepsOf(subject, [size, 2 * size, 4 * size])
  return (fourTimes - twice) / Math.max(twice - once, 1000)
}

it('finds out what grows with the square', async () => {
  expect(await growth('square')).toBeGreaterThan(3.5)
})

it.each(Object.keys(subjects).filter((name) => name !== 'square'))('%s: takes steps in proportion', async (subject) => {
  expect(await growth(subject)).toBeLessThan(3)
})
