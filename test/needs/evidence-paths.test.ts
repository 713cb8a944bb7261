import {describe, expect, test} from 'vitest'
import {needs} from '../../src/needs/needs.ts'
import {pathNeeds, resolvedPath} from '../../src/needs/evidence/paths.ts'
import type {Use} from '../../src/needs/evidence/paths.ts'
import {pathsIn} from '../../src/needs/evidence/texts.ts'
import {service} from '../unit/unit.ts'

/** The accesses that using a path needs, with `!` where they are certain. */
function needed(path: string, use: Use, isDeclared = false): string {
  return pathNeeds(path, use, isDeclared)
    .map(({access, certain}) => `${access}${certain ? '!' : ''}`)
    .join(' ')
}

describe('what using a path needs', () => {
  test.each<[string, Readonly<Record<Use, string>>]>([
    [
      '/',
      {
        run: '',
        read: '',
        write: '',
        mention: 'home-read root-files host-users CAP_DAC_READ_SEARCH',
      },
    ],
    ['/dev', {run: '', read: '', write: '', mention: ''}],
    ['/dev/', {run: '', read: '', write: '', mention: ''}],
    [
      '/dev/null',
      {
        run: 'pseudo-devices!',
        read: 'pseudo-devices!',
        write: 'pseudo-devices!',
        mention: 'pseudo-devices!',
      },
    ],
    ['/dev/pts/1', {run: '', read: '', write: '', mention: ''}],
    [
      '/dev/log',
      {
        run: 'unix-sockets!',
        read: 'unix-sockets!',
        write: 'unix-sockets!',
        mention: 'unix-sockets!',
      },
    ],
    [
      '/dev/shm/x',
      {run: 'lasting-ipc', read: 'lasting-ipc', write: 'lasting-ipc!', mention: 'lasting-ipc'},
    ],
    [
      '/dev/sda',
      {run: 'raw-devices!', read: 'raw-devices!', write: 'raw-devices!', mention: 'raw-devices!'},
    ],
    [
      '/dev/kmsg',
      {
        run: 'raw-devices! kernel-log!',
        read: 'raw-devices! kernel-log!',
        write: 'raw-devices! kernel-log!',
        mention: 'raw-devices! kernel-log!',
      },
    ],
    [
      '/dev/rtc0',
      {
        run: 'raw-devices! clock!',
        read: 'raw-devices! clock!',
        write: 'raw-devices! clock!',
        mention: 'raw-devices! clock!',
      },
    ],
    [
      '/dev/ptp0',
      {
        run: 'raw-devices! clock!',
        read: 'raw-devices! clock!',
        write: 'raw-devices! clock!',
        mention: 'raw-devices! clock!',
      },
    ],
    [
      '/dev/mem',
      {
        run: 'raw-devices! CAP_SYS_RAWIO! @raw-io!',
        read: 'raw-devices! CAP_SYS_RAWIO! @raw-io!',
        write: 'raw-devices! CAP_SYS_RAWIO! @raw-io!',
        mention: 'raw-devices! CAP_SYS_RAWIO! @raw-io!',
      },
    ],
    [
      '/dev/port',
      {
        run: 'raw-devices! CAP_SYS_RAWIO! @raw-io!',
        read: 'raw-devices! CAP_SYS_RAWIO! @raw-io!',
        write: 'raw-devices! CAP_SYS_RAWIO! @raw-io!',
        mention: 'raw-devices! CAP_SYS_RAWIO! @raw-io!',
      },
    ],
    [
      '/dev/net/tun',
      {
        run: 'raw-devices! CAP_NET_ADMIN! netlink! host-network!',
        read: 'raw-devices! CAP_NET_ADMIN! netlink! host-network!',
        write: 'raw-devices! CAP_NET_ADMIN! netlink! host-network!',
        mention: 'raw-devices! CAP_NET_ADMIN! netlink! host-network!',
      },
    ],
    [
      '/dev/fuse',
      {
        run: 'raw-devices! host-mounts! @mount!',
        read: 'raw-devices! host-mounts! @mount!',
        write: 'raw-devices! host-mounts! @mount!',
        mention: 'raw-devices! host-mounts! @mount!',
      },
    ],
    [
      '/dev/loop0',
      {
        run: 'raw-devices! host-mounts! @mount!',
        read: 'raw-devices! host-mounts! @mount!',
        write: 'raw-devices! host-mounts! @mount!',
        mention: 'raw-devices! host-mounts! @mount!',
      },
    ],
    ['/devx', {run: '', read: '', write: 'write-anywhere!', mention: 'write-anywhere'}],
    [
      '/proc',
      {
        run: 'proc-files!',
        read: 'proc-files!',
        write: 'kernel-tunables! proc-files!',
        mention: 'proc-files!',
      },
    ],
    ['/proc/self/x', {run: '', read: '', write: '', mention: ''}],
    ['/proc/thread-self', {run: '', read: '', write: '', mention: ''}],
    ['/proc/$$/x', {run: '', read: '', write: '', mention: ''}],
    [
      '/proc/kmsg',
      {
        run: 'kernel-log! proc-files!',
        read: 'kernel-log! proc-files!',
        write: 'kernel-log! proc-files!',
        mention: 'kernel-log! proc-files!',
      },
    ],
    [
      '/proc/1/x',
      {
        run: 'other-processes! host-pids!',
        read: 'other-processes! host-pids!',
        write: 'other-processes! host-pids!',
        mention: 'other-processes! host-pids!',
      },
    ],
    [
      '/proc/$P/x',
      {
        run: 'other-processes! host-pids!',
        read: 'other-processes! host-pids!',
        write: 'other-processes! host-pids!',
        mention: 'other-processes! host-pids!',
      },
    ],
    [
      '/proc/*/x',
      {
        run: 'other-processes! host-pids!',
        read: 'other-processes! host-pids!',
        write: 'other-processes! host-pids!',
        mention: 'other-processes! host-pids!',
      },
    ],
    [
      '/proc/{pid}/exe',
      {
        run: 'other-processes! host-pids! CAP_SYS_PTRACE',
        read: 'other-processes! host-pids! CAP_SYS_PTRACE',
        write: 'other-processes! host-pids! CAP_SYS_PTRACE',
        mention: 'other-processes! host-pids! CAP_SYS_PTRACE',
      },
    ],
    [
      '/proc/1/execute',
      {
        run: 'other-processes! host-pids!',
        read: 'other-processes! host-pids!',
        write: 'other-processes! host-pids!',
        mention: 'other-processes! host-pids!',
      },
    ],
    [
      '/proc/sys/x',
      {
        run: 'proc-files!',
        read: 'proc-files!',
        write: 'kernel-tunables! proc-files!',
        mention: 'proc-files! kernel-tunables',
      },
    ],
    [
      '/proc/meminfo',
      {
        run: 'proc-files!',
        read: 'proc-files!',
        write: 'kernel-tunables! proc-files!',
        mention: 'proc-files!',
      },
    ],
    [
      '/sys/fs/cgroup/x',
      {
        run: 'host-control-groups',
        read: 'host-control-groups',
        write: 'control-groups! host-control-groups!',
        mention: 'control-groups host-control-groups',
      },
    ],
    [
      '/sys/fs/bpf/x',
      {
        run: 'host-bpf!',
        read: 'host-bpf!',
        write: 'host-bpf! kernel-tunables!',
        mention: 'host-bpf!',
      },
    ],
    ['/sys/x', {run: '', read: '', write: 'kernel-tunables!', mention: 'kernel-tunables'}],
    [
      '/home/u',
      {
        run: 'home-read! run-anywhere! host-users CAP_DAC_OVERRIDE CAP_DAC_READ_SEARCH',
        read: 'home-read! host-users CAP_DAC_OVERRIDE CAP_DAC_READ_SEARCH',
        write: 'home-read! home-write! host-users CAP_DAC_OVERRIDE CAP_DAC_READ_SEARCH',
        mention: 'home-read! home-write host-users CAP_DAC_OVERRIDE CAP_DAC_READ_SEARCH',
      },
    ],
    [
      '/root',
      {
        run: 'home-read! run-anywhere! root-files',
        read: 'home-read! root-files',
        write: 'home-read! home-write! root-files',
        mention: 'home-read! home-write root-files',
      },
    ],
    [
      '/run/user/1',
      {
        run: 'home-read! run-anywhere!',
        read: 'home-read!',
        write: 'home-read! home-write!',
        mention: 'home-read! home-write',
      },
    ],
    ['/run/userx', {run: '', read: '', write: 'write-anywhere!', mention: 'write-anywhere'}],
    [
      '/tmp/x',
      {
        run: 'shared-tmp! run-anywhere!',
        read: 'shared-tmp',
        write: 'shared-tmp write-anywhere!',
        mention: 'shared-tmp',
      },
    ],
    [
      '/var/tmp/x',
      {
        run: 'shared-tmp! run-anywhere!',
        read: 'shared-tmp',
        write: 'shared-tmp write-anywhere!',
        mention: 'shared-tmp',
      },
    ],
    [
      '/usr/lib/modules/x',
      {
        run: 'kernel-modules!',
        read: 'kernel-modules!',
        write: 'kernel-modules!',
        mention: 'kernel-modules!',
      },
    ],
    [
      '/lib/modules',
      {
        run: 'kernel-modules!',
        read: 'kernel-modules!',
        write: 'kernel-modules!',
        mention: 'kernel-modules!',
      },
    ],
    ['/usr/x', {run: '', read: '', write: 'write-system!', mention: ''}],
    ['/bin/x', {run: '', read: '', write: 'write-system!', mention: ''}],
    ['/boot', {run: '', read: '', write: 'write-system!', mention: ''}],
    ['/efi/x', {run: '', read: '', write: 'write-system!', mention: ''}],
    [
      '/etc/shadow',
      {
        run: 'root-files!',
        read: 'root-files!',
        write: 'root-files! write-config!',
        mention: 'root-files!',
      },
    ],
    ['/etc/sudoers.d', {run: '', read: '', write: 'write-config!', mention: ''}],
    [
      '/etc/sudoers/x',
      {
        run: 'root-files!',
        read: 'root-files!',
        write: 'root-files! write-config!',
        mention: 'root-files!',
      },
    ],
    [
      '/etc/ssl/private/k',
      {
        run: 'root-files!',
        read: 'root-files!',
        write: 'root-files! write-config!',
        mention: 'root-files!',
      },
    ],
    ['/etc/x', {run: '', read: '', write: 'write-config!', mention: ''}],
    ['/opt/x', {run: '', read: '', write: 'write-anywhere!', mention: ''}],
    ['/srv', {run: '', read: '', write: 'write-anywhere!', mention: 'write-anywhere'}],
    ['/run/x', {run: '', read: '', write: 'write-anywhere!', mention: 'write-anywhere'}],
  ])('%s', (path, expected) => {
    const uses: readonly Use[] = ['run', 'read', 'write', 'mention']
    expect(Object.fromEntries(uses.map((use) => [use, needed(path, use)]))).toEqual(expected)
  })

  test.each([
    ['/etc/x', ''],
    ['/home/u', 'home-read! host-users CAP_DAC_OVERRIDE CAP_DAC_READ_SEARCH'],
    ['/usr/x', ''],
    ['/srv', ''],
    ['/sys/x', 'kernel-tunables!'],
    ['/tmp/x', 'shared-tmp'],
  ])('%s, where the unit makes it writable: %s', (path, expected) => {
    expect(needed(path, 'write', true)).toBe(expected)
  })
})

