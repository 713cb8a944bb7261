import {oneLine} from '../engine/write/notes.ts'
import type {UnitTree} from '../syntax/tree.ts'

/** Why a rule is not obeyed in a place. */
export interface Suppression {
  readonly rule: string
  readonly reason: string
  /** The last day on which it holds, such as `2027-03-01`. */
  readonly until?: string | undefined
}

/** The text of a file with a comment above a line, from 1, that turns a rule off there. */
export function suppressed(
  {text, lineStarts, lineEnd}: UnitTree,
  line: number,
  {rule, reason, until}: Suppression,
): string {
  const start = lineStarts[line - 1] ?? 0
  const at = text.charCodeAt(start) === byteOrderMark ? start + 1 : start
  const comment = `# unitlint-disable-next-line ${rule}${until === undefined ? '' : ` until ${until}`} -- ${oneLine(reason)}`
  return text.slice(0, at) + comment + lineEnd + text.slice(at)
}

const byteOrderMark = 0xfeff

/** A day as comments have it, if it is one that is not past: `today` as well in ISO 8601. */
export function isDayToCome(day: string, today: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day) && day >= today
}
