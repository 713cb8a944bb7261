import {spawn} from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {changeOf, instrumented, keyOf, placeOfMutant} from './mutants.ts'
import type {Mutant} from './mutants.ts'

/** What the tests are run with; see `test/mutation-runner.ts`. */
export interface MutationTrial {
  /** Files with changes behind switches, by their absolute paths. */
  readonly sources: Readonly<Record<string, string>>
  /** The changes that are to be tried, and in which folder of `src` each of them is. */
  readonly mutants: Readonly<Record<string, string>>
  /** Tests that are left out, as they took too long before. */
  readonly slow: readonly string[]
  /** Somebody sees how far it has come. */
  readonly isWatched: boolean
}

/** How far the tests have come. */
export interface MutationProgress {
  /** How many tests have run. */
  readonly ran: number
  /** How many changes were noticed, or came to no end. */
  readonly noticed: number
}

/** What came of changes, by their ids. */
export interface MutationOutcome {
  /** The test that noticed. */
  readonly noticed: Readonly<Record<string, string>>
  /** The test that came to no end, which may be the machine's doing: not counted as noticed. */
  readonly hung: Readonly<Record<string, string>>
  /** How many tests reached it, and how many of these there was time for. */
  readonly reached: Readonly<Record<string, number>>
  readonly tried: Readonly<Record<string, number>>
  /** Reached when a file was loaded. */
  readonly loaded: readonly string[]
  /**
   * Tests that failed after a change without it, and with which: what they had noticed before
   * counts.
   */
  readonly spoiled: Readonly<Record<string, string>>
  readonly slow: readonly string[]
}

/** What is to be changed: all below a folder, a file, or what begins in a line of it. */
interface MutationTarget {
  readonly name: string
  readonly line: string | undefined
  readonly column: string | undefined
}

/**
 * Change the code here and there, and see whether a test notices: `npm run mutation -- FOLDER...
 * [TESTS...] [COUNT] [SEED]`.
 *
 * Takes that many of all changes that Stryker knows for the folders, the same for the same seed,
 * and holds against each the quick unit tests that reach it. Prints those that went unnoticed; the
 * exit status is 1 where fewer than 85 of 100 were noticed. In the place of a folder `FILE:LINE` or
 * `FILE:LINE:COLUMN`, as it is printed, tries what begins there; `test/unit` holds no other tests
 * against it.
 */
export async function main(args: readonly string[]): Promise<void> {
  const [count = 100, seed = 1] = args.filter((arg) => /^\d+$/.test(arg)).map(Number)
  const tests = args.filter((arg) => arg.startsWith('test/'))
  const targets = args.filter((arg) => !/^\d+$/.test(arg) && !tests.includes(arg)).map(targetOf)
  const {mutants: all} = await instrumented([
    ...new Set(targets.flatMap(({name}) => filesBelow(name))),
  ])
  const aimed = all.filter((mutant) => targets.some((target) => isAimed(mutant, target)))
  const chosen = sample(aimed, count, seed)
  console.log(
    `${chosen.length} of ${aimed.length} changes of ${targets.map(({name}) => name).join(', ')}, seed ${seed}`,
  )
  const files = [...new Set(chosen.map(({fileName}) => fileName))]
  const {sources, mutants} = await instrumented(files, chosen)
  const wanted = new Set(chosen.map(keyOf))
  const tried = mutants.filter((mutant) => wanted.has(keyOf(mutant)))
  const workers = Number(process.env['UNITLINT_WORKERS'] ?? 1)
  const shares = Array.from({length: workers}, (_, at) =>
    tried.filter((_mutant, index) => index % workers === at),
  )
  const slow = slowBefore()
  const isWatched = process.stderr.isTTY
  const watched = isWatched ? watch(workers, tried.length) : undefined
  const outcomes = await Promise.all(
    shares.map((share, at) =>
      outcomeOf(
        {
          sources,
          mutants: Object.fromEntries(share.map(({id, fileName}) => [id, folderOf(fileName)])),
          slow,
          isWatched,
        },
        tests,
        at,
      ),
    ),
  ).finally(() => watched?.end())
  writeFileSync(
    slowFile,
    JSON.stringify([...new Set([...slow, ...outcomes.flatMap((outcome) => outcome.slow)])]),
  )
  tell(tried, outcomes, [...new Set(targets.map(({name}) => name))])
}

function targetOf(arg: string): MutationTarget {
  const [, name = arg, line, column] = /^(.+?)(?::(\d+))?(?::(\d+))?$/.exec(arg) ?? []
  return {name, line, column}
}

function isAimed(
  {fileName, location: {start}}: Mutant,
  {name, line, column}: MutationTarget,
): boolean {
  return (
    isBelow(fileName, name) &&
    String(start.line + 1) === (line ?? String(start.line + 1)) &&
    String(start.column + 1) === (column ?? String(start.column + 1))
  )
}

/** The folder of `src` that a file is in. */
function folderOf(file: string): string {
  return path.relative('src', file).split(path.sep)[0] ?? ''
}

