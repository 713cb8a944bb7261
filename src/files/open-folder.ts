import type {Buffer} from 'node:buffer'
import {closeSync, constants, existsSync, fsyncSync, mkdirSync, openSync} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {codeOf} from './fault.ts'
import {native} from './native.ts'

/** A folder that stays the same one, whatever its path leads to by now. */
export interface OpenFolder {
  /** Where the system finds a file of it. */
  at(name: string): string | Buffer
  /** Let what was put in it outlast a crash of the machine, where the system can do that. */
  settle(): void
  close(): void
}

/**
 * Open a folder by an absolute path without links, with `make` all that is missing of it. Throws as
 * `open` and `mkdir` do, also where something on the way is a link by now.
 *
 * On Linux it is held by a descriptor, so that nobody can put a link in its place; elsewhere it is
 * a path.
 */
export function openFolder(folder: string, {make = false} = {}): OpenFolder {
  return process.platform === 'linux' && existsSync(descriptors)
    ? held(folder, make)
    : named(folder, make)
}

const descriptors = '/proc/self/fd'

/** `O_PATH` of Linux, which Node does not name: folders on the way need not be readable. */
const onlyPath = 0o10000000

function held(folder: string, make: boolean): OpenFolder {
  const flags = onlyPath | constants.O_DIRECTORY | constants.O_NOFOLLOW
  let descriptor = openSync('/', flags)
  const at = (name: string): string | Buffer => native(`${descriptors}/${descriptor}/${name}`)
  try {
    for (const name of folder.split('/').filter(Boolean)) {
      const next = openNext(at(name), flags, make)
      closeSync(descriptor)
      descriptor = next
    }
  } catch (error) {
    closeSync(descriptor)
    throw error
  }
  return {at, settle: () => settle(at('.')), close: () => closeSync(descriptor)}
}

function openNext(folder: string | Buffer, flags: number, make: boolean): number {
  try {
    return openSync(folder, flags)
  } catch (error) {
    if (!make || codeOf(error) !== 'ENOENT') throw error
  }
  makeOne(folder)
  return openSync(folder, flags)
}

function named(folder: string, make: boolean): OpenFolder {
  if (make) makeAll(folder)
  return {
    at: (name) => native(path.join(folder, name)),
    settle: () => settle(native(folder)),
    close: () => undefined,
  }
}

/** `mkdir` of Node with `recursive` never returns where that cannot be. */
function makeAll(folder: string): void {
  if (existsSync(native(folder))) return
  makeAll(path.dirname(folder))
  makeOne(native(folder))
}

function makeOne(folder: string | Buffer): void {
  try {
    mkdirSync(folder)
  } catch (error) {
    // Somebody else has made it just now.
    if (codeOf(error) !== 'EEXIST') throw error
  }
}

/**
 * What is in place stays there for all who look; only a crash could still bring back what was
 * before, and that is whole as well.
 */
function settle(folder: string | Buffer): void {
  let descriptor: number | undefined
  try {
    descriptor = openSync(folder, constants.O_RDONLY | (constants.O_DIRECTORY ?? 0))
    fsyncSync(descriptor)
  } catch {
    // A folder that may not be read, or a system that does not do this to folders.
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}
