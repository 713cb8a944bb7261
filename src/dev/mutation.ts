import {readdirSync, readFileSync, statSync} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {fileURLToPath} from 'node:url'
import {Stryker} from '@stryker-mutator/core'
import {Instrumenter} from '@stryker-mutator/instrumenter'

/** What is wanted of a mutant here. */
interface Mutant {
  readonly id: string
  readonly fileName: string
  readonly mutatorName: string
  readonly replacement: string
  readonly location: {readonly start: Point; readonly end: Point}
}

interface Point {
  readonly line: number
  readonly column: number
}

/**
 * Change the code here and there, and see whether a test notices: `npm run mutation -- FOLDER... [-- COUNT] [-- SEED]`.
 *
 * Takes that many of all changes that Stryker knows for the folders, the same for the same seed, and holds the unit tests against each,
 * those alone that reach it. Prints which went unnoticed; the exit status is 1 where fewer than 85 of 100 were noticed.
 */
export async function main(args: readonly string[]): Promise<void> {
  const [count = 100, seed = 1] = args.filter((arg) => /^\d+$/.test(arg)).map(Number)
  const folders = args.filter((arg) => !/^\d+$/.test(arg))
  const all = await mutantsIn(folders.flatMap(filesBelow))
  const chosen = sample(all, count, seed)
  console.log(`${chosen.length} of ${all.length} mutants of ${folders.join(', ')}, seed ${seed}`)
  restrict(new Set(chosen.map(keyOf)))
  process.env['UNITLINT_RUNS'] ??= '20'
  const results = (await new Stryker({...options, mutate: chosen.map(rangeOf)}).runMutationTest()).filter(({status}) => status !== 'Ignored')
  console.log(`${chosen.length - results.length} left out: tables, and what else is worked out when a file is loaded`)
  const noticed = results.filter(({status}) => status === 'Killed' || status === 'Timeout')
  for (const {status, fileName, location, mutatorName, replacement} of results) {
    if (status === 'Killed' || status === 'Timeout') continue
    const {line, column} = location.start
    const was = textAt(fileName, location).replaceAll(/\s+/g, ' ').slice(0, 100)
    console.log(
      `${status} ${path.relative(process.cwd(), fileName)}:${line}:${column} ${mutatorName}: ${was} -> ${replacement.replaceAll(/\s+/g, ' ').slice(0, 100)}`,
    )
  }
  const score = (100 * noticed.length) / results.length
  console.log(`${noticed.length} of ${results.length} noticed, ${score.toFixed(1)} of 100`)
  process.exitCode = score < 85 ? 1 : 0
}

const options = {
  testRunner: 'vitest',
  plugins: [fileURLToPath(import.meta.resolve('@stryker-mutator/vitest-runner'))],
  vitest: {configFile: 'test/mutation.config.ts', related: false},
  // TypeScript 7 has no interface for programs, by which Stryker would rewrite one that is there.
  tsconfigFile: 'none.json',
  coverageAnalysis: 'perTest' as const,
  // What is worked out when a file is loaded takes all tests for each mutant: half a minute, and most of the time.
  ignoreStatic: true,
  concurrency: Number(process.env['UNITLINT_WORKERS'] ?? 1),
  reporters: ['progress-append-only'],
  ignorePatterns: ['dist', 'docs/rules', '.oracle', 'coverage'],
  tempDirName: 'node_modules/.cache/unitlint/mutation',
  allowConsoleColors: false,
  timeoutMS: 30_000,
}

function filesBelow(folder: string): string[] {
  if (statSync(folder).isFile()) return [folder]
  return readdirSync(folder, {recursive: true, encoding: 'utf8'})
    .filter((file) => file.endsWith('.ts') && !/(?:^|[\\/])(?:data|tables)[\\/]/.test(file))
    .map((file) => path.join(folder, file))
    .toSorted()
}

/** All that can be changed in some files. */
async function mutantsIn(files: readonly string[]): Promise<readonly Mutant[]> {
  const its = files.map((file) => ({name: path.resolve(file), mutate: true, content: readFileSync(file, 'utf8')}))
  const {mutants} = await new Instrumenter(silent).instrument(its, {plugins: [], excludedMutations: [], ignorers: [], noHeader: true})
  return mutants
}

const silent = {
  ...{isTraceEnabled: () => false, isDebugEnabled: () => false, isInfoEnabled: () => false},
  ...{isWarnEnabled: () => false, isErrorEnabled: () => false, isFatalEnabled: () => false},
  ...{trace: () => undefined, debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined, fatal: () => undefined},
}

/** Stryker takes ranges, and all that is in them; of that, only what was chosen is tried. */
function restrict(chosen: ReadonlySet<string>): void {
  const instrument = Instrumenter.prototype.instrument
  Instrumenter.prototype.instrument = async function (...given) {
    const {files, mutants} = await instrument.apply(this, given)
    return {files, mutants: mutants.filter((mutant) => chosen.has(keyOf(mutant)))}
  }
}

function keyOf({fileName, mutatorName, replacement, location: {start, end}}: Mutant): string {
  return [path.relative(process.cwd(), fileName), start.line, start.column, end.line, end.column, mutatorName, replacement].join(' ')
}

function rangeOf({fileName, location: {start, end}}: Mutant): string {
  return `${path.relative(process.cwd(), fileName)}:${start.line + 1}:${start.column}-${end.line + 1}:${end.column}`
}

function textAt(file: string, {start, end}: Mutant['location']): string {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .slice(start.line - 1, end.line)
  const last = lines.length - 1
  return lines.map((line, index) => line.slice(index === 0 ? start.column - 1 : 0, index === last ? end.column - 1 : undefined)).join('\n')
}

/** Some items, the same for the same seed (mulberry32). */
function sample<Item>(items: readonly Item[], count: number, seed: number): Item[] {
  let state = seed
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return items
    .map((item) => ({item, rank: next()}))
    .toSorted((one, other) => one.rank - other.rank)
    .slice(0, count)
    .map(({item}) => item)
}
