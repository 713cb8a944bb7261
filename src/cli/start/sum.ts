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
 * Memory for so many bytes, and more where they are asked for. Throws where V8 has no WebAssembly.
 *
 * Of all that a process has from the start nothing else sums millions of bytes in less than two
 * milliseconds: what of Node does loads streams first, and V8 translates no function of ours as
 * soon.
 */
export function summed(length: number): Summed {
  const memory = new WebAssembly.Memory({initial: pagesFor(length)})
  const {exports} = new WebAssembly.Instance(new WebAssembly.Module(summing), {'': {memory}})
  // It exports nothing else.
  const sum = exports['sum'] as (from: number, end: number, to: number) => void
  const room = (asked: number): Buffer => {
    const missing = pagesFor(asked) - memory.buffer.byteLength / page
    if (missing > 0) memory.grow(missing)
    return Buffer.from(memory.buffer)
  }
  const sumOf = (from: number, count: number): string => {
    const end = from + Math.ceil(count / block) * block
    const bytes = room(from + count)
    bytes.fill(0, from + count, end)
    sum(from, end, end)
    return bytes.toString('hex', end, end + ofSum)
  }
  return {room, sumOf}
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