function tell(
  tried: readonly Mutant[],
  outcomes: readonly MutationOutcome[],
  folders: readonly string[],
): void {
  const loaded = new Set(outcomes.flatMap((outcome) => outcome.loaded))
  const find = (
    key: 'noticed' | 'hung' | 'reached' | 'tried',
    {id}: Mutant,
  ): string | number | undefined => outcomes.find((outcome) => id in outcome[key])?.[key][id]
  const held = tried.filter(
    (mutant) => find('reached', mutant) !== undefined || !loaded.has(mutant.id),
  )
  for (const mutant of held) {
    if (find('noticed', mutant) !== undefined) continue
    const hung = find('hung', mutant)
    const [reached, its] = [find('reached', mutant) ?? 0, find('tried', mutant) ?? 0]
    const state =
      hung === undefined
        ? `noticed by none of ${its} tests${its === reached ? '' : ` of ${reached} that reach it`}`
        : `no end of ${hung}`
    console.log(`${placeOfMutant(mutant)}: ${state}: ${changeOf(mutant)}`)
  }
  for (const [test, why] of outcomes.flatMap(({spoiled}) => Object.entries(spoiled)))
    console.log(`${test} fails after a change: ${why}`)
  console.log(
    `${tried.length - held.length} left out: tables, and what else is worked out when a file is loaded`,
  )
  const noticedOf = (its: readonly Mutant[]): string =>
    `${its.filter((mutant) => find('noticed', mutant) !== undefined).length} of ${its.length} noticed`
  for (const folder of folders)
    console.log(`${folder}: ${noticedOf(held.filter(({fileName}) => isBelow(fileName, folder)))}`)
  const score =
    (100 * held.filter((mutant) => find('noticed', mutant) !== undefined).length) / held.length
  console.log(`${noticedOf(held)}, ${score.toFixed(1)} of 100`)
  process.exitCode = score < 85 ? 1 : 0
}

const folder = 'node_modules/.cache/unitlint/mutation'

const slowFile = path.join(folder, 'slow.json')

/** The names of tests that took too long in an earlier run. */
function slowBefore(): readonly string[] {
  mkdirSync(folder, {recursive: true})
  // The tests write there as somebody else, see below.
  chmodSync(folder, 0o777)
  return existsSync(slowFile)
    ? (JSON.parse(readFileSync(slowFile, 'utf8')) as readonly string[])
    : [] // Only this file writes it.
}

function trialFile(at: number): string {
  return path.resolve(folder, `${process.pid}-${at}.json`)
}

/** Show how far all have come, in one line of the terminal that is gone at the end. */
function watch(workers: number, changes: number): {readonly end: () => void} {
  const began = Date.now()
  const timer = setInterval(() => {
    const all = Array.from({length: workers}, (_, at) => progressOf(trialFile(at)))
    const sum = (key: keyof MutationProgress): number =>
      all.reduce((total, its) => total + its[key], 0)
    const minutes = ((Date.now() - began) / 60_000).toFixed(1)
    process.stderr.write(
      `\r${sum('noticed')} of ${changes} noticed by ${sum('ran')} tests in ${minutes} min\u001B[K`,
    )
  }, 1_000)
  return {
    end() {
      clearInterval(timer)
      process.stderr.write('\r\u001B[K')
    },
  }
}

function progressOf(file: string): MutationProgress {
  try {
    return JSON.parse(readFileSync(`${file}.progress`, 'utf8')) as MutationProgress // The runner writes just that.
  } catch {
    // Nothing is told yet, or it is being written.
    return {ran: 0, noticed: 0}
  }
}

/** Run the tests, or those of some folders or files, with some changes at hand. */
async function outcomeOf(
  trial: MutationTrial,
  tests: readonly string[],
  at: number,
): Promise<MutationOutcome> {
  const file = trialFile(at)
  writeFileSync(file, JSON.stringify(trial))
  const vitest = path.resolve('node_modules/vitest/vitest.mjs')
  const options = [
    '--config',
    'test/mutation.config.ts',
    '--configLoader',
    'runner',
    '--silent',
    '--reporter=dot',
  ]
  const child = spawn(process.execPath, [vitest, 'run', ...options, ...tests], {
    env: {UNITLINT_TIMES: '0.2', ...process.env, UNITLINT_TRIAL: file},
    // Code that is changed may write anywhere, as to `/dev/null`: never as root.
    ...(process.getuid?.() === 0 ? {uid: nobody, gid: nobody} : {}),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const status = await new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  // What fails with no change in place notices none.
  if (status !== 0) console.log(output.slice(-2000))
  const outcome = JSON.parse(readFileSync(`${file}.outcome`, 'utf8')) as MutationOutcome // The runner writes just that.
  for (const left of [file, `${file}.outcome`, `${file}.progress`]) rmSync(left, {force: true})
  return outcome
}

/** Who owns nothing, by number. */
const nobody = 65_534

function filesBelow(name: string): string[] {
  if (statSync(name).isFile()) return [name]
  return readdirSync(name, {recursive: true, encoding: 'utf8'})
    .filter((file) => file.endsWith('.ts') && !/(?:^|[\\/])(?:data|tables)[\\/]/.test(file))
    .map((file) => path.join(name, file))
    .toSorted()
}

function isBelow(file: string, name: string): boolean {
  return !path.relative(path.resolve(name), file).startsWith('..')
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
