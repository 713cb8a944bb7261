import type {WriteOutcome} from './outcome.ts'
import {Buffer} from 'node:buffer'
import path from 'node:path'
import {encode} from '../syntax/bytes.ts'
import {codeOf, reasonOfFile} from './fault.ts'
import {createIn} from './create.ts'
import {locks} from './lock.ts'
import {openFolder} from './open-folder.ts'
import type {OpenFolder} from './open-folder.ts'
import {replaceIn} from './replace.ts'
import {sweep} from './sweep.ts'
import {temporaryNames} from './temporary-names.ts'

/**
 * Puts texts in files: all of a text or nothing. Files are absolute paths without links; a link
 * that is in the way by now leads nowhere.
 */
export interface Writer {
  /**
   * Put a text in the place of the one that was read, whatever is there without one; mode, owner
   * and what else is known of the file stays.
   */
  replace(file: string, before: string | undefined, after: string): WriteOutcome
  /** Put a text in a new file, with the folders that it needs. */
  create(file: string, text: string, mode?: number): WriteOutcome
}

/**
 * A writer for one run. In each folder that it writes to, it first removes what runs have left
 * there that were killed.
 */
export function writer(): Writer {
  const names = temporaryNames()
  const lock = locks(names)
  const swept = new Set<string>()
  const inFolderOf = (
    file: string,
    make: boolean,
    write: (folder: OpenFolder) => WriteOutcome,
  ): WriteOutcome => {
    const place = path.dirname(file)
    try {
      const folder = openFolder(place, {make})
      try {
        if (!swept.has(place)) sweep(folder, names)
        swept.add(place)
        return write(folder)
      } finally {
        folder.close()
      }
    } catch (error) {
      return {state: 'refused', reason: reasonOfFile(error), code: codeOf(error)}
    }
  }
  return {
    replace: (file, before, after) =>
      inFolderOf(file, false, (folder) =>
        replaceIn(folder, path.basename(file), {
          before: before === undefined ? undefined : bytes(before),
          after: bytes(after),
          temporary: names.next(),
          lock,
        }),
      ),
    create: (file, text, mode) =>
      inFolderOf(file, true, (folder) =>
        createIn(folder, path.basename(file), {bytes: bytes(text), mode, temporary: names.next()}),
      ),
  }
}

/** What to say of a file that was not written; undefined of one that was. */
export function notWritten(outcome: WriteOutcome): string | undefined {
  switch (outcome.state) {
    case 'written':
      return undefined
    case 'changed':
      return 'Not written: the file has changed since it was read'
    case 'refused':
      return `Not written: ${outcome.reason}`
  }
}

function bytes(text: string): Buffer {
  return Buffer.from(encode(text))
}
