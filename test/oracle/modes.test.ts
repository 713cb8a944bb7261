import {spawnSync} from 'node:child_process'
import {chmodSync} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {expect, it} from 'vitest'
import {cli} from '../cli/cli.ts'
import type {Content} from '../files/folder.ts'
import {makeFolder} from '../files/folder.ts'
import {oracles} from './systemd.ts'

const service = '[Service]\nExecStart=/bin/true\n'

/** The modes of files, main files and drop-ins. */
const modes: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    [0o644, 0o600, 0o755, 0o700, 0o641, 0o664, 0o646, 0o666, 0o777].map((mode) => [
      `m${mode.toString(8)}.service`,
      mode,
    ]),
  ),
  'plain.service': 0o644,
  'plain.service.d/executable.conf': 0o755,
  'plain.service.d/writable.conf': 0o646,
  'plain.service.d/sound.conf': 0o640,
  'plain.service.d/empty.conf': 0o755,
  'mask.service': 0o755,
  'every@.service': 0o755,
  'timer.timer': 0o755,
}

function contentOf(name: string): Content {
  if (name.startsWith('mask') || name.endsWith('empty.conf')) return ''
  return name.endsWith('.conf')
    ? '[Service]\nNice=1\n'
    : name.endsWith('.timer')
      ? '[Timer]\nOnBootSec=1h\nUnit=plain.service\n'
      : service
}

const files = Object.fromEntries(Object.keys(modes).map((name) => [name, contentOf(name)]))

/** What is told of the modes of files, as `FILE: WHAT`. */
async function told(cwd: string): Promise<string[]> {
  const {stdout} = await cli(['--no-config', '-f', 'json', '.'], {cwd})
  const entries: ReadonlyArray<{
    filePath: string
    messages: ReadonlyArray<{ruleId: string; message: string}>
  }> = JSON.parse(stdout) // Our own format.
  return entries.flatMap(({filePath, messages}) =>
    messages.flatMap(({ruleId, message}) => {
      const [, what = ''] =
        ruleId === 'no-loose-mode' ? (/ it is (.*), expected/.exec(message) ?? []) : []
      return what === ''
        ? []
        : what
            .split(' and ')
            .map((one) => `${filePath}: ${one.replace('writable by all', 'world-writable')}`)
    }),
  )
}

const found = oracles()

it.skipIf(found.length === 0).each(found)(
  'systemd $name warns of the same files for their modes',
  async ({command}) => {
    const cwd = makeFolder(files)
    chmodSync(cwd, 0o755)
    for (const [name, mode] of Object.entries(modes)) chmodSync(path.join(cwd, name), mode)
    const units = Object.keys(modes).filter(
      (name) => !name.endsWith('.conf') && !name.startsWith('mask'),
    )
    const argv = ['verify', '--man=no', ...units.map((name) => `./${name}`)]
    const {stderr} = spawnSync(command, argv, {
      cwd,
      encoding: 'utf8',
      env: {PATH: process.env['PATH'], SYSTEMD_UNIT_PATH: cwd},
    })
    const warned = [
      ...stderr.matchAll(/^Configuration file (\S+) is marked (executable|world-writable)\./gm),
    ]
    expect(warned.length).toBeGreaterThan(5)
    expect(
      new Set(warned.map(([, file = '', what = '']) => `${path.relative(cwd, file)}: ${what}`)),
    ).toEqual(new Set(await told(cwd)))
  },
)

it.skipIf(found.length > 0)(
  'needs a systemd-analyze on this machine, or in the folder UNITLINT_ORACLE',
  (context) => context.skip(),
)
