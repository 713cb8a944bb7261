import {expect, test} from 'vitest'
import {isToBeFixed, suited} from '../../src/engine/options.ts'
import {target} from '../../src/facts/targets.ts'

test('all is fixed, or errors alone, or what some rules say', () => {
  const problems = ([2, 1, 0] as const).flatMap((severity) =>
    ['a', 'b'].map((ruleId) => ({severity, ruleId})),
  )
  const fixed = (fixOnly: Parameters<typeof isToBeFixed>[1]['fixOnly']): string[] =>
    problems
      .filter((problem) => isToBeFixed(problem, {fixOnly}))
      .map(({severity, ruleId}) => `${severity}${ruleId}`)
  expect(fixed(undefined)).toEqual(['2a', '2b', '1a', '1b', '0a', '0b'])
  expect(fixed('errors')).toEqual(['2a', '2b'])
  expect(fixed(['b'])).toEqual(['2b', '1b', '0b'])
  expect(fixed([])).toEqual([])
})

test('fixes suit the targets, and those up to which nobody named one', () => {
  const [old, new_] = [target('252')!, target('257')!]
  expect(suited({targets: [old]})).toEqual([old])
  expect(suited({targets: [old], upTo: new_})).toEqual([old, new_])
})
