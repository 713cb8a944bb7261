import {readFileSync} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {Instrumenter} from '@stryker-mutator/instrumenter'

/** A change of the code, as far as it matters here; lines and columns count from 0. */
export interface Mutant {
  readonly id: string
  readonly fileName: string
  readonly mutatorName: string
  readonly replacement: string
  readonly location: {readonly start: MutationPoint; readonly end: MutationPoint}
}

interface MutationPoint {
  readonly line: number
  readonly column: number
}

/**
 * All that can be changed in some files, or no more than what was chosen of it and what is within
 * that; and the files with it behind switches.
 */
export async function instrumented(
  files: readonly string[],
  chosen?: readonly Mutant[],
): Promise<{readonly mutants: readonly Mutant[]; readonly sources: Record<string, string>}> {
  const given = files.map((file) => {
    const name = path.resolve(file)
    const places = chosen?.filter(({fileName}) => fileName === name).map(({location}) => location)
    return {name, mutate: places ?? true, content: readFileSync(name, 'utf8')}
  })
  const options = {plugins: [], excludedMutations: [], ignorers: [], noHeader: false}
  const {mutants, files: made} = await new Instrumenter(silent).instrument(given, options)
  return {mutants, sources: Object.fromEntries(made.map(({name, content}) => [name, content]))}
}

const silent = {
  ...{isTraceEnabled: () => false, isDebugEnabled: () => false, isInfoEnabled: () => false},
  ...{isWarnEnabled: () => false, isErrorEnabled: () => false, isFatalEnabled: () => false},
  ...{
    trace: () => undefined,
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
    fatal: () => undefined,
  },
}

/** What tells a change from all others. */
export function keyOf({
  fileName,
  mutatorName,
  replacement,
  location: {start, end},
}: Mutant): string {
  return [fileName, start.line, start.column, end.line, end.column, mutatorName, replacement].join(
    ' ',
  )
}

/** `FILE:LINE:COLUMN` */
export function placeOfMutant({fileName, location: {start}}: Mutant): string {
  return `${path.relative(process.cwd(), fileName)}:${start.line + 1}:${start.column + 1}`
}

/** What is written instead of what. */
export function changeOf({
  fileName,
  mutatorName,
  replacement,
  location: {start, end},
}: Mutant): string {
  const lines = readFileSync(fileName, 'utf8')
    .split('\n')
    .slice(start.line, end.line + 1)
  const last = lines.length - 1
  const was = lines
    .map((line, index) =>
      line.slice(index === 0 ? start.column : 0, index === last ? end.column : undefined),
    )
    .join('\n')
  return `${mutatorName}: ${inOneLine(was)} -> ${inOneLine(replacement)}`
}

function inOneLine(code: string): string {
  return code.replaceAll(/\s+/g, ' ').slice(0, 100)
}
