import {pastable, printable} from './printable.ts'

/** A name as it may be pasted as one word of a shell's command (POSIX.1, "Quoting"). */
export function shellWord(name: string): string {
  const word = printable(pastable(name))
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}
