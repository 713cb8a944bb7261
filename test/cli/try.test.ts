import {execFileSync} from 'node:child_process'
import process from 'node:process'
import {describe, expect, test} from 'vitest'
import {makeFolder} from '../files/folder.ts'
import {cli} from './cli.ts'

const app = '[Unit]\nDescription=App\n\n[Service]\nExecStart=/opt/app/bin/server\n'

const trial = {
  date: '2026-11-28',
  systemd: '257',
  by: 'check',
  program: '/opt/app/bin/server',
  worked: ['ProtectHome=yes'],
  failed: [{line: 'PrivateTmp=yes', because: 'the check failed with it'}],
}
const evidence = (trials: readonly unknown[] = [trial]): string =>
  JSON.stringify({version: 1, units: {'app.service': trials}})

describe('unitlint try', () => {
  test.each([
    [[], 'unitlint: Expected the name of a service\n'],
    [
      ['a', 'b'],
      'unitlint: Unexpected argument `b`, expected the name of a service and nothing else\n',
    ],
    [['a', '--keep', 'drop-in'], '--keep: Unexpected place `drop-in`, did you mean `dropin`?\n'],
    [['a', '--starts', '0'], '--starts: Unexpected `0`, expected a number of starts\n'],
    [['a', '--settle', 'soon'], '--settle: Unexpected `soon`, expected a number of seconds\n'],
    [['a', '--format', 'xml'], '--format: Unexpected format `xml`, expected `text` or `json`\n'],
    [['--canary', 'app.socket'], 'app.socket: Unexpected kind of unit, expected a service\n'],
    [
      ['--canary', 'app@.service'],
      'app@.service: Expected an instance of the template, such as `name@instance.service`\n',
    ],
    [
      ['--canary', 'app.service', '--line', 'ProtectHome'],
      '--line: Unexpected `ProtectHome`, expected a line such as `ProtectHome=yes`\n',
    ],
    [
      ['--canary', 'app.service', '--line', 'ProtectHome=maybe'],
      '--line: Unexpected `ProtectHome=maybe`, which systemd 257 does not take\n',
    ],
    [
      ['--canary', 'refused.service'],
      'refused.service: Not loaded by systemd 257: none of `ExecStart=`, `ExecStop=` and `SuccessAction=` is set\n',
    ],
  ])('%j is refused in one line', async (words, line) => {
    const cwd = makeFolder({
      'app.service': app,
      'app@.service': app,
      'app.socket': '[Socket]\nListenStream=1\n',
      'refused.service': '[Service]\nType=simple\n',
    })
    expect(await cli(['try', ...words, '--target', '257'], {cwd})).toEqual({
      status: 2,
      stdout: '',
      stderr: line,
    })
  })

  test('is told in one line where it cannot be', async () => {
    const {status, stdout, stderr} = await cli(['try', 'app.service'], {
      cwd: makeFolder({'app.service': app}),
      env: {PATH: '/nonexistent'},
    })
    expect([status, stdout]).toEqual([2, ''])
    const isRoot = process.getuid?.() === 0
    expect(stderr).toMatch(
      isRoot
        ? /^unitlint: Expected a machine that systemd runs; .*\n$/
        : /^unitlint: Expected to be root, .*\n$/,
    )
  })

  test('prints what to try by hand', async () => {
    const {status, stdout} = await cli(
      ['try', '--canary', 'app.service', '--target', '257', '--check', 'curl localhost'],
      {
        cwd: makeFolder({'app.service': app}),
      },
    )
    expect(status).toBe(0)
    expect(stdout).toContain('\nProtectKernelModules=yes\n')
    expect(stdout).toContain(
      '\nsudo systemctl daemon-reload && sudo systemctl restart app.service\ncurl localhost\n',
    )
  })

  test('prints commands that a shell takes as they are meant', async () => {
    const cwd = makeFolder({[String.raw`a\x2db.service`]: app})
    const {stdout} = await cli(
      ['try', '--canary', String.raw`./a\x2db.service`, '--target', '257'],
      {cwd},
    )
    expect(stdout).toContain(
      String.raw`sudo mkdir -p '/run/systemd/system/a\x2db.service.d'` + '\n',
    )
    expect(stdout).toContain(
      String.raw`systemctl restart 'a\x2db.service'` +
        '\n' +
        String.raw`systemctl is-active 'a\x2db.service'` +
        '\n',
    )
    expect(stdout).toContain(
      String.raw`journalctl -b '_SYSTEMD_UNIT=a\x2db.service' + 'UNIT=a\x2db.service' | unitlint doctor 'a\x2db.service'` +
        '\n',
    )
  })

  test('prints a drop-in that logs what the unit and the strictest filter would deny', async () => {
    const text = `${app}SystemCallFilter=@system-service\nSystemCallFilter=~@privileged:EPERM\n`
    const {status, stdout} = await cli(['try', '--learn', 'app.service', '--target', '257'], {
      cwd: makeFolder({'app.service': text}),
    })
    expect(status).toBe(0)
    expect(stdout).toMatch(
      /\n\[Service]\nSystemCallFilter=\nSystemCallLog=~@system-service\nSystemCallLog=@privileged\nSystemCallLog=@resources\n$/,
    )
  })
})

