import {describe, expect, it} from 'vitest'
import {callGroupIds, capabilities} from '../../src/facts/accesses.ts'
import type {AccessId} from '../../src/facts/accesses.ts'
import {denials, deniesAlike, deniesByItself} from '../../src/needs/denials.ts'
import {contextOfLine, denialContext, plainContext} from '../../src/needs/denial-context.ts'
import type {DenialContext} from '../../src/needs/denial-context.ts'
import {isRareForAll} from '../../src/needs/rarity.ts'
import {strictness} from '../../src/facts/strictness.ts'
import {service} from '../unit/unit.ts'

/** What a line denies to a service with these other lines. */
function deniedTo(line: string, unit = '', version = '257'): readonly AccessId[] {
  const [directive = '', ...value] = line.split('=')
  return denials(
    directive,
    value.join('='),
    denialContext(service(`[Service]\nExecStart=/bin/true\n${unit}`, version)),
  )
}

describe('denials of words', () => {
  it('start with the access that they are about', () => {
    expect(deniedTo('MemoryDenyWriteExecute=yes')).toEqual(['write-exec-memory'])
    expect(deniedTo('PrivateTmp=yes')).toEqual(['shared-tmp', 'early-boot', 'host-mounts'])
    expect(deniedTo('PrivateTmp=disconnected')).toEqual(['shared-tmp', 'host-mounts'])
    expect(deniedTo('ProtectHome=read-only')).toEqual(['home-write', 'host-mounts'])
    expect(deniedTo('ProtectSystem=strict')).toEqual([
      'write-anywhere',
      'write-config',
      'write-system',
      'home-write',
      'host-mounts',
      'temporary-files',
    ])
    for (const own of [
      'PrivateTmp=yes',
      'PrivateTmp=disconnected',
      'DynamicUser=yes',
      'ReadWritePaths=/tmp',
    ]) {
      expect(deniedTo('ProtectSystem=strict', `${own}\n`)).not.toContain('temporary-files')
    }
    expect(deniedTo('ProtectSystem=strict', 'PrivateTmp=no\n')).toContain('temporary-files')
    expect(deniedTo('RestrictRealtime=yes')).toEqual(['realtime'])
  })

  it.each(['yes', 'TRUE', '1', 'On', 't'])('take the boolean %s', (word) => {
    expect(deniedTo(`PrivateDevices=${word}`)).toEqual([
      'raw-devices',
      'host-mounts',
      'CAP_MKNOD',
      'CAP_SYS_RAWIO',
      '@raw-io',
    ])
    expect(deniedTo(`ProtectHome=${word}`)).toEqual(['home-read', 'home-write', 'host-mounts'])
  })

  it.each(['BindPaths=/srv/a:/home/a', 'BindReadOnlyPaths=/home/a/b', 'BindPaths=/a:/run/user/1'])(
    'bind nothing into what is inaccessible, but into what is empty: %s',
    (line) => {
      expect(deniedTo('ProtectHome=yes', `${line}\n`)).toContain('bound-homes')
      expect(deniedTo('ProtectHome=tmpfs', `${line}\n`)).not.toContain('bound-homes')
    },
  )

  it.each([
    'PrivateTmp=no',
    'ProtectSystem=off',
    'ProtectProc=default',
    'ProcSubset=all',
    'DevicePolicy=auto',
    'KeyringMode=shared',
    'UMask=0000',
    'User=root',
    'IPAddressDeny=',
  ])('are none for %s', (line) => {
    expect(deniedTo(line)).toEqual([])
  })

  it.each([
    'Nice=5',
    'PrivateTmp=perhaps',
    'UMask=9',
    'toString=yes',
    '__proto__=yes',
    'ProtectSystem=toString',
    'RestrictNamespaces=CLONE_NEWUSER',
  ])('are not known for %s', (line) => {
    expect(deniedTo(line)).toEqual(['unknown-effect'])
  })

  it('are not known beside what is implied', () => {
    expect(deniedTo('RestrictNamespaces=CLONE_NEWUSER', 'User=a\n', '252')).toEqual([
      'unknown-effect',
    ])
    expect(deniedTo('SystemCallArchitectures=', 'User=a\n', '252')).not.toContain(
      'privileges-by-exec',
    )
  })

  it('grow with the strictness of the value', () => {
    for (const directive of [
      'PrivateUsers',
      'ProtectControlGroups',
      'ProtectHome',
      'ProtectHostname',
      'ProtectSystem',
      'NotifyAccess',
      'DevicePolicy',
    ]) {
      const levels = strictness(directive, 262).map(([value = '']) =>
        denials(directive, value, {...plainContext, version: 262}),
      )
      for (const [index, level] of levels.entries()) {
        for (const weaker of levels.slice(0, index))
          expect(level).toEqual(expect.arrayContaining([...weaker]))
      }
    }
  })

  it('hold the mounts of the host for all that makes a mount namespace', () => {
    const lines = [
      'PrivateDevices',
      'PrivateTmp',
      'PrivateMounts',
      'PrivateNetwork',
      'PrivateIPC',
      'PrivatePIDs',
      'ProtectSystem',
      'ProtectHome',
      'ProtectKernelTunables',
    ]
    for (const key of [
      ...lines,
      'ProtectKernelModules',
      'ProtectKernelLogs',
      'ProtectControlGroups',
      'DynamicUser',
    ])
      expect(deniedTo(`${key}=yes`)).toContain('host-mounts')
    expect(deniedTo('ProtectProc=invisible')).toContain('host-mounts')
    expect(deniedTo('ProcSubset=pid')).toContain('host-mounts')
    expect(deniedTo('PrivateNetwork=yes', 'PrivateMounts=no')).not.toContain('host-mounts')
    for (const key of [
      'PrivateUsers',
      'ProtectClock',
      'ProtectHostname',
      'RestrictRealtime',
      'NoNewPrivileges',
    ])
      expect(deniedTo(`${key}=yes`)).not.toContain('host-mounts')
  })

  it('go by the bits of a mask', () => {
    expect(deniedTo('UMask=0022')).toEqual(['group-writable-files', 'world-writable-files'])
    expect(deniedTo('UMask=0027')).toEqual([
      'world-readable-files',
      'group-writable-files',
      'world-writable-files',
    ])
    expect(deniedTo('UMask=77')).toEqual([
      'world-readable-files',
      'group-shared-files',
      'group-writable-files',
      'world-writable-files',
    ])
  })
})

