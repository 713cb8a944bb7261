import {describe, expect, test} from 'vitest'
import {
  applyAddressFamilies,
  isFamilyAllowed,
  type AddressFamilyFilter,
} from '../../src/values/address-families.ts'
import {applyArchitectures} from '../../src/values/architectures.ts'
import {parseBoolean} from '../../src/values/boolean.ts'
import {
  applyCapabilities,
  capabilitiesIn,
  capabilityNamed,
  capabilitySet,
  untouchedCapabilities,
  type CapabilityKey,
} from '../../src/values/capabilities.ts'
import {readCommands} from '../../src/values/commands.ts'
import {contextOf} from '../../src/values/context.ts'
import {loadCredential, setCredential} from '../../src/values/credentials.ts'
import {deviceAllow} from '../../src/values/devices.ts'
import {isErrorAction} from '../../src/values/errno.ts'
import {meaningOf, type Reader, type ValueContext} from '../../src/values/fault.ts'
import {isHostName} from '../../src/values/host-names.ts'
import {parseSigned} from '../../src/values/integers.ts'
import {
  holdsAll,
  isLocal,
  networksNamed,
  parseAddress,
  parseNetworks,
} from '../../src/values/ip-networks.ts'
import {parseMode} from '../../src/values/mode.ts'
import {allNamespaces, applyNamespaces, type NamespaceSet} from '../../src/values/namespaces.ts'
import {parseAbsolutePath} from '../../src/values/paths.ts'
import {expandSpecifiers, type Named} from '../../src/values/specifiers.ts'
import {isBusName} from '../../src/values/strings.ts'
import {userOrGroup} from '../../src/values/users.ts'

const unit = (
  version = 252,
  name = 'back-up@home-x.service',
  manager: Named['manager'] = 'system',
): Named => ({
  name,
  manager,
  target: {version},
})

const context = (key: string, version = 252): ValueContext => {
  const found = contextOf({...unit(version), type: 'service'}, 'Service', key)
  if (!found) throw new Error(`Expected a directive, found ${key}`)
  return found
}

const meant = <Meaning>(read: Reader<Meaning>, key: string, value: string): Meaning | undefined =>
  meaningOf(read, value, context(key))

describe('booleans', () => {
  test.each(['1', 'yes', 'y', 'true', 't', 'on', 'YES', 'On', 'tRuE'])('%j is yes', (value) =>
    expect(parseBoolean(value)).toBe(true),
  )
  test.each(['0', 'no', 'n', 'false', 'f', 'off', 'NO', 'oFF'])('%j is no', (value) =>
    expect(parseBoolean(value)).toBe(false),
  )
  test.each(['', ' yes', 'yes ', '2', 'enabled', '"yes"', 'constructor', '__proto__', 'ja'])(
    '%j is neither',
    (value) => expect(parseBoolean(value)).toBeUndefined(),
  )
})

test.each([
  ['0', 0],
  ['010', 8],
  ['0o17', 15],
  ['0x1F', 31],
  ['0b101', 5],
  ['+3', 3],
  ['-3', -3],
  ['-0', 0],
  ['09', undefined],
  ['', undefined],
  ['1e3', undefined],
  ['1 ', undefined],
  ['--1', undefined],
])('the number %j is %j', (text, number) =>
  expect(parseSigned(text, 32, 252)).toBe(number === undefined ? undefined : BigInt(number)),
)

test.each([
  ['0022', 0o022],
  ['77', 0o077],
  ['00000007', 7],
  ['7777', 0o7777],
  ['10000', undefined],
  ['', undefined],
  ['08', undefined],
  ['+7', undefined],
  ['0x7', undefined],
])('the mode %j is %j', (text, mode) => expect(parseMode(text, 252)).toBe(mode))

test.each([
  ['/a//b/./c/', '/a/b/c'],
  ['/', '/'],
  ['//.', '/'],
  ['a', undefined],
  ['', undefined],
  ['/a/../b', undefined],
  ['/a/..b', '/a/..b'],
  [`/${'n'.repeat(255)}`, `/${'n'.repeat(255)}`],
  [`/${'n'.repeat(256)}`, undefined],
  [`/${'ü'.repeat(128)}`, undefined],
  [`/${'m/'.repeat(2048)}`, undefined],
])('the path %j is %j', (text, path) => expect(parseAbsolutePath(text, 252)).toBe(path))

