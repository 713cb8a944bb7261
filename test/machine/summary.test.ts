import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {dependencyKinds} from '../../src/machine/dependency.ts'
import {glance, glanceAtText} from '../../src/machine/glance.ts'
import {telling} from '../../src/machine/line-roles.ts'
import {machineIn} from '../../src/machine/machine.ts'
import {sightOf} from '../../src/machine/sight.ts'
import {isPlainlySound} from '../../src/machine/sound.ts'
import {summary} from '../../src/machine/summary.ts'
import type {Summary} from '../../src/machine/summary.ts'
import {directiveNames, everywhere} from '../../src/facts/directives.ts'
import {defaultTarget} from '../../src/facts/targets.ts'
import {unitWith} from '../../src/unit/load.ts'
import {verdict} from '../../src/unit/verdict.ts'
import {times} from '../times.ts'
import {unitNamed} from './relatives.ts'

/** The same whatever is kept where. */
function told({ties, usual, ...rest}: Summary): object {
  return {...rest, ties: [...new Set([...ties, ...usual].map(({kind, name}) => `${kind} ${name}`))]}
}

const names = [
  'a.service',
  'b.socket',
  'multi-user.target',
  'network.target',
  'x@.service',
  'x@y.service',
  'own.service',
  'home.mount',
  '%n',
  'x@%i.service',
  '%H.service',
  'junk',
  '"a.service"',
  String.raw`dev-disk-by\x2dlabel-a.device`,
  String.raw`a\x2Db.service`,
  String.raw`a\b.service`,
]
const paths = [
  '/srv',
  '/srv/',
  '/',
  '/home/a.b',
  '/a/../b',
  '~',
  '~/a',
  '-/x',
  '%h',
  'rel',
  '<a b>/c',
  '/a b',
  '//a',
  '/home/b/.config',
  '/a/.',
  '/a/..',
  '/srv/%i',
  '%h/.cache',
  '/%z',
  '/%q',
  '-/srv/%p/',
  '-rel',
  '-~',
  '-/',
]
const booleans = ['yes', 'no', '1', 'off', 'maybe', 'connected', 'disconnected', '']
const outputs = [
  'null',
  'journal',
  'inherit',
  'tty',
  'kmsg',
  'syslog',
  'journal+console',
  'syslog+console',
  'socket',
  'file:/x',
  'append:/x/y.log',
  'file:x',
  'file:/x/.y',
  'file:/',
  'file:/%i',
  'data',
  'junk',
  '',
]
const values: ReadonlyArray<
  readonly [section: string, keys: readonly string[], values: readonly string[]]
> = [
  [
    'Unit',
    [...dependencyKinds.keys()],
    [...names, 'a.service b.socket', 'a.service  network.target junk', ''],
  ],
  ['Unit', ['DefaultDependencies'], booleans],
  ['Unit', ['RequiresMountsFor', 'WantsMountsFor'], [...paths, '/srv /home', '']],
  ['Service', ['Type'], ['simple', 'dbus', 'notify', 'notify-reload', 'exec', 'junk', '']],
  ['Service', ['BusName'], ['org.example.One', 'org.example.%i', 'org.%z', 'junk', 'org.1', '']],
  ['Service', ['PrivateTmp', 'DynamicUser', 'RemoveIPC'], booleans],
  ['Service', ['User'], ['daemon', 'bad name', '']],
  ['Service', ['WorkingDirectory', 'RootDirectory', 'RootImage'], [...paths, '']],
  [
    'Service',
    [
      'StateDirectory',
      'CacheDirectory',
      'LogsDirectory',
      'RuntimeDirectory',
      'ConfigurationDirectory',
    ],
    ['a', 'a/b', 'a b', 'a/b c/d', 'a//b', 'a/', 'a/.b', 'a/..', '../a', '.a', '%i', 'a:b', ''],
  ],
  ['Service', ['StandardInput', 'StandardOutput', 'StandardError'], outputs],
  [
    'Service',
    ['Slice'],
    ['a.slice', 'a-b.slice', 'system.slice', 'a.service', '-.slice', 'a--b.slice', '%i.slice', ''],
  ],
  ['Service', ['Sockets'], ['b.socket', 'a.service', '']],
  ['Service', ['LogNamespace', 'ExecStart', 'Environment', 'Junk'], ['a', '/bin/true', 'A=b', '']],
  ['Install', ['WantedBy', 'RequiredBy', 'UpheldBy', 'Also', 'Alias'], [...names, '']],
]

