import {accessSync, constants, statSync} from 'node:fs'
import process from 'node:process'
import {encode} from '../syntax/bytes.ts'
import {reasonOfFile} from './fault.ts'
import {readText} from './read.ts'

/**
 * Put a new text in the place of the one that was read: all of it or nothing, through links, with the file's mode and owner.
 *
 * Returns why it could not, in words: the file may not be written, or somebody else has written it since.
 */
export async function writeText(file: string, before: string, after: string): Promise<string | undefined> {
  const current = readText(file)
  if ('fault' in current) return current.fault
  if (current.text !== before) return 'Not written: the file has changed since it was read'
  try {
    const {mode, uid} = statSync(file)
    // To root every file is writable.
    if ((mode & 0o222) === 0) return 'Not written: the file is read-only'
    accessSync(file, constants.W_OK)
    // A new file takes the place of the old one; nobody but root can give that away.
    if (process.getuid && process.getuid() !== 0 && process.getuid() !== uid) return 'Not written: the file belongs to another user'
    const {default: writeFileAtomic} = await import('write-file-atomic')
    await writeFileAtomic(file, Buffer.from(encode(after)))
    return undefined
  } catch (error) {
    return `Not written: ${reasonOfFile(error)}`
  }
}
