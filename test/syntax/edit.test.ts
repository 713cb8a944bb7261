import fc from 'fast-check'
import {expect, it} from 'vitest'
import {applyEdits, EditsTogether} from '../../src/syntax/edit.ts'
import type {Edit} from '../../src/syntax/edit.ts'
import {times} from '../times.ts'

const edit = fc
  .tuple(fc.nat(12), fc.nat(4))
  .map(([start, length]): Edit => ({range: [start, start + length], text: 'x'}))

/** Overlap, told for each two alone; two insertions never do. */
function overlap({range: [a, b]}: Edit, {range: [c, d]}: Edit): boolean {
  if (a === b && c === d) return false
  if (a === b) return c < a && a < d
  return c === d ? a < c && c < b : a < d && c < b
}

it('takes an edit just where it overlaps none that was taken', () => {
  fc.assert(
    fc.property(fc.array(edit, {maxLength: 12}), (edits) => {
      const taken = new EditsTogether()
      const expected: Edit[] = []
      for (const next of edits) {
        expect(taken.conflicts(next)).toBe(expected.some((other) => overlap(next, other)))
        if (taken.conflicts(next)) continue
        taken.add(next)
        expected.push(next)
      }
      expect(taken.edits).toEqual(expected)
    }),
    {numRuns: times(2000)},
  )
})

it('makes edits from the front, insertions at one point in order', () => {
  const edits: Edit[] = [
    {range: [4, 4], text: 'B'},
    {range: [0, 1], text: 'A'},
    {range: [4, 4], text: 'C'},
  ]
  expect(applyEdits('abcdef', edits)).toBe('AbcdBCef')
})