const line = fc.oneof(
  ...values.map(([section, keys, its]) =>
    fc.tuple(fc.constant(section), fc.constantFrom(...keys), fc.constantFrom(...its)),
  ),
)
const text = fc
  .array(
    fc.oneof(
      {weight: 6, arbitrary: line.map((one) => [one])},
      line.map((one) => [one, one]),
    ),
    {
      maxLength: 5,
    },
  )
  .map((lines) =>
    lines
      .flat()
      .map(([section, key, value]) => `[${section}]\n${key}=${value}\n`)
      .join(''),
  )
const versions = ['247', '250', '252', '254', '256', '257', '258', '262'] as const
const setting = fc.record({
  name: fc.constantFrom(
    'own.service',
    'own.service',
    'own@.service',
    'own@i.service',
    'systemd-remount-fs.service',
    'own.socket',
  ),
  version: fc.constantFrom(...versions),
  manager: fc.constantFrom(
    'system' as const,
    'system' as const,
    'system' as const,
    'user' as const,
  ),
  links: fc.subarray(['wants/a.service', 'requires/x@.service', 'upholds/own.service']),
})

describe('a glance', () => {
  it('tells what the summary of the loaded unit tells, or nothing', () => {
    const runs = times(3_000)
    let glanced = 0
    fc.assert(
      fc.property(text, setting, (its, {name, ...rest}) => {
        const unit = unitNamed(name, its, rest)
        const seen = glance(unit)
        if (!seen) return
        glanced++
        expect(told(seen)).toEqual(told(summary(unit)))
      }),
      {
        numRuns: runs,
        examples: [
          [
            '[Unit]\nAfter=a.service\n[Service]\nExecStart=/x\n',
            {name: 'own.service', version: '257', manager: 'system', links: []},
          ],
        ],
      },
    )
    expect(glanced).toBeGreaterThan(runs / 10)
  })

  it('tells the same from the text alone', () => {
    const runs = times(3_000)
    let glanced = 0
    const written = fc.array(
      fc.oneof(
        text,
        fc.constantFrom(
          '\n',
          '# A=b \\\n',
          ' ; c\n',
          'Environment=A \\\n# c\n',
          'After = a.service \\\n',
          ' junk\n',
          '[Unit',
          '[X-A] \n',
          '\r\n',
          '=\n',
        ),
      ),
      {
        maxLength: 4,
      },
    )
    fc.assert(
      fc.property(written, setting, (parts, {name, version}) => {
        const its = parts.join('')
        const unit = unitNamed(name, its, {version})
        const seen = glanceAtText(name, its, unit)
        if (!seen) return
        glanced++
        expect(told(seen.unit)).toEqual(told(summary(unit)))
      }),
      {numRuns: runs},
    )
    expect(glanced).toBeGreaterThan(runs / 10)
  })

  it('says where every systemd would tell the same', () => {
    const runs = times(2_000)
    let timeless = 0
    fc.assert(
      fc.property(text, fc.constantFrom('247', '252', '262'), (its, version) => {
        const seen = glanceAtText('own.service', its, unitNamed('own.service', its, {version}))
        if (!seen?.isTimeless) return
        timeless++
        for (const other of versions) {
          const unit = unitNamed('own.service', its, {version: other})
          expect(told(seen.unit)).toEqual(told(summary(unit)))
        }
      }),
      {numRuns: runs},
    )
    expect(timeless).toBeGreaterThan(runs / 10)
  })

  it('does not say so of what only some know, or read otherwise', () => {
    const isTimeless = (its: string): boolean | undefined =>
      glanceAtText('own.service', its, unitNamed('own.service', its, {}))?.isTimeless
    expect(isTimeless('[Unit]\nAfter=a.service\n[Service]\nExecStart=/x\n')).toBe(true)
    for (const its of [
      '[Unit]\nWantsMountsFor=/srv\n',
      '[Unit]\nUpholds=a.service\n',
      '[Unit]\nAfter=x@%i.service\n',
      '[Service]\nWorkingDirectory=-/srv\n',
      '[Service]\nPrivateTmp=yes\n',
    ])
      expect(isTimeless(its)).toBe(false)
  })

  it('is taken once for all systemds where they would tell the same', () => {
    const texts = {
      'a.service': '[Unit]\nAfter=b.service\n[Service]\nExecStart=/a\nBusName=org.a\n',
      'b.service': '[Service]\nExecStart=/b\nPrivateTmp=yes\nBusName=org.a\n',
    }
    const sight = sightOf(texts)
    const asked: string[] = []
    const watched = {
      ...sight,
      plainText(name: string) {
        asked.push(name)
        return sight.plainText(name)
      },
    }
    for (const version of ['252', '262']) {
      const {target} = unitNamed('a.service', '', {version})
      const owners = machineIn(watched, target, 'system').owningBusName('org.a')
      expect(owners.map(({name}) => name)).toEqual(['a.service', 'b.service'])
    }
    expect(asked).toEqual(['a.service', 'b.service', 'b.service'])
  })

  it('is not needed for lines that have nothing to do with others', () => {
    fc.assert(
      fc.property(text, setting, (its, {version, links}) => {
        const unit = unitNamed('own.service', its, {version, links})
        const {name, type, target, manager, pulls, files, isReadable} = unit
        expect(
          summary(unitWith(telling(unit), files, isReadable, {name, type, target, manager, pulls})),
        ).toEqual(summary(unit))
      }),
      {numRuns: times(1_000)},
    )
  })

  it('knows all old names of the directives that it looks at', () => {
    const looked = new Set(values.flatMap(([, keys]) => keys))
    const old = directiveNames().filter((key) =>
      everywhere(key).some((facts) => looked.has(String((facts as {aliasOf?: string}).aliasOf))),
    )
    expect(old.length).toBeGreaterThan(0)
    expect(old.filter((key) => !dependencyKinds.has(key))).toEqual([])
  })
})

