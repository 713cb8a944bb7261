/**
 * What is too much of the texts of a unit's files to judge them; undefined for all that people write.
 *
 * The longest units known have 2,000 words, most have 30. systemd itself takes any number.
 */
export function excess(texts: Iterable<string>): string | undefined {
  let found = 0
  for (const text of texts) found += partsIn(text)
  return found > mostParts ? `Too much for one unit: ${found} words and lines, expected at most ${mostParts}` : undefined
}

/** Words and lines of a unit, all files together. */
const mostParts = 4_000

/** How many words and lines a text has; comments and empty lines, which nobody judges, do not count. */
function partsIn(text: string): number {
  let parts = 0
  let inLine = false
  let inWord = false
  let inComment = false
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === 10 || code === 13 || code === 0) {
      inLine = inWord = inComment = false
    } else if (code === 32 || code === 9) {
      inWord = false
    } else if (!inComment) {
      if (!inLine) inComment = code === 35 || code === 59
      if (!inLine && !inComment) parts++
      if (!inWord && !inComment) parts++
      inLine = inWord = true
    }
  }
  return parts
}
