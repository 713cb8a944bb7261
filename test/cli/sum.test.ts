import {Buffer} from 'node:buffer'
import {assert, integer, nat, property, record, uint8Array} from 'fast-check'
import {describe, expect, it} from 'vitest'
import {summed, summedByScript} from '../../src/cli/start/sum.ts'

/** The same in words: the exclusive or of all vectors of two words, and the sums of each with all before it. */
function expected(bytes: Uint8Array): string {
  const whole = Buffer.alloc(Math.ceil(bytes.length / 64) * 64)
  whole.set(bytes)
  const [all, each] = [
    [0n, 0n],
    [0n, 0n],
  ]
  for (let at = 0; at < whole.length; at += 8) {
    const lane = (at / 8) % 2
    all[lane] = (all[lane] ?? 0n) ^ whole.readBigUInt64LE(at)
    each[lane] = BigInt.asUintN(64, (each[lane] ?? 0n) + (all[lane] ?? 0n))
  }
  const sums = Buffer.alloc(32)
  for (const [index, word] of [...all, ...each].entries()) sums.writeBigUInt64LE(word, index * 8)
  return sums.toString('hex')
}

function sumOf(bytes: Uint8Array, from: number, room: number, make = summed): string {
  const memory = make(room)
  memory.room(0).fill(0xa5)
  memory.room(from + bytes.length).set(bytes, from)
  return memory.sumOf(from, bytes.length)
}

const texts = uint8Array({minLength: 1, maxLength: 400})

describe('a sum', () => {
  it('is what it says, wherever the bytes are and whatever is behind them', () => {
    assert(
      property(
        texts,
        integer({min: 0, max: 600}),
        integer({min: 1, max: 200_000}),
        (bytes, from, room) => {
          expect(sumOf(bytes, from, room)).toBe(expected(bytes))
          expect(sumOf(bytes, from, room, summedByScript)).toBe(expected(bytes))
        },
      ),
    )
  })

  it('has memory where it ends with a page', () => {
    for (let length = 65_536 - 200; length <= 65_536 + 100; length++) {
      const memory = summed(length)
      const bytes = memory.room(length)
      memory.sumOf(0, length)
      // Memory that has grown is not the same any more.
      expect(bytes.length).toBeGreaterThanOrEqual(length)
    }
  })

  it('tells a run of up to 128 bits that are others, and bytes that have changed places', () => {
    const run = record({at: nat(), length: integer({min: 1, max: 128}), between: nat()})
    assert(
      property(texts, run, (bytes, {at, length, between}) => {
        const bits = bytes.length * 8
        const first = at % bits
        const last = Math.min(first + length, bits) - 1
        const other = Uint8Array.from(bytes)
        for (let bit = first; bit <= last; bit++)
          if (bit === first || bit === last || (between >> (bit % 31)) % 2 === 1)
            other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        const sum = sumOf(bytes, 512, 1024)
        expect(sumOf(other, 512, 1024)).not.toBe(sum)
        const moved = bytes.toReversed()
        expect(sumOf(moved, 512, 1024) === sum).toBe(Buffer.from(moved).equals(bytes))
      }),
    )
  })
})
