import {describe, expect, it} from 'vitest'
import {refused, said} from './said.ts'

describe('variables', () => {
  it('are assigned in words', () => {
    expect(
      refused('Service.Environment', [
        'A=b',
        '"A=b c" D=',
        "A='b c'",
        'A=é\\x41\\n',
        'A=%i',
        '_a1=\x01',
        'A=b=c',
      ]),
    ).toEqual([])
    const bad = [
      'A',
      '=b',
      '1A=b',
      'A-B=c',
      'é=x',
      'A="b',
      'A=\\q',
      'A=\\xff',
      'A=%z',
      'A=\\ud800',
      'export A=b',
    ]
    expect(refused('Service.Environment', bad)).toEqual(bad)
    expect(said('Service.Environment=A=b 1C=d').map((text) => text.slice(0, 9))).toEqual([
      '4-8 word:',
    ])
  })

  it('are passed or unset by name', () => {
    expect(refused('Service.PassEnvironment', ['A B', '"A"', 'A=b', 'A,B', '%z', '$A'])).toEqual([
      'A=b',
      'A,B',
      '%z',
      '$A',
    ])
    expect(refused('Service.UnsetEnvironment', ['A B=c', '"A=b c"', '1A', '=b', '"A'])).toEqual([
      '1A',
      '=b',
      '"A',
    ])
  })

  it('of the journal have capital letters', () => {
    expect(
      refused('Service.LogExtraFields', [
        'A=b',
        '"A_1=b c"',
        'a=b',
        '_A=b',
        '1A=b',
        'A',
        '=b',
        `${'A'.repeat(65)}=b`,
      ]),
    ).toEqual(['a=b', '_A=b', '1A=b', 'A', '=b', `${'A'.repeat(65)}=b`])
  })
})

describe('texts', () => {
  it('have specifiers', () => {
    expect(refused('Unit.Description', ['a', '100%', '% x', '%%z', '%n', '%Z', '%1'])).toEqual([
      '%Z',
      '%1',
    ])
    expect(said('Service.SELinuxContext=%z').map((text) => text.slice(0, 9))).toEqual(['0-2 unit:'])
    expect(said('Service.SELinuxContext=-%z').map((text) => text.slice(0, 9))).toEqual([
      '1-3 line:',
    ])
  })

  it('have escapes', () => {
    expect(refused('Service.StandardInputText', ['a\\n', '\\x41', 'a\\', '\\q', '%z'])).toEqual([
      'a\\',
      '\\q',
      '%z',
    ])
  })

  it('are arguments of reboot', () => {
    expect(refused('Unit.RebootArgument', ['a b', 'é', 'a'.repeat(256)], 257)).toEqual([
      'é',
      'a'.repeat(256),
    ])
    expect(refused('Unit.RebootArgument', ['é', 'a'.repeat(256)], 247)).toEqual([])
    expect(refused('Service.RebootArgument', ['é'], 257)).toEqual([])
  })
})

describe('names', () => {
  it('of the bus have two parts', () => {
    expect(
      refused('Service.BusName', [
        'a.b',
        'org.x-y._z',
        ':1.5',
        'org.%p',
        'a',
        'a.',
        '.a',
        'a..b',
        'a.1',
        'a b.c',
        'é.b',
      ]),
    ).toEqual(['a', 'a.', '.a', 'a..b', 'a.1', 'a b.c', 'é.b'])
  })

  it('of descriptors are printable', () => {
    expect(
      refused('Socket.FileDescriptorName', [
        'a',
        'a b',
        '%n',
        'a:b',
        'é',
        'a\x01',
        'a'.repeat(256),
      ]),
    ).toEqual(['a:b', 'é', 'a\x01', 'a'.repeat(256)])
  })

  it('of journals are file names', () => {
    expect(
      refused('Service.LogNamespace', ['a', 'a@b.c', 'a/b', 'a b', '..', 'a\\b', 'a'.repeat(223)]),
    ).toEqual(['a/b', 'a b', '..', 'a\\b', 'a'.repeat(223)])
  })

  it('of control groups are no attributes', () => {
    expect(
      refused('Service.DelegateSubgroup', [
        'a',
        'a b',
        'cpu',
        'cpu.max',
        'tasks',
        '_a',
        '.a',
        'a/b',
        'cgroup.x',
      ]),
    ).toEqual(['cpu.max', 'tasks', '_a', '.a', 'a/b', 'cgroup.x'])
  })

  it('are told of twice', () => {
    expect(said('Service.LUOSession=a b a é', 262)).toEqual([
      '4-5 word: Unexpected `a`, which is in the list already',
      '6-7 word: Unexpected `é`, expected a name of printable characters of ASCII',
    ])
    expect(said('Service.LUOSession=a b\\', 262)).toEqual([
      '2-4 line: Expected a character behind the backslash at the end',
    ])
    expect(
      refused('Service.OOMRules', ['a', '"a b"', 'a/b', '..', 'a\\b', '"a', '*'], 262),
    ).toEqual(['a/b', '..', 'a\\b', '"a', '*'])
  })
})

describe('links', () => {
  it('are of five schemes', () => {
    expect(
      refused('Unit.Documentation', [
        'man:a(1) https://b',
        '"man:a b"',
        'file:/a',
        'info:a',
        'http://x',
      ]),
    ).toEqual([])
    const bad = [
      'a',
      'www.a.b',
      'file:a',
      'http:',
      'https://',
      'HTTP://a',
      'man:',
      'man:é',
      '"man:a',
      '%z',
    ]
    expect(refused('Unit.Documentation', bad)).toEqual(bad)
  })

  it('are split behind their specifiers', () => {
    expect(said("Unit.Documentation='%R'").map((text) => text.slice(0, 9))).toEqual(['0-4 word:'])
    expect(said('Unit.Documentation=%R')).toEqual([])
  })
})
