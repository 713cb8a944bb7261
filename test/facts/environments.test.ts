import {readFileSync} from 'node:fs'
import {describe, expect, it} from 'vitest'
import {environmentsModule} from '../../src/dev/facts-environments.ts'
import {
  environmentAliases,
  environmentNamed,
  environments,
  limitedDirectives,
  outcomesIn,
  withheldIn,
} from '../../src/facts/environments.ts'
import type {EnvironmentId} from '../../src/facts/environments.ts'
import {everywhere} from '../../src/facts/directives.ts'
import {capabilityNamed} from '../../src/values/capabilities.ts'
import {namedTargets, target} from '../../src/facts/targets.ts'

const names = Object.keys(environments) as EnvironmentId[]

describe('environments', () => {
  it('are those that were seen, in the words of the table', () => {
    const table = readFileSync('test/boot/environments.tsv', 'utf8')
    expect(readFileSync('src/facts/data/environments.ts', 'utf8')).toBe(environmentsModule(table))
    const seen =
      table
        .split('\n')
        .find((line) => line.startsWith('line\t'))
        ?.split('\t')
        .slice(1) ?? []
    expect(names.filter((name) => !seen.includes(name))).toEqual(['lxc-without-nesting', 'wsl'])
  })

  it('are about directives and capabilities that there are, and either ignore or fail', () => {
    expect(limitedDirectives().filter((key) => everywhere(key).length === 0)).toEqual([])
    const all = names.flatMap((name) =>
      limitedDirectives().flatMap((key) =>
        [252, 257].flatMap((version) => outcomesIn(name, key, version)),
      ),
    )
    expect(
      all.filter(({does}) => !/^(?:ignored|in part: .*|fails \d{3}\/[A-Z_]+)$/.test(does)),
    ).toEqual([])
    expect(names.flatMap(withheldIn).filter((name) => capabilityNamed(name) === undefined)).toEqual(
      [],
    )
  })

  it('have names that no release has', () => {
    const all = [...names, ...Object.keys(environmentAliases)]
    expect(all.filter((name) => target(name) !== undefined)).toEqual([])
    expect(all.filter((name) => environmentNamed(name) === undefined)).toEqual([])
    expect(['', 'toString', 'dcker', 'debian-13'].map(environmentNamed)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })

  it('join releases by commas', () => {
    expect(namedTargets('debian-13, docker,lxd')).toEqual({
      targets: [
        {
          name: 'debian-13,docker,lxc-unprivileged',
          version: 257,
          environments: ['docker', 'lxc-unprivileged'],
        },
      ],
      environments: [],
    })
    expect(namedTargets('docker')).toEqual({targets: [], environments: ['docker']})
    expect(namedTargets('252,trixie')).toEqual({
      targets: [
        {name: '252', version: 252},
        {name: 'trixie', version: 257},
      ],
      environments: [],
    })
    expect(['debian-13,', '', 'docker,x', ','].map(namedTargets)).toEqual(['', '', 'x', ''])
  })
})
