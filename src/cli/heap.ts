import process from 'node:process'

/** Units of which a run is long enough to pay for it. */
const many = 1_000

/**
 * Keep the heap small while many units are read and judged, until `growFreely`: it may grow by half between two collections. V8 by itself lets garbage
 * lie until there is several times what is in use, and saves no time by that that could be measured.
 */
export function growSlowly(units: number): void {
  if (units > many) setGrowth(50)
}

/** As V8 comes: code that is kept is for a V8 with these flags alone. */
export function growFreely(units: number): void {
  if (units > many) setGrowth(0)
}

/** In percent; 0: as V8 sees fit. */
function setGrowth(percent: number): void {
  // Loaded only where it is needed.
  process.getBuiltinModule('node:v8').setFlagsFromString(`--heap-growing-percent=${percent}`)
}
