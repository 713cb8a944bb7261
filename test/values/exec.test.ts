import {describe, expect, it} from 'vitest'
import {refused, said} from './said.ts'

describe('command lines', () => {
  it('begin with a program', () => {
    expect(
      refused('Service.ExecStart', [
        '/bin/true',
        '-/bin/true',
        '@/bin/sh sh',
        '-@:+/bin/sh x',
        '!!/bin/true',
        'true',
        '"/bin/a b" c',
        '/bin/../x',
        '/a ; /b',
        '; /a ;',
        '/a \\; b',
        '/a $FOO ${BAR} %i',
        '/a #',
      ]),
    ).toEqual([])
    const bad = [
      'bin/true',
      './x',
      '/bin/',
      '..',
      '@/bin/sh',
      '-',
      '/a"b',
      '+!/a',
      '--/a',
      '%z',
      '/a %z',
      '/a "b',
      '"/a',
      '/a ; b/c',
      '/a\\x01',
      `/${'a'.repeat(256)}`,
    ]
    expect(refused('Service.ExecStart', bad)).toEqual(bad)
  })

  it('refuse the unit, except behind `-` and when the first word does not end', () => {
    const effect = (value: string): string[] =>
      said(`Service.ExecStart=${value}`).map((text) => text.slice(0, text.indexOf(':')))
    expect(effect('bin/true')).toEqual(['0-8 unit'])
    expect(effect('-bin/true')).toEqual(['0-9 line'])
    expect(effect('"/bin/true')).toEqual(['0-10 line'])
    expect(effect('/bin/true "x')).toEqual(['10-12 unit'])
    expect(effect('-/bin/true "x')).toEqual(['11-13 line'])
    expect(effect('/bin/true \\q')).toEqual(['10-12 notice'])
    expect(effect('/bin/true ; @/bin/sh')).toEqual(['20-20 unit'])
  })

  it('know shells since 258, and no `!!`', () => {
    expect(refused('Service.ExecStart', ['|echo hi', '|', '-|foo/bar'], 257)).toEqual(['-|foo/bar'])
    expect(refused('Service.ExecStart', ['|echo hi', '|', '-|foo/bar', '|%z', '@|'], 262)).toEqual(
      [],
    )
    expect(said('Service.ExecStart=!!/bin/true', 262)).toEqual([
      '0-11 notice: Unexpected `!!`, which is without effect, expected `!`',
    ])
  })

  it('are stricter with each version', () => {
    expect(refused('Service.ExecStart', ['/bin/.', `/${'a'.repeat(256)}`, '/a*'], 247)).toEqual([])
    expect(refused('Service.ExecStart', ['/bin/.', '/a*'], 257)).toEqual(['/bin/.'])
    expect(refused('Service.ExecStart', ['/bin/.', '/a*', '/a\\xff'], 262)).toEqual([
      '/bin/.',
      '/a*',
      '/a\\xff',
    ])
  })
})
