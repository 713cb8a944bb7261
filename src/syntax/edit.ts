import {countFirst} from './ordered.ts'

/** Replace the text in a range of UTF-16 offsets. */
export interface Edit {
  readonly range: readonly [start: number, end: number]
  readonly text: string
}

/**
 * Edits of a text that can all be made, in the order in which they were added; it tells quickly
 * which others can join.
 *
 * Two edits cannot both be made when their ranges overlap, or one inserts within the other's.
 * Insertions at one point can.
 */
export class EditsTogether<Kind extends Edit = Edit> {
  readonly edits: Kind[] = []
  /** By where they start; no two overlap. */
  readonly #replacing: Kind[] = []
  /** Where others insert, in order. */
  readonly #inserting: number[] = []

  /** Whether an edit overlaps one of them. */
  conflicts({range: [start, end]}: Edit): boolean {
    if (start < end) {
      const next = this.#inserting[countFirst(this.#inserting, (at) => at <= start)]
      if (next !== undefined && next < end) return true
    }
    const place = countFirst(this.#replacing, ({range}) => range[0] < start)
    const before = this.#replacing[place - 1]
    if (before && before.range[1] > start) return true
    if (start === end) return false
    const next = this.#replacing[place]
    return next !== undefined && next.range[0] < end
  }

  /** Add one that does not conflict. */
  add(edit: Kind): void {
    const [start, end] = edit.range
    this.edits.push(edit)
    if (start === end)
      this.#inserting.splice(
        countFirst(this.#inserting, (at) => at <= start),
        0,
        start,
      )
    else
      this.#replacing.splice(
        countFirst(this.#replacing, ({range}) => range[0] < start),
        0,
        edit,
      )
  }
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
