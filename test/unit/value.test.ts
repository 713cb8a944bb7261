import {describe, expect, it} from 'vitest'
import {needs} from '../../src/needs/needs.ts'
import {load, indexed} from '../../src/unit/load.ts'
import {reading} from '../../src/unit/read/reading.ts'
import {meantOf, valueOf, valuesIn, valuesOf, valuesOfAny} from '../../src/unit/value.ts'
import {verdict} from '../../src/unit/verdict.ts'
import {parse} from '../../src/syntax/parse.ts'
import {service} from './unit.ts'

const lines = (...all: readonly string[]): string =>
  ['[Service]', 'ExecStart=/bin/a', ...all, ''].join('\n')

describe('what is in force of a directive', () => {
  it('is the last line that systemd takes, for evidence and refusals too', () => {
    const unit = service(lines('Type=forking', 'Type=fork', 'PrivatePIDs=yes'))
    expect(valueOf(unit, 'Type')?.value).toBe('forking')
    expect(
      needs(unit).some(
        ({access, assignment}) => access === 'host-pids' && assignment?.value === 'forking',
      ),
    ).toBe(true)
    expect(verdict(unit).refusal?.reason).toBe('`PrivatePIDs=yes` with `Type=forking`')
  })

  it('is all of a list since it was emptied, under any name', () => {
    const unit = service(
      lines(
        'ReadWritePaths=/a',
        'ReadWritePaths=',
        'ReadWriteDirectories=/b c',
        'ReadWritePaths=-/d',
      ),
    )
    expect(valuesOf(unit, 'ReadWritePaths').map(({value}) => value)).toEqual(['/b', '-/d'])
    expect(
      valuesOf(unit, 'ReadWritePaths').flatMap(({paths}) => paths.map(({text}) => text)),
    ).toEqual(['/b', '/d'])
    expect(valuesOf(unit, 'ReadWriteDirectories')).toEqual([])
    expect(valueOf(unit, 'User')).toBeUndefined()
  })

  it('has paths with their marks, and where the service has them', () => {
    const unit = service(
      lines(
        'BindPaths=-/a//b/:/c/./d:norbind /e',
        'ReadWritePaths=-+/f/ +/g:/h',
        'TemporaryFileSystem=/i:ro',
      ),
    )
    const paths = ['BindPaths', 'ReadWritePaths', 'TemporaryFileSystem'].flatMap((key) =>
      valuesOf(unit, key).flatMap((value) => value.paths),
    )
    expect(paths.map(({marks, text, inside}) => [marks, text, inside])).toEqual([
      ['-', '/a/b', '/c/d'],
      ['', '/e', '/e'],
      ['-+', '/f', '/f'],
      ['+', '/g:/h', '/g:/h'],
      ['', '/i', '/i'],
    ])
  })

  it('is found in the section that a directive had before, and where one sets two', () => {
    const unit = service(
      '[Unit]\nStartLimitBurst=1\n[Service]\nExecStart=/bin/a\nStartLimitBurst=2\nTimeoutSec=1min\nTimeoutStopSec=5\n',
    )
    expect(valueOf(unit, 'StartLimitBurst')?.number).toBe(2)
    expect([
      valueOf(unit, 'TimeoutStartSec')?.seconds,
      valueOf(unit, 'TimeoutStopSec')?.seconds,
    ]).toEqual([60, 5])
  })

  it('has specifiers replaced where its directive has any', () => {
    const unit = service(
      lines(
        'CPUQuota=20%',
        'MemoryMax=10%',
        'WorkingDirectory=/srv/%N',
        'ReadWritePaths=/srv/%p /%%',
        'SyslogIdentifier=%n',
      ),
    )
    expect(
      ['CPUQuota', 'MemoryMax', 'WorkingDirectory', 'SyslogIdentifier'].map(
        (key) => valueOf(unit, key)?.expanded,
      ),
    ).toEqual(['20%', '10%', '/srv/a', 'a.service'])
    expect(
      valueOf(unit, 'ReadWritePaths')?.words.map(({text, written}) => [text, written]),
    ).toEqual([
      ['/srv/a', '/srv/%p'],
      ['/%', '/%%'],
    ])
    expect(valueOf(unit, 'CPUQuota')?.words.map(({text}) => text)).toEqual(['20%'])
    const none = valueOf(service(lines('AmbientCapabilities=%n')), 'AmbientCapabilities')
    expect([none?.expanded, none?.value]).toEqual(['%n', '%n'])
  })

  it('is a filter of calls as soon as there is a line of it', () => {
    expect(valuesOf(service(lines('SystemCallFilter="typo')), 'SystemCallFilter')).toHaveLength(1)
    expect(
      valuesOf(service(lines('SystemCallFilter=read "typo')), 'SystemCallFilter').map(
        ({value}) => value,
      ),
    ).toEqual(['read'])
    expect(
      valuesOf(
        service(lines('RestrictAddressFamilies=AF_UNIX "typo')),
        'RestrictAddressFamilies',
      ).map(({value}) => value),
    ).toEqual(['AF_UNIX'])
  })

  it('is in a section with the others', () => {
    const unit = service(
      '[Unit]\nDescription=a\n[Service]\nExecStart=/bin/a\nType=fork\nNice=1\nNice=2\n',
    )
    expect(valuesIn(unit, 'Service').map(({key, value}) => `${key}=${value}`)).toEqual([
      'ExecStart=/bin/a',
      'Nice=2',
    ])
    expect(valuesIn(unit, 'Install')).toEqual([])
  })

  it('keeps the order of several directives', () => {
    const unit = service(lines('BindReadOnlyPaths=/a', 'BindPaths=/b', 'BindReadOnlyPaths=/c'))
    expect(valuesOfAny(unit, ['BindPaths', 'BindReadOnlyPaths']).map(({value}) => value)).toEqual([
      '/a',
      '/b',
      '/c',
    ])
  })

  it('has a meaning by its type', () => {
    const unit = service(
      lines(
        'RestartSec=1min 500ms',
        'TimeoutStopSec=infinity',
        'MemoryMax=1.5K',
        'MemoryHigh=10%',
        'TimerSlackNSec=1us',
        'Restart=on-failure',
        'PrivateTmp=on',
      ),
    )
    expect(valueOf(unit, 'RestartSec')?.seconds).toBe(60.5)
    expect(valueOf(unit, 'TimeoutStopSec')?.seconds).toBe(Infinity)
    expect(valueOf(unit, 'TimerSlackNSec')?.seconds).toBe(1e-6)
    expect([valueOf(unit, 'MemoryMax')?.bytes, valueOf(unit, 'MemoryHigh')?.bytes]).toEqual([
      1536,
      undefined,
    ])
    expect([
      valueOf(unit, 'Restart')?.seconds,
      valueOf(unit, 'Restart')?.bytes,
      valueOf(unit, 'Restart')?.boolean,
    ]).toEqual([undefined, undefined, undefined])
    expect(valueOf(unit, 'PrivateTmp')?.boolean).toBe(true)
  })

  it('has words with places, those that do not count left out', () => {
    const unit = service(
      lines(
        'SystemCallFilter=~@clock @foo @mount',
        'Environment="A=1 2" \\',
        '  B=%p C',
        'Environment=B=2',
      ),
    )
    const filter = valueOf(unit, 'SystemCallFilter')
    expect([filter?.isInverted, filter?.words.map(({text}) => text)]).toEqual([
      true,
      ['@clock', '@mount'],
    ])
    const words = valuesOf(unit, 'Environment').flatMap((value) => value.words)
    expect(
      words.map(({text, at: {file, span}}) => [text, file.tree.text.slice(span.start, span.end)]),
    ).toEqual([
      ['A=1 2', '"A=1 2"'],
      ['B=2', 'B=2'],
    ])
    const names = service(
      lines(
        'Sockets=a\\.socket b.socket',
        'Slice=a\\x2db.slice',
        '[Unit]',
        'After=a\\x2db.service',
      ),
    )
    expect(valueOf(names, 'Sockets')?.words.map(({text}) => text)).toEqual(['a.socket', 'b.socket'])
    expect(valueOf(names, 'After')?.words.map(({text}) => text)).toEqual(['a\\x2db.service'])
  })
})

