import {Buffer} from 'node:buffer'
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readSync,
  unlinkSync,
} from 'node:fs'
import type {OpenFolder} from './open-folder.ts'
import {writeBytes} from './write-bytes.ts'

/** A file on its way to its place, all of it written. */
export interface Temporary {
  readonly name: string
  readonly descriptor: number
}

/**
 * Write a text to a new file in a folder and let `use` put that where it belongs: what is left of
 * it then is removed. Throws as the system does, also where not all of the text could be written.
 */
export function withTemporary<T>(
  folder: OpenFolder,
  {name, bytes, mode}: {readonly name: string; readonly bytes: Uint8Array; readonly mode: number},
  use: (temporary: Temporary) => T,
): T {
  const {O_RDWR, O_CREAT, O_EXCL, O_NOFOLLOW = 0} = constants
  const descriptor = openSync(folder.at(name), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, mode)
  const {dev, ino} = fstatSync(descriptor, {bigint: true})
  try {
    writeBytes(descriptor, bytes)
    return use({name, descriptor})
  } finally {
    const left = lstatSync(folder.at(name), {bigint: true, throwIfNoEntry: false})
    if (left?.ino === ino && left.dev === dev) unlinkSync(folder.at(name))
    closeSync(descriptor)
  }
}

/**
 * Make sure that a temporary file holds these bytes and no others, outlasts a crash of the machine,
 * and is still the one of its name.
 */
export function checkWhole(
  folder: OpenFolder,
  {name, descriptor}: Temporary,
  bytes: Uint8Array,
): void {
  fsyncSync(descriptor)
  const {dev, ino, size} = fstatSync(descriptor)
  const found = lstatSync(folder.at(name))
  if (found.ino !== ino || found.dev !== dev)
    throw new Error('Somebody else has taken the temporary file away')
  if (size !== bytes.length || !bytesOf(descriptor, size).equals(bytes))
    throw new Error('Not all of it could be written')
}

/** The first bytes of an open file, wherever it was read or written last. */
export function bytesOf(descriptor: number, size: number): Buffer {
  const bytes = Buffer.alloc(size)
  let done = 0
  while (done < size) {
    const count = readSync(descriptor, bytes, done, size - done, done)
    if (count === 0) break
    done += count
  }
  return bytes.subarray(0, done)
}
