import {spawnSync} from 'node:child_process'
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import process from 'node:process'
import {Bench} from 'tinybench'
import {VFile} from 'vfile'
import {presets} from '../../configs/index.ts'
import {rules} from '../../rules/index.ts'
import {lint} from '../engine/lint.ts'
import {defaultTarget} from '../model/targets.ts'
import {parse} from '../syntax/parse.ts'
import {search} from './hostile/search.ts'

/** Measure the built command from start to end, and the engine alone; all as ratios to a floor of the same run. */
export async function main([kind, ...args]: readonly string[]): Promise<void> {
  if (kind === 'hostile') {
    await search(args)
    return
  }
  console.table(startUp())
  console.table(await throughput())
}

/** Milliseconds of whole runs, in turns so that a busy machine slows them alike; the floor is Node with nothing to do. */
function startUp(): Record<string, object> {
  const folder = mkdtempSync(path.join(tmpdir(), 'unitlint-'))
  try {
    const file = path.join(folder, 'example.service')
    writeFileSync(file, unit)
    const cli = path.resolve('dist', 'cli.js')
    const commands: Record<string, readonly [string, ...string[]]> = {
      'node -e 0': [process.execPath, '-e', '0'],
      'unitlint --version': [process.execPath, cli, '--version'],
      'unitlint FILE': [process.execPath, cli, '--no-config', file],
      'unitlint --preset strict FILE': [process.execPath, cli, '--no-config', '--preset', 'strict', file],
      'systemd-analyze verify FILE': ['systemd-analyze', 'verify', '--man=no', file],
      'systemd-analyze security FILE': ['systemd-analyze', 'security', '--offline=true', '--no-pager', file],
    }
    const times = Object.entries(commands).map(([name, command]) => ({name, command, runs: [] as number[]}))
    for (let round = 0; round < 25; round++) for (const {command, runs} of times) runs.push(timeOf(command))
    const floor = median(times[0]?.runs ?? [])
    const present = times.filter(({runs}) => Number.isFinite(runs[0]))
    return Object.fromEntries(
      present.map(({name, runs}) => [
        name,
        {
          'min ms': rounded(runs.reduce((one, other) => Math.min(one, other), Infinity)),
          'median ms': rounded(median(runs)),
          ratio: rounded(median(runs) / floor),
        },
      ]),
    )
  } finally {
    rmSync(folder, {recursive: true})
  }
}

/** Not a number where there is no such command. */
function timeOf([command, ...args]: readonly [string, ...string[]]): number {
  const start = performance.now()
  const {error} = spawnSync(command, args, {stdio: 'ignore'})
  return error ? Number.NaN : performance.now() - start
}

/** Microseconds for one unit in a process that is warm; the floor is to cut it into lines. */
async function throughput(): Promise<Record<string, object>> {
  const bench = new Bench({time: 500})
    .add('split', () => unit.split('\n').map((line) => line.split('=')))
    .add('parse', () => parse(unit))
    .add('lint: recommended', linting('recommended'))
    .add('lint: strict', linting('strict'))
    .add('fix: strict', linting('strict', 'safe'))
  await bench.run()
  const times = bench.tasks.map(({name, result}) => ({name, time: 'latency' in result ? result.latency.p50 * 1000 : Number.NaN}))
  const floor = times[0]?.time ?? Number.NaN
  return Object.fromEntries(times.map(({name, time}) => [name, {'median us': rounded(time), ratio: rounded(time / floor)}]))
}

function linting(preset: string, fix?: 'safe'): () => void {
  const settings = presets[preset]?.rules ?? {}
  const active = rules.filter(({id}) => Object.hasOwn(settings, id)).map((rule) => ({rule, severity: 2 as const, options: rule.options.parse({})}))
  return () => lint(new VFile({path: 'example.service', value: unit}), {rules: active, targets: [defaultTarget], manager: 'system', fix})
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10
}

/** A usual service: of median length, with what most have. */
const unit = `[Unit]
Description=Nightly backup
After=network-online.target
Wants=network-online.target

[Service]
Type=oneshot
User=backup
Environment=RESTIC_REPOSITORY=/srv/backup
ExecStart=/usr/bin/restic backup /home /etc
ProtectSystem=full
NoNewPrivileges=yes

[Install]
WantedBy=multi-user.target
`
