import {expect, it} from 'vitest'
import {applyEdits} from '../../src/syntax/edit.ts'
import type {Edit} from '../../src/syntax/edit.ts'

it('makes edits from the front, insertions at one point in order', () => {
  const edits: Edit[] = [
    {range: [4, 4], text: 'B'},
    {range: [0, 1], text: 'A'},
    {range: [4, 4], text: 'C'},
  ]
  expect(applyEdits('abcdef', edits)).toBe('AbcdBCef')
})
