import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {Entries} from '../../src/doctor/entries.ts'
import {entryOf} from '../../src/doctor/journal.ts'
import {Symptoms} from '../../src/doctor/symptoms.ts'

describe('a line of a log', () => {
  it.each([
    [
      'Nov 29 03:26:38 host systemd[1]: app.service: Main process exited, code=exited, status=1/FAILURE',
      'manager',
      'app.service',
    ],
    [
      "nov. 29 03:26:38 host systemd[1]: app.service: Failed with result 'exit-code'.",
      'manager',
      'app.service',
    ],
    [
      '2026-11-29T03:26:38+00:00 host (app)[77]: app.service: Failed at step NAMESPACE spawning /usr/bin/app: No such file or directory',
      'manager',
      'app.service',
    ],
    [
      '2026-11-29T03:26:38.123456+0100 host app[77]: cannot open /etc/app.conf',
      'service',
      undefined,
    ],
    ['Sun 2026-11-29 03:26:38 UTC host app[77]: cannot open /etc/app.conf', 'service', undefined],
    ['1795922798.123456 host app[77]: cannot open /etc/app.conf', 'service', undefined],
    ['[   12.345678] host app[77]: cannot open /etc/app.conf', 'service', undefined],
    ['     Nov 29 03:26:38 host app[77]: cannot open /etc/app.conf', 'service', undefined],
    [
      '[   12.345678] audit: type=1326 audit(1795922798.1:5): syscall=92 arch=c000003e',
      'kernel',
      undefined,
    ],
    [
      'type=SECCOMP msg=audit(1795922798.1:5): auid=1 comm="app" sig=31 arch=c000003e syscall=92',
      'kernel',
      undefined,
    ],
    [
      'Nov 29 03:26:38 host kernel: audit: type=1326 audit(1795922798.1:5): syscall=92 arch=c000003e',
      'kernel',
      undefined,
    ],
    ['cannot open /etc/app.conf', 'service', undefined],
    [
      'Nov 29 03:26:38 systemd[1]: app.service: Main process exited, code=exited, status=1/FAILURE',
      'manager',
      'app.service',
    ],
    ['Nov 29 03:26:38 app[77]: cannot open /etc/app.conf', 'service', undefined],
    ['<30>Nov 29 03:26:38 host app[77]: cannot open /etc/app.conf', 'service', undefined],
    [
      '[80886.423390 <    0.158791 >] host app[77]: cannot open /etc/app.conf',
      'service',
      undefined,
    ],
    [
      '[80886.264599                ] host systemd[1]: app.service: Watchdog timeout (limit 1s)!',
      'manager',
      'app.service',
    ],
    [
      'Sun 2026-11-29 03:26:38 UTC host app.service[77]: cannot open /etc/app.conf',
      'service',
      'app.service',
    ],
    [
      'Sun 2026-11-29 03:26:38 UTC host init.scope[1]: app.service: Main process exited, code=killed, status=31/SYS',
      'manager',
      'app.service',
    ],
    [
      'Sun 2026-11-29 03:26:38 UTC host app.service[77]: app.service: Failed at step NAMESPACE spawning /usr/bin/app: x',
      'manager',
      'app.service',
    ],
    ['app.service: Main process exited, code=killed, status=31/SYS', 'manager', 'app.service'],
    ['app.service: cannot open /etc/app.conf', 'service', undefined],
    [
      'Nov 29 03:26:38 host systemd[1]: \u001B[0;1;39mapp.service: Main process exited, code=dumped, status=6/ABRT\u001B[0m',
      'manager',
      'app.service',
    ],
    [
      '\u001B[0;1;31m×\u001B[0m app.service - \u001B]8;;file://host/x\u001B\\App\u001B]8;;\u001B\\',
      'manager',
      'app.service',
    ],
    [
      '     Active: \u001B[0;1;31mfailed\u001B[0m (Result: watchdog) since Sun 2026-11-29 03:26:38 UTC; 3s ago',
      'manager',
      undefined,
    ],
    [
      '[Sun Nov 29 10:07:38 2026] audit: type=1326 audit(1795922798.1:5): syscall=92 arch=c000003e',
      'kernel',
      undefined,
    ],
    [
      'kern  :notice: [   12.345678] audit: type=1326 audit(1795922798.1:5): syscall=92 arch=c000003e',
      'kernel',
      undefined,
    ],
    [
      '[Nov29 10:07] audit: type=1326 audit(1795922798.1:5): syscall=92 arch=c000003e',
      'kernel',
      undefined,
    ],
  ])('%s', (line, from, unit) => {
    const entry = entryOf(line)
    expect(entry?.from).toBe(from)
    expect(entry?.unit).toBe(unit)
    expect(entry?.message).not.toMatch(/03:26:38 host|\[77\]/)
  })

  it('may be JSON, with bytes for what is no text', () => {
    const json = (fields: object): string => JSON.stringify({__REALTIME_TIMESTAMP: '1', ...fields})
    expect(
      entryOf(json({MESSAGE: 'a', SYSLOG_IDENTIFIER: 'systemd', UNIT: 'a.service', _PID: '1'})),
    ).toEqual({
      from: 'manager',
      message: 'a',
      unit: 'a.service',
      identifier: 'systemd',
    })
    expect(
      entryOf(json({MESSAGE: [226, 130, 172], _COMM: 'app', _SYSTEMD_UNIT: 'a.service'})),
    ).toEqual({
      from: 'service',
      message: '€',
      unit: 'a.service',
      identifier: 'app',
    })
    expect(entryOf(json({MESSAGE: 'x', _TRANSPORT: 'audit'}))?.from).toBe('kernel')
    expect(entryOf(json({MESSAGE: null}))?.from).toBe('service')
    expect(entryOf('{"MESSAGE": ')?.from).toBe('service')
  })

  it('may be an event of JSON', () => {
    const json = JSON.stringify({
      MESSAGE: '\u001B[31mno\u001B[0m',
      UNIT: 'a.service',
      SYSLOG_IDENTIFIER: 'systemd',
    })
    for (const line of [`data: ${json}`, `\u001E${json}`])
      expect(entryOf(line)).toMatchObject({from: 'manager', message: 'no', unit: 'a.service'})
  })

  it('is nothing where it says nothing', () => {
    expect(['', '   ', '{"MESSAGE":""}'].map(entryOf)).toEqual([undefined, undefined, undefined])
  })

  it('may be anything', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({unit: 'binary', maxLength: 300}), fc.json()), (line) => {
        expect(entryOf(line)?.message.length ?? 0).toBeLessThanOrEqual(4096)
      }),
    )
  })
})

