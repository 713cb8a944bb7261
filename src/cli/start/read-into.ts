import {readSync} from 'node:fs'
import type {Buffer} from 'node:buffer'

/** Read the first bytes of a file, or what there is of them, into memory that is there. */
export function readInto(room: Buffer, descriptor: number, length: number): Buffer {
  let end = 0
  while (end < length) {
    const count = readSync(descriptor, room, end, length - end, null)
    if (count === 0) break
    end += count
  }
  return room.subarray(0, end)
}
