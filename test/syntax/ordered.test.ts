import {expect, test} from 'vitest'
import {countFirst} from '../../src/syntax/ordered.ts'

test('those that come first are counted by halves', () => {
  for (let length = 0; length < 20; length++) {
    const items = Array.from({length}, (_, index) => index)
    for (let count = 0; count <= length; count++) {
      const asked: number[] = []
      expect(countFirst(items, (item) => asked.push(item) > 0 && item < count)).toBe(count)
      expect(asked.length).toBeLessThanOrEqual(Math.ceil(Math.log2(length + 1)))
      expect(asked.every((item) => items.includes(item))).toBe(true)
    }
  }
})
