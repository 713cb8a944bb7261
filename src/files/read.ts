import {Buffer, isAscii} from 'node:buffer'
import {closeSync, constants, fstatSync, openSync, readFileSync, readSync} from 'node:fs'
import {decode} from '../syntax/bytes.ts'
import {reasonOfFile} from './fault.ts'
import {modeOf} from './mode.ts'
import {native} from './native.ts'

/** No unit is larger; systemd itself gives up far below on a single line. */
const maximumBytes = 32 * 1024 * 1024

/** A file as it was read; its mode see `modeOf`. */
export interface ReadFile {
  readonly text: string
  readonly mode: number | undefined
}

/**
 * The text of a file, bytes that are not UTF-8 kept (see `decode`), or why there is none, in words.
 *
 * Never waits: what is no regular file (a pipe, a device, a folder) is not read.
 */
export function readText(file: string, most = maximumBytes): ReadFile | {fault: string} {
  let descriptor: number | undefined
  try {
    // Without O_NONBLOCK, opening a pipe waits for somebody to write to it.
    descriptor = openSync(native(file), constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    const stats = fstatSync(descriptor)
    if (stats.isDirectory()) return {fault: 'Folder, expected a file'}
    if (!stats.isFile()) return {fault: 'Not a regular file'}
    if (stats.size > most)
      return {fault: `Too large: ${stats.size} bytes, expected at most ${most}`}
    const bytes = bytesOf(descriptor, stats.size)
    return {
      text: isAscii(bytes) ? bytes.toString('latin1') : decode(bytes),
      mode: modeOf(file, stats),
    }
  } catch (error) {
    return {fault: reasonOfFile(error)}
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

/**
 * The text of what was a regular file a moment ago; undefined where it cannot be read or is not
 * short, and `readText` tells. It asks the system for less: thousands of units are only glanced at.
 */
export function shortText(file: string): string | undefined {
  let descriptor: number | undefined
  try {
    descriptor = openSync(native(file), constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    const count = readSync(descriptor, place, 0, place.length, 0)
    // Nothing more shows that this is all.
    if (count === place.length || readSync(descriptor, place, count, 1, count) > 0) return undefined
    const text = place.toString('utf8', 0, count)
    return text.includes('\uFFFD') ? decode(place.subarray(0, count)) : text
  } catch {
    return undefined
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

/** The first bytes of a regular file as text; undefined where it cannot be read. Never waits. */
export function startOfText(file: string): string | undefined {
  let descriptor: number | undefined
  try {
    descriptor = openSync(native(file), constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    if (!fstatSync(descriptor).isFile()) return undefined
    return place.toString('latin1', 0, readSync(descriptor, place, 0, place.length, 0))
  } catch {
    return undefined
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

/**
 * Nearly all units are smaller: one place to read them into will do, as what is read becomes text
 * before the next.
 */
const place = Buffer.allocUnsafe(16 * 1024)

function bytesOf(descriptor: number, size: number): Buffer {
  // One byte more than there should be shows whether that is all.
  if (size === 0 || size >= place.length) return readFileSync(descriptor)
  const count = readSync(descriptor, place, 0, size + 1, 0)
  return count === size ? place.subarray(0, count) : readFileSync(descriptor)
}
