import {describe, expect, test} from 'vitest'
import {areSameSettings, differences, meaning} from '../../src/engine/meaning.ts'
import {unitOf} from './fixing.ts'

/**
 * What a service with some lines means otherwise than one with others, and with those of a drop-in:
 * `KEY: BEFORE -> AFTER`, each value with its file.
 */
function differing(before: string, after: string, own = ''): string[] {
  const [was, is] = [
    unitOf(`[Service]\n${before}\n`),
    unitOf(`[Service]\n${after}\n`, own === '' ? '' : `[Service]\n${own}\n`),
  ].map((unit) => meaning(unit))
  const words = (values: ReadonlyArray<{readonly value: string; readonly at: number}>): string =>
    values.map(({value, at}) => `${value}@${at}`).join(' ')
  return differences(was!, is!).map(
    ({id, before: old, after: now}) => `${id}: ${words(old)} -> ${words(now)}`,
  )
}

describe('a unit means otherwise', () => {
  test.each<[string, string, string[]]>([
    ['Nice=1', 'Nice=2', ['Service.Nice: 1@0 -> 2@0']],
    ['Nice=1', 'Nice=1', []],
    ['Nice=1', '', ['Service.Nice: 1@0 -> ']],
    ['', 'Nice=1', ['Service.Nice:  -> 1@0']],
    [
      'ReadWritePaths=/a\nReadWritePaths=/b',
      'ReadWritePaths=/a',
      ['Service.ReadWritePaths: /a@0 /b@0 -> /a@0'],
    ],
    [
      'ReadWritePaths=/a',
      'ReadWritePaths=/a\nReadWritePaths=/b',
      ['Service.ReadWritePaths: /a@0 -> /a@0 /b@0'],
    ],
    [
      'ReadWritePaths=/a\nReadWritePaths=/b',
      'ReadWritePaths=/b\nReadWritePaths=/a',
      ['Service.ReadWritePaths: /a@0 /b@0 -> /b@0 /a@0'],
    ],
    ['Nice=1\nReadWritePaths=/a', 'ReadWritePaths=/a\nNice=1', []],
    [
      'CapabilityBoundingSet=CAP_CHOWN CAP_KILL',
      'CapabilityBoundingSet=CAP_KILL\nCapabilityBoundingSet=CAP_CHOWN',
      [],
    ],
    [
      'CapabilityBoundingSet=CAP_CHOWN',
      'CapabilityBoundingSet=CAP_KILL',
      ['Service.CapabilityBoundingSet: CAP_CHOWN@0 -> CAP_KILL@0'],
    ],
    ['RestrictAddressFamilies=AF_UNIX AF_INET', 'RestrictAddressFamilies=AF_INET AF_UNIX', []],
    [
      'RestrictAddressFamilies=AF_UNIX',
      'RestrictAddressFamilies=~AF_UNIX',
      ['Service.RestrictAddressFamilies: AF_UNIX@0 -> ~AF_UNIX@0'],
    ],
    ['StartLimitInterval=5', '[Unit]\nStartLimitIntervalSec=5', []],
    ['CapabilityBoundingSt=x', '', []],
  ])('%j and %j', (before, after, expected) => {
    expect(differing(before, after)).toEqual(expected)
  })

  test('by lines of a drop-in', () => {
    expect(
      differing(
        'Nice=1\nReadWritePaths=/a',
        'Nice=1\nReadWritePaths=/a',
        'Nice=2\nReadWritePaths=/b',
      ),
    ).toEqual(['Service.ReadWritePaths: /a@0 -> /a@0 /b@1', 'Service.Nice: 1@0 -> 2@1'])
  })

  test('by its sandboxing or not', () => {
    const isSame = (one: string, other: string): boolean =>
      areSameSettings(
        meaning(unitOf(`[Service]\n${one}\n`)).settings,
        meaning(unitOf(`[Service]\n${other}\n`)).settings,
      )
    expect(isSame('Nice=1', 'Nice=2')).toBe(true)
    expect(isSame('PrivateTmp=yes', 'PrivateTmp=true')).toBe(true)
    expect(isSame('PrivateTmp=yes', 'PrivateTmp=no')).toBe(false)
    expect(isSame('UMask=0077', 'UMask=0027')).toBe(false)
    expect(isSame('SystemCallFilter=~@clock', 'SystemCallFilter=~@clock @mount')).toBe(false)
  })
})
