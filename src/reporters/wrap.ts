import stringWidth from 'fast-string-width'

/**
 * Break a run of pieces, joined by spaces, into lines of at most `width` columns; the first line may be narrower.
 *
 * A piece is kept whole where it fits on a line of its own, and is cut where it does not.
 */
export function wrap(pieces: readonly string[], width: number, firstWidth = width): string[] {
  const lines: string[] = []
  let line: string | undefined
  let used = 0
  for (const {gap, text} of unbreakable(pieces, width, firstWidth)) {
    const needed = stringWidth(text)
    const room = lines.length === 0 ? firstWidth : width
    if (line === undefined) {
      line = text
      used = needed
    } else if (used + gap.length + needed <= room) {
      line += gap + text
      used += gap.length + needed
    } else {
      lines.push(line)
      line = text
      used = needed
    }
  }
  return line === undefined ? lines : [...lines, line]
}

/** What is not broken, with what stands before it on the same line: pieces, and the characters of those that no line could hold. */
function* unbreakable(pieces: readonly string[], width: number, firstWidth: number): Generator<{gap: '' | ' '; text: string}> {
  for (const [index, piece] of pieces.entries()) {
    if (stringWidth(piece) <= (index === 0 ? firstWidth : width)) yield {gap: ' ', text: piece}
    else for (const [at, text] of [...piece].entries()) yield {gap: at === 0 ? ' ' : '', text}
  }
}
