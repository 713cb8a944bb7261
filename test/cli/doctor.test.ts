import {symlinkSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {makeFolder} from '../files/folder.ts'
import {cli} from './cli.ts'
import type {Result} from './cli.ts'

const unit = `[Service]
User=app
ExecStart=/opt/app/bin/server
ProtectSystem=strict
SystemCallFilter=~@privileged @resources
SystemCallErrorNumber=EPERM
`

const log = `Nov 29 03:26:38 web server[77]: listening on 8080
Nov 29 03:26:39 web server[77]: error: open /opt/app/data/cache.db: read-only file system
Nov 29 03:26:39 web server[77]: error: setpriority: Operation not permitted
Nov 29 03:26:39 web systemd[1]: app.service: Main process exited, code=exited, status=1/FAILURE
`

async function doctor(
  argv: readonly string[],
  stdin: string | Uint8Array = log,
  files: Readonly<Record<string, string>> = {},
): Promise<Result> {
  return cli(['doctor', ...argv], {cwd: makeFolder({'app.service': unit, ...files}), stdin})
}

describe('doctor', () => {
  it('names the lines to blame, best first, with what to give back', async () => {
    const {status, stdout, stderr} = await doctor(['app.service'])
    expect(stderr).toBe('')
    expect(status).toBe(1)
    expect(stdout).toMatch(
      /^app\.service:4: ProtectSystem=strict\n[^]*\n\napp\.service:5: SystemCallFilter=~@privileged @resources\n[^]*\n\n2 lines may be to blame, the likeliest first\n$/,
    )
  })

  it('says the same in JSON', async () => {
    const {stdout} = await doctor(['app.service', '-f', 'json'])
    const {
      unit: name,
      symptoms,
      causes,
    } = JSON.parse(stdout) as {unit: string; symptoms: object[]; causes: object[]}
    expect(name).toBe('app.service')
    expect(symptoms).toHaveLength(3)
    expect(causes[0]).toEqual({
      directive: 'ProtectSystem',
      value: 'strict',
      filePath: 'app.service',
      line: 4,
      why: '`/opt/app/data/cache.db` is read-only with it',
      message: 'error: open /opt/app/data/cache.db: read-only file system',
      fix: {
        title: 'Add `ReadWritePaths=/opt/app/data`',
        applicability: 'unsafe',
        edits: [
          {range: [expect.any(Number), expect.any(Number)], text: 'ReadWritePaths=/opt/app/data\n'},
        ],
      },
    })
  })

  it('judges by the drop-ins that are in force', async () => {
    const {status, stdout} = await doctor(['app.service'], log, {
      'app.service.d/a.conf': '[Service]\nProtectSystem=full\nSystemCallFilter=\n',
    })
    expect([status, stdout]).toEqual([
      0,
      expect.stringMatching(
        /^app\.service: nothing that is in force denies what failed\n {2}Log: /,
      ),
    ])
    const dropIn = await doctor(['app.service'], log, {
      'app.service.d/a.conf': '[Service]\nProtectSystem=strict\n',
    })
    expect(dropIn.stdout).toMatch(/^app\.service\.d\/a\.conf:2: ProtectSystem=strict$/m)
  })

  it('finds out which unit a log is about', async () => {
    expect((await doctor([])).stdout).toMatch(/^app\.service:4/)
    const two = `${log}Nov 29 03:26:39 web systemd[1]: other.service: Failed with result 'exit-code'.\n`
    expect(await doctor([], two)).toMatchObject({
      status: 2,
      stderr: 'unitlint: Expected a unit: the log names app.service, other.service\n',
    })
    expect(await doctor([], 'a line\n')).toMatchObject({
      status: 2,
      stderr: 'unitlint: Expected a unit: the log names none\n',
    })
  })

  it('leaves out what others say in the log of a whole machine', async () => {
    const other = `Nov 29 03:26:39 web systemd[1]: other.service: Failed with result 'exit-code'.
Nov 29 03:26:39 web other[9]: open /srv/x: read-only file system
Nov 29 03:26:39 web systemd[1]: app.service: Main process exited, code=exited, status=1/FAILURE
`
    expect((await doctor(['app.service'], other)).status).toBe(0)
    expect((await doctor(['app.service'], other.replace('other[9]', 'server[9]'))).status).toBe(1)
  })

  it('finds a unit among any number of others', async () => {
    const others = Array.from(
      {length: 1500},
      (_, at) => `Nov 29 03:26:38 web systemd[1]: u${at}.service: Failed with result 'timeout'.\n`,
    )
    const last =
      'Nov 29 03:26:38 web (app)[7]: app.service: Failed to set up mount namespacing: /srv/missing: No such file or directory\n'
    expect(
      (
        await doctor(['app.service'], [...others, last].join(''), {
          'app.service': `${unit}ReadWritePaths=/srv/missing\n`,
        })
      ).status,
    ).toBe(1)
  })

  it('looks for names among the units of a root', async () => {
    const cwd = makeFolder({'root/etc/systemd/system/app.service': unit})
    const {status, stdout} = await cli(['doctor', 'app', '--root', 'root'], {cwd, stdin: log})
    expect(status).toBe(1)
    expect(stdout).toMatch(/^root\/etc\/systemd\/system\/app\.service:4: /)
  })

  it('reads a log from a file, in any form', async () => {
    const json = JSON.stringify({
      MESSAGE: 'open /srv/x: read-only file system',
      _SYSTEMD_UNIT: 'app.service',
      SYSLOG_IDENTIFIER: 'x',
    })
    expect((await doctor(['app.service', '--journal', 'log'], '', {log: `${json}\n`})).status).toBe(
      1,
    )
    expect((await doctor(['app.service'], log.replaceAll('\n', '\r\n'))).status).toBe(1)
    expect(
      (await doctor(['app.service'], new Uint8Array([0xff, 0xfe, 0x0a, ...Buffer.from(log)])))
        .status,
    ).toBe(1)
  })

  it('understands what `systemctl status` tells above the log', async () => {
    const status = `× app.service - App
     Active: failed (Result: exit-code) since Sun 2026-11-29 03:26:39 UTC; 1min ago
    Process: 77 ExecStart=/opt/app/bin/server (code=exited, status=226/NAMESPACE)
   Main PID: 77 (code=exited, status=226/NAMESPACE)
`
    const {stdout} = await doctor(['app.service'], status, {
      'app.service': `${unit}ReadWritePaths=/srv/missing\n`,
    })
    expect(stdout).toMatch(
      /^app\.service:7: ReadWritePaths=\/srv\/missing\n {2}Why: a path that it names may be missing$/m,
    )
  })

  it('says what is no text, and that lines of a log are cut', async () => {
    for (const bytes of ['LPKSHHRH\0\0', '\u001F\u008B\b\0']) {
      const {status, stderr} = await doctor(
        ['app.service'],
        Buffer.from(`${bytes}\n${log}`, 'latin1'),
      )
      expect([status, stderr]).toEqual([
        2,
        'unitlint: Unexpected log, expected text, such as of `journalctl --file FILE`\n',
      ])
    }
    const {status, stderr} = await doctor(
      ['app.service'],
      `${log}Hint: Some lines were ellipsized, use -l to show in full.\n`,
    )
    expect([status, stderr]).toEqual([
      1,
      'the log has lines that are cut: `systemctl status -l` and `journalctl` have them whole\n',
    ])
  })

  it('understands a death by what was said before, in text too', async () => {
    const died = `Nov 29 03:26:38 web server[7]:  4: 0x7f v8::internal::CodeRange::Remap()
Nov 29 03:26:38 web systemd[1]: app.service: Main process exited, code=killed, status=5/TRAP
`
    const {stdout} = await doctor(['app.service'], died, {
      'app.service': '[Service]\nExecStart=/opt/app/bin/server\nMemoryDenyWriteExecute=yes\n',
    })
    expect(stdout).toMatch(/^app\.service:3: MemoryDenyWriteExecute=yes$/m)
  })

  it('tells what is missing or wrong', async () => {
    expect(await doctor(['app.service'], '')).toMatchObject({
      status: 2,
      stderr: 'unitlint: Expected a log, such as of `journalctl -u app.service`\n',
    })
    expect(await doctor(['app.service', '--journal', 'none'])).toMatchObject({
      status: 2,
      stderr: '--journal: none: No such file\n',
    })
    expect(await doctor(['none.service'])).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/none\.service/),
    })
    expect(await doctor(['a.service', 'b.service'])).toMatchObject({
      status: 2,
      stderr: 'unitlint: Expected one unit, by its file or by its name\n',
    })
    expect(await doctor(['app.service', '-f', 'yaml'])).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^--format: Unexpected format `yaml`/),
    })
    expect(await doctor(['app.timer'], log, {'app.timer': '[Timer]\n'})).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/expected a service/),
    })
  })

  it('does not choke on logs without an end, or on folders', async () => {
    expect((await doctor(['app.service'], `${'x'.repeat(3 << 20)}\n${log}`)).status).toBe(1)
    const cwd = makeFolder({'app.service': unit})
    symlinkSync('.', path.join(cwd, 'log'))
    expect((await cli(['doctor', 'app.service', '--journal', 'log'], {cwd})).status).toBe(2)
  })

  it('lets nothing of a log through to a terminal', async () => {
    const {stdout} = await doctor(
      ['app.service'],
      'app: \u001b]0;x\u0007 open /srv/\u001b[2Jx: read-only file system\n',
    )
    expect(stdout).not.toContain('\u001b')
  })
})
