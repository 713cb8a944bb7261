import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {effectiveUnit} from '../../src/unit/effective.ts'
import {load} from '../../src/unit/load.ts'
import type {LoadedUnit} from '../../src/unit/load.ts'
import type {UnitType} from '../../src/facts/unit-types.ts'
import {parse} from '../../src/syntax/parse.ts'

interface Given {
  readonly version?: number
  readonly name?: string
  readonly dropIns?: readonly string[]
  readonly manager?: 'system' | 'user'
}

function unitOf(
  text: string,
  {version = 257, name = 'a.service', dropIns = [], manager = 'system'}: Given = {},
): LoadedUnit {
  // The tests name units of these types only.
  const type = name.slice(name.lastIndexOf('.') + 1) as UnitType
  const files = [
    {path: name, role: 'fragment' as const, tree: parse(text)},
    ...dropIns.map((dropIn, index) => ({
      path: `${index}.conf`,
      role: 'drop-in' as const,
      tree: parse(dropIn),
    })),
  ]
  return load(files, {name, type, target: {name: String(version), version}, manager})
}

/** `KEY=VALUE @ PLACE`, or `KEY=VALUE < WHAT IMPLIES IT`. */
function values(text: string, given?: Given): string[] {
  return effectiveUnit(unitOf(text, given)).values.map(({key, value, origin}) => {
    if (origin.kind === 'default') return `${key}=${value}`
    const {file, directive} = origin.assignment
    return `${key}=${value} ${origin.kind === 'implied' ? `< ${origin.by}` : `@ ${file.path}:${directive.position.start.line}`}`
  })
}

/** `PLACE KEY=VALUE: REASON`. */
function dead(text: string, given?: Given): string[] {
  return effectiveUnit(unitOf(text, given)).dead.map(({file, line, key, value, reason, by}) => {
    const what = by ? `${reason} by ${by.file.path}:${by.directive.position.start.line}` : reason
    return `${file.path}:${line} ${key === undefined ? value : `${key}=${value}`}: ${what}`
  })
}

const service = (...lines: readonly string[]): string =>
  ['[Service]', 'ExecStart=/bin/a', ...lines, ''].join('\n')
const dropIn = (...lines: readonly string[]): string => ['[Service]', ...lines, ''].join('\n')