describe('a look at whether a service is sound', () => {
  const commands = [
    '/bin/true',
    '/bin/true -a b',
    '+/bin/true',
    '-!!/bin/true %h %n',
    '+!/bin/true',
    '@/bin/true a',
    ':/bin/true "%i x"',
    '/bin/true %%z %z',
    '/bin/true %q',
    "/bin/true '%S/%N'",
    '/bin/',
    '-/bin/true',
    '/bin/a ; /bin/b',
    '/bin/%n',
    '/bin/sh -c "a; b" \'c "d"\'',
    '/bin/sh -c "a"b',
    '/bin/sh -c a"b c"',
    '/bin/sh "a',
    "/bin/sh 'a",
    '/bin/sh " ; "',
    '"/bin/a"',
    'bin',
    '-bin -x y',
    '',
  ]
  const lines: ReadonlyArray<readonly [keys: readonly string[], values: readonly string[]]> = [
    [['ExecStart'], commands],
    [['ExecStop', 'ExecReload'], commands],
    [['Type'], ['simple', 'oneshot', 'forking', 'dbus', 'exec', 'junk', '']],
    [['Restart'], ['always', 'no', 'on-success', 'on-failure', 'junk', '']],
    [
      ['WorkingDirectory'],
      [
        '/srv',
        '/srv/',
        '/',
        '/a/..',
        '/a/.b',
        '/srv/%i',
        '%h/%z',
        '/proc',
        '/sys/x',
        '~',
        '-/dev',
        '-/x',
        '',
      ],
    ],
    [
      ['PAMName', 'BusName'],
      ['a', 'org.example.One', ''],
    ],
    [['KillMode'], ['mixed', 'none', 'process']],
    [
      ['PrivatePIDs', 'DynamicUser', 'PrivateUsers', 'PrivateTmp', 'RemainAfterExit'],
      ['yes', 'no', 'managed', ''],
    ],
    [['SuccessAction'], ['none', 'reboot']],
    [['ExitType'], ['cgroup', 'main']],
    [['RestartForceExitStatus'], ['1', '']],
    [['UserNamespacePath'], ['/x']],
  ]
  const service = fc.array(
    fc.oneof(
      ...lines.map(([keys, its]) => fc.tuple(fc.constantFrom(...keys), fc.constantFrom(...its))),
    ),
    {maxLength: 6},
  )
  const failure = fc.constantFrom(
    '',
    '',
    'OnFailure=a.service b.service\nOnFailureJobMode=isolate\n',
    'OnFailure=a.service b.service\nOnFailureJobMode=replace-irreversibly\n',
    'OnFailureJobMode=replace\nOnFailure=a.service b.service\nOnFailureJobMode=isolate\n',
    'OnSuccess=a.service b.service\nOnSuccessJobMode=isolate\n',
    'OnFailure=a.service b.service\nOnFailureIsolate=yes\n',
  )

  it('is right', () => {
    const runs = times(3_000)
    let sound = 0
    fc.assert(
      fc.property(
        service,
        failure,
        fc.constantFrom('247', '252', '257', '262'),
        (its, failing, version) => {
          const written = `[Unit]\n${failing}[Service]\nExecStart=/bin/a\n${its.map(([key, value]) => `${key}=${value}\n`).join('')}`
          const unit = unitNamed('own.service', written, {version})
          if (!isPlainlySound(written, unit.target)) return
          sound++
          expect(verdict(unit).refusal).toBeUndefined()
        },
      ),
      {numRuns: runs},
    )
    expect(sound).toBeGreaterThan(runs / 30)
  })
})

