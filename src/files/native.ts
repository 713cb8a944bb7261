import {Buffer} from 'node:buffer'
import {readdirSync, readlinkSync, realpathSync} from 'node:fs'
import type {Dirent, Stats} from 'node:fs'
import process from 'node:process'
import {decode, encode} from '../syntax/bytes.ts'

/*
 * Names of files are bytes, but on Windows. Those that are not UTF-8 are texts here as those in
 * files are (see `decode`); this is where they come from and go back to the system.
 */

const areBytes = process.platform !== 'win32'

/** A path as the system has it. */
export function native(file: string): string | Buffer {
  return areBytes && /[\uDC80-\uDCFF]/u.test(file) ? Buffer.from(encode(file)) : file
}

/** What kind of thing has a name. */
export type FileKind = Pick<
  Stats,
  'isFile' | 'isDirectory' | 'isSymbolicLink' | 'isCharacterDevice' | 'isBlockDevice'
>

/** What a folder holds, by name. Throws as `readdir` does. */
export function readFolder(
  folder: string | Buffer,
): Array<readonly [name: string, kind: FileKind]> {
  const place = typeof folder === 'string' ? native(folder) : folder
  if (!areBytes)
    return readdirSync(place, {withFileTypes: true}).map((entry: Dirent) => [entry.name, entry])
  return readdirSync(place, {withFileTypes: true, encoding: 'buffer'}).map((entry) => [
    textOf(entry.name),
    entry,
  ])
}

/** What a link says. Throws as `readlink` does. */
export function readLink(file: string): string {
  return areBytes ? textOf(readlinkSync(native(file), 'buffer')) : readlinkSync(file)
}

/** A path without links. Throws as `realpath` does. */
export function readRealPath(file: string): string {
  return areBytes ? textOf(realpathSync.native(native(file), 'buffer')) : realpathSync(file)
}

/** Nearly all names are UTF-8, which this is fast for. */
function textOf(name: Buffer): string {
  const text = name.toString()
  return text.includes('\uFFFD') ? decode(name) : text
}
