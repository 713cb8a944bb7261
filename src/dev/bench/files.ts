import {spawnSync} from 'node:child_process'
import path from 'node:path'
import process from 'node:process'
import {inTurns, median, rounded, withFolder} from './measure.ts'
import type {MeasuredCommand} from './measure.ts'
import {writeServices} from './subjects.ts'
import {judgements, systemdAnalyze} from './systemd.ts'

/** systemd-analyze takes more than its share for many units in one call. */
const chunks = [10, 50, 250]

/** More units than this take systemd-analyze many minutes, and no more can be learnt from that. */
const mostOfSystemd = 4000

/**
 * What a run on many units takes, all of a folder or the first of them: as ratios to reading them,
 * the start of Node included: by itself it is lost in that.
 */
export async function filesPart(count: number, asked = count): Promise<Record<string, object>> {
  return withFolder(async (folder) => {
    const names = writeServices(folder, count).slice(0, asked)
    const commands = [
      ...unitlint(folder, asked === count ? [] : names),
      ...(asked <= mostOfSystemd
        ? Object.entries(judgements).flatMap(([name, args]) => systemd(name, args, folder, names))
        : []),
    ]
    const runs = inTurns(commands, asked > mostOfSystemd ? 1 : 3)
    const timeOf = (name: string): number =>
      median((runs.get(name) ?? []).map((run) => run.milliseconds))
    const reading = timeOf('reading alone')
    return Object.fromEntries(
      [...runs].map(([name, its]) => {
        const time = timeOf(name)
        const sizes = its.flatMap((run) => run.megabytes ?? [])
        return [
          name,
          {
            seconds: rounded(time / 1000),
            'us a unit': rounded((time * 1000) / asked),
            'to reading': rounded(time / reading),
            ...(sizes.length > 0 ? {MB: rounded(median(sizes))} : {}),
          },
        ]
      }),
    )
  })
}

/** What reads these of a folder, or all: Node alone, and unitlint. */
function unitlint(cwd: string, some: readonly string[]): readonly MeasuredCommand[] {
  const node = (name: string, args: readonly string[]): MeasuredCommand => ({
    name,
    line: [process.execPath, ...args],
    cwd,
  })
  const cli = [path.resolve('dist', 'cli.js'), '--no-config', '-f', 'json']
  const files = some.length === 0 ? ['.'] : some
  return [
    node('node -e 0', ['-e', '0']),
    node('reading alone', ['-e', readAll, ...some]),
    node('unitlint', [...cli, ...files]),
    node('unitlint --preset strict', [...cli, '--preset', 'strict', ...files]),
  ]
}

/** One call for all, and calls for chunks of each size, one after the other. */
function systemd(
  name: string,
  args: readonly string[],
  cwd: string,
  names: readonly string[],
): MeasuredCommand[] {
  const program = systemdAnalyze()
  if (spawnSync(program, ['--version']).error) return []
  const quoted = [program, ...args]
    .map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`)
    .join(' ')
  const each = (size: number): MeasuredCommand => ({
    name: `systemd-analyze ${name}, ${size} a call`,
    line: ['sh', '-c', `printf '%s\\n' "$@" | xargs -n ${size} ${quoted}`, 'sh', ...names],
    cwd,
  })
  return [...chunks, names.length].filter((size) => size <= names.length).map(each)
}

const readAll = `
const {readFileSync, readdirSync} = require('node:fs')
const decoder = new TextDecoder('utf-8', {ignoreBOM: true})
const names = process.argv.slice(1)
for (const name of names.length > 0 ? names : readdirSync('.')) decoder.decode(readFileSync(name))
`
