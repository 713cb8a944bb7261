import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {argumentsIn, descriptorOf, numberOf, stringOf} from '../../src/trace/arguments.ts'
import {readLine} from '../../src/trace/line.ts'

const call = {
  kind: 'call',
  name: 'openat',
  text: 'AT_FDCWD, "/etc/a", O_RDONLY',
  result: '3',
  error: '',
}

describe('a line of strace', () => {
  test.each([
    ['openat(AT_FDCWD, "/etc/a", O_RDONLY) = 3', undefined],
    ['1234  openat(AT_FDCWD, "/etc/a", O_RDONLY) = 3', 1234],
    ['1234 openat(AT_FDCWD, "/etc/a", O_RDONLY) = 3', 1234],
    ['1234<nginx> openat(AT_FDCWD, "/etc/a", O_RDONLY) = 3', 1234],
    ['[pid  1234] openat(AT_FDCWD, "/etc/a", O_RDONLY) = 3', 1234],
    ['[pid 1234<nginx>] openat(AT_FDCWD, "/etc/a", O_RDONLY) = 3', 1234],
    ['12:34:56 openat(AT_FDCWD, "/etc/a", O_RDONLY) = 3', undefined],
    ['12:34:56.000001 openat(AT_FDCWD, "/etc/a", O_RDONLY) = 3', undefined],
    ['1764412345.000001 openat(AT_FDCWD, "/etc/a", O_RDONLY) = 3', undefined],
    ['1764412345 openat(AT_FDCWD, "/etc/a", O_RDONLY) = 3', undefined],
    ['     0.000123 openat(AT_FDCWD, "/etc/a", O_RDONLY) = 3', undefined],
    ['1234       0.000123 openat(AT_FDCWD, "/etc/a", O_RDONLY) = 3', 1234],
    ['[pid  1234] 12:34:56.000001 (+     0.000012) openat(AT_FDCWD, "/etc/a", O_RDONLY) = 3', 1234],
    ['1234  12:34:56 openat(AT_FDCWD, "/etc/a", O_RDONLY) = 3 <0.000012>', 1234],
    ['1234  1764412345.000001 [ 257] openat(AT_FDCWD, "/etc/a", O_RDONLY)            = 3', 1234],
    ['[00007f3c1a2b3c4d] openat(AT_FDCWD, "/etc/a", O_RDONLY) = 3', undefined],
    ['Nov 29 07:00:01 host strace[77]: [pid  1234] openat(AT_FDCWD, "/etc/a", O_RDONLY) = 3', 1234],
    ['1234  openat(AT_FDCWD, "/etc/a", O_RDONLY) = 3\r', 1234],
  ])('%s', (line, pid) => expect(readLine(line)).toEqual({pid, event: call}))

  test.each([
    [
      '7 read(3, ") = 5", 5) = 5',
      {kind: 'call', name: 'read', text: '3, ") = 5", 5', result: '5', error: ''},
    ],
    [
      '7 open("a", 0) = -1 ENOENT (Datei oder Verzeichnis nicht gefunden)',
      {kind: 'call', name: 'open', text: '"a", 0', result: '-1', error: 'ENOENT'},
    ],
    [
      '7 read(0,  <unfinished ...>',
      {kind: 'begun', name: 'read', text: '0,', result: '', error: ''},
    ],
    [
      '7 <... read resumed>"x", 1) = 1',
      {kind: 'resumed', name: 'read', text: '"x", 1', result: '1', error: ''},
    ],
    [
      '7 <... exit resumed>) = ?',
      {kind: 'resumed', name: 'exit', text: '', result: '?', error: ''},
    ],
    ['7 exit_group(0) = ?', {kind: 'call', name: 'exit_group', text: '0', result: '?', error: ''}],
    [
      '7 poll([{fd=3}], 1, -1) = ? ERESTART_RESTARTBLOCK (Interrupted by signal)',
      {
        kind: 'call',
        name: 'poll',
        text: '[{fd=3}], 1, -1',
        result: '?',
        error: 'ERESTART_RESTARTBLOCK',
      },
    ],
    [
      '7 epoll_wait(3, <detached ...>',
      {kind: 'begun', name: 'epoll_wait', text: '3,', result: '', error: ''},
    ],
    [
      '7 vfork(strace: Process 8 attached',
      {kind: 'begun', name: 'vfork', text: '', result: '', error: ''},
    ],
    ['strace: Process 8 attached', {kind: 'attached', child: 8}],
    ['7 --- SIGTERM {si_signo=SIGTERM} ---', {kind: 'signal', name: 'SIGTERM'}],
    ['7 +++ exited with 3 +++', {kind: 'exited', status: 3}],
    ['7 +++ killed by SIGKILL +++', {kind: 'exited', status: undefined}],
    ['7 +++ superseded by execve in pid 9 +++', {kind: 'superseded', by: 9}],
    ['7 openat(AT_FDCWD, "/etc/a", O_RDON', undefined],
    ['', undefined],
    ['nonsense', undefined],
  ])('%s', (line, event) => expect(readLine(line).event).toEqual(event))

  test('may be anything', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary', maxLength: 200}), (line) => {
        const {event} = readLine(`12 ${line}`)
        return event === undefined || typeof event.kind === 'string'
      }),
    )
  })
})

describe('the arguments of a call', () => {
  test.each([
    ['3, "a, b", {c=1, d=[2, 3]}, O_A|O_B', ['3', '"a, b"', '{c=1, d=[2, 3]}', 'O_A|O_B']],
    ['3</a, b>, 1', ['3</a, b>', '1']],
    [
      '3<TCP:[127.0.0.1:80->127.0.0.1:99]>, "x"...',
      ['3<TCP:[127.0.0.1:80->127.0.0.1:99]>', '"x"...'],
    ],
    ['3</dev/null<char 1:3>>, 4', ['3</dev/null<char 1:3>>', '4']],
    ['{permitted=1<<CAP_CHOWN|1<<CAP_KILL}, 1', ['{permitted=1<<CAP_CHOWN|1<<CAP_KILL}', '1']],
    ['AT_FDCWD</srv/a>, "b"', ['AT_FDCWD</srv/a>', '"b"']],
    ['"never closed, 1', ['"never closed, 1']],
    ['', []],
  ])('%s', (text, expected) => expect(argumentsIn(text)).toEqual(expected))

  test('strings lose their escapes', () => {
    expect(stringOf(String.raw`"a\"b\\c\n\0\x41\101"...`)).toBe('a"b\\c\n\0AA')
    expect(stringOf('NULL')).toBeUndefined()
  })

  test('numbers are read as they are written', () => {
    expect(['0', '-1', '0644', '0x10', 'NULL', '1x'].map(numberOf)).toEqual([
      0,
      -1,
      420,
      16,
      undefined,
      undefined,
    ])
  })

  test('descriptors have what is said of them', () => {
    expect(descriptorOf('3</dev/null<char 1:3>>')).toEqual({number: 3, note: '/dev/null'})
    expect(descriptorOf('AT_FDCWD</srv>')).toEqual({number: undefined, note: '/srv'})
    expect(descriptorOf('7')).toEqual({number: 7, note: undefined})
  })
})