describe('the reading of a unit', () => {
  it('says of each line what becomes of it, and by what', () => {
    const unit = service(
      lines('Nice=1', 'Nice=x', 'Nice=2', 'User=a', 'User=', 'Foo=1', 'X-Foo=1', 'ReadWritePaths='),
    )
    const states = reading(unit).lines.map(
      ({assignment: {key, value}, state, by}) =>
        `${key}=${value} ${state}${by ? ` by ${by.value}` : ''}`,
    )
    expect(states).toEqual([
      'ExecStart=/bin/a counts',
      'Nice=1 overridden by 2',
      'Nice=x refused',
      'Nice=2 counts',
      'User=a taken-back by ',
      'User= resets',
      'Foo=1 refused',
      'X-Foo=1 unread',
      'ReadWritePaths= resets',
    ])
  })

  it('ends a drop-in where systemd does, and reads on in a main file that it refuses', () => {
    const files = [
      {path: 'a.service', role: 'fragment' as const, tree: parse(lines('User=a:b', 'Nice=1'))},
      {path: 'a.conf', role: 'drop-in' as const, tree: parse('[Service]\nGroup=a:b\nNice=2\n')},
    ]
    const unit = load(files, {
      name: 'a.service',
      type: 'service',
      target: {name: '257', version: 257},
      manager: 'system',
    })
    expect(reading(unit).lines.map(({assignment: {key}, state}) => `${key} ${state}`)).toEqual([
      'ExecStart counts',
      'User counts',
      'Nice counts',
      'Group refused',
      'Nice unread',
    ])
    expect(reading(unit).ending?.directive?.key).toBe('User')
  })

  it('of a unit with other lines is as if it were written so', () => {
    const unit = service(
      lines('Nice=1', 'User=a', 'CPUSchedulingPolicy=rr', 'CPUSchedulingPriority=5'),
      '247',
    )
    const nice = unit.assignments('Service', 'Nice')[0]
    if (!nice) throw new Error('Expected a line')
    const amended = {
      ...unit,
      ...indexed(
        unit.lines.map((line) =>
          line === nice ? {...nice, value: '2', directive: {...nice.directive, value: '2'}} : line,
        ),
      ),
      amends: unit,
    }
    expect(valueOf(amended, 'Nice')?.number).toBe(2)
    expect(reading(amended).lines.map(({state}) => state)).toEqual(
      reading(unit).lines.map(({state}) => state),
    )
    const bad = {
      ...unit,
      ...indexed(unit.lines.filter(({key}) => key !== 'CPUSchedulingPolicy')),
      amends: unit,
    }
    expect(valueOf(bad, 'CPUSchedulingPriority')).toBeUndefined()
    expect(valueOf(unit, 'CPUSchedulingPriority')?.number).toBe(5)
  })
})