describe('evidence beside units', () => {
  test('says why a line is withheld or safe', async () => {
    const cwd = makeFolder({'units/app.service': app, 'unitlint.evidence.json': evidence()})
    const asked = async (line: string): Promise<string> =>
      (await cli(['why-not', line, 'units/app.service', '--target', '257'], {cwd})).stdout
    expect(await asked('ProtectHome=yes')).toMatch(
      /^ProtectHome=yes, systemd 257: safe, `--fix` may set it\n(?:.*\n)*.*tried 2026-11-28 on systemd 257/,
    )
    expect((await asked('PrivateTmp=yes')).replaceAll(/\s+/g, ' ')).toContain(
      'withheld, no fix sets it Denies what the service needs: `PrivateTmp=yes` was tried 2026-11-28 on systemd 257: the check failed with it',
    )
  })

  test('is fixed by', async () => {
    const cwd = makeFolder({'app.service': app, 'other.json': evidence()})
    const fixed = async (...words: string[]): Promise<string> =>
      (
        await cli(['--preset', 'strict', '--target', '257', '--diff', 'app.service', ...words], {
          cwd,
        })
      ).stdout
    expect(await fixed()).not.toContain('+ProtectHome=yes')
    expect(await fixed('--evidence', 'other.json')).toContain('+ProtectHome=yes')
  })

  test.each([
    ['', /Expected JSON/],
    ['[]', /Unexpected an array|expected an object/],
    [evidence([{...trial, date: '2026-02-31'}]), /units\.app\.service\[0]\.date: Unexpected date/],
    [
      evidence([{...trial, worked: ['ExecStart=/bin/evil']}]),
      /units\.app\.service\[0]\.worked\[0]: Unexpected line/,
    ],
    [
      evidence([{...trial, worked: ['PrivateTmp=yes']}]),
      /units\.app\.service\[0]: Unexpected trial, in which a line both worked and failed/,
    ],
    [evidence([{...trial, tried: true}]), /Unexpected key `tried`/],
    [evidence([{...trial, systemd: 'new'}]), /Unexpected systemd, expected its version/],
  ])('is refused in one line where it is wrong: %s', async (text, line) => {
    const cwd = makeFolder({'app.service': app, 'unitlint.evidence.json': text})
    const {status, stderr} = await cli(['app.service'], {cwd})
    expect(status).toBe(2)
    expect(stderr).toMatch(line)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })

  test('is read behind a byte order mark', async () => {
    const cwd = makeFolder({'app.service': app, 'unitlint.evidence.json': `\uFEFF${evidence()}`})
    expect(
      (await cli(['why-not', 'ProtectHome=yes', 'app.service', '--target', '257'], {cwd})).stdout,
    ).toContain('tried 2026-11-28 on systemd 257')
  })

  test('waits for no pipe', async () => {
    const cwd = makeFolder({'app.service': app})
    execFileSync('mkfifo', [`${cwd}/unitlint.evidence.json`])
    const {status, stderr} = await cli(['app.service'], {cwd})
    expect([status, stderr]).toEqual([2, `${cwd}/unitlint.evidence.json: Not a regular file\n`])
  })
})
