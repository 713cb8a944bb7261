import {describe, expect, test} from 'vitest'
import {amended} from '../../src/engine/amend.ts'
import {deniedAnew} from '../../src/engine/denied-anew.ts'
import {operations} from '../../src/engine/operations.ts'
import {add, assign, move, remove, rename, replaceWord, rewrite, set} from '../../src/rule/index.ts'
import type {Change, Unit} from '../../src/rule/index.ts'
import {unitFor} from '../../src/rule/unit.ts'
import {unitOf} from './fixing.ts'

/** Changes, by the first line of a directive where they are about one. */
type Changes = (line: (key: string) => Unit['lines'][number], unit: Unit) => readonly Change[]

/**
 * What changes of a service with some lines deny anew, and whether the changed service was asked
 * for.
 */
function anew(
  lines: string,
  changes: Changes,
): {readonly denied: string; readonly isAsked: boolean} {
  const unit = unitOf(`[Unit]\nDescription=x\n[Service]\nExecStart=/bin/true\n${lines}\n`)
  const all = operations(
    unit,
    changes((key) => unit.lines.find((line) => line.key === key)!, unit),
  )
  if (!all) throw new Error('Expected a change that can be made')
  let isAsked = false
  const denied = deniedAnew(unit, all, () => {
    isAsked = true
    return unitFor(amended(unit, all))
  })
  return {denied: [...new Set(denied)].join(' '), isAsked}
}

const setting =
  (...lines: readonly string[]): Changes =>
  () =>
    lines.map((line) =>
      set('Service', line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)),
    )

const adding =
  (...lines: readonly string[]): Changes =>
  () =>
    lines.map((line) =>
      add('Service', line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)),
    )

const privateTmp = 'shared-tmp early-boot host-mounts'

