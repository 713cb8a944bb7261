import {skipBlank} from '../../values/words.ts'
import type {Assignment} from '../unit.ts'
import type {Complaint} from './complaints.ts'
import type {MergedLine} from './merge.ts'

/** A word that does not count, by offsets in the logical value: systemd skips it, or a later line overrides it. */
export interface LostWord {
  readonly from: number
  readonly to: number
  readonly complaint?: Complaint
  readonly by?: Assignment
}

/** What counts of a line; undefined for a list without words. A set that lines add up to may be empty, and what replaces does so without words. */
export function countedText({line: {assignment, facts}, lost}: MergedLine): string | undefined {
  const {value} = assignment
  const rest = without(value, lost)
  if (lost.length === 0 || (rest !== '' && !(rest === '~' && facts.invert))) return rest
  return value === '' || facts.repeat !== 'append' ? value : undefined
}

/** A value without some of its words and the white space behind them; all of it where what is left would be read in another way. */
function without(value: string, words: readonly LostWord[]): string {
  if (words.length === 0) return value
  let rest = ''
  let at = 0
  for (const {from, to} of words) {
    rest += value.slice(at, Math.max(from, at))
    at = Math.max(at, skipBlank(value, to))
  }
  const line = (rest + value.slice(at)).trimEnd()
  return line.endsWith('\\') || (line.startsWith('~') && !value.startsWith('~')) ? value : line
}