describe('entries of several lines', () => {
  function entries(...lines: string[]): string[] {
    const its = new Entries()
    return [...lines.flatMap((line) => its.take(line)), ...its.end()].map(
      ({from, unit, message}) => `${from} ${unit}: ${message}`,
    )
  }
  const ended = 'manager app.service: app.service: Main process exited, code=killed, status=31/SYS'
  const message = 'app.service: Main process exited, code=killed, status=31/SYS'

  it('are those of `export`', () => {
    const fields = [`MESSAGE=${message}`, 'UNIT=app.service', 'SYSLOG_IDENTIFIER=systemd']
    expect(
      entries(
        '__CURSOR=s=1',
        ...fields,
        '',
        '__CURSOR=s=2',
        'MESSAGE',
        '\u0005\0\0\0\0\0\0\0a',
        'b=c',
        '_COMM=app',
        '',
        '',
      ),
    ).toEqual([ended, 'service undefined: a\nb=c'])
    expect(entries('__CURSOR=s=1', ...fields, '__CURSOR=s=2\r', ...fields)).toEqual([ended, ended])
  })

  it('are those of `verbose`', () => {
    const head = 'Sun 2026-11-29 10:07:37.724668 UTC [s=49a;i=2d;b=d8;m=12;t=66;x=d5]'
    const more = ['    MESSAGE=one', '            two: MESSAGE=x', '    _COMM=app']
    expect(
      entries(
        head,
        `    MESSAGE=${message}`,
        '    UNIT=app.service',
        '    SYSLOG_IDENTIFIER=systemd',
        head,
        ...more,
      ),
    ).toEqual([ended, 'service undefined: one\ntwo: MESSAGE=x'])
  })

  it('are those of `json-pretty`, also as others print them', () => {
    const fields = [
      `\t"MESSAGE" : "${message}",`,
      '\t"UNIT" : "app.service",',
      '\t"SYSLOG_IDENTIFIER" : "systemd"',
    ]
    expect(entries('{', ...fields, '}', '{', ...fields, '}')).toEqual([ended, ended])
    expect(
      entries('[', '  {', ...fields, '  },', '  {', ...fields, '  }', ']').filter(
        (one) => one === ended,
      ),
    ).toHaveLength(2)
  })

  describe('are the properties of `systemctl show`', () => {
    const command = (code: string, status: string): string =>
      `{ path=/bin/a ; argv[]=/bin/a -c exit ; ignore_errors=no ; pid=7 ; code=${code} ; status=${status} }`
    it.each([
      [
        [
          'Result=exit-code',
          'ExecMainCode=1',
          'ExecMainStatus=226',
          'LockPersonality=no',
          'Id=app.service',
        ],
        [
          'manager app.service: Main process exited, code=exited, status=226',
          "manager app.service: Failed with result 'exit-code'.",
        ],
      ],
      [
        [
          'Type=simple',
          'Result=watchdog',
          'ExecMainCode=3',
          'ExecMainStatus=6',
          'Names=app.service app-alias.service',
        ],
        [
          'manager app.service: Main process exited, code=dumped, status=6',
          "manager app.service: Failed with result 'watchdog'.",
        ],
      ],
      [
        [`ExecStartPre=${command('exited', '7')}`, `ExecStart=${command('(null)', '0/0')}`],
        ['manager undefined: Control process exited, code=exited, status=7'],
      ],
      [
        [`ExecStart=${command('killed', '31/SYS')}`, `ExecStop=${command('exited', '0')}`],
        ['manager undefined: Main process exited, code=killed, status=31'],
      ],
      [
        [
          'StatusText=cannot bind',
          'StatusErrno=13',
          'Result=success',
          'ExecMainCode=0',
          'ExecMainStatus=0',
        ],
        ['service undefined: cannot bind', 'service undefined: StatusErrno: EACCES'],
      ],
      [
        ['Id=a.service', 'Result=success', 'ExecMainCode=1', 'ExecMainStatus=0', 'StatusErrno=0'],
        [],
      ],
      [
        [
          'Id=a.service',
          'Result=timeout',
          '',
          'Id=b.service',
          'Result=success',
          'SubState=dead',
          'x',
        ],
        ["manager a.service: Failed with result 'timeout'.", 'service undefined: x'],
      ],
      // What a program says that is like one of them.
      [
        ['Result=permission denied', 'more'],
        ["manager undefined: Failed with result 'permission denied'.", 'service undefined: more'],
      ],
      [
        ['Type=x', 'StatusErrno=none'],
        ['service undefined: Type=x', 'service undefined: StatusErrno=none'],
      ],
    ])('%j', (lines, told) => expect(entries(...lines)).toEqual(told))
  })

  it('are left alone where they are no entries', () => {
    expect(entries('{', '  "a": 1', '}')).toEqual([
      'service undefined: {',
      'service undefined: "a": 1',
      'service undefined: }',
    ])
    expect(entries('{', message)).toEqual(['service undefined: {', ended])
    expect(entries('__CURSOR=', 'x', '')).toEqual([])
    expect(entries('{', ...Array.from({length: 200_000}, () => ''))).toHaveLength(1)
  })
})

