import {readSync} from 'node:fs'
import {Buffer} from 'node:buffer'

/**
 * Read the first bytes of a file, or what there is of them, into memory that is there, where it is
 * enough.
 */
export function readInto(room: Buffer, descriptor: number, length: number): Buffer {
  const bytes = room.length < length ? Buffer.allocUnsafeSlow(length) : room
  let end = 0
  while (end < length) {
    const count = readSync(descriptor, bytes, end, length - end, null)
    if (count === 0) break
    end += count
  }
  return bytes.subarray(0, end)
}
