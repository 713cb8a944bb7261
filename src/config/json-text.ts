import {readFileSync, statSync} from 'node:fs'

/**
 * The text of a JSON file, without a byte order mark. Throws with the reason alone; the caller
 * knows the name of the file.
 */
export function jsonText(file: string): string {
  expectFile(file)
  return readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
}

/** Throws the reason where there is no regular file. */
export function expectFile(file: string): void {
  const stats = statSync(file, {throwIfNoEntry: false})
  if (!stats) throw new Error('No such file')
  // Reading a pipe would wait for somebody to write to it.
  if (!stats.isFile()) throw new Error('Not a regular file')
}
