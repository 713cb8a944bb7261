import {mkdirSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {inTurns, median, rounded, withFolder} from './measure.ts'
import type {MeasuredCommand} from './measure.ts'
import {usual} from './subjects.ts'
import {judgements, systemdAnalyze} from './systemd.ts'

/** What a whole run on one unit takes, as ratios to Node with nothing to do. */
export async function startPart(): Promise<Record<string, object>> {
  return withFolder(async (folder) => {
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
    const commands = [
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
    // The first run keeps the compiled code.
    inTurns(commands, 1)
    const runs = inTurns(commands, 25)
    const floor = runs.get('node -e 0') ?? []
    const milliseconds = median(floor.map((run) => run.milliseconds))
    const processor = median(floor.map((run) => run.cpu ?? Number.NaN))
    return Object.fromEntries(
      [...runs].map(([name, its]) => {
        const time = median(its.map((run) => run.milliseconds))
        const cpu = median(its.map((run) => run.cpu ?? Number.NaN))
        return [
          name,
          {
            'median ms': rounded(time),
            ratio: rounded(time / milliseconds),
            'processor ms': rounded(cpu),
            'its ratio': rounded(cpu / processor),
          },
        ]
      }),
    )
  })
}
