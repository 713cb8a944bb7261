import {UsageError} from '../config/usage-error.ts'
import {messageOf} from '../rule/thrown.ts'
import {excess} from '../unit/excess.ts'
import {pastable} from '../reporters/printable.ts'
import {tellAll} from './io.ts'
import type {Io} from './io.ts'
import type {SourceText} from './source.ts'

/**
 * What a function makes of a unit, or why there is nothing, in a line: one unit never costs the
 * others. It is not tried with a unit that has too much in it. Throws usage errors on.
 */
export function guardUnit<Made>(
  files: readonly Pick<SourceText, 'path' | 'text'>[],
  make: () => Made,
): {readonly made: Made} | {readonly fault: string} {
  const name = pastable(files[0]?.path ?? '')
  const tooMuch = excess(files.map(({text}) => text))
  return tooMuch === undefined ? guard(name, make) : {fault: `${name}: ${tooMuch}`}
}

/** The same; undefined where it cannot be made, which is told. */
export async function guardAndTell<Made>(
  files: Parameters<typeof guardUnit>[0],
  make: () => Made,
  io: Io,
): Promise<Made | undefined> {
  const outcome = guardUnit(files, make)
  if ('made' in outcome) return outcome.made
  await tellAll(io, [outcome.fault])
  return undefined
}

/** The same as `guardUnit` with a unit of any size. */
export function guard<Made>(
  name: string,
  make: () => Made,
): {readonly made: Made} | {readonly fault: string} {
  try {
    return {made: make()}
  } catch (cause) {
    if (cause instanceof UsageError) throw cause
    return {fault: `${name}: Left out, which is a fault of unitlint: ${messageOf(cause)}`}
  }
}
