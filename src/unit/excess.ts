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
const mostParts = 2_500

/** How many words and lines a text has. */
function partsIn(text: string): number {
  let parts = 0
  let inWord = false
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    const isLineEnd = code === 10 || code === 13 || code === 0
    const isBlank = isLineEnd || code === 32 || code === 9
    if (isLineEnd || (!isBlank && !inWord)) parts++
    inWord = !isBlank
  }
  return parts
}
