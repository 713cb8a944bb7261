import {existsSync, readFileSync} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {describe, expect, it} from 'vitest'
import {
  attestedModule,
  borneBy,
  packagedServices,
  packagedTable,
  tableRows,
  servicesOf,
  triedServices,
} from '../../src/dev/facts-attested.ts'
import type {ProductionService} from '../../src/dev/facts-attested.ts'
import {foretold, sumOf, withTables} from '../../src/dev/production.ts'
import type {AccessId} from '../../src/facts/accesses.ts'
import {defaultTarget} from '../../src/facts/targets.ts'
import {attestedRows, attestedSources} from '../../src/needs/data/attested.ts'
import {corePrograms} from '../../src/needs/evidence/core-programs.ts'
import {ofProduction} from '../../src/needs/evidence/of-production.ts'
import type {Production} from '../../src/needs/evidence/of-production.ts'
import {weigh} from '../../src/needs/weigh.ts'
import {evidence, needs, needsBy} from '../../src/needs/needs.ts'
import type {Weighed} from '../../src/needs/weigh.ts'
import {attestationWords, attested, sourceName} from '../../src/needs/programs/attested.ts'
import {parse} from '../../src/syntax/parse.ts'
import {hostOf} from '../../src/unit/host.ts'
import {load} from '../../src/unit/load.ts'
import {service} from '../unit/unit.ts'

function judged(lines: string, ...denied: readonly AccessId[]): Weighed {
  return weigh(denied, needs(service(`[Service]\n${lines}\n`)))
}

