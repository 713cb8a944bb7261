/**
 * What is too much of the texts of a unit's files to judge them; undefined for all that people
 * write.
 *
 * The longest unit known has 1,700 words, 1,000 lines, comments included, and 15,000 characters;
 * most have 30, 15 and 500. systemd itself takes any number of lines, and a million characters in
 * one.
 */
export function excess(texts: readonly string[]): string | undefined {
  // A percent sign alone in a line counts for three parts, and nothing for more.
  if (texts.reduce((all, {length}) => all + length + 1, 0) * 1.5 < fewest) return undefined
  for (const {what, most, countIn} of measures) {
    const count = texts.reduce((all, text) => all + countIn(text), 0)
    if (count > most) return `Too much for one unit: ${count} ${what}, expected at most ${most}`
  }
  return undefined
}

/** Characters that a unit may have. */
const mostCharacters = 65_536

/** A file of more bytes than this is too much, whatever stands in it. */
export const mostBytes = mostCharacters * 3

/** What is counted in all files of a unit together; what takes least to count first. */
const measures: ReadonlyArray<{
  readonly what: string
  readonly most: number
  readonly countIn: (text: string) => number
}> = [
  {what: 'characters', most: mostCharacters, countIn: ({length}) => length},
  {what: 'lines with comments and empty ones', most: 8_000, countIn: linesIn},
  {what: 'words, percent signs and lines', most: 4_000, countIn: partsIn},
]

function linesIn(text: string): number {
  let lines = 1
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === 10 || code === 13 || code === 0) lines++
  }
  return lines
}

const fewest = measures.reduce((least, {most}) => Math.min(least, most), Infinity)

/**
 * How many words, lines and percent signs, which may each be a specifier, a text has; comments and
 * empty lines, which nobody judges, do not count.
 */
export function partsIn(text: string): number {
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
      if (code === 37) parts++
      inLine = inWord = true
    }
  }
  return parts
}