test('`..` at the start of a path is the root since 255', () => {
  expect(
    ['/..', '/../a', '/../../a/b/', '/a/..'].map((text) => parseAbsolutePath(text, 255)),
  ).toEqual(['/', '/a', '/a/b', undefined])
  expect(parseAbsolutePath('/../a', 254)).toBeUndefined()
})

describe('names', () => {
  test.each([
    'root',
    '0',
    '1000',
    '4294967294',
    'web-data',
    '1web',
    'ü',
    'a b',
    'a.b',
    'x'.repeat(40),
  ])('%j is a user', (text) => expect(meant(userOrGroup, 'User', text)).toBe(text))
  test.each([
    '',
    '-',
    '.',
    '..',
    '00',
    '65535',
    '4294967295',
    '99999999999',
    'a:b',
    'a/b',
    ' a',
    'a\t',
    '-1',
    'a\nb',
  ])('%j is no user', (text) => expect(meant(userOrGroup, 'User', text)).toBeUndefined())
  test.each([
    ['org.example.Name', true],
    ['a.b-c', true],
    ['a', false],
    ['a..b', false],
    ['a.1b', false],
    [`a.${'b'.repeat(254)}`, false],
  ])('%j as a bus name: %j', (text, valid) => expect(isBusName(text)).toBe(valid))
  test.each([
    ['host', true],
    ['host.example', true],
    ['a-b', true],
    ['-a', false],
    ['a.', false],
    ['a_b', false],
    ['a'.repeat(65), false],
  ])('%j as a host name: %j', (text, valid) => expect(isHostName(text)).toBe(valid))
})

describe('specifiers', () => {
  test.each([
    ['%n %N %p %i %I', 'back-up@home-x.service back-up@home-x back-up home-x home/x'],
    ['%P %j %J', 'back/up up up'],
    ['100%% %', '100% %'],
    ['%u:%U', 'root:0'],
    ['%%i', '%i'],
  ])('%j is %j', (text, expanded) => expect(expandSpecifiers(text, unit())).toBe(expanded))
  test('an unknown one spoils the value', () =>
    expect(expandSpecifiers('/%Q', unit())).toBeUndefined())
  test('some came later', () =>
    expect([expandSpecifiers('%D', unit(255)), expandSpecifiers('%D', unit(256))]).toEqual([
      undefined,
      '/usr/share',
    ]))
  test('a template is analysed as an instance', () =>
    expect([
      expandSpecifiers('%i', unit(256, 'a@.service')),
      expandSpecifiers('%i', unit(257, 'a@.service')),
    ]).toEqual(['i', 'test_instance']))
})

describe('capabilities', () => {
  const after = (key: CapabilityKey, version: number, ...values: string[]): string => {
    let set = untouchedCapabilities(key, version)
    for (const value of values) set = applyCapabilities(key, set, value, version)?.value ?? set
    const names = capabilitiesIn(set).map((name) => name.slice(4))
    return names.length > 20
      ? `all but ${capabilitiesIn(~set)
          .map((name) => name.slice(4))
          .join(' ')}`.trim()
      : names.join(' ')
  }

  test.each([
    ['the first line replaces', ['CAP_KILL'], 'KILL'],
    ['the next one adds', ['CAP_KILL', 'CAP_CHOWN'], 'CHOWN KILL'],
    ['any case, numbers of any base, quotes', ['cap_kill 0x15 "07"'], 'KILL SETUID SYS_ADMIN'],
    ['a first ~ takes from all', ['~CAP_KILL'], 'all but KILL'],
    ['a later ~ takes from what there is', ['CAP_KILL CAP_CHOWN', '~CAP_KILL'], 'CHOWN'],
    ['nothing empties', ['CAP_KILL', ''], ''],
    ['after it a line counts from nothing', ['', '~CAP_KILL'], ''],
    ['unknown words are no words', ['CAP_KILL', 'KILL CAP_TYPO'], ''],
    ['unknown words behind ~ give all', ['CAP_KILL', '~CAP_TYPO'], 'all but'],
  ])('%s', (_, values, expected) => {
    expect(after('CapabilityBoundingSet', 252, ...values)).toBe(expected)
    expect(after('CapabilityBoundingSet', 262, ...values)).toBe(expected)
  })

  test('since 259 a lone ~ counts as touched', () => {
    expect(
      [258, 259].map((version) => after('CapabilityBoundingSet', version, '~', 'CAP_KILL')),
    ).toEqual(['KILL', 'all but'])
  })

  test('words in an open quote count since 254', () => {
    expect(
      [253, 254].map((version) => after('CapabilityBoundingSet', version, 'CAP_KILL "CAP_CHOWN')),
    ).toEqual(['KILL', 'CHOWN KILL'])
  })

  test('63 is a capability up to 252', () => {
    expect(
      [252, 253].map(
        (version) => applyCapabilities('AmbientCapabilities', 0n, '63', version)?.value === 0n,
      ),
    ).toEqual([false, true])
  })

  test('the ambient set starts with none', () => {
    expect(after('AmbientCapabilities', 252, '~CAP_KILL')).toBe('all but KILL')
    expect(after('AmbientCapabilities', 252, 'CAP_KILL', '~CAP_KILL')).toBe('')
  })

  test('by name', () => {
    expect(capabilitiesIn(capabilitySet(['CAP_BPF', 'CAP_CHOWN', 'CAP_TYPO']))).toEqual([
      'CAP_CHOWN',
      'CAP_BPF',
    ])
    expect(['cap_kill', 'KILL', '5'].map(capabilityNamed)).toEqual([
      'CAP_KILL',
      undefined,
      undefined,
    ])
  })
})