describe('what production attests', () => {
  it('makes safe to deny what many services need, and says who vouches for it', () => {
    const {applicability, by} = judged('ExecStart=/usr/bin/gitea web\nUser=gitea', 'home-read')
    expect(applicability).toBe('safe')
    expect(by?.()).toEqual([expect.stringMatching(/^attested: [\w ./-]+ runs? `gitea` so$/)])
  })

  it('is no more than likely of what the unit is named for alone', () => {
    const named = needs(
      service('[Service]\nExecStart=/usr/bin/env\n', '257', 'clamav-daemon.service'),
    ).filter(({because}) =>
      because.endsWith('leaves it to `clamav-daemon`, for which the unit is named'),
    )
    expect(named).not.toEqual([])
    expect(named.filter(({certain}) => certain)).toEqual([])
  })

  it.each(['bluetooth-meshd', 'firewall-restarter'])(
    'leaves what the name of %s says of what nobody attests',
    (name) => {
      const unit = service(`[Service]\nExecStart=/usr/bin/${name}\n`)
      const {bears, speaksFor} = ofProduction(unit)
      expect(speaksFor.size).toBe(1)
      const guesses = evidence(unit).filter(
        ({access, isGuess, isUnseen}) => isGuess && !isUnseen && !bears.has(access),
      )
      expect(guesses).not.toEqual([])
      expect(needs(unit)).toEqual(expect.arrayContaining(guesses))
    },
  )

  it('says nothing of other programs, of which at most is known how rare something is', () => {
    const {applicability, by} = judged('ExecStart=/usr/bin/unheard-of\nUser=u', 'kernel-modules')
    expect(applicability).toBe('safe')
    expect(by?.()).toEqual([
      expect.stringMatching(/^hardly any such service minds \([0-9]+ of [0-9]+\)$/),
    ])
    expect(judged('ExecStart=/usr/bin/unheard-of\nUser=u', 'home-read').applicability).toBe(
      'unsafe',
    )
  })

  it('is enough by one source that is tried or in production, and else by two', () => {
    const tiers = attestedSources.split('|').map((source) => source.split(' ')[1])
    const rows = attestedRows
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split(' '))
    const counts = new Map<string, number>()
    for (const [program = ''] of rows) counts.set(program, (counts.get(program) ?? 0) + 1)
    const told = new Map<string, Set<string>>()
    for (const [program = '', , source = ''] of rows.filter(
      ([its = '']) => counts.get(its) === 1,
    )) {
      const tier = tiers[Number(source)] ?? ''
      for (const {grade} of attested(program, false)?.bears.values() ?? [])
        told.set(tier, (told.get(tier) ?? new Set()).add(grade))
    }
    expect(Object.fromEntries([...told].map(([tier, grades]) => [tier, [...grades]]))).toEqual({
      A: ['attested'],
      B: ['attested'],
      C: ['once'],
      E: ['once'],
    })
  })

  it.each(['sensors', 'boot', 'mon', 'server.py'])(
    'says nothing of a name that is anybody’s: %s',
    (name) => {
      expect(attested(name, false)).toBeUndefined()
    },
  )

  it('of another user than root says nothing of root', () => {
    expect(judged('ExecStart=/usr/bin/gitea web', 'home-read').applicability).toBe('unsafe')
  })

  it('by a single source lifts what is undone by taking the line out again, and only that', () => {
    const one = needsBy(service('[Service]\nExecStart=/usr/bin/x\nUser=u\n'), production('once'))
    expect(weigh(['home-read'], one).applicability).toBe('safe')
    expect(weigh(['world-readable-files'], one).applicability).toBe('unsafe')
    const two = needsBy(
      service('[Service]\nExecStart=/usr/bin/x\nUser=u\n'),
      production('attested'),
    )
    expect(weigh(['home-read', 'world-readable-files'], two).applicability).toBe('safe')
  })

  it('says where a program writes only for a unit that says it too', () => {
    const main = 'ExecStart=/usr/bin/authelia\nUser=authelia\n'
    expect(judged(main, 'write-anywhere').applicability).toBe('unsafe')
    expect(judged(`${main}RuntimeDirectory=authelia`, 'write-anywhere').applicability).toBe(
      'unsafe',
    )
    expect(judged(`${main}StateDirectory=authelia`, 'write-anywhere').applicability).toBe('safe')
  })

  const named = (
    name: string,
    denied: AccessId,
    command = '/opt/x/start-it',
    user = 'u',
  ): string => {
    const tree = parse(`[Service]\nExecStart=${command}\nUser=${user}\n`)
    const unit = load([{path: name, role: 'fragment', tree}], {
      name,
      type: 'service',
      target: defaultTarget,
      manager: 'system',
    })
    return weigh([denied], needs(unit)).applicability
  }

  it('is weak by the name of the unit alone: it withholds and lifts nothing', () => {
    expect(named('suricata.service', 'home-read')).toBe('unsafe')
    expect(named('gerrit.service', 'kernel-modules')).toBe('withheld')
    expect(named('other.service', 'lasting-ipc', '/opt/x/start-it', 'other')).toBe('safe')
    expect(named('other.service', 'lasting-ipc')).toBe('unsafe')
    expect(named('postgres.service', 'lasting-ipc')).toBe('withheld')
  })

  it('holds for what a package has to start the program that the unit is named for', () => {
    const starts = (folder: string): string =>
      named('prosody.service', 'proc-files', `/usr/share/${folder}/start-it`, 'prosody')
    expect([starts('prosody'), starts('other')]).toEqual(['safe', 'unsafe'])
    // Known are then all of its programs.
    const answers = (folder: string): string =>
      named('dnsmasq.service', '@resources', `/usr/share/${folder}/systemd-helper exec`, 'root')
    expect([answers('dnsmasq'), answers('other')]).toEqual(['safe', 'unsafe'])
    const passes = (folder: string): string =>
      named(
        'x.service',
        '@resources',
        `/usr/sbin/varnishd -F\nExecReload=/usr/share/${folder}/reload`,
        'root',
      )
    expect([passes('varnish'), passes('other')]).toEqual(['safe', 'unsafe'])
    // It needs what that needs.
    expect(
      named('dnsmasq.service', 'CAP_NET_ADMIN', '/usr/share/dnsmasq/systemd-helper exec', 'root'),
    ).toBe('withheld')
  })

  it('takes what a helper that is not in sight runs besides for the service too', () => {
    const mains = (line: string) => {
      const tree = parse(`[Service]\nExecStart=${line}\n`)
      const its = {
        name: 'dnsmasq.service',
        type: 'service',
        target: defaultTarget,
        manager: 'system',
      } as const
      return corePrograms(load([{path: its.name, role: 'fragment', tree}], its))
        .map(({invocation, isMain, standsFor, isKnown}) =>
          [invocation.path, isMain, standsFor, isKnown].join(' '),
        )
        .toSorted()
    }
    expect(mains("/bin/sh -c '/usr/share/dnsmasq/a; /opt/b'")).toEqual([
      '/opt/b true  false',
      '/usr/share/dnsmasq/a true dnsmasq false',
    ])
    expect(mains('/usr/share/dnsmasqx/a')).toEqual(['/usr/share/dnsmasqx/a true  false'])
    expect(mains('/usr/sbin/dnsmasq')).toEqual(['/usr/sbin/dnsmasq true  true'])
    expect(mains('/usr/bin/nice /bin/cat')).toEqual([])
  })

  it('takes what a helper in sight runs besides for no part of the service', () => {
    const tree = parse('[Service]\nExecStart=/usr/share/dnsmasq/a\n')
    const host = hostOf({'/usr/share/dnsmasq/a': '#!/bin/sh\n/opt/b\n'})
    const its = {
      name: 'dnsmasq.service',
      type: 'service',
      target: defaultTarget,
      manager: 'system',
      host,
    } as const
    const found = corePrograms(load([{path: its.name, role: 'fragment', tree}], its))
    expect(found.map(({invocation, isMain}) => `${invocation.path} ${isMain}`).toSorted()).toEqual([
      '/opt/b false',
      '/usr/share/dnsmasq/a true',
    ])
  })

  it('says nothing of a service that runs what nobody knows beside it, but for helpers of its own', () => {
    const main = 'ExecStart=/usr/bin/gitea web\nUser=gitea\n'
    expect(judged(`${main}ExecStartPre=/opt/x/unheard-of`, 'home-read').applicability).toBe(
      'unsafe',
    )
    expect(judged(`${main}ExecStartPre=/opt/x/gitea-migrate`, 'home-read').applicability).toBe(
      'safe',
    )
    expect(
      judged(`${main}ExecStartPre=/usr/libexec/gitea/prepare`, 'home-read').applicability,
    ).toBe('safe')
    expect(
      judged(`${main}ExecStartPre=/usr/libexec/other/prepare`, 'home-read').applicability,
    ).toBe('unsafe')
    expect(
      judged(`${main}ExecStartPre=/bin/mkdir -p /var/lib/gitea`, 'home-read').applicability,
    ).toBe('safe')
    // Beyond doubt of a kind, and part of the same server.
    const database = 'ExecStart=/bin/sh -c "/usr/bin/galera_recovery; exec /usr/sbin/mariadbd"'
    expect(judged(database, 'CAP_NET_ADMIN').applicability).toBe('safe')
    expect(
      judged(database.replace('galera_recovery', 'other_recovery'), 'CAP_NET_ADMIN').applicability,
    ).toBe('unsafe')
  })

  it.each<[readonly string[], 'attested' | 'once', string]>([
    [['NixOS/nixpkgs'], 'once', 'attested once: NixOS runs `a` so'],
    [['NixOS/nixpkgs', 'archlinux/x'], 'attested', 'attested: NixOS and Arch Linux run `a` so'],
    [['NixOS/nixpkgs', 'NixOS/other'], 'attested', 'attested: NixOS runs `a` so'],
    [['unitlint/boots'], 'attested', 'measured: `a` did its work so in a boot with a client'],
    [['unitlint/boots', 'NixOS/nixpkgs'], 'attested', 'attested: NixOS runs `a` so'],
    [['me/mine'], 'once', 'attested once: me/mine runs `a` so'],
  ])('of %j, %s, is told: %s', (by, grade, expected) =>
    expect(attestationWords('a', {by, grade})).toBe(expected),
  )

  it('is of sources by what people call them', () => {
    expect(['sonic-net/x', 'wikimedia/y', 'me/mine'].map(sourceName)).toEqual([
      'SONiC',
      'Wikimedia',
      'me/mine',
    ])
  })

  it('is found for each program of the table, and for no other', () => {
    const programs = [
      ...new Set(
        attestedRows
          .trim()
          .split('\n')
          .map((row) => row.split(' ')[0] ?? ''),
      ),
    ]
    const [first = '', last = ''] = [programs[0], programs.at(-1)]
    const isFound = (program: string): boolean =>
      [true, false].some((asRoot) => attested(program, asRoot) !== undefined)
    expect(
      [first, last, ...programs.filter((_, at) => at % 50 === 0)].filter(
        (program) => !isFound(program),
      ),
    ).toEqual([])
    expect([`${first}x`, `${last}x`, '', '~~~', '!'].filter(isFound)).toEqual([])
  })

  it('counts less than what a unit shows', () => {
    expect(
      judged(
        'ExecStart=/usr/bin/gitea web\nUser=gitea\nAmbientCapabilities=CAP_SYS_NICE',
        'CAP_SYS_NICE',
      ).applicability,
    ).toBe('withheld')
  })

  it('has a grade by how many vouch for it, and who', () => {
    const text = attestedModule([
      servicing('a', 'x/one', 'C', ['MemoryDenyWriteExecute', 'yes']),
      servicing('b', 'x/one', 'C', ['MemoryDenyWriteExecute', 'yes']),
      servicing('b', 'x/two', 'E', ['MemoryDenyWriteExecute', 'yes']),
      servicing('c', 'x/three', 'D', ['MemoryDenyWriteExecute', 'yes']),
    ])
    expect(text).toContain("'x/one C|x/two E'")
    expect(text).not.toMatch(/^c /m)
    const [first = ''] = attestedRows.trim().split('\n')
    expect(first.split(' ')).toHaveLength(5)
    const names = attestedRows
      .trim()
      .split('\n')
      .map((line) => line.split(' ')[0] ?? '')
    const isAttested = (name: string): boolean => attested(name, false) !== undefined
    expect(names.filter((name) => !isAttested(name))).toEqual([])
    expect(
      ['', 'A', 'zz', 'git', 'unheard-of'].filter(
        (name) => isAttested(name) !== names.includes(name),
      ),
    ).toEqual([])
    const grades = [...new Set(names)].flatMap((name) => [
      ...(attested(name, false)?.bears.values() ?? []),
    ])
    expect(new Set(grades.map(({grade}) => grade))).toEqual(new Set(['attested', 'once']))
  })

  it('counts what the project has booted itself, under its own name, and for whom it ran as', () => {
    const {applicability, by} = judged('ExecStart=/usr/sbin/rpcbind -f', 'CAP_SYS_CHROOT')
    expect([applicability, by?.()]).toEqual([
      'safe',
      ['measured: `rpcbind` did its work so in a boot with a client'],
    ])
    expect(judged('ExecStart=/usr/bin/beanstalkd', 'host-users').applicability).not.toBe('safe')
    expect(
      judged(
        'ExecStart=/usr/sbin/varnishd\nExecReload=/usr/share/varnish/varnishreload',
        'CAP_SYS_CHROOT',
      ).applicability,
    ).toBe('safe')
    const tried = triedServices(
      '# why\nprogram\tuser\toption\tvalue\na\troot\tProtectHome\tyes\na\tnon-root\tProcSubset\tpid\n',
    )
    expect(tried.map(({tier, lines}) => [tier, lines.at(0)?.[1], lines.at(-1)?.[0]])).toEqual([
      ['A', 'root', 'ProtectHome'],
      ['A', 'non-root', 'ProcSubset'],
    ])
  })

  it('is told of the lines of a service as systemd reads them', () => {
    const {bears, needs: left} = borneBy(
      servicing(
        'a',
        'x/one',
        'A',
        ['MemoryDenyWriteExecute', 'no'],
        ['ProcSubset', 'pid'],
        ['CapabilityBoundingSet', '~CAP_SYS_PTRACE'],
      ),
    )
    expect([...left]).toContain('write-exec-memory')
    expect([...bears]).toEqual(expect.arrayContaining(['proc-files', 'CAP_SYS_PTRACE']))
    expect(bears.has('write-exec-memory')).toBe(false)
  })
})

