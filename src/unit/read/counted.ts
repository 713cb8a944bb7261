import type {LostWord, MergedLine} from './lines.ts'
import {skipBlank, stripped} from '../../values/words.ts'

/**
 * What counts of a line; undefined for a list without words. A set that lines add up to may be
 * empty, and what replaces does so without words.
 */
export function countedText({line: {assignment, facts}, lost}: MergedLine): string | undefined {
  const {value} = assignment
  const rest = without(value, lost)
  if (lost.length === 0 || (rest !== '' && !(rest === '~' && facts.invert))) return rest
  return value === '' || facts.repeat !== 'append' ? value : undefined
}

/**
 * A value without some of its words and the white space behind them; all of it where what is left
 * would be read in another way.
 */
function without(value: string, words: readonly LostWord[]): string {
  if (words.length === 0) return value
  let rest = ''
  let at = 0
  for (const {from, to} of words) {
    rest += value.slice(at, Math.max(from, at))
    at = Math.max(at, skipBlank(value, to))
  }
  const line = stripped(rest + value.slice(at))
  return line.endsWith('\\') || (line.startsWith('~') && !value.startsWith('~')) ? value : line
}
