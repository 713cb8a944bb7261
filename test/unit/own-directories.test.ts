import {describe, expect, it} from 'vitest'
import {parse} from '../../src/syntax/parse.ts'
import {load} from '../../src/unit/load.ts'
import type {LoadedUnit} from '../../src/unit/load.ts'
import {ownDirectories} from '../../src/unit/own-directories.ts'

function unitOf(
  lines: string,
  name = 'a.service',
  version = 257,
  manager: 'system' | 'user' = 'system',
): LoadedUnit {
  const files = [
    {path: name, role: 'fragment' as const, tree: parse(`[Service]\nExecStart=/opt/a\n${lines}\n`)},
  ]
  return load(files, {name, type: 'service', target: {name: String(version), version}, manager})
}

const told = (unit: LoadedUnit): readonly string[] =>
  ownDirectories(unit).map(
    ({key, path, written}) => `${key} ${written} ${path ?? 'of an instance'}`,
  )

describe('the directories that systemd makes for a unit', () => {
  it.each<[string, string, number, readonly string[]]>([
    [
      'StateDirectory=a b/c',
      'a.service',
      257,
      ['StateDirectory a /var/lib/a', 'StateDirectory b/c /var/lib/b/c'],
    ],
    [
      'RuntimeDirectory=a\nCacheDirectory=b\nLogsDirectory=c\nConfigurationDirectory=d',
      'a.service',
      257,
      [
        'RuntimeDirectory a /run/a',
        'CacheDirectory b /var/cache/b',
        'LogsDirectory c /var/log/c',
        'ConfigurationDirectory d /etc/d',
      ],
    ],
    ['StateDirectory=a:b', 'a.service', 257, ['StateDirectory a /var/lib/a']],
    ['StateDirectory=a//', 'a.service', 257, ['StateDirectory a /var/lib/a']],
    ['StateDirectory=%N', 'a.service', 257, ['StateDirectory %N /var/lib/a']],
    ['StateDirectory=x/%i', 'a@.service', 257, ['StateDirectory x/%i of an instance']],
    ['StateDirectory=%p', 'a@.service', 257, ['StateDirectory %p /var/lib/a']],
    ['StateDirectory=x/%i', 'a@b.service', 257, ['StateDirectory x/%i /var/lib/x/b']],
    ['ExecStartPre=/opt/b', 'a.service', 257, []],
  ])('of %j in %s of %s: %j', (lines, name, version, expected) =>
    expect(told(unitOf(lines, name, version))).toEqual(expected),
  )

  it('are of one directive alone where it is named, with their line and place', () => {
    const unit = unitOf('StateDirectory=a b\nCacheDirectory=c')
    expect(ownDirectories(unit, 'StateDirectory').map(({path}) => path)).toEqual([
      '/var/lib/a',
      '/var/lib/b',
    ])
    expect(ownDirectories(unit, 'LogsDirectory')).toEqual([])
    const [, second] = ownDirectories(unit, 'StateDirectory')
    expect(second?.line.value).toBe('a b')
    expect(second?.at.span).toEqual({start: 44, end: 45})
  })

  it('are told of units of the system alone', () => {
    expect(ownDirectories(unitOf('StateDirectory=a', 'a.service', 257, 'user'))).toEqual([])
  })
})
