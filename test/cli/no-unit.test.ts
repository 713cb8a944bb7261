import {describe, expect, it} from 'vitest'
import {makeFolder} from '../files/folder.ts'
import {cli} from './cli.ts'

const files = {
  'binary.service': '\u007FELF\u0002\u0001\u0001\0\0\0\0\n',
  'empty.service': '',
  'broken.service': '[Service\nExecStart=/bin/true\n',
  'long.service': `[Service]\nExecStart=/bin/true\n${'# long\n'.repeat(20_000)}`,
  'sound.service': '[Service]\nExecStart=/bin/true\n',
}
const log = 'Nov 29 10:00:00 host systemd[1]: Started sound.service.\n'
const masked = 'empty.service: Not loaded by systemd 252: empty main file, which masks the unit\n'
const broken =
  'broken.service:1: Not loaded by systemd 252: a header without `]`, at which reading ends\n'
const asked = ['--no-config', '--target', '252']

describe('a unit that systemd does not load is told with its reason', () => {
  it.each([
    ['show', ...asked],
    ['security', ...asked],
    ['security', '--plan', ...asked],
    ['why-not', ...asked, 'PrivateTmp'],
    ['harden', ...asked, '--report', 'pr'],
    ['try', ...asked, '--canary', '--check', 'true'],
    ['doctor', ...asked],
  ])('by %j', async (...command) => {
    const cwd = makeFolder(files)
    const [name, ...rest] = command
    for (const [file, words] of [
      ['empty.service', masked],
      ['broken.service', broken],
    ] as const) {
      const argv = name === 'try' ? [name, `./${file}`, ...rest] : [...command, file]
      const {stderr} = await cli(argv, {cwd, stdin: log})
      expect(stderr.replace(/^\.\//, '')).toBe(words)
    }
  })

  it('by upgrade with how many there are', async () => {
    const upgrade = ['upgrade', '--no-config', '--from', '252', '--to', '257']
    const cwd = makeFolder(files)
    const about = async (...names: readonly string[]): Promise<unknown> =>
      cli([...upgrade, ...names], {cwd})
    const head = 'systemd 252 to 257: nothing of note changes\n'
    expect(await about('empty.service')).toEqual({
      status: 0,
      stdout: `1 unit, ${head}1 is loaded by neither, \`unitlint\` tells why\n`,
      stderr: '',
    })
    expect(await about('empty.service', 'broken.service', 'sound.service')).toMatchObject({
      stdout: expect.stringMatching(
        /^3 units, systemd 252 to 257: nothing of note changes\n(?:1 more [^\n]+\n)?2 are loaded by neither, `unitlint` tells why\n$/,
      ) as unknown,
    })
    expect(await about('binary.service')).toMatchObject({
      stderr: 'binary.service: Looks like a binary file, read as a unit because it was named\n',
    })
  })
})

describe('where nothing could be read, nothing is said of changes', () => {
  it.each([
    ['missing.service', /^missing\.service: No such file or folder\n$/],
    ['-', /^-: No such file or folder, and standard input is not read here\n$/],
    ['long.service', /^long\.service: Too much for one unit: [^\n]+\n$/],
  ])('%s', async (name, stderr) => {
    const argv = ['upgrade', '--no-config', '--from', '252', '--to', '257', name]
    expect(await cli(argv, {cwd: makeFolder(files)})).toEqual({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(stderr) as unknown,
    })
  })
})

it('explain says that a unit is none of its subjects', async () => {
  expect(await cli(['explain', 'sound.service'], {cwd: makeFolder(files)})).toEqual({
    status: 2,
    stdout: '',
    stderr:
      'unitlint: Unexpected unit `sound.service`, expected a rule, a directive, a preset or a time: `unitlint show` tells what a unit says, `unitlint why-not` what speaks for and against a directive in it\n',
  })
})

it('doctor takes no program for a log', async () => {
  const cwd = makeFolder(files)
  expect(await cli(['doctor', 'sound.service'], {cwd, stdin: files['binary.service']})).toEqual({
    status: 2,
    stdout: '',
    stderr: 'unitlint: Unexpected log, expected text, such as of `journalctl --file FILE`\n',
  })
})

describe('doctor reads how a service ended', () => {
  const cwd = (): string =>
    makeFolder({
      'a.service': '[Service]\nExecStart=/usr/bin/a\nProtectSystem=strict\nReadWritePaths=/gone\n',
    })
  const blamed = /^a\.service:4: ReadWritePaths=\/gone\n/

  it.each([
    'Result=exit-code\nExecMainCode=1\nExecMainStatus=226\nId=a.service\n',
    'ExecMainStatus=226\nExecMainCode=1\n',
    '\u00D7 a.service - A\n     Active: failed (Result: exit-code) since Sun\n   Main PID: 70 (code=exited, status=226/NAMESPACE)\n',
  ])('in %j', async (stdin) => {
    expect(await cli(['doctor', '--no-config', 'a.service'], {cwd: cwd(), stdin})).toEqual({
      status: 1,
      stdout: expect.stringMatching(blamed) as unknown,
      stderr: '',
    })
  })

  it.each([
    [
      'Id=a.service\nResult=exit-code\nExecMainCode=1\nExecMainStatus=1\n',
      'unitlint: `systemctl show` tells how a service ended and not what it said, which `journalctl -u a.service` has\n',
    ],
    [
      'Id=a.service\nResult=success\nMemoryDenyWriteExecute=no\n',
      'unitlint: `systemctl show` tells how a service ended and not what it said, which `journalctl -u a.service` has\n',
    ],
    [
      'hello\n',
      'unitlint: No line says who speaks, all are taken for words of the service; expected what `journalctl -u a.service`, `systemctl status` or `systemctl show` prints\n',
    ],
    ['Nov 29 10:00:00 host systemd[1]: Started a.service.\n', ''],
  ])('and says what would tell more than %j', async (stdin, stderr) => {
    expect(await cli(['doctor', '--no-config', 'a.service'], {cwd: cwd(), stdin})).toMatchObject({
      status: 0,
      stderr,
    })
  })
})