describe('denials of sets', () => {
  it('are the capabilities left out', () => {
    expect(deniedTo('CapabilityBoundingSet=~CAP_SYS_TIME cap_net_raw')).toEqual([
      'CAP_NET_RAW',
      'CAP_SYS_TIME',
    ])
    expect(deniedTo('CapabilityBoundingSet=').toSorted()).toEqual([...capabilities].toSorted())
    expect(deniedTo('CapabilityBoundingSet=CAP_CHOWN')).not.toContain('CAP_CHOWN')
    expect(deniedTo('CapabilityBoundingSet=~')).toEqual([])
  })

  it('are capabilities that some command has', () => {
    expect(deniedTo('CapabilityBoundingSet=~CAP_SYS_TIME', 'User=a\n')).toEqual([
      'privileges-by-exec',
    ])
    expect(deniedTo('CapabilityBoundingSet=', 'User=a\nAmbientCapabilities=CAP_NET_RAW\n')).toEqual(
      ['CAP_NET_RAW', 'privileges-by-exec'],
    )
    expect(
      deniedTo('CapabilityBoundingSet=~CAP_SYS_TIME', 'User=a\nExecStartPre=!/bin/x\n'),
    ).toEqual(['CAP_SYS_TIME'])
    expect(deniedTo('CapabilityBoundingSet=~CAP_SYS_TIME', 'DynamicUser=yes\n')).toEqual([
      'privileges-by-exec',
    ])
    expect(deniedTo('CapabilityBoundingSet=~CAP_SYS_TIME', 'User=a\nUser=\n')).toEqual([
      'CAP_SYS_TIME',
    ])
  })

  it('are the families of addresses left out', () => {
    expect(deniedTo('RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK')).toEqual([
      'packet-sockets',
      'exotic-sockets',
    ])
    expect(deniedTo('RestrictAddressFamilies=AF_INET AF_INET6')).toEqual(
      expect.arrayContaining(['unix-sockets', 'netlink', 'notify']),
    )
    expect(deniedTo('RestrictAddressFamilies=AF_INET AF_UNIX')).toContain('inet')
    expect(deniedTo('RestrictAddressFamilies=~AF_PACKET')).toEqual(['packet-sockets'])
    expect(deniedTo('RestrictAddressFamilies=~AF_BLUETOOTH')).toEqual(['exotic-sockets'])
    expect(deniedTo('RestrictAddressFamilies=~AF_PACKET AF_BLUETOOTH')).toEqual([
      'packet-sockets',
      'exotic-sockets',
    ])
    expect(deniedTo('RestrictAddressFamilies=none')).toEqual(
      expect.arrayContaining([
        'inet',
        'unix-sockets',
        'netlink',
        'packet-sockets',
        'exotic-sockets',
      ]),
    )
    expect(deniedTo('RestrictAddressFamilies=')).toEqual([])
  })

  it('are those of several lines together, as systemd adds them up', () => {
    const families = (value: string): readonly AccessId[] =>
      deniedTo(`RestrictAddressFamilies=${value}`)
    expect(families('AF_INET')).toContain('inet')
    expect(families('AF_INET\nAF_INET6')).toEqual(families('AF_INET AF_INET6'))
    expect(families('AF_INET AF_INET6\n~AF_INET6')).toEqual(families('AF_INET'))
    expect(families('~AF_PACKET\n~AF_NETLINK')).toEqual(['netlink', 'packet-sockets'])
    expect(families('~AF_PACKET AF_NETLINK\nAF_NETLINK')).toEqual(['packet-sockets'])
    expect(deniedTo('CapabilityBoundingSet=CAP_KILL\nCAP_CHOWN')).toEqual(
      deniedTo('CapabilityBoundingSet=CAP_KILL CAP_CHOWN'),
    )
    expect(deniedTo('RestrictNamespaces=user\nnet')).toEqual(
      deniedTo('RestrictNamespaces=user net'),
    )
    const calls = (value: string): readonly AccessId[] => deniedTo(`SystemCallFilter=${value}`)
    expect(calls('@system-service\nchroot')).toEqual(calls('@system-service chroot'))
    expect(calls('@system-service\n~@privileged')).toContain('@privileged')
    expect(calls('@system-service')).not.toContain('@chown')
    expect(calls('~@clock @mount\n@mount')).not.toContain('@mount')
    expect(calls('~@clock\n~no_such_call')).not.toContain('unlisted-system-calls')
  })

  it('are the kinds of namespaces left out', () => {
    expect(deniedTo('RestrictNamespaces=yes')).toHaveLength(8)
    expect(deniedTo('RestrictNamespaces=yes').every(isRareForAll)).toBe(true)
    expect(deniedTo('RestrictNamespaces=~user')).toEqual(['user-namespaces', 'time-namespaces'])
    expect(deniedTo('RestrictNamespaces=user mnt')).not.toContain('mount-namespaces')
    for (const version of ['247', '252', '257', '262']) {
      const all = `cgroup ipc net mnt pid user uts${version === '262' ? ' time' : ''}`
      expect(deniedTo('RestrictNamespaces=no', '', version)).toEqual([])
      expect(deniedTo(`RestrictNamespaces=${all}`, '', version)).toEqual([])
      expect(deniedTo('RestrictNamespaces=~user', '', version)).toContain('user-namespaces')
    }
    expect(deniedTo('RestrictNamespaces=yes', '', '247')).not.toContain('time-namespaces')
    expect(deniedTo('RestrictNamespaces=~time')).toEqual([])
  })

  it('are rare for the groups that hardly any service needs', () => {
    // `@mount` holds `chroot()`, which daemons shut themselves in with.
    const seldom = [
      '@clock',
      '@cpu-emulation',
      '@debug',
      '@module',
      '@obsolete',
      '@raw-io',
      '@reboot',
      '@swap',
    ]
    const rare = [...seldom, '@keyring', '@pkey', '@process', '@sandbox', '@timer'].toSorted()
    expect(
      callGroupIds
        .filter((group) =>
          deniedTo(`SystemCallFilter=~${group}`, 'SystemCallErrorNumber=EPERM\n').every(
            isRareForAll,
          ),
        )
        .toSorted(),
    ).toEqual(rare)
    for (const group of callGroupIds) expect(deniedTo(`SystemCallFilter=~${group}`)[0]).toBe(group)
    for (const group of seldom)
      expect(deniedTo(`SystemCallFilter=~${group}`)).not.toContain('probed-system-calls')
  })

  it('are system calls that are tried, where trying kills', () => {
    expect(
      deniedTo('SystemCallFilter=@system-service', 'SystemCallErrorNumber=EPERM\n'),
    ).not.toContain('probed-system-calls')
    expect(deniedTo('SystemCallFilter=@system-service')).toEqual(
      expect.arrayContaining([
        'unlisted-system-calls',
        'probed-system-calls',
        '@mount',
        'hostname',
        'kernel-log',
      ]),
    )
    expect(deniedTo('SystemCallFilter=~@chown')).toEqual([
      '@chown',
      'CAP_CHOWN',
      'probed-system-calls',
    ])
  })

  it('are no capabilities that commands start without: these calls fail anyway, but for who raises privileges', () => {
    const own = 'User=a\nSystemCallErrorNumber=EPERM\n'
    expect(deniedTo('SystemCallFilter=~@mount', own)).toEqual([
      '@mount',
      'privileges-by-exec',
      'host-mounts',
    ])
    expect(
      deniedTo('SystemCallFilter=~@mount', `${own}AmbientCapabilities=CAP_SYS_CHROOT\n`),
    ).toEqual(['@mount', 'CAP_SYS_CHROOT', 'host-mounts'])
    expect(deniedTo('SystemCallFilter=~@mount', 'SystemCallErrorNumber=EPERM\n')).toEqual([
      '@mount',
      'CAP_SYS_CHROOT',
      'host-mounts',
    ])
    // Of who raises privileges, hardly any sets the clock.
    expect(deniedTo('SystemCallFilter=~@clock', own)).toEqual(['@clock', 'clock', 'CAP_SYS_TIME'])
  })

  it('are groups of single calls', () => {
    expect(deniedTo('SystemCallFilter=~ptrace')).toEqual(['@debug'])
    expect(deniedTo('SystemCallFilter=~uselib mincore')).toContain('unlisted-system-calls')
    expect(deniedTo('SystemCallFilter=~@privileged')).toEqual(
      expect.arrayContaining(['@privileged', '@chown', '@setuid', 'hostname']),
    )
    expect(deniedTo('SystemCallFilter=@system-service @mount')).not.toContain('@mount')
  })

  it('are no ports, where some are let through', () => {
    expect(deniedTo('SocketBindDeny=any')).toEqual(['bind-ports'])
    expect(deniedTo('SocketBindDeny=any', 'SocketBindAllow=tcp:80')).toEqual([])
  })

  it('are other hosts only, where this one is let through', () => {
    expect(deniedTo('IPAddressDeny=any')).toEqual(['inet', 'inet-local'])
    expect(deniedTo('IPAddressDeny=any', 'IPAddressAllow=localhost\n')).toEqual(['inet'])
  })

  it('are no devices, where some are listed', () => {
    expect(deniedTo('DevicePolicy=closed')).toEqual(['raw-devices'])
    expect(deniedTo('DevicePolicy=closed', 'DeviceAllow=/dev/ttyS0\n')).toEqual([])
    expect(deniedTo('DevicePolicy=strict', 'DeviceAllow=/dev/ttyS0\n')).toEqual(['pseudo-devices'])
    expect(deniedTo('DeviceAllow=/dev/ttyS0', 'DeviceAllow=/dev/ttyS0\n')).toEqual([])
  })
})

