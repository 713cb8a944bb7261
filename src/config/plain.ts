/** How deep values of a config may lie in each other. */
const deepest = 100
/** How many values a config may hold. */
const mostValues = 10_000

/**
 * A copy of a config, of plain objects and arrays, each part read once: what it is made of may be
 * anybody's, and throw when it is asked.
 *
 * What is neither, and whatever is in `plugins`, stays what it is. Throws with the reason for a
 * circle, and for what is too deep or too much.
 */
export function plainCopy(value: unknown): unknown {
  let left = mostValues
  const copy = (original: unknown, above: readonly object[]): unknown => {
    if (typeof original !== 'object' || original === null || !isPlain(original)) return original
    if (above.includes(original))
      throw new Error('Unexpected circle: an object that is within itself')
    if (above.length === deepest)
      throw new Error(`Unexpected depth, expected at most ${deepest} objects in each other`)
    if (left-- === 0) throw new Error(`Unexpected size, expected at most ${mostValues} objects`)
    const inner = [...above, original]
    if (Array.isArray(original)) return Array.from(original, (item) => copy(item, inner))
    const result = {}
    for (const [key, item] of Object.entries(original)) {
      const made = key === 'plugins' ? shallowCopy(item) : copy(item, inner)
      Object.defineProperty(result, key, {
        value: made,
        enumerable: true,
        configurable: true,
        writable: true,
      })
    }
    return result
  }
  return copy(value, [])
}

function shallowCopy(value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? {...value} : value
}

/** An object of JSON, not of a class. */
function isPlain(value: object): boolean {
  if (Array.isArray(value)) return true
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