test.each([
  ['/a//b/', '/a/b'],
  ['/a/./b', '/a/b'],
  ['/a/././/b', '/a/b'],
  ['/var/run/x', '/run/x'],
  ['/var/run', '/run'],
  ['/var/runx', '/var/runx'],
  ['/var/lock/x', '/run/lock/x'],
  ['/var/lock', '/run/lock'],
  ['/a/.b', '/a/.b'],
  ['/var/lib/a/var/run/b', '/var/lib/a/var/run/b'],
  ['/var/lib/a/var/lock/b', '/var/lib/a/var/lock/b'],
  ['/', ''],
])('%s is the same as %s', (path, expected) => {
  expect(resolvedPath(path)).toBe(expected)
})

describe('paths in a text', () => {
  test.each([
    ['a', ''],
    ['/a', '/a'],
    ['~', '/home'],
    ['~/x', '/home'],
    ['x~', ''],
    ['a=~/x', '/home'],
    ['a:~', '/home'],
    ['~x', ''],
    ['$HOME', '/home'],
    ['${HOME}/x', '/home'],
    ['${HOMES}/x', '$HOMES/x'],
    ['--x=${X}/etc/y:$Y/z', '$X/etc/y $Y/z'],
    ['${X:-/a}/b', '$X/b'],
    ['${X}', ''],
    ['$HOMEX', ''],
    ['u@h:/x', ''],
    ['u@h:x', ''],
    ['/a u@h:/x', '/a /x'],
    ['a=/b,/c;/d:/e', '/b /c /d /e'],
    ['-s/a', '/a'],
    ['-sx/a', ''],
    ['--s/a', ''],
    ['///a', '/a'],
    ['/a///b', '/a///b'],
    ['//a', ''],
    ['http://a/b', ''],
    ['"/a"', '/a'],
    ['(/a)', '/a'],
    ['a/b', ''],
  ])('%s: %s', (text, expected) => {
    expect(pathsIn(text).join(' ')).toBe(expected)
  })

  test('are looked for at its start, and not without end', () => {
    expect(pathsIn(`${'x '.repeat(2040)}/a`)).toEqual(['/a'])
    expect(pathsIn(`${'x '.repeat(2048)}/a`)).toEqual([])
    expect(pathsIn('/a '.repeat(40))).toHaveLength(32)
  })
})

