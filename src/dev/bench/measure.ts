import {spawnSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import process from 'node:process'

/** A command to measure. */
export interface MeasuredCommand {
  readonly name: string
  /** The program, then its arguments. */
  readonly line: readonly [string, ...string[]]
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
}

/** What one run took. */
export interface TimedRun {
  readonly milliseconds: number
  /**
   * Of the process itself, where it is Node: what it had of the processor, and its greatest size.
   */
  readonly cpu?: number
  readonly megabytes?: number
}

/** Longer than this nobody waits, in minutes. */
const patience = 30

/**
 * Run commands in turns, so that a busy machine slows them alike. Those that are not there, or not
 * done in time, are named and left out.
 */
export function inTurns(
  commands: readonly MeasuredCommand[],
  rounds: number,
): ReadonlyMap<string, readonly TimedRun[]> {
  const runs = new Map<string, TimedRun[]>()
  for (let round = 0; round < rounds; round++) {
    for (const command of commands) {
      const run = runOnce(command)
      if (run) runs.set(command.name, [...(runs.get(command.name) ?? []), run])
      else console.error(`${command.name}: not there, or not done in ${patience} minutes`)
    }
  }
  return runs
}

/** Undefined where there is no such program, or it takes too long. */
function runOnce({
  line: [program, ...args],
  cwd,
  env = process.env,
}: MeasuredCommand): TimedRun | undefined {
  const folder = mkdtempSync(path.join(tmpdir(), 'unitlint-bench-'))
  try {
    const probe = path.join(folder, 'probe.cjs')
    const report = path.join(folder, 'usage.json')
    const isNode = program === process.execPath
    if (isNode) writeFileSync(probe, probeScript(report))
    const start = performance.now()
    const given = isNode ? ['-r', probe, ...args] : args
    const {error} = spawnSync(program, given, {
      stdio: 'ignore',
      timeout: patience * 60 * 1000,
      env,
      ...(cwd === undefined ? {} : {cwd}),
    })
    if (error) return undefined
    const milliseconds = performance.now() - start
    if (!isNode) return {milliseconds}
    // What the probe wrote.
    const {userCPUTime, systemCPUTime, maxRSS} = JSON.parse(
      readFileSync(report, 'utf8'),
    ) as NodeJS.ResourceUsage
    return {milliseconds, cpu: (userCPUTime + systemCPUTime) / 1000, megabytes: maxRSS / 1024}
  } finally {
    rmSync(folder, {recursive: true})
  }
}

function probeScript(report: string): string {
  return `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(report)}, JSON.stringify(process.resourceUsage())))`
}

/** The value in the middle. */
export function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN
}

/** With two digits behind the point. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100
}

/** A folder for the time that something takes. */
export async function withFolder<Result>(
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(path.join(tmpdir(), 'unitlint-bench-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, {recursive: true})
  }
}
