import {mkdirSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {inTurns, median, rounded, withFolder} from './measure.ts'
import type {MeasuredCommand, TimedRun} from './measure.ts'
import {usual} from './subjects.ts'
import {judgements, systemdAnalyze} from './systemd.ts'

/** What a whole run on one unit takes, as ratios to Node with nothing to do. */
export async function startPart(): Promise<Record<string, object>> {
  return withFolder(async (folder) => {
    const commands = startsIn(folder)
    // The first run keeps the compiled code.
    inTurns(commands, 1)
    const runs = inTurns(commands, 25)
    const floor = timesOf(runs.get('node -e 0') ?? [])
    return Object.fromEntries(
      [...runs].map(([name, its]) => {
        const {time, cpu} = timesOf(its)
        return [
          name,
          {
            'median ms': rounded(time),
            ratio: rounded(time / floor.time),
            'processor ms': rounded(cpu),
            'its ratio': rounded(cpu / floor.cpu),
          },
        ]
      }),
    )
  })
}

/** All that is started for one unit, with a cache of compiled code in a folder and without. */
function startsIn(folder: string): readonly MeasuredCommand[] {
  const file = path.join(folder, 'example.service')
  writeFileSync(file, usual)
  const cache = path.join(folder, 'cache')
  mkdirSync(cache)
  const cli = path.resolve('dist', 'cli.js')
  // Of more certificates Node 20 makes a store at every start, which takes longer than all else
  // that it does.
  const {NODE_EXTRA_CA_CERTS: _, ...env} = process.env
  const warm = {...env, XDG_CACHE_HOME: cache, LOCALAPPDATA: cache, HOME: cache}
  const cold = {...env, NODE_DISABLE_COMPILE_CACHE: '1'}
  const node = (
    name: string,
    args: readonly string[],
    env: NodeJS.ProcessEnv = warm,
  ): MeasuredCommand => ({name, line: [process.execPath, ...args], env})
  return [
    node('node -e 0', ['-e', '0']),
    node('unitlint --version', [cli, '--version']),
    node('unitlint FILE', [cli, '--no-config', file]),
    node('unitlint FILE, no compile cache', [cli, '--no-config', file], cold),
    node('unitlint --preset strict FILE', [cli, '--no-config', '--preset', 'strict', file]),
    ...Object.entries(judgements).map(([name, args]): MeasuredCommand => ({
      name: `systemd-analyze ${name} FILE`,
      line: [systemdAnalyze(), ...args, file],
    })),
  ]
}

function timesOf(runs: readonly TimedRun[]): {readonly time: number; readonly cpu: number} {
  return {
    time: median(runs.map((run) => run.milliseconds)),
    cpu: median(runs.map((run) => run.cpu ?? Number.NaN)),
  }
}
