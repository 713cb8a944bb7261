import {Buffer} from 'node:buffer'
import {closeSync, constants, fstatSync, openSync, readSync} from 'node:fs'
import path from 'node:path'
import {hostOf, mostNames} from '../unit/host.ts'
import type {Host, HostFile} from '../unit/host.ts'
import {recent} from '../unit/query.ts'
import {follow} from './links.ts'
import {realPath} from './locate.ts'
import {native, readFolder} from './native.ts'

/**
 * The files below a root, found as chroot(2) would; nothing is read before it is asked for, and
 * nothing throws.
 */
export function hostAt(root: string): Host {
  let known: string | undefined
  const top = (): string => (known ??= realPath(path.resolve(root)))
  const place = (
    name: string,
  ):
    | {
        readonly path: string
        readonly stats?: {readonly size: number; isFile(): boolean; isDirectory(): boolean}
      }
    | undefined => {
    if (!name.startsWith('/') || name.length > longestPath || name.includes('\0')) return undefined
    const found = follow(name, {from: top(), root: top(), last: true})
    return typeof found === 'string' ? undefined : found
  }
  const file = recent(mostFiles, (name): HostFile | undefined => {
    const found = place(name)
    if (!found?.stats?.isFile()) return undefined
    const {path: absolute, stats} = found
    return {
      path: `/${path.relative(top(), absolute)}`,
      size: stats.size,
      bytes: (start, length) => bytesOf(absolute, start, length),
    }
  })
  const names = recent(mostFolders, (name): readonly string[] => {
    const found = place(name)
    return found?.stats?.isDirectory() ? namesIn(found.path) : []
  })
  const below = recent(mostRoots, (name) => {
    const found = place(name)
    return found?.stats?.isDirectory() ? hostAt(found.path) : hostOf({})
  })
  return {file, names, below}
}

/** Files and folders whose places are kept, and folders that are roots of services. */
const mostFiles = 256
const mostFolders = 16
const mostRoots = 16

/** What Linux bears (`PATH_MAX`). */
const longestPath = 4096

function namesIn(folder: string): readonly string[] {
  try {
    return readFolder(folder)
      .map(([name]) => name)
      .toSorted()
      .slice(0, mostNames)
  } catch {
    return []
  }
}

function bytesOf(file: string, start: number, length: number): Uint8Array {
  let descriptor: number | undefined
  try {
    // It may have become a pipe, which opening waits for, or a link, which may lead anywhere.
    descriptor = openSync(
      native(file),
      constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0),
    )
    const stats = fstatSync(descriptor)
    if (!stats.isFile()) return nothing
    const bytes = Buffer.alloc(Math.max(0, Math.min(length, stats.size - start)))
    return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, start))
  } catch {
    return nothing
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

const nothing = new Uint8Array()