describe('namespaces', () => {
  const after = (version: number, ...values: string[]): string | undefined => {
    let set: NamespaceSet | undefined
    for (const value of values) {
      const parsed = applyNamespaces(set, value, version)
      if (parsed) set = parsed.value
    }
    return set && [...set].toSorted().join(' ')
  }

  test.each([
    [['yes'], ''],
    [['no'], 'cgroup ipc mnt net pid user uts'],
    [['net mnt'], 'mnt net'],
    [['~net mnt'], 'cgroup ipc pid user uts'],
    [['net', 'user'], 'net user'],
    [['net user', '~user'], 'net'],
    [['yes', 'user'], 'user'],
    [['net', ''], undefined],
    [['net', 'user typo'], 'net'],
    [['"net"'], undefined],
    [['~'], 'cgroup ipc mnt net pid user uts'],
  ])('%j leaves %j', (values, expected) => expect(after(252, ...values)).toBe(expected))

  test('time is known since 252, and one of all since 258', () => {
    expect([249, 252].map((version) => after(version, 'time'))).toEqual([undefined, 'time'])
    expect([257, 258].map((version) => allNamespaces(version).has('time'))).toEqual([false, true])
  })
})

describe('address families', () => {
  const after = (version: number, ...values: string[]): AddressFamilyFilter | undefined => {
    let filter: AddressFamilyFilter | undefined
    for (const value of values) {
      const parsed = applyAddressFamilies(filter, value, version)
      if (parsed) filter = parsed.value
    }
    return filter
  }
  const allowed = (filter: AddressFamilyFilter | undefined): string[] =>
    ['AF_UNIX', 'AF_INET', 'AF_NETLINK', 'AF_PACKET'].filter((family) =>
      isFamilyAllowed(filter, family),
    )

  test.each([
    [['AF_INET af_local'], ['AF_UNIX', 'AF_INET']],
    [
      ['AF_INET', 'AF_UNIX'],
      ['AF_UNIX', 'AF_INET'],
    ],
    [['~AF_INET'], ['AF_UNIX', 'AF_NETLINK', 'AF_PACKET']],
    [
      ['~AF_INET AF_UNIX', 'AF_UNIX'],
      ['AF_UNIX', 'AF_NETLINK', 'AF_PACKET'],
    ],
    [['AF_INET AF_UNIX', '~AF_UNIX'], ['AF_INET']],
    [['none'], []],
    [['none', 'AF_UNIX'], ['AF_UNIX']],
    [
      ['none', '~AF_UNIX'],
      ['AF_INET', 'AF_NETLINK', 'AF_PACKET'],
    ],
    [['AF_TYPO', '~AF_UNIX'], []],
    [
      ['AF_INET', ''],
      ['AF_UNIX', 'AF_INET', 'AF_NETLINK', 'AF_PACKET'],
    ],
    [['AF_ROUTE'], ['AF_NETLINK']],
    [['NONE'], []],
  ])('%j allows %j', (values, expected) => expect(allowed(after(252, ...values))).toEqual(expected))

  test('an unknown one ends its line since 261', () => {
    expect([260, 261].map((version) => allowed(after(version, 'AF_INET AF_TYPO AF_UNIX')))).toEqual(
      [['AF_UNIX', 'AF_INET'], ['AF_INET']],
    )
  })

  test('AF_MCTP came with 249', () => {
    expect([247, 249].map((version) => [...(after(version, 'AF_MCTP')?.families ?? [])])).toEqual([
      [],
      ['AF_MCTP'],
    ])
  })
})

