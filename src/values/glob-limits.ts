/**
 * Why a glob is not tried: matching takes longer with each wildcard, by as much as the name is
 * long. Undefined for all that people write.
 */
export function globFault(glob: string): string | undefined {
  if (!/[*?[{(]/.test(glob)) return undefined
  if (glob.length > longest)
    return `Too long a glob: ${glob.length} characters, expected at most ${longest}`
  let [depth, deepest, open] = [0, 0, 0]
  for (const character of glob) {
    if (character === '(' || character === '{' || character === '[') open++
    if (character === '(' || character === '{') depth++
    if (character === ')' || character === '}') depth = Math.max(0, depth - 1)
    deepest = Math.max(deepest, depth)
  }
  if (deepest > mostNested)
    return `Too deep a glob: ${deepest} brackets in one another, expected at most ${mostNested}`
  if (open > mostBrackets)
    return `Too many brackets in a glob: ${open}, expected at most ${mostBrackets}`
  // Repeated parts of more than one length fit a name in as many ways as there are sums of them.
  const repeated = /[+*]\([^)]*[(|*?{]/.exec(glob)
  if (repeated)
    return `Too many ways to repeat \`${repeated[0].slice(0, 2)}…)\` in a glob, expected one text or class of characters in it`
  const runs = glob.match(/\*\*/g)?.length ?? 0
  const stars = glob
    .split('/')
    .reduce((most, part) => Math.max(most, part.match(/\*+|[+?@!](?=\()/g)?.length ?? 0), 0)
  const wildcards = Math.max(runs, stars)
  return wildcards > mostWildcards
    ? `Too many wildcards in a glob: ${wildcards} in a row, expected at most ${mostWildcards}`
    : undefined
}

const longest = 1_024
const mostNested = 4
const mostBrackets = 64
/**
 * In one part of a path; of those for any folder, in all of it. A fourth costs 80 ms for each name
 * of 255 characters.
 */
const mostWildcards = 3
