import {describe, expect, it} from 'vitest'
import type {EnvironmentId} from '../../src/facts/environments.ts'
import {parse} from '../../src/syntax/parse.ts'
import {
  failingLines,
  fatesInEnvironments,
  wordsForEnvironments,
} from '../../src/unit/environment.ts'
import {load} from '../../src/unit/load.ts'
import type {LoadedUnit} from '../../src/unit/load.ts'

function unitOf(
  lines: string,
  environments: readonly EnvironmentId[] | undefined,
  version = 257,
): LoadedUnit {
  const files = [
    {
      path: 'a.service',
      role: 'fragment' as const,
      tree: parse(`[Service]\nExecStart=/opt/a\n${lines}\n`),
    },
  ]
  const target = {name: String(version), version, ...(environments && {environments})}
  return load(files, {name: 'a.service', type: 'service', target, manager: 'system'})
}

const fates = (unit: LoadedUnit, key: string) =>
  fatesInEnvironments(unit, 'Service', key).map(({environments, does, word, because}) => [
    environments.join(' '),
    does,
    word,
    because,
  ])

const all: readonly EnvironmentId[] = ['docker', 'nspawn', 'podman', 'wsl']

describe('what becomes of lines where a unit runs', () => {
  it.each<
    [string, number, ReadonlyArray<readonly [environments: string, does: string, word?: string]>]
  >([
    [
      'AmbientCapabilities=CAP_NET_ADMIN CAP_CHOWN',
      257,
      [['docker podman', 'ignored', 'CAP_NET_ADMIN']],
    ],
    ['AmbientCapabilities=CAP_CHOWN', 257, []],
    ['IPAddressDeny=any', 257, [['docker nspawn podman', 'ignored']]],
    ['BindPaths=/srv', 257, [['docker podman', 'fails 226/NAMESPACE']]],
    ['BindPaths=/srv', 252, [['docker podman', 'fails 226/NAMESPACE']]],
    ['Nice=-5', 257, [['docker podman', 'ignored']]],
    ['Nice=5', 257, []],
    ['CPUSchedulingPolicy=1', 257, [['docker podman', 'fails 214/SETSCHEDULER']]],
    ['CPUSchedulingPolicy=fifo', 257, [['docker podman', 'fails 214/SETSCHEDULER']]],
    ['CPUSchedulingPolicy=idle', 257, []],
    ['ProtectSystem=1', 257, [['docker podman', 'ignored']]],
    ['ProtectSystem=strict', 257, [['docker podman', 'ignored']]],
    ['ProtectSystem=no', 257, []],
    ['ProtectControlGroups=yes', 257, [['docker podman', 'ignored']]],
    ['ProtectControlGroups=strict', 257, [['docker podman', 'fails 226/NAMESPACE']]],
    ['PrivateUsers=identity', 257, [['docker', 'fails 217/USER']]],
    ['PrivateTmp=on', 257, [['docker podman', 'ignored']]],
    ['PrivateTmp=disconnected', 257, [['docker podman', 'ignored']]],
    ['PrivateTmp=', 257, []],
    ['Description=a', 257, []],
  ])('of %j with %s: %j', (line, version, expected) => {
    const found = fates(unitOf(line, all, version), line.slice(0, line.indexOf('=')))
    expect(found).toEqual(
      expected.map(([environments, does, word]) => [
        environments,
        does,
        word,
        `Measured with systemd ${version}`,
      ]),
    )
  })

  it('is nothing where no environment is named', () => {
    expect(fates(unitOf('BindPaths=/srv', undefined), 'BindPaths')).toEqual([])
    expect(failingLines(unitOf('BindPaths=/srv', undefined))).toEqual([])
    expect(wordsForEnvironments(unitOf('', undefined), 'PrivateTmp', 'yes')).toEqual([])
  })

  it('is known of some from those who make them', () => {
    expect(fates(unitOf('PrivateTmp=yes', ['lxc-without-nesting']), 'PrivateTmp')).toEqual([
      [
        'lxc-without-nesting',
        'fails 226/NAMESPACE',
        undefined,
        'Known: AppArmor denies the mounts; `nesting` allows them',
      ],
    ])
    expect(wordsForEnvironments(unitOf('', ['lxc']), 'PrivateTmp', 'yes')).toEqual([
      'lxc: is ignored, known: images turn it off in `service.d/zzz-lxc-service.conf`',
    ])
    expect(fates(unitOf('Nice=-15', all), 'Nice')).toHaveLength(1)
    expect(
      fates(unitOf('ProtectHome=yes', ['lxc', 'docker']), 'ProtectHome').map(
        ([environments]) => environments,
      ),
    ).toEqual(['lxc', 'docker'])
  })

  it('fails for some lines', () => {
    expect(failingLines(unitOf('BindPaths=/srv\nPrivateTmp=yes\nIPAddressDeny=any', all))).toEqual([
      'BindPaths=/srv',
    ])
    expect(failingLines(unitOf('BindPaths=/srv\nBindPaths=/etc', ['wsl']))).toEqual([])
  })

  it('is told in words', () => {
    expect(wordsForEnvironments(unitOf('', all), 'PrivateTmp', 'yes')).toEqual([
      'docker: is ignored, measured with systemd 257',
      'podman: is ignored, measured with systemd 257',
    ])
    expect(wordsForEnvironments(unitOf('', ['docker'], 252), 'BindPaths', '/srv')).toEqual([
      'docker: fails 226/NAMESPACE, measured with systemd 252',
    ])
    expect(wordsForEnvironments(unitOf('', all), 'PrivateTmp', 'no')).toEqual([])
  })
})
