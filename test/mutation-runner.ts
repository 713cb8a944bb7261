import {readFileSync, writeFileSync} from 'node:fs'
import process from 'node:process'
import {Script} from 'node:vm'
import fc from 'fast-check'
import {TestRunner} from 'vitest'
import {getFn} from 'vitest/suite'
import type {MutationOutcome, MutationProgress, MutationTrial} from '../src/dev/mutation.ts'

/** What the code with the switches looks at, by Stryker's names. */
interface Switches {
  activeMutant?: string | undefined
  currentTestId?: string | undefined
  hitCount?: number | undefined
  hitLimit?: number | undefined
  readonly mutantCoverage?: {
    readonly static: Readonly<Record<string, number>>
    readonly perTest: Record<string, Readonly<Record<string, number>>>
  }
}

type Test = Parameters<NonNullable<TestRunner['onAfterTryTask']>>[0]

const file = process.env['UNITLINT_TRIAL'] ?? ''
const trial = JSON.parse(readFileSync(file, 'utf8')) as MutationTrial // `src/dev/mutation.ts` writes it.
const leftOut = new Set(trial.slow)

const noticed: Record<string, string> = {}
const hung: Record<string, string> = {}
const reached: Record<string, number> = {}
const tried: Record<string, number> = {}
const spoiled: Record<string, string> = {}
const slow: string[] = []

/**
 * Milliseconds of the processor that one change may take: so many with the tests of the folder that
 * mirrors its own, and as many with all others.
 */
const mostForOne = 6_000

/**
 * No test takes more than one part in so many of what is left: those that take long do not keep the
 * many quick ones from their turn.
 */
const parts = 10

/** Milliseconds by the clock, for a change that makes something run on without an end. */
const patience = 15_000

const switches: Switches = {}
const spent = new Map<string, number>()

/**
 * Memories at the top of files. Those that are filled when their file is loaded stay as they are.
 */
const maps: Array<Map<unknown, unknown>> = []
let looked = 0

/** Goes up with each trial. */
let epoch = 0
const epochs = new WeakMap<object, number>()

/** How many tests have run, and when it is told again. */
let [ran, next] = [0, 0]

let run: () => unknown = () => undefined
const script = new Script('globalThis.unitlintTrial.run()')

Object.assign(globalThis, {
  __stryker__: switches,
  unitlintTrial: {
    maps,
    run: () => run(),
    fresh: (memoryOf: (subject: object) => Map<unknown, unknown>) => (subject: object) => {
      const memory = memoryOf(subject)
      if (epochs.get(memory) !== epoch) memory.clear()
      epochs.set(memory, epoch)
      return memory
    },
  },
})

// The same examples for each change, and no smaller ones: a test fails by the change alone.
fc.configureGlobal({endOnFailure: true, seed: 1})

/**
 * Runs each test as it is, and then once for each change that it reaches and that none has noticed
 * yet.
 */
export default class MutationRunner extends TestRunner {
  async runTask(test: Test): Promise<void> {
    const name = nameOf(test)
    if (leftOut.has(name)) return
    run = getFn(test)
    forget()
    tell()
    switches.currentTestId = test.id
    const began = process.cpuUsage()
    await run()
    const took = millisecondsSince(began)
    const isSlow = took > mostForOne / parts
    switches.currentTestId = 'none'
    const hits = Object.entries(switches.mutantCoverage?.perTest[test.id] ?? {}).filter(
      ([mutant]) => mutant in trial.mutants,
    )
    delete switches.mutantCoverage?.perTest[test.id]
    for (const [mutant] of hits) reached[mutant] = (reached[mutant] ?? 0) + 1
    if (isSlow) slow.push(name)
    else await hold(test, took, hits)
    switches.currentTestId = undefined
  }

  override onAfterRunFiles(): void {
    super.onAfterRunFiles()
    const loaded = Object.keys(switches.mutantCoverage?.static ?? {}).filter(
      (mutant) => mutant in trial.mutants,
    )
    writeFileSync(
      `${file}.outcome`,
      JSON.stringify({
        noticed,
        hung,
        reached,
        tried,
        loaded,
        spoiled,
        slow,
      } satisfies MutationOutcome),
    )
  }
}

/** Hold a test, which takes so long, against the changes that it reaches so many times. */
async function hold(
  test: Test,
  took: number,
  hits: ReadonlyArray<readonly [mutant: string, count: number]>,
): Promise<void> {
  const name = nameOf(test)
  for (const [mutant, count] of hits) {
    const account = `${mutant} ${test.file.name.startsWith(`test/${trial.mutants[mutant]}/`) ? 'near' : 'far'}`
    const left = mostForOne - (spent.get(account) ?? 0)
    if (mutant in noticed || mutant in hung || took > left / parts) continue
    tried[mutant] = (tried[mutant] ?? 0) + 1
    const began = process.cpuUsage()
    const failure = await failureWith(mutant, count)
    spent.set(account, mostForOne - left + millisecondsSince(began))
    if (failure === undefined) continue
    // What fails without the change as well is what an earlier one has left.
    const remaining = await failureWith(undefined, 0)
    if (remaining !== undefined) {
      spoiled[name] = `${mutant}: ${remaining}`
      return
    }
    if (failure === endless) hung[mutant] = name
    else noticed[mutant] = name
  }
}

const endless = 'It came to no end'

/**
 * What the test at hand says with a change in place, if it fails; `count` is how many times it
 * reaches that.
 */
async function failureWith(mutant: string | undefined, count: number): Promise<string | undefined> {
  forget()
  // Going on a hundred times as long is no end either, whatever the clock says.
  Object.assign(switches, {activeMutant: mutant, hitCount: 0, hitLimit: count * 100 + 10_000})
  let timer: NodeJS.Timeout | undefined
  try {
    const late = new Promise<never>(
      (_resolve, reject) => (timer = setTimeout(() => reject(new Error(endless)), patience)),
    )
    await Promise.race([script.runInThisContext({timeout: patience}), late])
    return undefined
  } catch (error) {
    const isEndless =
      error instanceof Error &&
      (error.message === endless ||
        ('code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'))
    return isEndless ? endless : String(error).slice(0, 200)
  } finally {
    clearTimeout(timer)
    Object.assign(switches, {activeMutant: undefined, hitCount: undefined})
  }
}

/** Say how far it has come, to who watches. */
function tell(): void {
  ran++
  const now = Date.now()
  if (!trial.isWatched || now < next) return
  next = now + 1_000
  const {length} = Object.keys({...noticed, ...hung})
  writeFileSync(
    `${file}.progress`,
    JSON.stringify({ran, noticed: length} satisfies MutationProgress),
  )
}

function forget(): void {
  epoch++
  const filled = new Set(maps.slice(looked).filter(({size}) => size > 0))
  maps.splice(looked, maps.length, ...maps.slice(looked).filter((map) => !filled.has(map)))
  looked = maps.length
  for (const map of maps) map.clear()
}

function millisecondsSince(began: NodeJS.CpuUsage): number {
  const {user, system} = process.cpuUsage(began)
  return (user + system) / 1000
}

function nameOf(test: Test): string {
  const names = [test.name]
  for (let {suite} = test; suite; {suite} = suite) names.unshift(suite.name)
  return [test.file.name, ...names].join(' > ')
}