test('architectures add up, unknown ones are skipped', () => {
  const first = applyArchitectures(new Set(), 'native "x86" foo', 252)?.value ?? new Set()
  expect([...(applyArchitectures(first, 'loongarch64', 256)?.value ?? [])]).toEqual([
    'native',
    'x86',
    'loongarch64',
  ])
  expect([...(applyArchitectures(first, 'loongarch64 x86', 252)?.value ?? [])]).toEqual([
    'native',
    'x86',
  ])
  expect([...(applyArchitectures(first, '', 252)?.value ?? [])]).toEqual([])
})

describe('networks', () => {
  test.each([
    ['1.2.3.4', [1, 2, 3, 4]],
    ['01.2.3.4', undefined],
    ['1.2.3', undefined],
    ['1.2.3.256', undefined],
    ['1.2.3.4.', undefined],
    ['::1', [...Array<number>(15).fill(0), 1]],
    ['1::', [0, 1, ...Array<number>(14).fill(0)]],
    ['::ffff:1.2.3.4', [...Array<number>(10).fill(0), 255, 255, 1, 2, 3, 4]],
    ['1:2:3:4:5:6:7:8', [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8]],
    ['1:2:3:4:5:6:7:8:9', undefined],
    ['1:2:3:4:5:6:7::8:9', undefined],
    ['1::2::3', undefined],
    [':::', undefined],
    [':1:2:3:4:5:6:7', undefined],
    ['12345::', undefined],
  ])('the address %j is %j', (text, bytes) => expect(parseAddress(text)).toEqual(bytes))

  test('host bits go', () =>
    expect(networksNamed('192.168.77.5/20', 252)).toEqual([{bytes: [192, 168, 64, 0], length: 20}]))
  test.each(['1.2.3.4/33', '::/129', '1.2.3.4/', '0/0', 'example.org', 'ANY', '1.2.3.4/-1'])(
    '%j is none',
    (word) => expect(networksNamed(word, 252)).toBeUndefined(),
  )
  test.each(['any', '0.0.0.0/0 ::/0', '::5/0 typo 9.9.9.9/0', '0.0.0.0/00 ::/0x0'])(
    '%j is everything',
    (value) => expect(holdsAll(parseNetworks(value, 252) ?? [])).toBe(true),
  )
  test.each(['0.0.0.0/0', '0.0.0.0/1 128.0.0.0/1 ::/0', '', 'localhost'])('%j is not', (value) =>
    expect(holdsAll(parseNetworks(value, 252) ?? [])).toBe(false),
  )
  test.each([
    'localhost',
    'LOCALHOST.',
    'a.b.localhost',
    'x.localhost.localdomain.',
    '127.3.0.0/16',
    '::1',
  ])('%j is this machine', (word) => expect(networksNamed(word, 252)?.every(isLocal)).toBe(true))
  test.each(['multicast', 'link-local', 'any', '128.0.0.1', '::2', '127.0.0.1/0'])(
    '%j is not',
    (word) => expect(networksNamed(word, 252)?.every(isLocal)).toBe(false),
  )
})

test.each([
  ['/dev/null', {device: '/dev/null', access: 'rwm'}],
  ['/dev/null mr', {device: '/dev/null', access: 'rm'}],
  ['"/dev/a b" r', {device: '/dev/a b', access: 'r'}],
  ['char-pts rw', {device: 'char-pts', access: 'rw'}],
  ['/dev//dri/', {device: '/dev/dri', access: 'rwm'}],
  ['/dev/%i', {device: '/dev/home-x', access: 'rwm'}],
  ['/dev/null r w', undefined],
  ['/dev/null rwx', undefined],
  ['/etc/passwd', undefined],
  ['/dev/../etc', undefined],
  ['/dev/%Q', undefined],
  ['"/dev/null', undefined],
])('the device %j is %j', (value, entry) =>
  expect(meant(deviceAllow, 'DeviceAllow', value)).toEqual(entry),
)

