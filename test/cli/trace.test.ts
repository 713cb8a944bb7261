import {gzipSync} from 'node:zlib'
import {readFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {makeFolder} from '../files/folder.ts'
import {cli} from './cli.ts'
import type {Result} from './cli.ts'

const unit =
  '[Unit]\nDescription=Example\n\n[Service]\nUser=app\nExecStart=/opt/app/bin/server --quick\n\n[Install]\nWantedBy=multi-user.target\n'

const start = `7 execve("/opt/app/bin/server", ["/opt/app/bin/server", "--key", "8080"], 0x7ffe /* 9 vars */) = 0
7 openat(AT_FDCWD, "/etc/app/app.conf", O_RDONLY|O_CLOEXEC) = 3
7 socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_IP) = 4
7 bind(4, {sa_family=AF_INET, sin_port=htons(8080), sin_addr=inet_addr("127.0.0.1")}, 16) = 0
7 listen(4, 511) = 0
7 epoll_wait(5, [{events=EPOLLIN}], 512, -1) = 1
`
const work = `${start}7 accept4(4, {sa_family=AF_INET, sin_port=htons(40000), sin_addr=inet_addr("127.0.0.1")}, [16], SOCK_CLOEXEC) = 6
7 openat(AT_FDCWD, "/var/lib/app/db", O_RDWR|O_CREAT, 0600) = 7
7 write(7, "hunter2", 7) = 7
7 --- SIGHUP {si_signo=SIGHUP, si_pid=1} ---
7 --- SIGTERM {si_signo=SIGTERM, si_pid=1} ---
7 +++ exited with 0 +++
`

async function run(
  argv: readonly string[],
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<Result & {readonly cwd: string}> {
  const cwd = makeFolder({'app.service': unit, 'start.log': start, 'work.log': work, ...files})
  return {...(await cli(argv, {cwd})), cwd}
}

const fixed = async (...traces: readonly string[]): Promise<string> => {
  const {cwd} = await run([
    '--no-config',
    '--preset',
    'hardened',
    '--target',
    '257',
    '--fix',
    ...traces,
    'app.service',
  ])
  return readFileSync(path.join(cwd, 'app.service'), 'utf8')
}

describe('--trace', () => {
  it('closes what was not seen, and says what of a life was not', async () => {
    const {stderr, stdout} = await run([
      '--no-config',
      '--preset',
      'hardened',
      '--trace',
      'work.log',
      'app.service',
    ])
    expect(stderr).toBe('app.service: traced: work.log, 1 run; not seen: no connect\n')
    expect(stdout).toContain('MemoryDenyWriteExecute')
  })

  it('fixes more than without', async () => {
    const [none, begun, whole] = [
      await fixed(),
      await fixed('--trace', 'start.log'),
      await fixed('--trace', 'work.log'),
    ]
    const options = (text: string): readonly string[] =>
      text.split('\n').filter((line) => line.includes('='))
    expect(options(begun).length).toBeGreaterThan(options(none).length)
    expect(options(whole).length).toBeGreaterThan(options(begun).length)
    expect(none).not.toContain('MemoryDenyWriteExecute=yes')
    expect(begun).toContain('MemoryDenyWriteExecute=yes')
    expect(begun).not.toContain('PrivateUsers=yes')
    for (const line of [
      'PrivateUsers=yes',
      'ProtectHome=yes',
      'SystemCallFilter=@system-service',
      'IPAddressDeny=any',
      'ProtectSystem=strict',
      'ReadWritePaths=-/var/lib/app',
    ])
      expect(whole).toContain(`${line}\n`)
  })

  it('settles', async () => {
    const text = await fixed('--trace', 'work.log')
    const again = await run(
      [
        '--no-config',
        '--preset',
        'hardened',
        '--target',
        '257',
        '--fix',
        '--trace',
        'work.log',
        'app.service',
      ],
      {'app.service': text},
    )
    expect(readFileSync(path.join(again.cwd, 'app.service'), 'utf8')).toBe(text)
  })

  it('keeps what was seen, whatever others say', async () => {
    const more = `${work}7 mmap(NULL, 4096, PROT_READ|PROT_WRITE|PROT_EXEC, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = 0x7f\n`
    const {cwd} = await run(
      [
        '--no-config',
        '--preset',
        'hardened',
        '--fix',
        '--trace',
        'more.log',
        '--trace',
        'work.log',
        'app.service',
      ],
      {'more.log': more},
    )
    expect(readFileSync(path.join(cwd, 'app.service'), 'utf8')).not.toContain(
      'MemoryDenyWriteExecute',
    )
  })

  it('takes logs that are packed, folders of them, several behind one option, and summaries', async () => {
    const {stdout: summary} = await run(['trace', '--summary', 'work.log'])
    const files = {
      'a.gz': gzipSync(work),
      'logs/1.log': work,
      'logs/2.log': work,
      's.json': summary,
    }
    for (const [traces, told] of [
      [['a.gz'], 'traced: a.gz, 1 run;'],
      [['logs'], 'traced: 1.log and 1 more, 2 runs;'],
      [['work.log', 'start.log'], 'traced: work.log and 1 more, 2 runs;'],
      [['s.json'], 'traced: work.log, 1 run;'],
    ] as const) {
      const {stderr, status} = await run(
        ['--no-config', '--trace', ...traces, 'app.service'],
        files,
      )
      expect(stderr).toContain(told)
      expect(status).toBe(0)
    }
  })

  it('takes what there is of a packed log that was cut', async () => {
    const packed = gzipSync(
      Array.from({length: 400}, (_, at) => work.replaceAll('/db', `/${at}-${Math.sin(at)}`)).join(
        '',
      ),
    )
    const {stderr} = await run(['--no-config', '--trace', 'a.gz', 'app.service'], {
      'a.gz': packed.subarray(0, packed.length / 2),
    })
    expect(stderr).toMatch(/^app\.service: traced: a\.gz, \d+ runs; not seen: .*the end of the log/)
  })

  it.each([
    [['--trace', 'nowhere'], '--trace: nowhere: No such file\n'],
    [
      ['--trace', 'app.service'],
      '--trace: app.service: Expected a log of `strace -f`, or what `unitlint trace --summary` makes of one\n',
    ],
    [
      ['--trace', 'empty'],
      '--trace: empty: Expected a log of `strace -f`, or what `unitlint trace --summary` makes of one\n',
    ],
    [
      ['--trace', 'bad.json'],
      '--trace: bad.json: Expected JSON, as `unitlint trace --summary` writes it\n',
    ],
    [
      ['--trace', 'other.json'],
      '--trace: other.json: Expected a summary of `unitlint trace --summary`: an object with `"form": "unitlint-trace"`\n',
    ],
    [['--trace', 'folder'], '--trace: folder: No files in it, expected logs of `strace -f`\n'],
    [['--trace', 'other.log'], 'other.log: Nothing of these units: it ran `otherd`\n'],
  ])('refuses %j', async (argv, told) => {
    const {stderr, status} = await run(['--no-config', ...argv, 'app.service'], {
      empty: '',
      'bad.json': '{"form": ',
      'other.json': '{}',
      'folder/.hidden': '',
      'other.log': start.replaceAll('/opt/app/bin/server', '/usr/bin/otherd'),
    })
    expect({stderr, status}).toEqual({stderr: told, status: 2})
  })

  it('names itself where it vouches, and where it withholds', async () => {
    const safe = await run([
      'why-not',
      'MemoryDenyWriteExecute',
      'app.service',
      '--trace',
      'work.log',
    ])
    expect(safe.stdout).toContain(
      'Denies what it was not seen to do:\n    makes writable memory executable: traced: work.log, 1 run\n',
    )
    const needed = await run(['why-not', 'PrivateNetwork', 'app.service', '--trace', 'work.log'])
    expect(needed.stdout).toContain('traced: `server` binds addresses')
    const {stdout} = await run([
      'security',
      '--plan',
      '--no-config',
      '--trace',
      'work.log',
      'app.service',
    ])
    expect(stdout).toContain('traced: work.log, 1 run')
    expect(await run(['security', '--trace', 'work.log', 'app.service'])).toMatchObject({status: 2})
  })

  it('stands in a config as a profile', async () => {
    const {stdout: summary} = await run(['trace', '--summary', 'work.log'])
    const config = (profile: string): string =>
      JSON.stringify({extends: 'hardened', targets: [257], profile})
    const files = {'unitlint.config.json': config('./app.trace.json'), 'app.trace.json': summary}
    const {cwd} = await run(['--fix', 'app.service'], files)
    expect(readFileSync(path.join(cwd, 'app.service'), 'utf8')).toContain('PrivateUsers=yes\n')
    expect(await run(['app.service'], {...files, 'app.trace.json': '{}'})).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('`./app.trace.json`: Expected a summary') as string,
    })
    expect(
      await run(['app.service'], {'unitlint.config.json': config('./nowhere.json')}),
    ).toMatchObject({status: 2})
  })

  it('never lifts what is known of a program', async () => {
    const node = unit.replace('/opt/app/bin/server --quick', '/usr/bin/node /opt/app/server.js')
    const log = work.replaceAll('/opt/app/bin/server', '/usr/bin/node')
    const {cwd} = await run(
      ['--no-config', '--preset', 'hardened', '--fix', '--trace', 'node.log', 'app.service'],
      {'app.service': node, 'node.log': log},
    )
    expect(readFileSync(path.join(cwd, 'app.service'), 'utf8')).not.toContain(
      'MemoryDenyWriteExecute',
    )
  })
})

