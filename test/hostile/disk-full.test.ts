import {existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {describe, expect, it} from 'vitest'
import {cli} from '../cli/cli.ts'
import {canMake, fill, makeDisk} from './disk.ts'

// UNITLINT_DISK_SWEEP=1: with 0 to 64 kB free, in steps of 1 kB.
const sizes =
  process.env['UNITLINT_DISK_SWEEP'] === undefined
    ? [0, 1, 12, 24, 28, 64]
    : Array.from({length: 65}, (_, size) => size)

const padding = '# comment line padding padding padding pad\n'.repeat(600)
const service = `[Service]\nExecStart=/usr/bin/example\n`

/** Something that writes: from what, how, to which file, and what tells that this is whole. */
interface Writing {
  readonly files: Readonly<Record<string, string>>
  readonly argv: readonly string[]
  readonly written: string
  readonly isWhole: (text: string) => boolean
}

const writings: ReadonlyArray<[string, Writing]> = [
  [
    '--fix',
    {
      files: {'a.service': service + padding},
      argv: ['--fix'],
      written: 'a.service',
      isWhole: isPadded,
    },
  ],
  [
    'a new drop-in',
    {
      files: {'a.service': service, 'service.d/50-unitlint.conf': `[Service]\nNice=1\n${padding}`},
      argv: ['--fix', '--fix-to', 'dropin', 'a.service'],
      written: 'a.service.d/50-unitlint.conf',
      isWhole: isPadded,
    },
  ],
  [
    'a drop-in',
    {
      files: {
        'a.service': service,
        'a.service.d/50-unitlint.conf': `[Service]\nNice=1\n${padding}`,
      },
      argv: ['--fix', '--fix-to', 'dropin', 'a.service'],
      written: 'a.service.d/50-unitlint.conf',
      isWhole: isPadded,
    },
  ],
  [
    'a baseline',
    {
      files: {'a.service': service, 'base.json': baseline()},
      argv: ['--exposure-baseline', 'base.json', '--update-baseline', 'a.service'],
      written: 'base.json',
      isWhole: isJson,
    },
  ],
  [
    'a new report',
    {
      files: {'a.service': service + 'nonsense\n'.repeat(80)},
      argv: ['-f', 'json', '-o', 'report.json', 'a.service'],
      written: 'report.json',
      isWhole: isJson,
    },
  ],
  [
    'a report',
    {
      files: {'a.service': service + 'nonsense\n'.repeat(80), 'report.json': 'an older report\n'},
      argv: ['-f', 'json', '-o', 'report.json', 'a.service'],
      written: 'report.json',
      isWhole: isJson,
    },
  ],
]

function isPadded(text: string): boolean {
  return text.includes('[Service]') && text.includes('PrivateTmp=yes') && text.includes(padding)
}

function isJson(text: string): boolean {
  return Object.keys(JSON.parse(text) as object).length > 0
}

/** Entries that are kept, as there is such a file. */
function baseline(): string {
  return JSON.stringify(
    Object.fromEntries(Array.from({length: 1000}, (_, index) => [`${index}/../a.service`, 50])),
  )
}

const flags = ['--no-config', '--rule', 'private-tmp: error', '--rule', 'no-ignored-line: error']

/** Put files on a disk. */
function put(disk: string, files: Readonly<Record<string, string>>): void {
  for (const name of readdirSync(disk))
    if (name !== 'lost+found') rmSync(path.join(disk, name), {recursive: true})
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(disk, name)), {recursive: true})
    writeFileSync(path.join(disk, name), text)
  }
}

function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

describe.each(['tmpfs', 'ext4'] as const)('on a nearly full %s', (system) => {
  it.runIf(canMake(system)).each(writings)(
    '%s is written whole, or not at all and with status 2',
    async (_, {files, argv, written, isWhole}) => {
      const disk = makeDisk(system) ?? ''
      const file = path.join(disk, written)
      put(disk, files)
      const {status} = await cli([...flags, ...argv], {cwd: disk})
      const [before, after] = [files[written], textOf(file)]
      expect(status).not.toBe(2)
      expect(after).not.toBe(before)
      expect(isWhole(after ?? '')).toBe(true)
      const seen = {whole: 0, not: 0}
      for (const size of sizes) {
        put(disk, files)
        fill(disk, size * 1024)
        const {status: its, stderr} = await cli([...flags, ...argv], {cwd: disk})
        const text = textOf(file)
        if (its === 2) {
          expect({size, text: text === before ? 'before' : text, stderr}).toMatchObject({
            text: 'before',
            stderr: expect.stringContaining('No space left on the device'),
          })
          expect(stderr.trimEnd().split('\n')).toHaveLength(1)
          seen.not++
        } else {
          expect({size, its, text: text === after ? 'after' : text}).toEqual({
            size,
            its: status,
            text: 'after',
          })
          seen.whole++
        }
        expect(
          readdirSync(path.dirname(existsSync(file) ? file : path.join(disk, 'a.service'))).filter(
            (name) => name.startsWith('.'),
          ),
        ).toEqual([])
      }
      expect(seen.not).toBeGreaterThan(0)
      expect(seen.whole).toBeGreaterThan(0)
    },
    600_000,
  )
})