describe('the effective unit', () => {
  it('has the last value that systemd can read', () => {
    const text = service('Nice=1', 'Nice=2', 'Nice=x')
    expect(values(text)).toEqual(['ExecStart=/bin/a @ a.service:2', 'Nice=2 @ a.service:4'])
    expect(dead(text)).toEqual([
      'a.service:3 Nice=1: overridden by a.service:4',
      expect.stringMatching(/^a\.service:5 Nice=x: Unexpected `x`, expected /),
    ])
  })

  it('has lists of all files, from the last empty value on', () => {
    const given = {dropIns: [dropIn('ReadWritePaths=/c', 'ExecStart=', 'ExecStart=/bin/b')]}
    const text = service('ReadWritePaths=/a', 'ReadWritePaths=', 'ReadWritePaths=/b')
    expect(values(text, given)).toEqual([
      'ReadWritePaths=/b @ a.service:5',
      'ReadWritePaths=/c @ 0.conf:2',
      'ExecStart=/bin/b @ 0.conf:4',
    ])
    expect(dead(text, given)).toEqual([
      'a.service:2 ExecStart=/bin/a: taken back by 0.conf:3',
      'a.service:3 ReadWritePaths=/a: taken back by a.service:4',
    ])
  })

  it('takes back the lists that share one with an empty value', () => {
    const conditions =
      '[Unit]\nConditionPathExists=/a\nConditionUser=root\nAssertUser=root\nConditionHost=\n'
    expect(values(conditions)).toEqual(['AssertUser=root @ a.service:4'])
    const timer = '[Timer]\nOnBootSec=1\nOnCalendar=\nOnActiveSec=2\n'
    expect(values(timer, {name: 'a.timer'})).toEqual(['OnActiveSec=2 @ a.timer:4'])
    expect(values(service('BindPaths=/a', 'BindReadOnlyPaths='))).toEqual([
      'ExecStart=/bin/a @ a.service:2',
    ])
    const bandwidth = service('BlockIOWriteBandwidth=/dev/sda 1000', 'BlockIOReadBandwidth=')
    expect(values(bandwidth, {version: 252})).toEqual(['ExecStart=/bin/a @ a.service:2'])
    const limit = service('IOWriteBandwidthMax=/dev/sda 1000', 'IOReadBandwidthMax=')
    expect(values(limit)).toEqual([
      'ExecStart=/bin/a @ a.service:2',
      'IOWriteBandwidthMax=/dev/sda 1000 @ a.service:3',
    ])
  })

  it('knows what overrides what under another name', () => {
    expect(
      values('[Unit]\nStartLimitBurst=2\n[Service]\nExecStart=/bin/a\nStartLimitBurst=3\n'),
    ).toEqual(['ExecStart=/bin/a @ a.service:4', 'StartLimitBurst=3 @ a.service:5'])
    expect(
      values(service('TimeoutStopSec=1', 'TimeoutSec=2', 'TimeoutStartSec=3')).slice(1),
    ).toEqual(['TimeoutSec=2 @ a.service:4', 'TimeoutStartSec=3 @ a.service:5'])
    expect(
      values(service('TimeoutSec=2', 'TimeoutStartSec=3', 'TimeoutStopSec=1')).slice(1),
    ).toEqual(['TimeoutStartSec=3 @ a.service:4', 'TimeoutStopSec=1 @ a.service:5'])
  })

  it.each([247, 252, 262])(
    'takes what the name of a unit leaves empty for an empty value: %i',
    (version) => {
      const mount = (name: string): LoadedUnit =>
        unitOf('[Mount]\nWhat=/dev/sda1\nWhere=/b\nWhere=%i\n', {version, name})
      expect(effectiveUnit(mount('srv.mount')).refusal).toBeUndefined()
      expect(
        effectiveUnit(unitOf('[Mount]\nWhere=/srv\nWhat=%i\n', {version, name: 'srv.mount'}))
          .refusal?.reason,
      ).toBe('`What=` is missing')
      const text =
        '[Unit]\nDescription=a\nDescription=%i\nDocumentation=man:a\nDocumentation=%I%i\n'
      expect(values(text, {version})).toEqual([])
      expect(values(text, {version, name: 'a@b.service'})).toEqual([
        'Description=%i @ a@b.service:3',
        'Documentation=man:a @ a@b.service:4',
      ])
      expect(values(text, {version, name: 'a@.service'})).toHaveLength(2)
      // A machine may have it.
      expect(values('[Unit]\nDescription=%M\n')).toHaveLength(1)
    },
  )

  it('keeps empty values that are values', () => {
    expect(
      values(service('CapabilityBoundingSet=CAP_CHOWN', 'CapabilityBoundingSet=')).slice(1),
    ).toEqual(['CapabilityBoundingSet= @ a.service:4'])
    expect(values(service('CapabilityBoundingSet=CAP_CHWON')).slice(1)).toEqual([
      'CapabilityBoundingSet=CAP_CHWON @ a.service:3',
    ])
    expect(values(service('NoNewPrivileges=yes', 'NoNewPrivileges=')).slice(1)).toEqual([
      'NoNewPrivileges=yes @ a.service:3',
    ])
    expect(dead('[Unit]\nAfter=b.service\nAfter=\n')).toEqual(['a.service:3 After=: does nothing'])
    expect(dead(service('User=a', 'User='))).toEqual([
      'a.service:3 User=a: taken back by a.service:4',
    ])
  })

  it('leaves out words that do not count', () => {
    const text = service(
      'SystemCallFilter=~@clock @foo',
      'Environment=A=1 "B=2 3" C=4',
      'Environment=A=5',
      'Environment=C=6',
      'ReadOnlyPaths=/a b \\',
      '  /c',
    )
    expect(values(text).slice(1)).toEqual([
      'SystemCallFilter=~@clock @ a.service:3',
      'Environment="B=2 3" @ a.service:4',
      'Environment=A=5 @ a.service:5',
      'Environment=C=6 @ a.service:6',
      'ReadOnlyPaths=/a /c @ a.service:7',
    ])
    expect(dead(text)).toEqual([
      'a.service:3 SystemCallFilter=@foo: Unexpected group `@foo`, expected one such as `@system-service`',
      'a.service:4 Environment=A=1: overridden by a.service:5',
      'a.service:4 Environment=C=4: overridden by a.service:6',
      expect.stringMatching(/^a\.service:7 ReadOnlyPaths=b: Unexpected `b`/),
    ])
  })

  it('leaves a no-break space at the end of the words that count', () => {
    expect(values(service('ReadOnlyPaths=/a\u00a0 b')).slice(1)).toEqual([
      'ReadOnlyPaths=/a\u00a0 @ a.service:3',
    ])
  })

  it('knows what values set whole sets anew', () => {
    expect(
      values(
        service('RestrictNamespaces=net', 'RestrictNamespaces=no', 'RestrictNamespaces=~user'),
      ).slice(1),
    ).toEqual(['RestrictNamespaces=no @ a.service:4', 'RestrictNamespaces=~user @ a.service:5'])
    expect(
      values(service('RestrictAddressFamilies=AF_INET', 'RestrictAddressFamilies=none')).slice(1),
    ).toEqual(['RestrictAddressFamilies=none @ a.service:4'])
    expect(
      values(
        service('LoadCredential=a:/x', 'SetCredential=a:b', 'LoadCredentialEncrypted=a:/y'),
      ).slice(1),
    ).toEqual([
      'SetCredential=a:b @ a.service:4',
      'LoadCredentialEncrypted=a:/y @ a.service:5',
      'Type=exec < SetCredential=a:b',
    ])
  })

  it('puts a priority behind the policy that allows it', () => {
    const text = service('CPUSchedulingPolicy=fifo', 'CPUSchedulingPriority=5', 'Nice=1')
    expect(values(text, {dropIns: [dropIn('CPUSchedulingPolicy=rr')]}).slice(1)).toEqual([
      'Nice=1 @ a.service:5',
      'CPUSchedulingPolicy=rr @ 0.conf:2',
      'CPUSchedulingPriority=5 @ a.service:4',
    ])
    expect(values(text, {dropIns: [dropIn('CPUSchedulingPolicy=batch')]}).slice(1)).toEqual([
      'Nice=1 @ a.service:5',
      'CPUSchedulingPolicy=batch @ 0.conf:2',
    ])
  })

  it.each([
    [247, ['IOSchedulingPriority=6', 'IOSchedulingClass=none']],
    [252, ['IOSchedulingClass=none']],
    [262, ['IOSchedulingClass=none']],
  ])(
    'lets no class of input and output take back the priority from 250 on: %i',
    (version, left) => {
      const all = values(service('IOSchedulingPriority=6', 'IOSchedulingClass=none'), {version})
      expect(all.slice(1).map((value) => value.slice(0, value.indexOf(' ')))).toEqual(left)
    },
  )

  it('does not say that capabilities are lost which there are not', () => {
    const own = 'CapabilityBoundingSet=CAP_CHOWN CAP_MKNOD'
    const capabilities = (...lines: readonly string[]): string[] =>
      values(service(...lines)).filter((value) => value.startsWith('Cap'))
    expect(capabilities(own, 'PrivateDevices=yes')).toEqual([
      `${own} @ a.service:3`,
      'CapabilityBoundingSet=~CAP_MKNOD < PrivateDevices=yes',
    ])
    expect(capabilities('CapabilityBoundingSet=CAP_CHOWN', 'PrivateDevices=yes')).toEqual([
      'CapabilityBoundingSet=CAP_CHOWN @ a.service:3',
    ])
  })

  it.each(['ListenStream', 'ListenDatagram', 'ListenSequentialPacket'])(
    'is of no socket with a path upwards in %s',
    (key) => {
      const reasonOf = (value: string): string | undefined =>
        effectiveUnit(unitOf(`[Socket]\n${key}=${value}\n`, {name: 'a.socket'})).refusal?.reason
      expect(reasonOf('/run/a/../b')).toBe(`\`..\` in the path of \`${key}=\``)
      expect(reasonOf('/run/a..b')).toBeUndefined()
    },
  )

  it('says what is implied, by what, and what that overrides', () => {
    const text = service(
      'DynamicUser=yes',
      'ProtectSystem=full',
      'ProtectHome=tmpfs',
      'PrivateDevices=on',
      'CapabilityBoundingSet=CAP_MKNOD CAP_CHOWN',
    )
    const implied = values(text).filter((value) => value.includes('<'))
    expect(implied).toEqual([
      'User=a < DynamicUser=yes',
      'PrivateTmp=disconnected < DynamicUser=yes',
      'ProtectSystem=strict < DynamicUser=yes',
      'NoNewPrivileges=yes < DynamicUser=yes',
      'RemoveIPC=yes < DynamicUser=yes',
      'RestrictSUIDSGID=yes < DynamicUser=yes',
      'DevicePolicy=closed < PrivateDevices=on',
      'CapabilityBoundingSet=~CAP_MKNOD < PrivateDevices=on',
    ])
    expect(dead(text)).toEqual(['a.service:4 ProtectSystem=full: overridden by a.service:3'])
    expect(values(service('Type=notify', 'NotifyAccess=none')).slice(1)).toEqual([
      'Type=notify @ a.service:3',
      'NotifyAccess=main < Type=notify',
    ])
    expect(values(service('BusName=org.a')).slice(1)).toEqual([
      'BusName=org.a @ a.service:3',
      'Type=dbus < BusName=org.a',
    ])
    expect(
      values(service('DevicePolicy=strict', 'ProtectClock=yes')).filter((value) =>
        value.startsWith('DeviceAllow'),
      ),
    ).toEqual(['DeviceAllow=char-rtc r < ProtectClock=yes'])
  })

  it('expands the specifiers that it knows', () => {
    const expanded = (value: string, given?: Given): string | undefined =>
      effectiveUnit(unitOf(`[Unit]\nDescription=${value}\n`, given)).values[0]?.expanded
    expect(expanded('%p of %i at %t, 100%%', {name: 'a@b-c.service'})).toBe(
      'a of b-c at /run, 100%',
    )
    expect(expanded('%p', {name: 'a@.service'})).toBe('a')
    expect(expanded('%n', {name: 'a@.service'})).toBeUndefined()
    expect(expanded('%H')).toBeUndefined()
    expect(expanded('%t', {manager: 'user'})).toBeUndefined()
    expect(expanded('none')).toBeUndefined()
  })

  it('gives defaults where asked', () => {
    const {values: all} = effectiveUnit(unitOf(service('PrivateTmp=yes'), {version: 252}), {
      defaults: true,
    })
    const byDefault = new Map(
      all.flatMap(({section, key, value, origin}) =>
        origin.kind === 'default' ? [[`${section}.${key}`, value] as const] : [],
      ),
    )
    expect(byDefault.get('Service.ProtectSystem')).toBe('no')
    expect(byDefault.get('Service.UMask')).toBe('0022')
    expect(byDefault.get('Service.CapabilityBoundingSet')).toBe('~')
    expect(byDefault.get('Unit.DefaultDependencies')).toBe('yes')
    expect(byDefault.has('Service.PrivateTmp')).toBe(false)
    expect(byDefault.has('Service.PrivatePIDs')).toBe(false)
  })

  it('tells why lines are ignored', () => {
    const text =
      'A=1\n[Service]\nExecStart=/bin/a\nPrivatTmp=yes\nfoo\nX-A=1\nAfter=b.service\nPrivatePIDs=yes\n[X-A]\nB=1\n[Foo]\nB=1\n'
    expect(dead(text, {version: 252})).toEqual([
      'a.service:1 A=1: before the first section',
      'a.service:4 PrivatTmp=yes: unknown to systemd, which knows `PrivateTmp`',
      'a.service:5 foo: a line without `=`',
      'a.service:7 After=b.service: unknown in [Service], belongs in [Unit]',
      'a.service:8 PrivatePIDs=yes: unknown before systemd 257',
      'a.service:12 B=1: in a section that is unknown here',
    ])
  })

  it('ends a drop-in where systemd does, and says why a unit is not loaded', () => {
    const given = {dropIns: [dropIn('Nice=1', 'User=a:b', 'Nice=2'), dropIn('Nice=3')]}
    expect(values(service(), given)).toEqual([
      'ExecStart=/bin/a @ a.service:2',
      'Nice=3 @ 1.conf:2',
    ])
    expect(dead(service(), given).slice(1)).toEqual([
      expect.stringMatching(/^0\.conf:3 User=a:b: /),
      '0.conf:4 Nice=2: not read, as reading ends before',
    ])
    expect(effectiveUnit(unitOf(service(), given)).refusal).toBeUndefined()
    const refused = effectiveUnit(unitOf(service('Type=forking', 'PrivatePIDs=yes'))).refusal
    expect(refused).toMatchObject({
      reason: '`PrivatePIDs=yes` with `Type=forking`',
      place: {line: 4},
    })
    expect(refused?.place?.file.path).toMatch(/a\.service$/)
    expect(effectiveUnit(unitOf(service('User=a:b', 'Nice=1'))).refusal?.place?.line).toBe(3)
    expect(effectiveUnit(unitOf('[Service]\n[Unit\nNice=1\n')).refusal).toMatchObject({
      reason: 'a header without `]`, at which reading ends',
      place: {line: 2},
    })
    expect(effectiveUnit(unitOf('[Service]\n')).refusal?.place).toBeUndefined()
    expect(values(service('ExecStartPre=/bin/a ; -b/c')).slice(1)).toEqual([
      'ExecStartPre=/bin/a @ a.service:3',
    ])
  })

  it('is the same unit when it is written out, whatever is in the files', () => {
    const keys = fc.constantFrom(
      'Nice',
      'Environment',
      'ReadWritePaths',
      'SystemCallFilter',
      'CapabilityBoundingSet',
      'DynamicUser',
      'PrivateDevices',
      'TimeoutSec',
      'ExecStart',
    )
    const value = fc.oneof(
      fc.constantFrom(
        '',
        '~',
        'yes',
        'no',
        '/a -b',
        'A=1 B=2',
        'A=3 x',
        '@clock ~x',
        'CAP_KILL foo',
        '5',
        '/bin/a ; b/c',
        '%i',
        '%!',
      ),
      fc.string(),
    )
    const line = fc.oneof(
      fc.tuple(keys, value).map(([key, text]) => `${key}=${text}`),
      fc.constantFrom('[Service]', '[Unit]', '[Foo]', 'x', '[Service', '# x'),
    )
    const text = fc.array(line, {maxLength: 12}).map((lines) => `[Service]\n${lines.join('\n')}\n`)
    fc.assert(
      fc.property(
        text,
        fc.array(text, {maxLength: 2}),
        fc.constantFrom(247, 252, 257, 262),
        (main, dropIns, version) => {
          const {values: all} = effectiveUnit(unitOf(main, {dropIns, version}))
          const written = all
            .filter(({origin}) => origin.kind === 'written')
            .map(({section, key, value: its}) => [section, key, its] as const)
          const again = effectiveUnit(
            unitOf(written.map(([section, key, its]) => `[${section}]\n${key}=${its}\n`).join(''), {
              version,
            }),
          ).values
          expect(
            again
              .filter(({origin}) => origin.kind === 'written')
              .map(({section, key, value: its}) => [section, key, its]),
          ).toEqual(written)
        },
      ),
    )
  })

  it('bears long values', () => {
    const words = (value: string): string =>
      Array.from({length: 60_000}, (_, index) => `A${index}=${value}`).join(' ')
    const text = service(
      `Environment=${words('%z')}`,
      `Environment=${words('1')}`,
      `Environment=${words('2')}`,
      'Environment=',
    )
    // What looks at each word again for each other one does not come to an end here.
    expect(values(text)).toHaveLength(1)
  })
})