describe('what is denied anew, told by the lines themselves', () => {
  test.each<[string, string, Changes, string]>([
    ['a new line', '', setting('PrivateTmp=yes'), privateTmp],
    ['a stricter value', 'ProtectHome=tmpfs', setting('ProtectHome=yes'), ''],
    [
      'a stricter value that what is bound does not reach',
      'ProtectHome=tmpfs\nBindReadOnlyPaths=/home/a/b',
      setting('ProtectHome=yes'),
      'bound-homes',
    ],
    ['a line that is no value', '', setting('PrivateTmp=perhaps'), ''],
    ['a line of another section', '', () => [set('Unit', 'After', '~x.service')], ''],
    ['a line that denies nothing', '', setting('Restart=always'), ''],
    [
      'several lines',
      '',
      setting('PrivateTmp=yes', 'UMask=0077'),
      `${privateTmp} world-readable-files group-shared-files`,
    ],
    ['a stricter value', 'ProtectHome=read-only', setting('ProtectHome=yes'), 'home-read'],
    ['a laxer value', 'ProtectHome=yes', setting('ProtectHome=read-only'), ''],
    [
      'a mask of more',
      'UMask=0002',
      setting('UMask=0077'),
      'world-readable-files group-shared-files group-writable-files',
    ],
    ['what others imply already', 'DynamicUser=yes', setting('ProtectSystem=strict'), ''],
    [
      'a list',
      '',
      adding('SystemCallFilter=~@mount'),
      '@mount CAP_SYS_CHROOT host-mounts probed-system-calls',
    ],
    [
      'a list in the place of another',
      'SystemCallFilter=@system-service',
      setting('SystemCallFilter=~@clock'),
      '@clock clock CAP_SYS_TIME',
    ],
    ['a line in the place of another', 'PrivateTmp=no', setting('PrivateTmp=yes'), privateTmp],
    ['the same line', 'PrivateTmp=yes', setting('PrivateTmp=yes'), ''],
    [
      'more of a list',
      'SystemCallFilter=@system-service',
      adding('SystemCallFilter=~@mount'),
      '@mount CAP_SYS_CHROOT host-mounts probed-system-calls',
    ],
    [
      'a line of a list that is there',
      'SystemCallFilter=~@mount',
      adding('SystemCallFilter=~@mount'),
      '',
    ],
    [
      'fewer of a list',
      'CapabilityBoundingSet=CAP_CHOWN CAP_KILL',
      setting('CapabilityBoundingSet=CAP_CHOWN'),
      'CAP_KILL',
    ],
    ['a path', '', setting('ReadOnlyPaths=/b'), 'unknown-effect'],
    ['another path', 'ReadOnlyPaths=/a', setting('ReadOnlyPaths=/b'), 'unknown-effect'],
    ['a path that may be missing', 'ReadOnlyPaths=/a "/b"', setting('ReadOnlyPaths=-/a -/b'), ''],
    [
      'addresses, but for those let through',
      '',
      setting('IPAddressAllow=localhost', 'IPAddressDeny=any'),
      'inet',
    ],
    ['addresses let through', 'IPAddressDeny=any', setting('IPAddressAllow=localhost'), ''],
    [
      'no mounts, where they are shared',
      '',
      setting('PrivateMounts=no', 'PrivateNetwork=yes'),
      'inet host-network inet-local packet-sockets abstract-sockets',
    ],
    [
      'mounts of its own, and what needs them',
      '',
      setting('PrivateMounts=yes', 'PrivateNetwork=yes'),
      'host-mounts inet host-network inet-local packet-sockets abstract-sockets',
    ],
    [
      'addresses, but for others let through',
      '',
      setting('IPAddressAllow=10.0.0.0/8', 'IPAddressDeny=any'),
      'inet',
    ],
    [
      'calls that fail',
      '',
      setting('SystemCallErrorNumber=EPERM', 'SystemCallFilter=~@chown'),
      '@chown CAP_CHOWN',
    ],
    [
      'calls that kill',
      '',
      setting('SystemCallFilter=~@chown'),
      '@chown CAP_CHOWN probed-system-calls',
    ],
    [
      'what lines deny together',
      'User=root',
      setting('NoNewPrivileges=yes', 'RestrictRealtime=yes'),
      'privileges-by-exec CAP_SETUID realtime',
    ],
    [
      'two values',
      'RestrictRealtime=no\nUMask=0022',
      (line) => [rewrite(line('RestrictRealtime'), 'yes'), rewrite(line('UMask'), '0077')],
      'realtime world-readable-files group-shared-files',
    ],
    [
      'what would be taken from a list, of what denies nothing',
      'LogFilterPatterns=a\nWorkingDirectory=/a',
      setting('LogFilterPatterns=~b', 'WorkingDirectory=~'),
      '',
    ],
    ['the end of what denies nothing', 'Restart=always', (line) => [remove(line('Restart'))], ''],
    ['the end of a line of another section', '', (line) => [remove(line('Description'))], ''],
    [
      'the name of what denies nothing',
      'Restrt=always',
      (line) => [rename(line('Restrt'), 'Restart')],
      '',
    ],
    [
      'a word of what denies nothing',
      'Environment=A=1',
      (line) => [replaceWord(line('Environment'), {start: 0, end: 1}, 'B')],
      '',
    ],
    [
      'the end of what would deny, in another section',
      '[Install]\nPrivateTmp=yes',
      (line) => [remove(line('PrivateTmp'))],
      '',
    ],
    [
      'the value of what would deny, in another section',
      '[Install]\nPrivateTmp=no',
      (line) => [rewrite(line('PrivateTmp'), 'yes')],
      '',
    ],
    [
      'what denies nothing from another section',
      '[Install]\nRestart=always',
      (line) => [move(line('Restart'), 'Service')],
      '',
    ],
  ])('%s', (_what, lines, changes, denied) => {
    expect(anew(lines, changes)).toEqual({denied, isAsked: false})
  })
})

