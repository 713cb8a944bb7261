import {readFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {makeFolder} from '../files/folder.ts'
import {cli} from './cli.ts'
import type {Result} from './cli.ts'

const service =
  '[Unit]\nDescription=Backup\n\n[Service]\nType=oneshot\nExecStart=/usr/bin/restic backup /home\n'

/** Answers to what is asked, a line each; returns what came of it, and the text of the unit. */
async function answered(
  answers: readonly string[],
  argv: readonly string[] = [],
  files: Readonly<Record<string, string>> = {},
): Promise<Result & {unit: string; cwd: string}> {
  const cwd = makeFolder({'backup.service': service, ...files})
  const result = await cli(['harden', '--no-color', ...argv, 'backup.service'], {
    cwd,
    isTTY: true,
    stdin: answers.map((line) => `${line}\n`).join(''),
  })
  return {...result, cwd, unit: readFileSync(path.join(cwd, 'backup.service'), 'utf8')}
}

/** The values that a unit gives a directive. */
function valuesOf(unit: string, key: string): string[] {
  return unit
    .split('\n')
    .flatMap((line) => (line.startsWith(`${key}=`) ? [line.slice(key.length + 1)] : []))
}

describe('harden', () => {
  it('shows each step with its line, reason, evidence and exposure, and writes what is kept once that is confirmed', async () => {
    const {status, stdout, stderr, unit} = await answered(['k', 's', '', 'a', 'y'])
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toContain(
      'backup.service: 9.6 UNSAFE; with all safe steps 3.0 OK, with all 2.0 OK (systemd 252)\n',
    )
    expect(stdout).toMatch(
      /^\[1 of \d+\] capability-bounding-set {2}9\.6 -> 7\.9 EXPOSED \(-1\.69\)\n {2}backup\.service:4\n {2}\+ CapabilityBoundingSet=CAP_CHOWN /m,
    )
    expect(stdout).toMatch(/^ {2}Why {5}Each capability left to a service/m)
    expect(stdout).toMatch(/^ {2}Safe {4}hardly any such service minds \(\d+ of \d+\)$/m)
    expect(stdout).toContain('--- a/backup.service\n+++ b/backup.service\n')
    expect(stdout).toContain(
      '  load  systemctl daemon-reload && systemctl restart backup.service\n  test  systemctl status backup.service\n',
    )
    expect(valuesOf(unit, 'CapabilityBoundingSet')).toHaveLength(1)
    expect(valuesOf(unit, 'SystemCallFilter')).toEqual([])
    expect(valuesOf(unit, 'RestrictNamespaces')).toEqual(['yes'])
    // What is unsafe is left alone where all the rest of the safe steps is taken.
    expect(valuesOf(unit, 'UMask')).toEqual([])
  })

  it('says what its guide shows', async () => {
    const answers = ['k', 's', 'it mounts its repository', '2027-05-01', 'k', 'a', 'y']
    const {stdout} = await answered(answers)
    const left = [...answers]
    // The terminal shows what is typed.
    const screen = stdout.replaceAll(
      /(\[k\/s\/w\/b\/a\/q\/\?\]|\[y\/n\/b\]|time only|for good) /g,
      (question) => `${question}${left.shift()}\n`,
    )
    expect(readFileSync(new URL('../../docs/harden.md', import.meta.url), 'utf8')).toContain(
      `$ unitlint harden backup.service\n${screen}\`\`\``,
    )
  })

  it('takes what is unsafe too where all the rest is taken at such a step', async () => {
    const {unit, stdout} = await answered([...Array.from({length: 22}, () => 'k'), 'a', 'y'])
    expect(stdout).toMatch(/^ {2}Unsafe {2}nothing tells whether/m)
    expect(valuesOf(unit, 'UMask')).toEqual(['0077'])
  })

  it('makes a reason a comment that turns the rule off, up to a day that is to come', async () => {
    const {unit, stdout, cwd} = await answered([
      'k',
      's',
      'it mounts\u001B[2J things',
      '2026-02-31',
      '2026-11-30',
      '2027-05-01',
      'a',
      'y',
    ])
    expect(stdout).toContain('Unexpected `2026-02-31`, expected a day from 2026-12-01 on\n')
    expect(stdout).toContain('Unexpected `2026-11-30`, expected')
    expect(unit).toContain(
      '\n# unitlint-disable-next-line system-call-filter until 2027-05-01 -- it mounts [2J things\n[Service]\n',
    )
    const {stdout: report} = await cli(
      ['-f', 'json', '--preset', 'strict', '--report-unused-disables', 'backup.service'],
      {cwd},
    )
    expect(report).not.toContain('system-call-filter')
    expect(report).not.toContain('unused-disable')
  })

  it('offers weaker values, and takes one of your own', async () => {
    const files = {'backup.service': '[Service]\nExecStart=/usr/bin/chronyd -d\nProtectSystem=no\n'}
    const {stdout} = await answered(['q'], [], files)
    expect(stdout).toContain('Nothing was written\n')
    const {unit, stdout: own} = await answered([
      'k',
      'w',
      '~@',
      'SystemCallFilter=~@clock',
      'a',
      'y',
    ])
    expect(own).toContain(
      'Unexpected `~@`: not a value that systemd takes, or one that breaks the service\n',
    )
    expect(valuesOf(unit, 'SystemCallFilter')).toEqual(['~@clock'])
  })

  it('goes back, step by step, also from the end', async () => {
    const {unit, stdout} = await answered(['b', 'k', 'b', 's', '', 'a', 'b', 'a', 'y'])
    expect(stdout).toContain('This is the first step\n')
    expect(valuesOf(unit, 'CapabilityBoundingSet')).toEqual([])
    expect(valuesOf(unit, 'ProtectClock')).toEqual(['yes'])
  })

  it.each([['q'], ['k', 'k', 'q'], ['a', 'n'], ['a'], ['k'], [], ['s'], ['s', 'why'], ['w']])(
    'leaves the file alone where that is the end: %j',
    async (...answers) => {
      const {status, unit, stdout} = await answered(answers.length === 0 ? ['?'] : answers)
      expect(status).toBe(1)
      expect(unit).toBe(service)
      expect(stdout).toMatch(/Nothing was written\n$/)
    },
  )

  it('writes a drop-in, of which the commands tell how to undo it', async () => {
    const {unit, cwd, stdout} = await answered(
      ['s', 'others do it', '', 'a', 'y'],
      ['--fix-to', 'dropin'],
    )
    expect(unit).toBe(service)
    const dropIn = readFileSync(path.join(cwd, 'backup.service.d/50-unitlint.conf'), 'utf8')
    expect(valuesOf(dropIn, 'RestrictNamespaces')).toEqual(['yes'])
    expect(valuesOf(dropIn, 'CapabilityBoundingSet')).toEqual([])
    expect(stdout).toContain(
      'Left out: capability-bounding-set: others do it. A drop-in cannot say so for later runs',
    )
    expect(stdout).toContain('  undo  unitlint --undo backup.service\n')
  })

  it('takes all that is safe without a question where it is told to, and then finds nothing more', async () => {
    const cwd = makeFolder({'backup.service': service})
    const {status, stdout} = await cli(['harden', '--yes', 'backup.service'], {cwd})
    expect([status, stdout]).toEqual([
      0,
      expect.stringContaining('Written: backup.service; exposure 3.0 OK\n'),
    ])
    const again = await cli(['harden', '--yes', 'backup.service'], {cwd})
    expect(again).toEqual({
      status: 0,
      stdout: 'backup.service: nothing to do, it stays at 3.0 OK\n',
      stderr: '',
    })
  })

  it('finds services by their names below a root, and leaves those of vendors as they are', async () => {
    const cwd = makeFolder({'r/usr/lib/systemd/system/backup.service': service})
    const {status, stdout} = await cli(['harden', '--yes', '--root', 'r', 'backup'], {cwd})
    expect(status).toBe(0)
    expect(stdout).toContain('Written: r/etc/systemd/system/backup.service.d/50-unitlint.conf;')
    expect(stdout).toContain('  undo  unitlint --undo --root r backup.service\n')
  })

  it.each([
    [['harden', 'backup.service'], /^unitlint: Expected a terminal, .*--yes.*--report pr.*--fix/],
    [['harden'], /^unitlint: Expected a service, by its file or by its name\n$/],
    [
      ['harden', '--report', 'md', 'backup.service'],
      /^--report: Unexpected report `md`, expected `pr`\n$/,
    ],
    [['harden', '--fix-to', 'there', 'backup.service'], /^--fix-to: Unexpected place `there`/],
    [['harden', '--yes', 'missing.service'], /^missing\.service: No such file or folder\n$/],
    [['harden', '--yes', 'a.timer'], /^a\.timer: Unexpected kind of unit, expected a service\n$/],
    [
      ['harden', '--yes', 'broken.service'],
      /^broken\.service:2: Not loaded by systemd 252: [^\n]+\n$/,
    ],
  ])('ends with one line: %j', async (argv, words) => {
    const cwd = makeFolder({
      'backup.service': service,
      'a.timer': '[Timer]\nOnCalendar=daily\n',
      'broken.service': '[Service]\nType=dbus\nExecStart=/bin/a\n',
    })
    const {status, stdout, stderr} = await cli(argv, {cwd})
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(words)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  })
})

describe('harden --report pr', () => {
  it('describes a pull request, and writes nothing', async () => {
    const cwd = makeFolder({'backup.service': service})
    const {status, stdout, stderr} = await cli(['harden', '--report', 'pr', 'backup.service'], {
      cwd,
    })
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout.split('\n').filter((line) => line.startsWith('#'))).toEqual([
      '## Harden `backup.service`',
      '### What is added',
      '### What is left to a person',
      '### What is withheld',
      '### What no fix decides',
      '### Test plan',
      '### Rollback',
    ])
    expect(stdout).toMatch(
      /^\| `PrivateTmp=yes` \| 0\.18 \| \d\.\d \| Any process can .* \| hardly any such service minds \(\d+ of \d+\) \|$/m,
    )
    expect(stdout).toMatch(
      /^- `PrivateNetwork=` \(0\.45\): `backup\.service:6`: `restic` reaches its repository over the network \(talks to other hosts, .*, perhaps\)$/m,
    )
    expect(stdout).toContain('`systemctl daemon-reload && systemctl restart backup.service`')
    expect(readFileSync(path.join(cwd, 'backup.service'), 'utf8')).toBe(service)
  })

  it('withholds nothing that it leaves to a person, and says what speaks against that', async () => {
    const files = {'api.service': '[Service]\nUser=a\nExecStart=/usr/bin/node /srv/a/b.js\n'}
    const argv = ['harden', '--report', 'pr', 'api.service']
    const {stdout} = await cli(argv, {cwd: makeFolder(files)})
    expect(stdout).toMatch(
      /^\| `PrivateNetwork=yes` \|.*; against it: `api\.service:3`: `node` talks to other hosts .*\(perhaps\) \|$/m,
    )
    const withheld = stdout.slice(stdout.indexOf('### What is withheld'))
    expect(withheld).toMatch(/^- `MemoryDenyWriteExecute=` /m)
    expect(withheld).not.toContain('PrivateNetwork')
  })

  it('writes too where it is told to', async () => {
    const cwd = makeFolder({'backup.service': service})
    const {stdout} = await cli(
      ['harden', '--report', 'pr', '--yes', '--fix-to', 'dropin', 'backup.service'],
      {cwd},
    )
    expect(stdout).toContain('`unitlint --undo backup.service`, then')
    expect(readFileSync(path.join(cwd, 'backup.service.d/50-unitlint.conf'), 'utf8')).toContain(
      'PrivateTmp=yes',
    )
  })

  it('keeps markup in names and values as text', async () => {
    const name = 'x`|<img src=y>@me**.service'
    const cwd = makeFolder({
      [name]: '[Service]\nExecStart=/usr/bin/restic backup /home/`<b>|x`\nCacheDirectory=a|b\n',
    })
    const {stdout} = await cli(['harden', '--report', 'pr', '--unsafe-fixes', name], {cwd})
    expect(stdout).toContain('## Harden ``x`|<img src=y>@me**.service``\n')
    const rows = stdout.split('\n').filter((line) => line.startsWith('|'))
    expect(rows.every((row) => row.split('|').length === 7)).toBe(true)
    // Outside of code.
    const rest = stdout
      .replaceAll(/\\.|(`+)(?!`).*?(?<!`)\1(?!`)/g, '')
      .replaceAll('<!-- -->', '')
      .replaceAll('<br>', '')
    expect(rest).not.toMatch(/(?<!\\)<(?!\/?code>)|\*\*\./)
  })
})