describe('a machine', () => {
  const service = (index: number, more = ''): string =>
    `[Unit]\nDescription=${index}\nAfter=network.target\n${more}[Service]\nExecStart=/bin/true\nUser=daemon\n`
  const count = 300

  /**
   * The machine of some units, and how often each text was looked at, and each file read with all
   * its lines.
   */
  function counted(texts: Readonly<Record<string, string>>, manager: 'system' | 'user' = 'system') {
    const sight = sightOf(texts)
    const [looks, reads]: [string[], string[]] = [[], []]
    const read = (file: string) => {
      reads.push(file)
      return sight.read(file)
    }
    const plainText = (name: string) => {
      looks.push(name)
      return sight.plainText(name)
    }
    return {machine: machineIn({...sight, read, plainText}, defaultTarget, manager), looks, reads}
  }

  it('looks at each unit once, and reads with all its lines only what is in a circle or asked for', () => {
    const plain = Object.fromEntries(
      Array.from({length: count}, (_, index) => [`u${index}.service`, service(index)]),
    )
    const {machine, looks, reads} = counted(plain)
    expect(machine.cycles).toEqual([])
    expect(machine.mentions('network.target')).toHaveLength(count)
    expect(machine.activators('u1.service')).toEqual([])
    expect(looks).toHaveLength(count)
    expect(reads).toEqual([])
    machine.find('u7.service')
    machine.find('u7.service')
    expect(reads).toEqual(['u7.service'])

    const circle = {
      ...plain,
      'one.service': service(-1, 'Wants=two.service\nAfter=two.service\n'),
      'two.service': service(-2, 'After=one.service\n'),
    }
    const circled = counted(circle)
    expect(circled.machine.cycles).toHaveLength(1)
    expect(circled.reads.toSorted()).toEqual(['one.service', 'two.service'])
    expect(circled.looks).toHaveLength(count + 4)
  })

  it('reads no unit with all its lines for a circle of units that are not started together', () => {
    const {machine, reads} = counted({
      'one.service': service(-1, 'After=two.service\n'),
      'two.service': service(-2, 'After=one.service\n'),
    })
    expect(machine.cycles).toEqual([])
    expect(reads).toEqual([])
  })

  it('reads what is no service of the system once', () => {
    const socket = counted({'a.socket': '[Socket]\nListenStream=1\n'})
    expect(socket.machine.names).toEqual(['a.socket'])
    const user = counted({'a.service': service(1)}, 'user')
    expect(user.machine.names).toEqual(['a.service'])
    expect([socket.looks, socket.reads, user.looks, user.reads]).toEqual([
      [],
      ['a.socket'],
      [],
      ['a.service'],
    ])
  })

  it('keeps what many units say once', () => {
    const {machine} = counted(
      Object.fromEntries(
        Array.from({length: count}, (_, index) => [
          `u${index}.service`,
          service(index, 'Wants=a.service\n'),
        ]),
      ),
    )
    const all = machine.units.all()
    expect(new Set(all.map(({ties}) => ties)).size).toBe(1)
    expect(new Set(all.map(({usual}) => usual)).size).toBe(1)
  })

  it('does not ask thousands of units whether they are refused that are the same to a circle', () => {
    const pulling = Object.fromEntries(
      Array.from({length: count}, (_, index) => [
        `u${index}.service`,
        service(index, 'Wants=one.service\n'),
      ]),
    )
    const circle = {
      ...pulling,
      'one.service': service(-1, 'Wants=two.service\nAfter=two.service\n'),
      'two.service': service(-2, 'After=one.service\n'),
    }
    const {machine, looks, reads} = counted(circle)
    expect(machine.cycles).toHaveLength(1)
    expect(looks.length).toBeLessThan(count + 10)
    expect(reads.length).toBeLessThan(10)
  })

  it('forgets units when others have been asked for since', () => {
    const {machine, reads} = counted(
      Object.fromEntries(
        Array.from({length: 1_000}, (_, index) => [`u${index}.service`, service(index)]),
      ),
    )
    for (let index = 0; index < 1_000; index++) machine.find(`u${index}.service`)
    const before = reads.length
    machine.find('u999.service')
    expect(reads).toHaveLength(before)
    machine.find('u0.service')
    expect(reads).toHaveLength(before + 1)
  })
})
