/**
 * The known word that a misspelt one is nearest to; undefined when none is within so many steps: a
 * third of its letters, unless told.
 */
export function nearest(
  word: string,
  known: Iterable<string>,
  most = Math.max(2, Math.floor(word.length / 3)),
): string | undefined {
  if (word.length > longest) return undefined
  const lower = word.toLowerCase()
  const letters = lettersOf(lower)
  let best: string | undefined
  let least = most + 1
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) >= least) continue
    const other = candidate.toLowerCase()
    // Letters that only one of them has take a step each.
    if (Math.max(bits(letters & ~lettersOf(other)), bits(lettersOf(other) & ~letters)) >= least)
      continue
    const steps = distance(lower, other, least)
    if (steps >= least || steps >= candidate.length) continue
    best = candidate
    least = steps
    if (steps === 0) break
  }
  return best
}

/** Nobody misspells longer words: they are something else. */
const longest = 64

/** The letters of a word, a bit for each; others share bits. */
function lettersOf(word: string): number {
  let letters = 0
  for (let index = 0; index < word.length; index++) letters |= 1 << (word.charCodeAt(index) & 31)
  return letters
}

function bits(set: number): number {
  let count = 0
  for (let rest = set; rest !== 0; rest &= rest - 1) count++
  return count
}
/**
 * Letters to insert, delete, replace or swap with their neighbour to make one word the other;
 * `enough` or more is as good as infinite.
 */
function distance(one: string, other: string, enough: number): number {
  let older: number[] = []
  let old = Array.from({length: other.length + 1}, (_, column) => column)
  for (let row = 1; row <= one.length; row++) {
    const current = [row]
    let smallest = row
    for (let column = 1; column <= other.length; column++) {
      const cost = one[row - 1] === other[column - 1] ? 0 : 1
      const swapped =
        row > 1 &&
        column > 1 &&
        one[row - 1] === other[column - 2] &&
        one[row - 2] === other[column - 1]
      const steps = Math.min(
        (old[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (old[column - 1] ?? 0) + cost,
        swapped ? (older[column - 2] ?? 0) + 1 : Infinity,
      )
      current[column] = steps
      smallest = Math.min(smallest, steps)
    }
    if (smallest >= enough) return enough
    older = old
    old = current
  }
  return old[other.length] ?? 0
}
