import {describe, expect, it} from 'vitest'
import {escapePath, isSliceName, isUnitName} from '../../src/values/units.ts'
import {refused, said} from './said.ts'

describe('names of units', () => {
  it('have a type', () => {
    expect(
      ['a.service', 'a@.timer', 'a@b@c.path', 'a:b_c-d.e\\x2f.mount', '-.slice'].filter(
        (name) => !isUnitName(name),
      ),
    ).toEqual([])
    expect(
      [
        'a',
        '.service',
        '@a.service',
        'a b.service',
        'é.service',
        'a.conf',
        'a.Service',
        `${'a'.repeat(248)}.service`,
      ].filter(isUnitName),
    ).toEqual([])
  })

  it('of slices have no empty parts', () => {
    expect(
      [
        '-.slice',
        'a.slice',
        'a-b.slice',
        'a--b.slice',
        '-a.slice',
        'a-.slice',
        'a@b.slice',
        '--.slice',
      ].filter(isSliceName),
    ).toEqual(['-.slice', 'a.slice', 'a-b.slice'])
  })

  it('of mounts are escaped paths', () => {
    expect(['/', '/home/user', '/a-b/.c', '/.a', '/é b/'].map(escapePath)).toEqual([
      '-',
      'home-user',
      'a\\x2db-.c',
      '\\x2ea',
      '\\xc3\\xa9\\x20b',
    ])
  })
})

describe('lists of units', () => {
  it('have full names, templates among them', () => {
    expect(
      refused('Unit.After', [
        'a.service b.socket',
        'a@.service',
        'a@b.target',
        '%n',
        '%p@%i.service',
        'a\\x2db.mount',
      ]),
    ).toEqual([])
    const bad = [
      'foo',
      'a.conf',
      'a@b.mount',
      'a@.slice',
      '"a.service"',
      'a.service, b.service',
      '%h.service',
      '/home',
      'a/b.service',
    ]
    expect(refused('Unit.After', bad)).toEqual(bad)
  })

  it('lose the bad word', () => {
    expect(said('Unit.After=network.target, foo')).toEqual([
      '0-15 word: Unexpected `network.target,`, expected the name of a unit with its type, such as `foo.service` → network.target',
      '16-19 word: Unexpected `foo`, expected the name of a unit with its type, such as `foo.service` → foo.service',
    ])
    expect(said('Unit.After=a.service %h.service')).toEqual([
      '10-12 word: Unexpected specifier `%h`, unknown, expected `%%` for a percent sign',
    ])
    expect(said('Unit.After=%q.service', 247)).toEqual([
      '0-2 word: Unexpected specifier `%q`, unknown before 251, expected `%%` for a percent sign',
    ])
  })

  it('of sockets have sockets', () => {
    expect(refused('Service.Sockets', ['a.socket b.socket', 'a.service', 'foo'])).toEqual([
      'a.service',
      'foo',
    ])
    // A backslash protects the next character and vanishes, in these alone.
    expect(
      refused('Service.Sockets', [
        'a.socke\\t',
        'a\\x2db.socket',
        'a.socket b\\',
        'a.socket\\ b.socket',
      ]),
    ).toEqual(['a.socket b\\', 'a.socket\\ b.socket'])
    expect(refused('Unit.After', ['a\\x2db.socket', 'a.socke\\t'])).toEqual(['a.socke\\t'])
  })
})

describe('single units', () => {
  it('are of some type', () => {
    expect(
      refused('Service.Slice', ['a.slice', 'a-b.slice', 'a.service', 'a@b.slice', 'a']),
    ).toEqual(['a.service', 'a@b.slice', 'a'])
    expect(
      refused('Socket.Service', ['a.service', 'a@b.service', 'a@.service', 'a.socket']),
    ).toEqual(['a@.service', 'a.socket'])
    expect(refused('Timer.Unit', ['a.service', 'a@.service', 'a.target', '%n', 'a'])).toEqual([
      '%n',
      'a',
    ])
    expect(refused('Slice.Slice', ['a.slice'])).toEqual(['a.slice'])
  })
})
