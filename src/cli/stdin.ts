import {Buffer} from 'node:buffer'
import {usageError} from '../config/usage-error.ts'
import {unitNameExpected} from '../files/find.ts'
import {decode} from '../syntax/bytes.ts'
import {unitOf} from '../unit/load.ts'
import type {Arguments, Option} from './grammar.ts'
import type {Io} from './io.ts'
import {inFull, readUnits, stdinUnit} from './units.ts'
import type {UnitsToLint} from './units.ts'
import type {Scope} from './scope.ts'

/** The name that stands for standard input among files. */
export const dash = '-'

/** The option that says how the unit on standard input is called. */
export const stdinOption = {
  'stdin-filename': {
    type: 'string',
    describe: 'Name of the unit on standard input, `-`; else stdin.service',
    elsewhere: ['stdin-filepath', 'assume-filename'],
  },
} as const satisfies Readonly<Record<string, Option>>

/**
 * The name of the unit on standard input; undefined where files are read. Throws a usage error for
 * a file beside it, and for a name alone.
 */
export function stdinName(
  given: Arguments,
  files: readonly string[],
  expected = '`-`',
): string | undefined {
  const name = given.value('stdin-filename')
  const isSwitched = given.on('stdin') ?? false
  if (!isSwitched && !files.includes(dash)) {
    if (typeof name === 'string')
      throw usageError(
        'unitlint',
        `Unexpected \`--stdin-filename\` alone, expected ${expected} with it`,
      )
    return undefined
  }
  const beside = files.find((file) => file !== dash)
  if (beside !== undefined)
    throw usageError(
      'unitlint',
      `Unexpected file \`${beside}\` beside \`${isSwitched ? '--stdin' : dash}\``,
    )
  return typeof name === 'string' ? name : 'stdin.service'
}

/**
 * The unit on standard input where it has a name, else those that are named; see `readUnits`.
 * Rejects with a usage error.
 */
export async function readNamed(
  names: readonly string[],
  stdin: string | undefined,
  scope: Scope,
  io: Io,
): Promise<UnitsToLint> {
  return stdin === undefined
    ? readUnits(names, scope)
    : inFull(await stdinUnit(checkedUnitName(stdin), await readStdin(io), scope))
}

/** The name, if it is that of a unit. Throws a usage error. */
export function checkedUnitName(stdin: string): string {
  if (!unitOf(stdin)) throw usageError('--stdin-filename', unitNameExpected)
  return stdin
}

/** All of standard input as text, bytes that are not UTF-8 kept; see `decode`. */
export async function readStdin({stdin}: Io): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stdin)
    chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk)
  return decode(Buffer.concat(chunks))
}