test.each<[string, boolean]>([
  ['User=alice\nExecStart=/home/alice/app/run', false],
  ['User=alice\nExecStart=/opt/run /home/alice/data', false],
  ['User=alice\nWorkingDirectory=/home/alice/app\nExecStart=/opt/run', false],
  // What a fix of `ProtectSystem=` leaves writable shows no more than the line that it is for.
  ['User=alice\nReadWritePaths=/home/alice/app\nExecStart=/opt/run', false],
  ['User=alice\nReadWritePaths=/home/bob/app\nExecStart=/opt/run', true],
  ['User=alice\nExecStart=/home/alices/run', true],
  ['User=alice\nExecStart=/opt/run /home/bob/data', true],
  ['User=alice\nExecStart=/opt/run --all /home', true],
  ['ExecStart=/home/alice/app/run', true],
  ['User=../alice\nExecStart=/home/alice/app/run', true],
  // As root, which may be kept from them.
  ['User=alice\nExecStart=!/home/alice/app/run', true],
])('%j uses files of other users: %j', (lines, expected) => {
  const found = needs(service(`[Service]\n${lines}\n`, '257', 'example.service'))
  expect(found.some(({access}) => access === 'host-users')).toBe(expected)
  expect(found.some(({access}) => access === 'CAP_DAC_OVERRIDE')).toBe(expected)
})