describe('trace --summary', () => {
  it('tells what was done, without arguments and contents', async () => {
    const {stdout, status} = await run(['trace', '--summary', 'start.log', 'work.log'])
    expect(status).toBe(0)
    expect(stdout).not.toMatch(/hunter2|--key/)
    expect(JSON.parse(stdout)).toMatchObject({
      form: 'unitlint-trace',
      services: [{program: '/opt/app/bin/server', runs: 2, logs: ['start.log', 'work.log']}],
    })
  })

  it('is written to a file when asked', async () => {
    const {cwd, stdout} = await run(['trace', '--summary', 'work.log', '-o', 'app.json'])
    expect(stdout).toBe('')
    expect(readFileSync(path.join(cwd, 'app.json'), 'utf8')).toContain('"form": "unitlint-trace"')
  })

  it('is of one unit when asked', async () => {
    expect(await run(['trace', '--summary', 'work.log', '--unit', 'other'])).toMatchObject({
      status: 2,
      stderr: '--unit: work.log: Nothing of `other.service` in it, only of server\n',
    })
    expect(await run(['trace', '--summary', 'work.log', '--unit', 'server'])).toMatchObject({
      status: 0,
    })
  })

  it('wants a unit or logs', async () => {
    expect(await run(['trace'])).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^unitlint: Expected a unit to trace/) as string,
    })
  })
})

describe('trace', () => {
  it('says what it takes where there is no systemd, no root or no strace, and of a unit that is not there', async () => {
    const {status, stdout, stderr} = await run(['trace', 'unheard-of'])
    expect({status, stdout}).toEqual({status: 2, stdout: ''})
    expect(stderr).toMatch(
      /^unitlint: Cannot trace here: .*\nunitlint: Trace it where it runs, by `strace -f -y -o unheard-of\.service\.log COMMAND`|^unheard-of\.service: Not loaded/,
    )
  })

  it.each([
    [['a.socket'], 'unitlint: Unexpected `a.socket`, expected the name of a service\n'],
    [['a', 'b'], /^unitlint: Expected a unit to trace/],
    [['a', '--settle', 'x'], '--settle: Unexpected `x`, expected a number of seconds\n'],
  ])('refuses %j', async (argv, told) => {
    const {status, stderr} = await run(['trace', ...argv])
    expect(status).toBe(2)
    expect(stderr).toMatch(told)
  })
})