test.each([
  ['EPERM', true],
  ['EWOULDBLOCK', true],
  ['kill', true],
  ['0', true],
  ['4095', true],
  ['0x10', true],
  ['4096', false],
  ['-1', false],
  ['eperm', true],
  ['KILL', false],
  ['ETYPO', false],
  ['', false],
])('the error %j: %j', (text, valid) => expect(isErrorAction(text, 262)).toBe(valid))

test('an error of 262', () =>
  expect([257, 262].map((version) => isErrorAction('EFTYPE', version))).toEqual([false, true]))

describe('credentials', () => {
  test.each([
    ['key', 'key'],
    ['key:/etc/key', 'key'],
    ['key:other', 'key'],
    ['%i:/x', 'home-x'],
    ['key:a/b', undefined],
    ['key:/a/../b', undefined],
    ['a/b', undefined],
    [':x', undefined],
    ['..', undefined],
    ['%Q', undefined],
  ])('LoadCredential=%s loads %j', (value, name) =>
    expect(meant(loadCredential, 'LoadCredential', value)).toBe(name),
  )
  test.each([
    ['key:Zm9v', 'key'],
    ['key: Zm 9v YQ ==', 'key'],
    ['key:Zm9vYg==', 'key'],
    ['key:Zm9vYh==', undefined],
    ['key:Zm9vYg', undefined],
    ['key:***=', undefined],
    ['key:', undefined],
    ['key', undefined],
  ])('SetCredentialEncrypted=%s sets %j', (value, name) =>
    expect(meant(setCredential, 'SetCredentialEncrypted', value)).toBe(name),
  )
  test('plain ones take any text', () =>
    expect(meant(setCredential, 'SetCredential', 'key:***')).toBe('key'))
})

describe('command lines', () => {
  const lineOf = (value: string, version = 252) =>
    readCommands(value, context('ExecStart', version))
  const commands = (value: string, version = 252): unknown =>
    lineOf(value, version).commands.map(({prefixes, path, arguments: words}) =>
      [prefixes, path, ...words.map(({text}) => text)].join(' '),
    )
  const effect = (value: string, version = 252): string | undefined =>
    lineOf(value, version).faults.find((fault) => fault.effect !== 'notice')?.effect

  test.each([
    ['/bin/a b "c d" \'e\'', [' /bin/a b c d e']],
    ['-/bin/a ; @/bin/b name ; !!c', ['- /bin/a', '@ /bin/b name', '!! c']],
    ['/bin/a \\; b', [' /bin/a ; b']],
    ['/bin/a b;c', [' /bin/a b;c']],
    ['/bin/a \\x41\\n\\q', [' /bin/a A\n\\q']],
    ['"-/bin/a"', ['- /bin/a']],
    [';', []],
    ['', []],
    ['/bin/%i %i', [' /bin/home-x %i']],
  ])('%j', (value, expected) => {
    expect(commands(value)).toEqual(expected)
    expect(effect(value)).toBeUndefined()
  })

  test.each([
    ['/bin/a "b', true],
    ['a/b', true],
    ['-a/b', false],
    ['-/bin/a "b', false],
    ['-"/bin/a', false],
    ['--/bin/a', false],
    ['+!/bin/a', true],
    ['@/bin/a', true],
    ['-@/bin/a', false],
    ['/bin/', true],
    ['/bin/%Q', true],
    ['-', false],
    ['/bin/a ; b/c', true],
  ])('%j is at fault; fatal: %j', (value, isFatal) =>
    expect(effect(value)).toBe(isFatal ? 'unit' : 'line'),
  )

  test('a pipe hands the line to a shell since 258', () => {
    expect([effect('|/bin/a', 257), commands('|', 258), commands('|-echo hi', 258)]).toEqual([
      'unit',
      ['| '],
      ['|- echo hi'],
    ])
  })

  test('spans lead back to the value', () => {
    const value = '  -/bin/a  "b c"'
    const [command] = lineOf(value).commands
    expect(
      [command?.word, ...(command?.arguments ?? [])].map((word) =>
        value.slice(word?.start, word?.end),
      ),
    ).toEqual(['-/bin/a', '"b c"'])
  })
})
