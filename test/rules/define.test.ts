import {expect, test} from 'vitest'
import {defineRule} from '../../src/rule/index.ts'

const words = {id: 'a', summary: 'Do', why: 'For the test.', messages: {}, check: () => []}
const examples = {bad: [], good: []}

test('a rule whose options cannot be made is told by its name', () => {
  // As a rule in JavaScript may have it.
  const schema = defineRule({...words, examples, options: {} as never})
  expect(() => schema.options).toThrow(
    'Options of rule `a`: Expected a function that makes a schema',
  )
  const failing = defineRule({
    ...words,
    examples,
    options: () => {
      throw new Error('no zod')
    },
  })
  expect(() => failing.options).toThrow('Options of rule `a`: no zod')
})
