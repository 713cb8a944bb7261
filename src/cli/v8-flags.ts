import process from 'node:process'

/** Units of which a run is long enough to pay for what is set up. */
const several = 20
const many = 1_000

/** How much a function does before V8 thinks of translating it. */
const [soon, late] = [300_000, 1_200_000]

/**
 * Set V8 up for a run over many units, for the rest of the process: code that is compiled so is not
 * kept for others (`loadScript`).
 *
 * It translates functions to machine code later than it does by itself: most of a run over a few
 * hundred units would go into that, on other threads, and gain nothing any more. And the heap of a
 * long run may grow by half between two collections; by itself V8 lets garbage lie until there is
 * several times what is in use, and saves no time by that that could be measured.
 */
export function setUpFor(units: number): void {
  if (units > several) set(`--interrupt-budget=${units > many ? soon : late}`)
  if (units > many) set('--heap-growing-percent=50')
}

function set(flag: string): void {
  // Loaded only where it is needed.
  process.getBuiltinModule('node:v8').setFlagsFromString(flag)
}
