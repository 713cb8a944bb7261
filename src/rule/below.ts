import type {Assignment} from '../unit/unit.ts'
import type {NewLine} from './edits.ts'
import type {FileEdit} from './rule.ts'

/** Add a line right below another: what belongs together stays together. */
export function addBelow({file, directive}: Assignment, [key, value]: NewLine): FileEdit {
  const {lineEnd} = file.tree
  const offset = (directive.position.start.offset ?? 0) + directive.raw.length
  // A line that the end of the file cut short must end first; one that it left continued must be ended by an empty line.
  const ends = (/[\n\r\0]$/.test(directive.raw) ? 0 : 1) + (directive.unfinished ? 1 : 0)
  return {file, range: [offset, offset], text: `${key}=${value}${lineEnd}`, lead: lineEnd.repeat(ends)}
}
