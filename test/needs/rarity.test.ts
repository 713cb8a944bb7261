import {existsSync, readFileSync} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {describe, expect, it} from 'vitest'
import type {AccessId} from '../../src/facts/accesses.ts'
import {
  packagedServices,
  packagedTable,
  tableRows,
  servicesOf,
} from '../../src/dev/facts-attested.ts'
import type {ProductionService} from '../../src/dev/facts-attested.ts'
import {readTable} from '../../src/dev/needs-table.ts'
import {countsOf, rarityModule} from '../../src/dev/facts-rarity.ts'
import {weigh} from '../../src/needs/weigh.ts'
import {needs} from '../../src/needs/needs.ts'
import {
  figureOf,
  isRare,
  isRareForAll,
  mostNeeding,
  rarityWords,
  upperBound,
} from '../../src/needs/rarity.ts'
import {elf} from '../../src/dev/fuzz/elf-file.ts'
import {hostOf} from '../../src/unit/host.ts'
import {service} from '../unit/unit.ts'

const root = {asRoot: true, program: 'packaged'} as const
const own = {asRoot: false, program: 'packaged'} as const

describe('how rare an access is', () => {
  it('is bounded by how few were asked', () => {
    expect(upperBound({needing: 0, of: 0})).toBe(1)
    expect(upperBound({needing: 0, of: 40})).toBeCloseTo(0.0634, 3)
    expect(upperBound({needing: 0, of: 41})).toBeLessThan(mostNeeding)
    expect(upperBound({needing: 3, of: 412})).toBeLessThan(0.02)
    expect(upperBound({needing: 10, of: 100})).toBeGreaterThan(0.15)
  })

  it('is not told of sessions, where the system has no windows and no sound', () => {
    const ofUser = {...own, ofUser: true} as const
    expect(isRare('clock', ofUser)).toBe(true)
    for (const id of ['raw-devices', 'host-mounts', 'shared-tmp', '@privileged'] as const)
      expect([id, isRare(id, own), isRare(id, ofUser)]).toEqual([id, true, false])
  })

  it('is not told of devices and a shared /tmp of what people wrote for themselves and nobody read', () => {
    const unheardOf = {asRoot: false, program: 'unheard-of'} as const
    for (const id of ['shared-tmp', 'raw-devices'] as const)
      expect([isRare(id, unheardOf), isRare(id, {...unheardOf, isUnread: true})]).toEqual([
        true,
        false,
      ])
    expect(isRare('clock', {...unheardOf, isUnread: true})).toBe(true)
    expect(upperBound({needing: 6, of: 166})).toBeGreaterThan(mostNeeding)
  })

  it('is not told of runtimes where nothing but its folder says that a package brought a program', () => {
    const judged = (lines: string, host?: ReturnType<typeof hostOf>): [string, string] => {
      const unit = service(`[Service]\n${lines}\n`, '257', 'a.service', host)
      const of = (id: AccessId): string => weigh([id], needs(unit)).applicability
      return [of('write-exec-memory'), of('raw-devices')]
    }
    expect(judged('ExecStart=/usr/sbin/y')).toEqual(['unsafe', 'safe'])
    expect(judged('ExecStart=y')).toEqual(['unsafe', 'safe'])
    expect(judged('ExecStart=/usr/sbin/y', hostOf({'/usr/sbin/y': elf({})}))).toEqual([
      'safe',
      'safe',
    ])
    for (const page of ['man:y(8)', 'https://example.org/y man:y(8)'])
      expect(judged(`ExecStart=/usr/sbin/y\n[Unit]\nDocumentation=${page}`)).toEqual([
        'safe',
        'safe',
      ])
    expect(
      judged('ExecStart=/usr/sbin/y\n[Unit]\nDocumentation=https://example.org/man:y'),
    ).toEqual(['unsafe', 'safe'])
    // What touches files is known, whatever else is not.
    expect(judged('ExecStart=/bin/touch /run/y')).toEqual(['safe', 'safe'])
    expect(upperBound({needing: 11 + 3, of: 317 + 15})).toBeGreaterThan(mostNeeding)
  })

  it.each<[string, Parameters<typeof hostOf>[0] | undefined, string]>([
    ['/opt/x/y', undefined, 'unsafe'],
    ['/opt/x/y', {}, 'unsafe'],
    ['/opt/x/y', {'/opt/x/y': elf({})}, 'safe'],
    ['/usr/local/bin/y', undefined, 'unsafe'],
    ['/usr/bin/y', undefined, 'safe'],
    ['y', undefined, 'safe'],
    ['/usr/bin/python3 /opt/x/y.py', undefined, 'unsafe'],
    ['/usr/bin/python3 /opt/x/y.py', {'/opt/x/y.py': 'print(1)\n'}, 'safe'],
    ['/usr/bin/python3 /opt/x/y.py\nEnvironmentFile=/x', {'/opt/x/y.py': 'print(1)\n'}, 'unsafe'],
    ['/usr/bin/python3 /opt/x/y.py', {'/opt/x/y.py': runs('[tool, "-x"]')}, 'unsafe'],
    ['/usr/bin/python3 /opt/x/y.py', {'/opt/x/y.py': runs('["ls", "-x"]')}, 'safe'],
    ['/usr/bin/python3 y.py', undefined, 'unsafe'],
    ['/usr/bin/gunicorn y:app', undefined, 'unsafe'],
    ['/opt/x/bin/gunicorn y:app', undefined, 'unsafe'],
    ['/usr/bin/puma -C puma.rb', undefined, 'unsafe'],
    ['/usr/bin/celery -A y worker', undefined, 'unsafe'],
    ['/usr/bin/gunicorn y:app\nWorkingDirectory=/usr/share/y', undefined, 'safe'],
    ['/usr/bin/gunicorn --chdir /usr/share/y y:app', undefined, 'safe'],
    ['/usr/bin/gunicorn --chdir /opt/x y:app', {'/opt/x/y.py': 'print(1)\n'}, 'safe'],
    ['/opt/x/bin/granian y:app', {'/opt/x/bin/granian': elf({})}, 'unsafe'],
    ['/usr/bin/java -jar /opt/x/y.jar', {'/opt/x/y.jar': 'PK'}, 'unsafe'],
    ['/opt/x/y\nExecStartPre=/opt/x/z', {'/opt/x/y': elf({})}, 'unsafe'],
    ['/opt/x/y\nExecStartPre=/opt/x/z', {'/opt/x/y': elf({}), '/opt/x/z': elf({})}, 'safe'],
  ])('of %j with %j leaves a /tmp of its own %s', (command, files, expected) => {
    const host = files && hostOf(files)
    const unit = service(`[Service]\nExecStart=${command}\nUser=u\n`, '257', 'a.service', host)
    expect(weigh(['shared-tmp'], needs(unit)).applicability).toBe(expected)
  })

  it('is told of what is least rare among all that is denied, in whatever order', () => {
    const unit = service('[Service]\nExecStart=/usr/bin/unheard-of\nUser=u\n')
    const said = (...denied: readonly AccessId[]): unknown => weigh(denied, needs(unit)).by?.()
    const rare = (['clock', 'kernel-modules', 'CAP_IPC_LOCK', '@swap', '@reboot'] as const).filter(
      (id) => weigh([id], needs(unit)).applicability === 'safe',
    )
    expect(rare.length).toBeGreaterThan(1)
    for (const one of rare)
      for (const other of rare) expect(said(one, other)).toEqual(said(other, one))
  })

  it('hangs on the user and on what is known of the program', () => {
    expect(isRareForAll('clock')).toBe(true)
    expect(isRareForAll('CAP_IPC_LOCK')).toBe(true)
    expect(isRare('CAP_SYS_ADMIN', {asRoot: true, program: 'known'})).toBe(true)
    expect(isRare('CAP_SYS_ADMIN', root)).toBe(false)
    expect(isRare('proc-files', {asRoot: true, program: 'known'})).toBe(true)
    expect(isRare('proc-files', root)).toBe(false)
    expect(isRare('write-config', root)).toBe(false)
    expect(isRare('write-config', own)).toBe(true)
    expect(isRare('write-exec-memory', root)).toBe(true)
    expect(isRare('write-exec-memory', own)).toBe(false)
    expect(isRare('write-exec-memory', {asRoot: false, program: 'known'})).toBe(true)
    expect(isRare('write-exec-memory', {asRoot: false, program: 'unheard-of'})).toBe(false)
    expect(isRare('@resources', {asRoot: false, program: 'known'})).toBe(true)
    expect(isRare('@resources', own)).toBe(false)
  })

  it('is not told of what `sudo` tells the audit as root, but of programs that packages bring', () => {
    expect(isRare('CAP_AUDIT_WRITE', {asRoot: true, program: 'unheard-of'})).toBe(false)
    expect(isRare('CAP_AUDIT_WRITE', {asRoot: false, program: 'unheard-of'})).toBe(true)
    expect(isRare('CAP_AUDIT_WRITE', root)).toBe(true)
  })

  it('says nothing of what hangs on how a service is set up, nor of what nobody counted', () => {
    for (const id of [
      'inet',
      'home-read',
      'write-anywhere',
      'unix-sockets',
      'CAP_SETUID',
      'CAP_SYS_CHROOT',
      'unknown-effect',
      'anything',
    ] as const) {
      for (const program of ['known', 'packaged', 'unheard-of'] as const)
        expect(isRare(id, {asRoot: true, program})).toBe(false)
    }
    expect(figureOf('anything', root)).toEqual({needing: 0, of: 0})
  })

  it('is told with its figure', () => {
    const {needing, of} = figureOf('kernel-log', root)
    expect(rarityWords('kernel-log', root)).toBe(
      `hardly any such service minds (${needing} of ${of})`,
    )
    expect(rarityWords('foreign-abi', root)).toMatch(/^no such service minds \(0 of [0-9]+\)$/)
  })

  it('counts each program once for each user, and not where the unit shows the need', () => {
    const services: readonly ProductionService[] = [
      {program: 'a', repository: 'x/a', tier: 'C', lines: [['ProtectClock', 'yes']]},
      {program: 'a', repository: 'x/b', tier: 'C', lines: [['ProtectClock', 'no']]},
      {program: 'b', repository: 'x/a', tier: 'D', lines: [['ProtectClock', 'yes']]},
      {
        program: 'c',
        repository: 'x/a',
        tier: 'E',
        lines: [
          ['User', 'non-root'],
          ['ProtectClock', 'yes'],
        ],
      },
      {program: 'hwclock', repository: 'x/a', tier: 'A', lines: [['ProtectClock', 'no']]},
    ]
    const counts = countsOf(services, readTable('')).get('clock')
    expect(counts?.get('unheard-of root')).toEqual({needing: 1, of: 1})
    expect(counts?.get('unheard-of own')).toEqual({needing: 0, of: 1})
  })

  it('counts what is left off by those who deny all else as needed, where nobody knows the program', () => {
    const all = [
      'LockPersonality',
      'ProtectClock',
      'ProtectControlGroups',
      'ProtectHostname',
      'ProtectKernelLogs',
      'ProtectKernelModules',
      'RestrictNamespaces',
    ]
    const hardened = (program: string, lines: readonly string[]): ProductionService => ({
      program,
      repository: 'x/a',
      tier: 'A',
      lines: [['User', 'non-root'], ...lines.map((line): [string, string] => [line, 'yes'])],
    })
    const counts = countsOf(
      [
        hardened('a', all),
        hardened('b', [...all, 'MemoryDenyWriteExecute']),
        hardened('c', all.slice(1)),
        hardened('prometheus', all),
        hardened('alertmanager', [...all, 'MemoryDenyWriteExecute']),
        // The tables know since that it compiles, and it is no less one that nobody knew.
        hardened('jellyfin', all),
        hardened('node', all),
      ],
      readTable(''),
    ).get('write-exec-memory')
    expect(counts?.get('packaged own')).toEqual({needing: 2, of: 4})
    expect(counts?.get('unheard-of own')).toEqual({needing: 2, of: 4})
    // The daemons that it was tried on are counted in.
    expect(counts?.get('known')).toEqual({needing: 0, of: 49})
  })

  it('counts as needed what a service may write of a protected system', () => {
    const writing = (program: string, lines: ProductionService['lines']): ProductionService => ({
      program,
      repository: 'x/a',
      tier: 'A',
      lines: [['User', 'non-root'], ['ProtectSystem', 'strict'], ...lines],
    })
    const counts = countsOf(
      [
        writing('a', [['ReadWritePaths', '/var/lib/a /etc/a']]),
        writing('b', [['ReadWritePaths', '/var/lib/b']]),
        writing('c', [['BindPaths', '/srv/c:/etc/c']]),
        writing('d', [['ReadWritePaths', '-/usr/share/d']]),
        writing('e', []),
      ],
      readTable(''),
    )
    expect(counts.get('write-config')?.get('packaged own')).toEqual({needing: 2, of: 5})
    expect(counts.get('write-system')?.get('packaged own')).toEqual({needing: 1, of: 5})
  })

  it('decides where nothing shows a need', () => {
    const its = (lines: string): string =>
      weigh(['write-exec-memory', 'kernel-log'], needs(service(`[Service]\n${lines}\n`)))
        .applicability
    expect(its('ExecStart=/usr/bin/unheard-of')).toBe('unsafe')
    expect(its('ExecStart=/usr/bin/unheard-of\n[Unit]\nDocumentation=man:unheard-of(1)')).toBe(
      'safe',
    )
    expect(its('ExecStart=/usr/bin/unheard-of\nUser=u')).toBe('unsafe')
    expect(its('ExecStart=/opt/x/unheard-of\nUser=u')).toBe('unsafe')
    expect(its('ExecStart=/usr/local/bin/unheard-of\nUser=u')).toBe('unsafe')
    expect(its('ExecStart=/usr/bin/node /opt/x/server.js\nUser=u')).toBe('withheld')
  })
})

const shared =
  process.env['UNITLINT_FACTS'] ?? path.resolve(import.meta.dirname, '../../../shared/facts')

describe.skipIf(!existsSync(path.join(shared, 'production-hardening.tsv')))('the tables', () => {
  it('are what the generated module says', () => {
    const read = (name: string): string => readFileSync(path.join(shared, name), 'utf8')
    const services = [
      ...servicesOf(tableRows(read('production-hardening.tsv'))),
      ...packagedServices(readFileSync(packagedTable, 'utf8')),
    ]
    expect(rarityModule(services, readTable(read('needs-measured.tsv')))).toBe(
      readFileSync('src/needs/data/rarity.ts', 'utf8'),
    )
  })
})

/** A script that runs a program. */
function runs(command: string): string {
  return `import subprocess\nsubprocess.run(${command})\n`
}
