import {describe, expect, it} from 'vitest'
import {refused, said} from './said.ts'

describe('users and groups', () => {
  it('are numbers or names', () => {
    expect(
      refused('Service.User', [
        'root',
        '0',
        '65534',
        '4294967294',
        '_a-b',
        'foo.bar',
        'é',
        'a b',
        '%p',
        '1a',
        '+5',
      ]),
    ).toEqual([])
    const bad = ['65535', '4294967295', '00', '-5', '-', 'a:b', 'a/b', '.', '..', '%z']
    expect(refused('Service.Group', bad)).toEqual(bad)
  })

  it('refuse the unit', () => {
    expect(said('Service.User=a:b')).toEqual([
      '0-3 unit: Unexpected `a:b`, expected a name or number',
    ])
    expect(said('Service.SupplementaryGroups=audio a/b -5')).toEqual([
      '6-9 unit: Unexpected `a/b`, expected a name or number',
    ])
    expect(said('Service.SupplementaryGroups=audio %z')).toEqual([
      '6-8 unit: Unexpected specifier `%z`, unknown, expected `%%` for a percent sign',
    ])
  })

  it('are told of when they are odd', () => {
    expect(said('Service.User=foo.bar')).toEqual([
      '0-7 notice without a line: Unexpected `foo.bar`, expected a name of letters, digits, `-` and `_`',
    ])
    expect(said('Service.User=nobody')).toEqual([
      '0-6 notice: Unexpected `nobody`, expected a user that no other service has',
    ])
    expect(said('Service.Group=nobody')).toEqual([])
  })
})
