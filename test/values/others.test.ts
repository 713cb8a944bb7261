import {describe, expect, it} from 'vitest'
import {refused, said} from './said.ts'

describe('streams', () => {
  it('are words, descriptors or files', () => {
    expect(
      refused('Service.StandardInput', [
        'null',
        'tty-force',
        'data',
        'fd',
        'fd:a b',
        'fd:',
        'file:/a',
        'file',
      ]),
    ).toEqual([])
    const bad = [
      'journal',
      'Null',
      'fd:a:b',
      'fd:%z',
      'file:',
      'file:a',
      'file:/a/../b',
      'append:/a',
    ]
    expect(refused('Service.StandardInput', bad)).toEqual(bad)
    expect(
      refused('Service.StandardOutput', [
        'journal+console',
        'append:/a',
        'truncate:/a',
        'file:%h/x',
        'console',
        'append:a',
      ]),
    ).toEqual(['console', 'append:a'])
    expect(refused('Service.StandardOutput', ['truncate:/a'], 247)).toEqual(['truncate:/a'])
  })
})

describe('conditions', () => {
  it('about paths have no blank before the path', () => {
    expect(
      refused('Unit.ConditionPathExists', [
        '/a',
        '!/a',
        '|!/a',
        '/%p',
        '! /a',
        '| /a',
        'a',
        '/a/..',
        '/%z',
      ]),
    ).toEqual(['! /a', '| /a', 'a', '/a/..', '/%z'])
    expect(refused('Unit.ConditionPathExists', ['/../a'], 252)).toEqual(['/../a'])
    expect(refused('Unit.ConditionPathExists', ['/../a'], 257)).toEqual([])
  })

  it('about other things only have specifiers', () => {
    expect(refused('Unit.ConditionACPower', ['maybe', '! x', '|', '%z', '!%Z'])).toEqual([
      '%z',
      '!%Z',
    ])
  })
})

describe('controllers', () => {
  it('are delegated, or lost by the word', () => {
    expect(
      refused('Service.Delegate', ['yes', 'cpu "memory"', 'CPU', 'cpu,memory', '"cpu']),
    ).toEqual(['CPU', 'cpu,memory', '"cpu'])
    expect(said('Service.Delegate=cpu memry')[0]).toMatch(/^4-9 word: .* → memory$/)
  })

  it('are disabled, and lost in silence while one is known', () => {
    expect(said('Service.DisableControllers=cpu foo').map((text) => text.slice(0, 20))).toEqual([
      '4-7 word in silence:',
    ])
    expect(refused('Service.DisableControllers', ['cpu foo', 'foo', '"cpu"'])).toEqual([
      'foo',
      '"cpu"',
    ])
  })
})

describe('core dumps', () => {
  it('are filtered by words and bits', () => {
    expect(
      refused('Service.CoredumpFilter', [
        'all',
        'default private-dax',
        '0x33 elf-headers',
        'ff',
        '+1',
        '-0',
      ]),
    ).toEqual([])
    expect(
      refused('Service.CoredumpFilter', ['ALL', '0x', '-1', 'xyz', '"all"', '1ffffffffffffffff']),
    ).toHaveLength(6)
  })
})

describe('patterns', () => {
  it('are not empty', () => {
    expect(refused('Service.LogFilterPatterns', ['a', '~a', '[', '~'])).toEqual(['~'])
  })
})