describe('symptoms', () => {
  function symptoms(...lines: string[]) {
    const all = new Symptoms()
    for (const line of lines) {
      const entry = entryOf(line)
      if (entry) all.take(entry)
    }
    return all.all
  }

  it('are told by systemd, the kernel and the service', () => {
    const told = symptoms(
      'Nov 29 03:26:38 host app[7]: app: cannot create /etc/app.lock: Read-only file system',
      'Nov 29 03:26:38 host kernel: audit: type=1326 audit(1.1:5): pid=7 comm="app" sig=31 arch=c000003e syscall=92 compat=0 code=0x80000000',
      'Nov 29 03:26:38 host systemd[1]: app.service: Main process exited, code=dumped, status=31/SYS',
      'Nov 29 03:26:38 host systemd[1]: app.service: Control process exited, code=exited, status=226/NAMESPACE',
      "Nov 29 03:26:38 host systemd[1]: app.service: Failed with result 'watchdog'.",
      'Nov 29 03:26:38 host systemd[1]: app.service: Got notification message from PID 8, but reception only permitted for main PID 7',
      'Nov 29 03:26:38 host systemd[1]: Started app.service.',
    )
    expect(
      told.map(({kind, error, call, signal, step, result, paths}) => ({
        kind,
        error,
        call,
        signal,
        step,
        result,
        paths,
      })),
    ).toEqual([
      {kind: 'error', error: 'EROFS', paths: ['/etc/app.lock']},
      {kind: 'call', call: 'chown', paths: []},
      {kind: 'signal', signal: 'SYS', paths: []},
      {kind: 'step', step: 'NAMESPACE', paths: []},
      {kind: 'result', result: 'watchdog', paths: []},
      {kind: 'notify', paths: []},
    ])
  })

  it('names calls by their numbers, or as audit does', () => {
    const call = (record: string): string | undefined =>
      symptoms(`type=SECCOMP msg=audit(1.1:5): ${record}`)[0]?.call
    expect(call('arch=c000003e syscall=0')).toBe('read')
    expect(call('arch=c000003e syscall=425')).toBe('io_uring_setup')
    expect(call('arch=c00000b7 syscall=54')).toBe('fchownat')
    expect(call('arch=c000003e syscall=9999')).toBeUndefined()
    expect(call('arch=40000003 syscall=5')).toBeUndefined()
    expect(call('arch=40000003 syscall=5 SYSCALL=open')).toBe('open')
    expect(call('arch=x86_64 syscall=chown compat=0 code=kill')).toBe('chown')
  })

  it('are kept once for what differs in names and numbers alone, and no more than there is room for', () => {
    const same = Array.from(
      {length: 5000},
      (_, at) => `rsync: chown "/srv/x/.f${at}.x" failed: Operation not permitted (1)`,
    )
    expect(symptoms(...same)).toHaveLength(1)
    const others = Array.from(
      {length: 5000},
      (_, at) => `cannot write ${'x'.repeat(at % 700)}: Permission denied`,
    )
    expect(symptoms(...others)).toHaveLength(400)
  })
})
