import {widthOf} from './width.ts'
import wrapAnsi from 'wrap-ansi'

/**
 * Break text into lines of at most `width` columns at its spaces, or within words that no line
 * could hold; colours end with a line and begin anew with the next.
 *
 * The first line may be narrower.
 */
export function wrap(text: string, width: number, firstWidth = width): string[] {
  if (widthOf(text) <= Math.min(width, firstWidth)) return [text]
  const room = Math.max(0, width - firstWidth)
  const [first = '', ...others] = wrapAnsi('.'.repeat(room) + text, width, {hard: true}).split('\n')
  return [first.slice(room), ...others]
}
