import {nearest} from '../facts/nearest.ts'

/**
 * Say that a word is none of those known, and which one was meant: the nearest, else all of them
 * while they are few.
 *
 * The kind names what the word should have been, such as `rule`.
 */
export function unexpected(kind: string, word: string, known: readonly string[]): string {
  const subject = `Unexpected ${kind} \`${word}\``
  // Words that are short are near to too many.
  const meant = nearest(word, known, word.length < 5 ? 1 : undefined)
  if (meant !== undefined) return `${subject}, did you mean \`${meant}\`?`
  return known.length > 0 && known.length <= 16
    ? `${subject}, expected ${alternatives(known)}`
    : subject
}

/** Words as code, joined by commas and a last `or`. */
export function alternatives(words: readonly string[]): string {
  const quoted = words.map((word) => `\`${word}\``)
  const last = quoted.pop() ?? ''
  return quoted.length > 0 ? `${quoted.join(', ')} or ${last}` : last
}
