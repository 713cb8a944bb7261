import {closeSync, constants, fstatSync, openSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {isOpenToOthers, isOwn} from './cache-folder.ts'
import {readInto} from './read-into.ts'

/** Compiled code begins where V8 reads it in place. */
const headLength = 512

/** Where the compiled code of a script is kept: another V8 has another file. */
export function cacheFile(folder: string, script: string): string {
  return path.join(folder, `${path.basename(script)}-${process.versions.v8}-${process.arch}`)
}

/**
 * What tells a script, as this Node reads it, from any other: when it was written, how long it is,
 * and how it begins, where the build puts a hash of the rest.
 */
export function identityOf(source: Buffer, mtimeMs: number): string {
  const {v8, node} = process.versions
  return `${node} ${v8} ${process.arch} ${mtimeMs} ${source.length} ${source.toString('latin1', 0, 80)}`
}

/**
 * Compiled code that was kept for a script, by its identity, read into memory that is there;
 * undefined where there is none.
 *
 * A file that others may have written, that is not whole, or that was made of another source counts
 * as none.
 */
export function readCode(file: string, identity: string, room: Buffer): Buffer | undefined {
  let descriptor: number | undefined
  try {
    descriptor = openSync(file, constants.O_RDONLY | noFollow | nonBlocking)
    const stats = fstatSync(descriptor)
    if (!stats.isFile() || !isOwn(stats) || isOpenToOthers(stats.mode) || stats.size <= headLength)
      return undefined
    const kept = readInto(room, descriptor, stats.size)
    const code = kept.subarray(headLength)
    return kept.subarray(0, headLength).equals(head(identity, code)) ? code : undefined
  } catch {
    return undefined
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

/** Keep compiled code, whole or not at all; where that cannot be, nothing happens. */
export function keepCode(file: string, identity: string, code: Buffer): void {
  // Loaded only where it is needed.
  const {randomBytes} = process.getBuiltinModule('node:crypto')
  const temporary = `${file}-${randomBytes(12).toString('hex')}`
  try {
    writeFileSync(temporary, Buffer.concat([head(identity, code), code]), {flag: 'wx', mode: 0o600})
    renameSync(temporary, file)
  } catch {
    remove(temporary)
  }
}

function remove(file: string): void {
  try {
    rmSync(file, {force: true})
  } catch {
    // What is left of it is never read.
  }
}

// Windows has neither.
const noFollow = constants.O_NOFOLLOW ?? 0
const nonBlocking = constants.O_NONBLOCK ?? 0

/**
 * What stands before code that is whole: of which script it is, its length, and a sum of all of it.
 * V8 itself tells no broken code from sound code.
 */
function head(identity: string, code: Buffer): Buffer {
  // Loads in less time than any sum takes here that is not of machine code, and tells each bit that
  // is another.
  const {crc32} = process.getBuiltinModule('node:zlib')
  const bytes = Buffer.alloc(headLength)
  bytes.write(`${code.length} ${crc32(code)} ${identity}`, 'latin1')
  return bytes
}
