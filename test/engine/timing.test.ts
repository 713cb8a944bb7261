import {expect, it} from 'vitest'
import {Timing, timed} from '../../src/engine/timing.ts'

/** A clock that goes on by itself whenever it is looked at. */
function clock(): () => number {
  let now = 0
  return () => now++
}

it('each moment counts once: for what is done, not for what that is done for', () => {
  const timing = new Timing(clock())
  const found = timing.stage('exposure', () => {
    timing.rule('one', () => 1)
    return timing.rule('two', () => timed(timing, 'needs', () => 'found'))
  })
  expect(found).toBe('found')
  expect(timing.stages).toEqual([
    {name: 'needs', calls: 1, milliseconds: 1},
    {name: 'exposure', calls: 1, milliseconds: 3},
  ])
  expect(timing.rules).toEqual([
    {name: 'two', calls: 1, milliseconds: 2},
    {name: 'one', calls: 1, milliseconds: 1},
  ])
})

it('what throws is counted, and what comes behind it is not counted with it', () => {
  const timing = new Timing(clock())
  const failing = (): never => {
    throw new Error('no')
  }
  expect(() => timing.rule('bad', failing)).toThrow('no')
  timing.end(timing.begin('report'))
  expect([timing.rules, timing.stages]).toEqual([
    [{name: 'bad', calls: 1, milliseconds: 1}],
    [{name: 'report', calls: 1, milliseconds: 1}],
  ])
})

it('nothing is timed that nobody wants to know', () => {
  expect(timed(undefined, 'plan', () => 1)).toBe(1)
})
