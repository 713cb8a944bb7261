import {createHash, randomBytes, timingSafeEqual} from 'node:crypto'
import {closeSync, constants, fstatSync, openSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {isOpenToOthers, isOwn} from './cache-folder.ts'

const digestLength = 32

/** Where the compiled code of a script is kept: another V8 has another file. */
export function cacheFile(folder: string, script: string): string {
  return path.join(folder, `${path.basename(script)}-${process.versions.v8}-${process.arch}`)
}

/**
 * Compiled code that was kept for a source, by this V8 and for this machine; undefined where there is none.
 *
 * A file that others may have written, that is not whole, or that was made of another source counts as none.
 */
export function readCode(file: string, source: Uint8Array): Buffer | undefined {
  let descriptor: number | undefined
  try {
    descriptor = openSync(file, constants.O_RDONLY | noFollow | nonBlocking)
    const stats = fstatSync(descriptor)
    if (!stats.isFile() || !isOwn(stats) || isOpenToOthers(stats.mode) || stats.size <= digestLength) return undefined
    const kept = readFileSync(descriptor)
    const code = kept.subarray(digestLength)
    return timingSafeEqual(kept.subarray(0, digestLength), digest(source, code)) ? code : undefined
  } catch {
    return undefined
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

/** Keep compiled code, whole or not at all; where that cannot be, nothing happens. */
export function keepCode(file: string, source: Uint8Array, code: Uint8Array): void {
  const temporary = `${file}-${randomBytes(12).toString('hex')}`
  try {
    writeFileSync(temporary, Buffer.concat([digest(source, code), code]), {flag: 'wx', mode: 0o600})
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

/** V8 itself tells no broken code from sound code. */
function digest(source: Uint8Array, code: Uint8Array): Buffer {
  const {v8, node} = process.versions
  return createHash('sha256').update(`${node} ${v8} ${process.arch} ${source.length}\n`).update(source).update(code).digest()
}
