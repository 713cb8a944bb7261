import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {entryOf} from '../../src/doctor/journal.ts'
import {Symptoms} from '../../src/doctor/symptoms.ts'

describe('a line of a log', () => {
  it.each([
    ['Nov 29 03:26:38 host systemd[1]: app.service: Main process exited, code=exited, status=1/FAILURE', 'manager', 'app.service'],
    ["nov. 29 03:26:38 host systemd[1]: app.service: Failed with result 'exit-code'.", 'manager', 'app.service'],
    [
      '2026-11-29T03:26:38+00:00 host (app)[77]: app.service: Failed at step NAMESPACE spawning /usr/bin/app: No such file or directory',
      'manager',
      'app.service',
    ],
    ['2026-11-29T03:26:38.123456+0100 host app[77]: cannot open /etc/app.conf', 'service', undefined],
    ['Sun 2026-11-29 03:26:38 UTC host app[77]: cannot open /etc/app.conf', 'service', undefined],
    ['1795922798.123456 host app[77]: cannot open /etc/app.conf', 'service', undefined],
    ['[   12.345678] host app[77]: cannot open /etc/app.conf', 'service', undefined],
    ['     Nov 29 03:26:38 host app[77]: cannot open /etc/app.conf', 'service', undefined],
    ['[   12.345678] audit: type=1326 audit(1795922798.1:5): syscall=92 arch=c000003e', 'kernel', undefined],
    ['type=SECCOMP msg=audit(1795922798.1:5): auid=1 comm="app" sig=31 arch=c000003e syscall=92', 'kernel', undefined],
    ['Nov 29 03:26:38 host kernel: audit: type=1326 audit(1795922798.1:5): syscall=92 arch=c000003e', 'kernel', undefined],
    ['cannot open /etc/app.conf', 'service', undefined],
  ])('%s', (line, from, unit) => {
    const entry = entryOf(line)
    expect(entry?.from).toBe(from)
    expect(entry?.unit).toBe(unit)
    expect(entry?.message).not.toMatch(/03:26|\[77\]/)
  })

  it('may be JSON, with bytes for what is no text', () => {
    const json = (fields: object): string => JSON.stringify({__REALTIME_TIMESTAMP: '1', ...fields})
    expect(entryOf(json({MESSAGE: 'a', SYSLOG_IDENTIFIER: 'systemd', UNIT: 'a.service', _PID: '1'}))).toEqual({
      from: 'manager',
      message: 'a',
      unit: 'a.service',
      identifier: 'systemd',
    })
    expect(entryOf(json({MESSAGE: [226, 130, 172], _COMM: 'app', _SYSTEMD_UNIT: 'a.service'}))).toEqual({
      from: 'service',
      message: '€',
      unit: 'a.service',
      identifier: 'app',
    })
    expect(entryOf(json({MESSAGE: 'x', _TRANSPORT: 'audit'}))?.from).toBe('kernel')
    expect(entryOf(json({MESSAGE: null}))?.from).toBe('service')
    expect(entryOf('{"MESSAGE": ')?.from).toBe('service')
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
    expect(told.map(({kind, error, call, signal, step, result, paths}) => ({kind, error, call, signal, step, result, paths}))).toEqual([
      {kind: 'error', error: 'EROFS', paths: ['/etc/app.lock']},
      {kind: 'call', call: 'chown', paths: []},
      {kind: 'signal', signal: 'SYS', paths: []},
      {kind: 'step', step: 'NAMESPACE', paths: []},
      {kind: 'result', result: 'watchdog', paths: []},
      {kind: 'notify', paths: []},
    ])
  })

  it('names calls by their numbers, or as audit does', () => {
    const call = (record: string): string | undefined => symptoms(`type=SECCOMP msg=audit(1.1:5): ${record}`)[0]?.call
    expect(call('arch=c000003e syscall=0')).toBe('read')
    expect(call('arch=c000003e syscall=425')).toBe('io_uring_setup')
    expect(call('arch=c00000b7 syscall=54')).toBe('fchownat')
    expect(call('arch=c000003e syscall=9999')).toBeUndefined()
    expect(call('arch=40000003 syscall=5')).toBeUndefined()
    expect(call('arch=40000003 syscall=5 SYSCALL=open')).toBe('open')
  })

  it('are kept once for what differs in names and numbers alone, and no more than there is room for', () => {
    const same = Array.from({length: 5000}, (_, at) => `rsync: chown "/srv/x/.f${at}.x" failed: Operation not permitted (1)`)
    expect(symptoms(...same)).toHaveLength(1)
    const others = Array.from({length: 5000}, (_, at) => `cannot write ${'x'.repeat(at % 700)}: Permission denied`)
    expect(symptoms(...others)).toHaveLength(400)
  })
})