describe('denials of other versions', () => {
  it('close the device policy with the clock before 253', () => {
    expect(deniedTo('ProtectClock=yes', '', '252')).toContain('raw-devices')
    expect(deniedTo('ProtectClock=yes', '', '254')).not.toContain('raw-devices')
    expect(deniedTo('ProtectClock=yes', '', '253')).not.toContain('raw-devices')
    expect(deniedTo('ProtectClock=yes', 'DeviceAllow=/dev/tty\n', '252')).not.toContain(
      'raw-devices',
    )
  })

  it('hold gained privileges before 257, for services of users', () => {
    for (const line of [
      'RestrictRealtime=yes',
      'SystemCallFilter=~@clock',
      'PrivateDevices=yes',
      'SystemCallArchitectures=native',
    ]) {
      expect(deniedTo(line, 'User=a\n', '252')).toContain('privileges-by-exec')
      expect(deniedTo(line, 'User=a\nAmbientCapabilities=CAP_SYS_ADMIN\n', '252')).not.toContain(
        'privileges-by-exec',
      )
      expect(deniedTo(line, 'User=a\n', '257')).not.toContain('privileges-by-exec')
      expect(deniedTo(line, '', '252')).not.toContain('privileges-by-exec')
    }
    expect(deniedTo('PrivateTmp=yes', 'User=a\n', '252')).not.toContain('privileges-by-exec')
  })
})