function production(grade: 'attested' | 'once'): Production {
  const words = (): string => grade
  const borne = ['home-read', 'world-readable-files'] as const
  return {bears: new Map(borne.map((id) => [id, {grade, words}])), needs: [], speaksFor: new Set()}
}

function servicing(
  program: string,
  repository: string,
  tier: string,
  ...lines: ReadonlyArray<readonly [string, string]>
): ProductionService {
  return {program, repository, tier, lines}
}

const shared =
  process.env['UNITLINT_FACTS'] ?? path.resolve(import.meta.dirname, '../../../shared/facts')
const table = path.join(shared, 'production-hardening.tsv')

it('has services of users run as users, whatever they say', () => {
  const rows = (folder: string): readonly string[][] => [
    ['x', 'PrivateUsers', 'yes', 'E', `a/b:systemd/${folder}/x.service.in@1`],
  ]
  const of = (folder: string): readonly string[] =>
    attestedModule(servicesOf(rows(folder))).match(/^x [ru] .*/gm) ?? []
  expect(of('user')).toEqual([expect.stringMatching(/^x u /)])
  expect(of('system')).toEqual([expect.stringMatching(/^x r /)])
})

describe.skipIf(!existsSync(table))('the table of production', () => {
  const services = existsSync(table) ? servicesOf(tableRows(readFileSync(table, 'utf8'))) : []

  it('is what the generated module says', () => {
    const tried = triedServices(readFileSync('test/boot/borne.tsv', 'utf8'))
    const packaged = packagedServices(readFileSync(packagedTable, 'utf8'))
    expect(attestedModule([...services, ...packaged, ...tried])).toBe(
      readFileSync('src/needs/data/attested.ts', 'utf8'),
    )
  })

  it('is foretold by the others and by how rare things are, and hardly ever against what is off for a reason', () => {
    const sum = sumOf(foretold(services).values())
    expect(sum.off).toBeGreaterThan(20)
    expect(sum.wrong).toBe(0)
    expect(sum.wrongWithout / sum.safeWithout).toBeLessThan(0.002)
    expect(sum.safe / sum.lines).toBeGreaterThan(0.85)

    expect(sum.safeWithout / sum.lines).toBeGreaterThan(0.7)
  })

  it('is what the page about evidence says', () => {
    const page = readFileSync('docs/evidence.md', 'utf8')
    expect(withTables(page, services)).toBe(page)
  })
})
