import {Buffer} from 'node:buffer'

/** What of it is used: types of Node say nothing of it. */
declare const WebAssembly: {
  readonly Memory: new (size: {readonly initial: number}) => {
    readonly buffer: ArrayBuffer
    grow(pages: number): number
  }
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (
    module: object,
    imports: Readonly<Record<string, object>>,
  ) => {readonly exports: Readonly<Record<string, unknown>>}
}

/** Memory with a sum of what is in it. */
export interface Summed {
  /** Memory of at least so many bytes; what was in it before may be gone. */
  readonly room: (length: number) => Buffer
  /**
   * What tells these bytes of the memory from others: any run of up to 128 bits that are others, and
   * with next to certainty all else.
   */
  readonly sumOf: (from: number, length: number) => string
}

/**
 * Memory for so many bytes, and more where they are asked for.
 *
 * Of all that a process has from the start nothing but WebAssembly sums millions of bytes in less
 * than two milliseconds: what of Node does loads streams first, and V8 translates no function of
 * ours as soon. Not every V8 has it, or the addresses that it wants for its memory.
 */
export function summed(length: number): Summed {
  try {
    return withSum(summedFast(length))
  } catch {
    return summedByScript(length)
  }
}

/** Memory, and what puts the sum of whole blocks of it behind them. */
interface Summing {
  readonly room: (length: number) => Buffer
  readonly sum: (from: number, end: number) => void
}

function withSum({room, sum}: Summing): Summed {
  return {
    room,
    sumOf(from, count) {
      const end = from + Math.ceil(count / block) * block
      const bytes = room(from + count)
      bytes.fill(0, from + count, end)
      sum(from, end)
      return bytes.toString('hex', end, end + ofSum)
    },
  }
}

function summedFast(length: number): Summing {
  const memory = new WebAssembly.Memory({initial: pagesFor(length)})
  const {exports} = new WebAssembly.Instance(new WebAssembly.Module(summing), {'': {memory}})
  // It exports nothing else.
  const sum = exports['sum'] as (from: number, end: number, to: number) => void
  return {
    room(asked) {
      const missing = pagesFor(asked) - memory.buffer.byteLength / page
      if (missing > 0) memory.grow(missing)
      return Buffer.from(memory.buffer)
    },
    sum: (from, end) => sum(from, end, end),
  }
}

/** The same, in ten times as long. */
export function summedByScript(length: number): Summed {
  let bytes = Buffer.allocUnsafeSlow(pagesFor(length) * page)
  return withSum({
    room(asked) {
      if (bytes.length < pagesFor(asked) * page)
        bytes = Buffer.allocUnsafeSlow(pagesFor(asked) * page)
      return bytes
    },
    sum(from, end) {
      const words = new Uint32Array(new Uint8Array(bytes.subarray(from, end)).buffer)
      let [a, b, c, d] = [0, 0, 0, 0]
      // Of both words of each sum the lower and the higher half.
      let [low, high, low2, high2] = [0, 0, 0, 0]
      for (let at = 0; at < words.length; at += 4) {
        a = (a ^ (words[at] ?? 0)) >>> 0
        b = (b ^ (words[at + 1] ?? 0)) >>> 0
        c = (c ^ (words[at + 2] ?? 0)) >>> 0
        d = (d ^ (words[at + 3] ?? 0)) >>> 0
        low += a
        high = (high + b + (low < 2 ** 32 ? 0 : 1)) >>> 0
        low >>>= 0
        low2 += c
        high2 = (high2 + d + (low2 < 2 ** 32 ? 0 : 1)) >>> 0
        low2 >>>= 0
      }
      for (const [index, word] of [a, b, c, d, low, high, low2, high2].entries())
        bytes.writeUInt32LE(word, end + 4 * index)
    },
  })
}

const page = 65_536
const block = 64
const ofSum = 32

/** With what a sum takes behind the bytes. */
function pagesFor(length: number): number {
  return Math.ceil((length + block + ofSum) / page)
}

/**
 * Two sums over vectors of 16 bytes: all of them, and each with all before it, so that it tells
 * where they stand.
 *
 *     (module
 *       (import "" "memory" (memory 1))
 *       (func (export "sum") (param $from i32) (param $end i32) (param $to i32)
 *         (local $all v128) (local $each v128)
 *         (loop ;; four times, $n = 0, 16, 32, 48:
 *           (local.set $all (v128.xor (local.get $all) (v128.load offset=$n (local.get $from))))
 *           (local.set $each (i64x2.add (local.get $all) (local.get $each)))
 *           (local.set $from (i32.add (local.get $from) (i32.const 64)))
 *           (br_if 0 (i32.lt_u (local.get $from) (local.get $end))))
 *         (v128.store (local.get $to) (local.get $all))
 *         (v128.store offset=16 (local.get $to) (local.get $each))))
 */
const summing = Buffer.from(
  'AGFzbQEAAAABBwFgA39/fwACDAEABm1lbW9yeQIAAQMCAQAHBwEDc3VtAAAKcgFwAQJ7A0AgAyAA/QAAAP1RIgMgBP3OASEEIAMgAP0AABD9USIDIAT9zgEh' +
    'BCADIAD9AAAg/VEiAyAE/c4BIQQgAyAA/QAAMP1RIgMgBP3OASEEIABBwABqIgAgAUkNAAsgAiAD/QsAACACIAT9CwAQCw==',
  'base64',
)
