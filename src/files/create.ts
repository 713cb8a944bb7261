import {existsSync} from 'node:fs'
import {mkdir} from 'node:fs/promises'
import path from 'node:path'
import {encode} from '../syntax/bytes.ts'
import {reasonOfFile} from './fault.ts'

/**
 * Put a text in a new file that everybody may read, all of it or nothing, with the folders that it needs.
 *
 * Returns why it could not, in words: the folder may not be written, or the file is there by now.
 */
export async function createText(file: string, text: string): Promise<string | undefined> {
  try {
    if (existsSync(file)) return 'Not written: the file has been written since it was looked for'
    await makeFolder(path.dirname(file))
    const {default: writeFileAtomic} = await import('write-file-atomic')
    await writeFileAtomic(file, Buffer.from(encode(text)), {mode: 0o644})
    return undefined
  } catch (error) {
    return `Not written: ${reasonOfFile(error)}`
  }
}

/** Make a folder with all folders above it; `mkdir` of Node never returns where that cannot be, as below /proc. Rejects as `mkdir` does. */
export async function makeFolder(folder: string): Promise<void> {
  if (existsSync(folder)) return
  await makeFolder(path.dirname(folder))
  await mkdir(folder)
}