describe('what is denied anew, told by the changed service', () => {
  test.each<[string, string, Changes, string]>([
    [
      'several lines at once',
      '',
      adding('PrivateTmp=yes', 'UMask=0077'),
      `${privateTmp} world-readable-files group-shared-files`,
    ],
    [
      'the last of two lines',
      'PrivateTmp=no\nPrivateTmp=no',
      setting('PrivateTmp=yes'),
      privateTmp,
    ],
    [
      'the first of two lines',
      'PrivateTmp=no\nPrivateTmp=no',
      (line) => [rewrite(line('PrivateTmp'), 'yes')],
      '',
    ],
    ['a line below another', 'PrivateTmp=no # c', setting('PrivateTmp=yes'), privateTmp],
    ['a line below a long one', 'PrivateTmp=\\\nno', setting('PrivateTmp=yes'), privateTmp],
    [
      'a line of which only the second counts',
      '',
      adding('PrivateTmp=no', 'PrivateTmp=yes'),
      privateTmp,
    ],
    [
      'a line of a service that cannot be read',
      'PrivateTmp=no\n[Unit\n',
      setting('PrivateTmp=yes'),
      privateTmp,
    ],
    [
      'a line of a service that systemd gives up',
      'User=a:b\nUMask=0022',
      setting('UMask=0077'),
      'world-readable-files group-shared-files',
    ],
    [
      'two lines for one',
      'ProtectHome=no',
      (line) => [rewrite(line('ProtectHome'), ['no', 'read-only'])],
      'home-write host-mounts',
    ],
    [
      'a line that becomes an assignment',
      'PrivateTmp: yes',
      (_line, {files: [file]}) => {
        const start = file!.tree.text.indexOf(': yes')
        return [assign({file: file!, span: {start, end: start + 2}})]
      },
      privateTmp,
    ],
    ['a line taken out', 'PrivateTmp=yes', (line) => [remove(line('PrivateTmp'))], ''],
    [
      'a line that no other takes back',
      'PrivateTmp=yes\nPrivateTmp=no',
      (_line, unit) => [remove(unit.written('PrivateTmp')[1]!)],
      privateTmp,
    ],
    [
      'a line that got its name',
      'PrivatTmp=yes',
      (line) => [rename(line('PrivatTmp'), 'PrivateTmp')],
      privateTmp,
    ],
    [
      'a list that got its name',
      'CapabilityBoundingSe=~CAP_CHOWN',
      (line) => [rename(line('CapabilityBoundingSe'), 'CapabilityBoundingSet')],
      'CAP_CHOWN',
    ],
    [
      'a line from another section',
      '[Install]\nPrivateTmp=yes',
      (line) => [move(line('PrivateTmp'), 'Service')],
      privateTmp,
    ],
    [
      'a section that got its name',
      '[Servce]\nPrivateTmp=yes',
      (_line, {files: [file]}) => {
        const start = file!.tree.text.indexOf('Servce]')
        return [rename({file: file!, span: {start, end: start + 6}}, 'Service')]
      },
      privateTmp,
    ],
    [
      'a word of a list',
      'SystemCallFilter=~@clock',
      (line) => [replaceWord(line('SystemCallFilter'), {start: 7, end: 7}, ' @mount')],
      '@mount CAP_SYS_CHROOT host-mounts probed-system-calls @clock clock CAP_SYS_TIME',
    ],
    [
      'a line that took paths back taken out',
      'InaccessiblePaths=/a\nInaccessiblePaths=',
      (_line, unit) => [remove(unit.assignments('Service', 'InaccessiblePaths')[1]!)],
      'unknown-effect',
    ],
    ['one more path', 'InaccessiblePaths=/a', adding('InaccessiblePaths=/b'), 'unknown-effect'],
    [
      'a path that is there',
      'TemporaryFileSystem=/b',
      adding('TemporaryFileSystem=/b'),
      'unknown-effect',
    ],
    [
      'a line beside what would be taken from a list, of what denies nothing',
      'LogFilterPatterns=a',
      adding('LogFilterPatterns=~b', 'PrivateTmp=yes'),
      privateTmp,
    ],
    [
      'what denies nothing by itself',
      '',
      setting('NoNewPrivileges=no', 'RestrictRealtime=yes'),
      'realtime',
    ],
  ])('%s', (_what, lines, changes, denied) => {
    expect(anew(lines, changes)).toEqual({denied, isAsked: true})
  })

  test('another user, who has less of root', () => {
    const {denied, isAsked} = anew('', setting('User=a', 'CapabilityBoundingSet=~CAP_SYS_TIME'))
    expect(isAsked).toBe(true)
    expect(denied).toContain('CAP_CHOWN')
    expect(denied).toContain('privileges-by-exec')
  })
})

test('an insertion of several lines denies what any of them does', () => {
  const unit = unitOf('[Service]\nExecStart=/bin/true\n')
  const [one] = operations(unit, [set('Service', 'Restart', 'always')]) ?? []
  if (one?.kind !== 'insert') throw new Error('Expected a line that is added')
  const all = [{...one, lines: [...one.lines, ['PrivateTmp', 'yes'] as const]}]
  const denied = deniedAnew(unit, all, () => unitFor(amended(unit, all)))
  expect([...new Set(denied)].join(' ')).toBe(privateTmp)
})

test('a line of a section that systemd does not read it in denies nothing', () => {
  expect(
    anew('', () => [set('Service', 'UMask', '0077'), set('Unit', 'PrivateTmp', 'yes')]).denied,
  ).toBe('world-readable-files group-shared-files')
})
