import process from 'node:process'
import fc from 'fast-check'

/**
 * How often a property is tried that usually is so often: `UNITLINT_TIMES` times that, to find what
 * is rare before CI does by chance.
 */
export function times(usual: number): number {
  return Math.ceil(usual * Number(process.env['UNITLINT_TIMES'] ?? 1))
}

/**
 * Where there is one, all properties are tried with what it makes, run after run: whether a commit
 * passes is no matter of chance.
 */
const seed = process.env['UNITLINT_SEED']

/** Those that say no number; set before each file of tests. */
fc.configureGlobal({numRuns: times(100), ...(seed === undefined ? {} : {seed: Number(seed)})})