describe('a value', () => {
  it.each<[string, string, object | undefined]>([
    [
      'Nice=5',
      'Nice',
      {
        value: '5',
        expanded: '5',
        boolean: undefined,
        number: 5,
        seconds: undefined,
        bytes: undefined,
        isInverted: false,
        words: ['5'],
        paths: [],
      },
    ],
    [
      'Nice=-5',
      'Nice',
      {
        value: '-5',
        expanded: '-5',
        boolean: undefined,
        number: -5,
        seconds: undefined,
        bytes: undefined,
        isInverted: false,
        words: ['-5'],
        paths: [],
      },
    ],
    [
      'Nice=0x5',
      'Nice',
      {
        value: '0x5',
        expanded: '0x5',
        boolean: undefined,
        number: 5,
        seconds: undefined,
        bytes: undefined,
        isInverted: false,
        words: ['0x5'],
        paths: [],
      },
    ],
    [
      'User=%n',
      'User',
      {
        value: '%n',
        expanded: 'a.service',
        boolean: undefined,
        number: undefined,
        seconds: undefined,
        bytes: undefined,
        isInverted: false,
        words: ['a.service'],
        paths: [],
      },
    ],
    [
      'ExecStart=/a %n %z',
      'ExecStart',
      {
        value: '/a %n %z',
        expanded: undefined,
        boolean: undefined,
        number: undefined,
        seconds: undefined,
        bytes: undefined,
        isInverted: false,
        words: ['/a', 'a.service', '%z'],
        paths: ['/a'],
      },
    ],
    [
      'ExecStart=/a %n "b c" \\x41',
      'ExecStart',
      {
        value: '/a %n "b c" \\x41',
        expanded: '/a a.service "b c" \\x41',
        boolean: undefined,
        number: undefined,
        seconds: undefined,
        bytes: undefined,
        isInverted: false,
        words: ['/a', 'a.service', 'b c', 'A'],
        paths: ['/a'],
      },
    ],
    [
      'Environment=A=%n "B=c d"',
      'Environment',
      {
        value: 'A=%n "B=c d"',
        expanded: 'A=a.service "B=c d"',
        boolean: undefined,
        number: undefined,
        seconds: undefined,
        bytes: undefined,
        isInverted: false,
        words: ['A=a.service', 'B=c d'],
        paths: [],
      },
    ],
    [
      'MemoryMax=infinity',
      'MemoryMax',
      {
        value: 'infinity',
        expanded: 'infinity',
        boolean: undefined,
        number: undefined,
        seconds: undefined,
        bytes: Infinity,
        isInverted: false,
        words: ['infinity'],
        paths: [],
      },
    ],
    [
      'MemoryMax=5K',
      'MemoryMax',
      {
        value: '5K',
        expanded: '5K',
        boolean: undefined,
        number: undefined,
        seconds: undefined,
        bytes: 5120,
        isInverted: false,
        words: ['5K'],
        paths: [],
      },
    ],
    [
      'MemoryMax=5%',
      'MemoryMax',
      {
        value: '5%',
        expanded: '5%',
        boolean: undefined,
        number: undefined,
        seconds: undefined,
        bytes: undefined,
        isInverted: false,
        words: ['5%'],
        paths: [],
      },
    ],
    [
      'LimitFSIZE=5K',
      'LimitFSIZE',
      {
        value: '5K',
        expanded: '5K',
        boolean: undefined,
        number: undefined,
        seconds: undefined,
        bytes: undefined,
        isInverted: false,
        words: ['5K'],
        paths: [],
      },
    ],
    [
      'TimeoutSec=5',
      'TimeoutStartSec',
      {
        value: '5',
        expanded: '5',
        boolean: undefined,
        number: 5,
        seconds: 5,
        bytes: undefined,
        isInverted: false,
        words: ['5'],
        paths: [],
      },
    ],
    [
      'TimeoutSec=5',
      'TimeoutSec',
      {
        value: '5',
        expanded: '5',
        boolean: undefined,
        number: 5,
        seconds: 5,
        bytes: undefined,
        isInverted: false,
        words: ['5'],
        paths: [],
      },
    ],
    [
      'TimeoutSec=infinity',
      'TimeoutStopSec',
      {
        value: 'infinity',
        expanded: 'infinity',
        boolean: undefined,
        number: undefined,
        seconds: Infinity,
        bytes: undefined,
        isInverted: false,
        words: ['infinity'],
        paths: [],
      },
    ],
    [
      'TimerSlackNSec=5',
      'TimerSlackNSec',
      {
        value: '5',
        expanded: '5',
        boolean: undefined,
        number: 5,
        seconds: 5e-9,
        bytes: undefined,
        isInverted: false,
        words: ['5'],
        paths: [],
      },
    ],
    ['RestartSec=%i', 'RestartSec', undefined],
    [
      'SystemCallFilter=~@clock @mount',
      'SystemCallFilter',
      {
        value: '~@clock @mount',
        expanded: '~@clock @mount',
        boolean: undefined,
        number: undefined,
        seconds: undefined,
        bytes: undefined,
        isInverted: true,
        words: ['@clock', '@mount'],
        paths: [],
      },
    ],
    [
      'SystemCallFilter=@clock',
      'SystemCallFilter',
      {
        value: '@clock',
        expanded: '@clock',
        boolean: undefined,
        number: undefined,
        seconds: undefined,
        bytes: undefined,
        isInverted: false,
        words: ['@clock'],
        paths: [],
      },
    ],
    [
      'RestrictAddressFamilies=~AF_INET',
      'RestrictAddressFamilies',
      {
        value: '~AF_INET',
        expanded: '~AF_INET',
        boolean: undefined,
        number: undefined,
        seconds: undefined,
        bytes: undefined,
        isInverted: true,
        words: ['AF_INET'],
        paths: [],
      },
    ],
    [
      'ReadWritePaths=-/a +/b -+/c d:/e /f:/g %t/x',
      'ReadWritePaths',
      {
        value: '-/a +/b -+/c /f:/g %t/x',
        expanded: '-/a +/b -+/c /f:/g /run/x',
        boolean: undefined,
        number: undefined,
        seconds: undefined,
        bytes: undefined,
        isInverted: false,
        words: ['-/a', '+/b', '-+/c', '/f:/g', '/run/x'],
        paths: ['/a', '/b', '/c', '/f:/g', '/run/x'],
      },
    ],
    [
      'BindPaths=/a:/b:norbind -/c',
      'BindPaths',
      {
        value: '/a:/b:norbind -/c',
        expanded: '/a:/b:norbind -/c',
        boolean: undefined,
        number: undefined,
        seconds: undefined,
        bytes: undefined,
        isInverted: false,
        words: ['/a:/b:norbind', '-/c'],
        paths: ['/a', '/c'],
      },
    ],
    [
      'ReadWritePaths=/a b',
      'ReadWritePaths',
      {
        value: '/a',
        expanded: '/a',
        boolean: undefined,
        number: undefined,
        seconds: undefined,
        bytes: undefined,
        isInverted: false,
        words: ['/a'],
        paths: ['/a'],
      },
    ],
    ['MemoryLimit=5', 'MemoryMax', undefined],
    ['Nope=5', 'Nope', undefined],
    [
      'PrivateTmp=yes',
      'PrivateTmp',
      {
        value: 'yes',
        expanded: 'yes',
        boolean: true,
        number: undefined,
        seconds: undefined,
        bytes: undefined,
        isInverted: false,
        words: ['yes'],
        paths: [],
      },
    ],
    [
      'CapabilityBoundingSet=~CAP_CHOWN CAP_FOO',
      'CapabilityBoundingSet',
      {
        value: '~CAP_CHOWN',
        expanded: '~CAP_CHOWN',
        boolean: undefined,
        number: undefined,
        seconds: undefined,
        bytes: undefined,
        isInverted: true,
        words: ['CAP_CHOWN'],
        paths: [],
      },
    ],
  ])('of %j for %s', (line, key, expected) => {
    const found = valueOf(service(`[Service]\n${line}`), key)
    if (!found) expect(expected).toBeUndefined()
    else {
      const {value, expanded, boolean, number, seconds, bytes, isInverted, words, paths} = found
      const texts = {words: words.map(({text}) => text), paths: paths.map(({text}) => text)}
      expect({value, expanded, boolean, number, seconds, bytes, isInverted, ...texts}).toEqual(
        expected,
      )
    }
  })

  it('is split as its directive is', () => {
    const words = (line: string, key: string): readonly string[] | undefined =>
      valueOf(service(`[Service]\n${line}`), key)?.words.map(({text}) => text)
    expect(words(String.raw`Environment=A=\x41 "B=c d"`, 'Environment')).toEqual(['A=A', 'B=c d'])
    expect(words(String.raw`ReadWritePaths=/a\x41 "/b c"`, 'ReadWritePaths')).toEqual([
      '/ax41',
      '/b c',
    ])
    expect(words(String.raw`ExecStart=/a \x41 'b c'`, 'ExecStart')).toEqual(['/a', 'A', 'b c'])
    expect(words(String.raw`SystemCallFilter=@clock @mount`, 'SystemCallFilter')).toEqual([
      '@clock',
      '@mount',
    ])
  })

  it.each<[string, string, readonly string[]]>([
    ['ReadWritePaths=/a\nReadWritePaths=b\nReadWritePaths=/c', 'ReadWritePaths', ['/a', 'b', '/c']],
    ['Type=x\nType=notify\nType=y', 'Type', ['x', 'notify', 'y']],
    ['ReadWritePaths=b\nReadWritePaths=\nReadWritePaths=c', 'ReadWritePaths', ['c']],
    ['Type=x', 'Type', ['x']],
    ['Nice=1', 'User', []],
  ])('as it is meant in %j for %s', (text, key, expected) => {
    expect(meantOf(service(`[Service]\n${text}`), key).map(({value}) => value)).toEqual(expected)
  })
})
