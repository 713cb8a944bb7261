import type {Place} from './place.ts'

/** A message longer than this tells nobody more. */
const longest = 500

/**
 * What whatever was thrown says, as one line: its first, and the place in a file that its last
 * may tell. Never throws.
 */
export function messageOf(thrown: unknown): string {
  try {
    const {message, name}: {message?: unknown; name?: unknown} =
      thrown instanceof Error ? thrown : {message: thrown}
    const text = (String(message) || String(name)).slice(0, 20 * longest)
    const [first = 'Unknown error', ...rest] = text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
    const place = /:(\d+:\d+)$/.exec(rest.at(-1) ?? '')?.[1]
    return place === undefined ? clipped(first, longest) : `${clipped(first, longest)} (${place})`
  } catch {
    // An error that throws when it is asked, an object without a word for itself.
    return 'Unknown error'
  }
}

/**
 * An error of our own that says what an error of others says: theirs may throw whenever it is
 * asked. Undefined for what is none.
 */
export function errorOf(thrown: unknown): Error | undefined {
  try {
    if (thrown instanceof FaultAt) return thrown
    if (!(thrown instanceof Error)) return undefined
    const error = new Error(messageOf(thrown))
    error.stack = clipped(String(thrown.stack), 20 * longest)
    return error
  } catch {
    return undefined
  }
}

/** What went wrong with a problem whose place is known: it says what its cause says. */
export class FaultAt extends Error {
  readonly at: Place

  constructor(at: Place, cause: unknown) {
    super(messageOf(cause))
    this.at = at
    const stack = errorOf(cause)?.stack
    if (stack !== undefined) this.stack = stack
  }
}

/** The place that what was thrown has to do with, where that is known. Never throws. */
export function placeOfFault(thrown: unknown): Place | undefined {
  try {
    return thrown instanceof FaultAt ? thrown.at : undefined
  } catch {
    return undefined
  }
}

/** A text, its end left out where it is too long for people. */
export function clipped(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '')}…` : text
}
