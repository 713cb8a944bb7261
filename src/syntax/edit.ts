/** Replace the text in a range of UTF-16 offsets. */
export interface Edit {
  readonly range: readonly [start: number, end: number]
  readonly text: string
}

/** Whether two edits cannot both be made: their ranges overlap. Insertions at one point do not conflict. */
export function conflict(one: Edit, other: Edit): boolean {
  const [a, b] = one.range
  const [c, d] = other.range
  if (a === b && c === d) return false
  return a === b ? c < a && a < d : c === d ? a < c && c < b : a < d && c < b
}

/** The text with all edits made; insertions at one point in the order given. The edits must not conflict. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const ordered = edits
    .map((edit, index) => ({edit, index}))
    .toSorted((a, b) => a.edit.range[0] - b.edit.range[0] || a.edit.range[1] - b.edit.range[1] || a.index - b.index)
  let result = ''
  let at = 0
  for (const {edit} of ordered) {
    result += text.slice(at, edit.range[0]) + edit.text
    at = edit.range[1]
  }
  return result + text.slice(at)
}
