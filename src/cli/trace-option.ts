import {statSync} from 'node:fs'
import path from 'node:path'
import {usageError} from '../config/usage-error.ts'
import type {Trace} from '../needs/evidence/traced.ts'
import {unitOf} from '../unit/load.ts'
import type {Arguments, Option} from './grammar.ts'
import type {Io} from './io.ts'
import {readTraces} from './trace/read-traces.ts'

/** The option that names what was traced. */
export const traceOption = {
  trace: {
    type: 'string',
    describe:
      'Go by what the service did: a log of `strace -f`, a folder of them, or a summary; may be repeated',
  },
} as const satisfies Readonly<Record<string, Option>>

/**
 * The traces that are named, and what else is: of several behind one `--trace`, those are traces
 * that are no units.
 */
export function tracesOf(
  given: Arguments,
  words: readonly string[],
  {cwd}: Io,
): {readonly files: readonly string[]; readonly traces: readonly string[]} {
  const traces = given.values('trace').map(String)
  if (traces.length === 0) return {files: words, traces}
  const isTrace = (word: string): boolean =>
    unitOf(word) === undefined && isFile(path.resolve(cwd, word))
  const others = words.filter((word) => !isTrace(word))
  return {
    files: others.length > 0 || given.positionals.length === 0 ? others : ['.'],
    traces: [...traces, ...words.filter(isTrace)],
  }
}

function isFile(file: string): boolean {
  return statSync(file, {throwIfNoEntry: false})?.isFile() ?? false
}

/** What the named traces show; undefined where none is named. Rejects with a usage error. */
export async function traceNamed(names: readonly string[], {cwd}: Io): Promise<Trace | undefined> {
  if (names.length === 0) return undefined
  const read = await readTraces(names, cwd)
  if ('fault' in read) throw usageError('--trace', read.fault)
  return read
}
