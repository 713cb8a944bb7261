/** Replace the text in a range of UTF-16 offsets. */
export interface Edit {
  readonly range: readonly [start: number, end: number]
  readonly text: string
}

/**
 * The text with all edits made; insertions at one point in the order given. The edits must not
 * conflict.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const ordered = edits
    .map((edit, index) => ({edit, index}))
    .toSorted(
      (a, b) =>
        a.edit.range[0] - b.edit.range[0] || a.edit.range[1] - b.edit.range[1] || a.index - b.index,
    )
  let result = ''
  let at = 0
  for (const {edit} of ordered) {
    result += text.slice(at, edit.range[0]) + edit.text
    at = edit.range[1]
  }
  return result + text.slice(at)
}