describe('the trap of root by name', () => {
  const lost: readonly AccessId[] = ['CAP_SETUID']

  it('takes capabilities with a filter and no new privileges', () => {
    expect(deniedTo('NoNewPrivileges=yes', 'User=root\n')).toEqual(['privileges-by-exec', ...lost])
    expect(deniedTo('RestrictRealtime=yes', 'User=0\nNoNewPrivileges=yes\n')).toEqual([
      'realtime',
      ...lost,
    ])
  })

  it('needs all three', () => {
    expect(deniedTo('NoNewPrivileges=yes')).toEqual(['privileges-by-exec'])
    expect(deniedTo('RestrictRealtime=yes', 'User=root\n')).toEqual(['realtime'])
    expect(deniedTo('ProtectSystem=yes', 'User=root\nNoNewPrivileges=yes\n')).toEqual([
      'write-system',
      'host-mounts',
    ])
    expect(deniedTo('RestrictRealtime=yes', 'NoNewPrivileges=yes\n')).toEqual(['realtime'])
  })
})

describe('the context of a service', () => {
  const contextOf = (lines: string, version = '257'): DenialContext =>
    denialContext(service(`[Service]\nExecStart=/bin/true\n${lines}`, version))

  it.each<[string, Partial<DenialContext>]>([
    ['User=root', {explicitRoot: true}],
    ['User=0', {explicitRoot: true}],
    ['User=a', {capabilities: new Set()}],
    ['DynamicUser=yes', {capabilities: new Set(), noNewPrivileges: true, hasOwnTmp: true}],
    ['DynamicUser=no', {}],
    [
      'DynamicUser=yes\nUser=root',
      {capabilities: new Set(), explicitRoot: true, noNewPrivileges: true, hasOwnTmp: true},
    ],
    [
      'User=a\nAmbientCapabilities=CAP_CHOWN  CAP_KILL',
      {capabilities: new Set(['CAP_CHOWN', 'CAP_KILL'])},
    ],
    [
      'User=a\nAmbientCapabilities=CAP_CHOWN CAP_UNHEARD_OF',
      {capabilities: new Set(['CAP_CHOWN'])},
    ],
    ['User=a\nExecStartPre=!/bin/a', {}],
    ['NoNewPrivileges=yes', {noNewPrivileges: true}],
    ['NoNewPrivileges=no', {}],
    ['SystemCallErrorNumber=EPERM', {callErrors: true}],
    ['IPAddressAllow=localhost', {allowsAddresses: true}],
    ['SocketBindAllow=tcp:80', {allowsPorts: true}],
    ['PrivateMounts=no', {sharesMounts: true}],
    ['PrivateMounts=yes', {}],
    ['PrivateTmp=yes', {hasOwnTmp: true}],
    ['PrivateTmp=disconnected', {hasOwnTmp: true}],
    ['PrivateTmp=on', {hasOwnTmp: true}],
    ['PrivateTmp=TRUE', {hasOwnTmp: true}],
    [
      'User=a\nAmbientCapabilities=CAP_CHOWN\nAmbientCapabilities=CAP_KILL',
      {capabilities: new Set(['CAP_CHOWN', 'CAP_KILL'])},
    ],
    ...['0', 'no', 'n', 'FALSE', 'f', 'off', ''].map((no): [string, Partial<DenialContext>] => [
      `PrivateTmp=${no}`,
      {},
    ]),
    ['ReadWritePaths=/tmp', {hasOwnTmp: true}],
    ['DeviceAllow=/dev/tty', {listsDevices: true}],
    ['BindPaths=/srv/a:/home/a', {bindsHomes: true}],
    ['BindReadOnlyPaths=-/root/.a', {bindsHomes: true}],
    ['BindPaths=/home/a:/srv/a', {}],
  ])('with %j has %j', (lines, expected) => {
    expect(contextOf(`${lines}\n`)).toEqual({...plainContext, version: 257, ...expected})
  })

  it('is one thing for all that are alike, as long as there are not too many', () => {
    const lines = 'User=a\nAmbientCapabilities=CAP_CHOWN CAP_KILL\n'
    const first = contextOf(lines)
    expect(contextOf('User=b\nAmbientCapabilities=CAP_KILL CAP_CHOWN\n')).toBe(first)
    for (const other of [
      'User=a\nAmbientCapabilities=CAP_CHOWNCAP_KILL\n',
      '',
      'User=a\n',
      `${lines}IPAddressAllow=localhost\n`,
    ]) {
      expect(contextOf(other)).not.toBe(first)
    }
    expect(contextOf(lines, '252')).not.toBe(first)
    // What was asked before may have filled the memory, once.
    const isKept = (): boolean => {
      const its = contextOf(lines)
      return contextOf('') !== its && contextOf(lines) === its
    }
    expect(isKept() || isKept()).toBe(true)
    const last = contextOf(lines)
    for (const capability of capabilities) contextOf(`User=a\nAmbientCapabilities=${capability}\n`)
    expect(contextOf(lines)).not.toBe(last)
    expect(contextOf(lines)).toEqual(last)
  })

  it.each<[string, string, Partial<DenialContext> | undefined]>([
    ['IPAddressAllow', 'localhost', {allowsAddresses: true}],
    ['SocketBindAllow', 'tcp:80', {allowsPorts: true}],
    ['NoNewPrivileges', 'yes', {noNewPrivileges: true}],
    ['NoNewPrivileges', 'no', undefined],
    ['PrivateMounts', 'no', {sharesMounts: true}],
    ['PrivateMounts', 'yes', {}],
    ['SystemCallErrorNumber', 'EPERM', {callErrors: true}],
    ['ProtectHome', 'yes', {}],
    ['User', 'a', undefined],
    ['PrivateTmp', 'yes', undefined],
    ['ReadWritePaths', '/srv', undefined],
    ['ExecStartPre', '/bin/a', undefined],
    ['UnsetEnvironment', 'A', undefined],
  ])('with %s=%s is told: %j', (key, value, expected) => {
    const context = contextOf('')
    expect(contextOfLine(key, value, context)).toEqual(expected && {...context, ...expected})
  })

  it.each([
    ['ProtectHome', '', 'User=a', true],
    ['ProtectHome', '', 'DeviceAllow=/dev/tty', true],
    ['Nice', '', 'User=a', true],
    ['DevicePolicy', '', 'DeviceAllow=/dev/tty', false],
    ['DevicePolicy', '', 'User=a', true],
    ['ProtectSystem', '', 'PrivateTmp=yes', false],
    ['PrivateDevices', '', 'PrivateMounts=no', true],
    ['PrivateNetwork', 'PrivateMounts=no', 'PrivateMounts=yes', false],
    ['ProtectClock', '', 'DeviceAllow=/dev/tty', false],
    ['CapabilityBoundingSet', '', 'SystemCallErrorNumber=EPERM', false],
    ['IPAddressDeny', '', 'IPAddressAllow=any', false],
    ['CapabilityBoundingSet', '', 'User=a', false],
    ['CapabilityBoundingSet', '', 'IPAddressAllow=any', true],
    ['SystemCallFilter', '', 'User=a', false],
    ['SystemCallFilter', '', 'SystemCallErrorNumber=EPERM', false],
    ['RestrictNamespaces', '', 'User=a', true],
    ['RestrictRealtime', '', 'User=a', true],
    ['NoNewPrivileges', '', 'User=root', false],
    ['RestrictRealtime', 'User=root', 'User=root\nNoNewPrivileges=yes', false],
  ])('means for %s the same without %j as with %j: %s', (directive, one, other, expected) => {
    expect(deniesAlike(directive, contextOf(`${one}\n`), contextOf(`${other}\n`))).toBe(expected)
  })

  it('means another thing in another version', () => {
    expect(deniesAlike('ProtectHome', contextOf('', '252'), contextOf('', '257'))).toBe(false)
    expect(deniesAlike('Nice', contextOf('', '252'), contextOf('', '257'))).toBe(true)
    expect(
      deniesAlike('RestrictRealtime', contextOf('User=a\n', '252'), contextOf('', '252')),
    ).toBe(false)
    expect(deniesAlike('RestrictRealtime', contextOf('', '252'), contextOf('', '252'))).toBe(true)
  })

  it.each([
    ['ProtectHome', false],
    ['PrivateUsers', true],
    ['NoNewPrivileges', false],
    ['ProtectSystem', false],
    ['DevicePolicy', false],
    ['RestrictRealtime', false],
    ['CapabilityBoundingSet', false],
    ['Nice', false],
  ])('is no matter for %s: %s', (directive, expected) =>
    expect(deniesByItself(directive)).toBe(expected),
  )
})

describe('an empty value', () => {
  it.each([
    ['ProtectHome', '257', ['unknown-effect']],
    ['ProtectHome', '262', ['unknown-effect']],
    ['PrivateMounts', '252', ['unknown-effect']],
    ['PrivateMounts', '254', []],
    ['PrivateMounts', '257', []],
  ])('of %s in %s denies %j', (directive, version, expected) => {
    expect(deniedTo(`${directive}=`, '', version)).toEqual(expected)
  })
})

describe('a word with an argument', () => {
  it('denies what it does without', () => {
    expect(deniedTo('ProtectHostname=private:a', '', '258')).toEqual(['hostname'])
    expect(deniedTo('ProtectHostname=yes:a', '', '258')).toEqual(['hostname'])
    expect(deniedTo('ProtectHome=yes:a', '', '258')).toEqual(['unknown-effect'])
    expect(deniedTo('ProtectProc=yes', '', '258')).toEqual(['unknown-effect'])
  })
})

it('depends on nothing else', () => {
  const context: DenialContext = {...plainContext, version: 257}
  expect(denialContext(service('[Service]\nExecStart=/bin/true\n'))).toEqual(context)
})
