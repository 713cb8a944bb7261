/**
 * Parts of the core that come when something first needs them: the core has stand-ins for their
 * functions, which the build puts there (`src/dev/site/split.ts`).
 */

type Part = Readonly<Record<string, unknown>>

const here = new Map<string, Part>()
const missed = new Set<string>()

/**
 * A part that is needed now. Where it is not there this throws, and remembers it: whatever becomes
 * of the fault, what is worked out meanwhile is no answer.
 */
export function part(name: string): Part {
  const found = here.get(name)
  if (found) return found
  missed.add(name)
  throw new Error(`Expected the part ${name}`)
}

/** Put a part there. */
export function put(name: string, its: Part): void {
  here.set(name, its)
}

/**
 * What some work gives, or the parts that it was without: then it is to be done again, with them.
 */
export async function withParts<Result>(
  work: () => Promise<Result>,
): Promise<{readonly result: Result} | {readonly missing: readonly string[]}> {
  missed.clear()
  try {
    const result = await work()
    return missed.size > 0 ? {missing: [...missed]} : {result}
  } catch (error) {
    if (missed.size > 0) return {missing: [...missed]}
    throw error
  }
}
