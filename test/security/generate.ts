import type {Subject} from '../oracle/systemd.ts'

/**
 * A unit made up from a seed: sandboxing directives with good, odd and bad values, in any order and
 * number.
 *
 * The same seed and index give the same unit.
 */
export function generate(seed: number, index: number): Subject {
  const random = randomFrom(seed * 1_000_003 + index)
  const stem = `gen${String(index).padStart(6, '0')}`
  const type = random.chance(0.9)
    ? 'service'
    : random.pick(['socket', 'slice', 'target', 'path', 'timer'])
  const base = random.chance(0.08)
    ? random.pick(['nobody', 'root', 'Big-Name_1', '9lives', 'has.dot', 'x'.repeat(33)]) + stem
    : stem
  const name = `${base}${random.chance(0.1) && type === 'service' ? '@' : ''}.${type}`
  const dropins = new Map<string, string>()
  for (let count = random.chance(0.25) ? random.upTo(2) + 1 : 0; count > 0; count--) {
    dropins.set(
      `${name}.d/${random.pick(['10', '50', 'Z9'])}-${random.pick(['a', 'b'])}.conf`,
      lines(random, type, 4).join('\n'),
    )
  }
  const text = unitText(random, type)
  return dropins.size > 0 ? {name, text, dropins} : {name, text}
}

interface Random {
  upTo(limit: number): number
  chance(probability: number): boolean
  pick<Item>(items: readonly Item[]): Item
}

function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const upTo = (limit: number): number => Math.floor(next() * limit)
  return {
    upTo,
    chance: (probability) => next() < probability,
    pick<Item>(items: readonly Item[]): Item {
      const item = items[upTo(items.length)]
      if (item === undefined) throw new Error('Expected something to pick from')
      return item
    },
  }
}

function unitText(random: Random, type: string): string {
  const head = random.chance(0.2)
    ? ['[Unit]', `DefaultDependencies=${random.pick(['no', 'yes', 'off', '', 'maybe', 'NO'])}`]
    : []
  return (
    [...head, ...lines(random, type, random.pick([2, 6, 14, 30])), ...tail(random, type)].join(
      '\n',
    ) + (random.chance(0.9) ? '\n' : '')
  )
}

const sections: Readonly<Record<string, string>> = {
  service: 'Service',
  socket: 'Socket',
  slice: 'Slice',
  target: 'Target',
  path: 'Path',
  timer: 'Timer',
}

function lines(random: Random, type: string, most: number): string[] {
  const section = `[${sections[type] ?? 'Service'}]`
  const written = [section]
  // A few units are about a few keys only, so that lines meet in the same key.
  const keys = random.chance(0.5)
    ? [random.pick(judged), random.pick(judged), random.pick(judged)]
    : judged
  for (let count = random.upTo(most) + 1; count > 0; count--) {
    const [key, values] = random.pick(keys)
    written.push(lay(random, key, random.chance(0.06) ? '' : value(random, values)))
    if (random.chance(0.03)) written.push(section)
    if (random.chance(0.02)) written.push('# a comment')
    if (random.chance(0.01)) written.push('[X-Other]', 'PrivateTmp=yes', section)
    if (random.chance(0.01)) written.push('[Unknown]', 'PrivateDevices=yes', section)
  }
  return written
}

/** What the unit needs to load, mostly. */
function tail(random: Random, type: string): string[] {
  if (type === 'socket')
    return [
      '[Socket]',
      'ListenStream=/run/generated',
      'Accept=yes',
      ...(random.chance(0.2)
        ? ['PAMName=x', `KillMode=${random.pick(['mixed', 'process', 'control-group'])}`]
        : []),
    ]
  if (type === 'path') return ['[Path]', 'PathExists=/run/generated']
  if (type === 'timer') return ['[Timer]', 'OnBootSec=1']
  if (type !== 'service') return []
  const written = ['[Service]']
  if (random.chance(0.97))
    written.push(`ExecStart=${random.chance(0.95) ? '/bin/true' : random.pick(commands)}`)
  if (random.chance(0.1)) written.push(`ExecStart=${random.pick(commands)}`)
  for (const [key, values] of loading)
    if (random.chance(0.05)) written.push(lay(random, key, random.pick(values)))
  return written
}

function lay(random: Random, key: string, text: string): string {
  const space = random.chance(0.05) ? ' ' : ''
  const at = text.indexOf(' ')
  const laid =
    at > 0 && random.chance(0.05)
      ? `${text.slice(0, at)} \\\n${random.chance(0.3) ? '# inside\n' : ''} ${text.slice(at + 1)}`
      : text
  return `${key}${space}=${space}${laid}`
}

type Values = readonly string[] | ((random: Random) => string)

function value(random: Random, values: Values): string {
  return typeof values === 'function' ? values(random) : random.pick(values)
}

const booleans = [
  'yes',
  'no',
  'yes',
  'no',
  'true',
  'On',
  'T',
  'y',
  '1',
  '0',
  'OFF',
  'f',
  'n',
  'maybe',
  'yess',
  '"yes"',
  'yes no',
  '2',
]

function words(
  list: readonly string[],
  odd: readonly string[],
  most = 4,
): (random: Random) => string {
  return (random) => {
    const count = random.upTo(most) + 1
    const chosen = Array.from({length: count}, () => {
      const word = random.pick(random.chance(0.85) ? list : odd)
      if (random.chance(0.04)) return `"${word}"`
      if (random.chance(0.02)) return `'${word}`
      if (random.chance(0.02)) return `\\${word}`
      return random.chance(0.04) ? word.toLowerCase() : word
    })
    return `${random.chance(0.35) ? '~' : ''}${random.chance(0.05) ? ' ' : ''}${chosen.join(random.chance(0.05) ? '  ' : ' ')}`
  }
}

const capabilities = words(
  [
    ...[
      'CAP_SYS_ADMIN',
      'CAP_SETUID',
      'CAP_SETPCAP',
      'CAP_SYS_PTRACE',
      'CAP_SYS_TIME',
      'CAP_NET_ADMIN',
      'CAP_SYS_RAWIO',
      'CAP_SYS_MODULE',
    ],
    ...[
      'CAP_AUDIT_WRITE',
      'CAP_SYSLOG',
      'CAP_SYS_NICE',
      'CAP_MKNOD',
      'CAP_CHOWN',
      'CAP_DAC_READ_SEARCH',
      'CAP_FOWNER',
      'CAP_KILL',
      'CAP_NET_RAW',
    ],
    ...[
      'CAP_SYS_BOOT',
      'CAP_MAC_ADMIN',
      'CAP_LINUX_IMMUTABLE',
      'CAP_IPC_LOCK',
      'CAP_SYS_CHROOT',
      'CAP_BLOCK_SUSPEND',
      'CAP_WAKE_ALARM',
      'CAP_LEASE',
    ],
    ...['CAP_SYS_TTY_CONFIG', 'CAP_SYS_PACCT', 'CAP_BPF', 'CAP_PERFMON'],
  ],
  [
    'KILL',
    'CAP_FOO',
    '5',
    '21',
    '07',
    '0x15',
    '+3',
    '40',
    '41',
    '62',
    '63',
    '64',
    '99',
    '-1',
    'yes',
    'CAP_KILL,CAP_CHOWN',
    '',
    '~CAP_CHOWN',
    '010',
    '0b1',
    '0o5',
  ],
)

const families = words(
  [
    'AF_INET',
    'AF_INET6',
    'AF_UNIX',
    'AF_NETLINK',
    'AF_PACKET',
    'AF_BLUETOOTH',
    'AF_VSOCK',
    'AF_LOCAL',
    'AF_FILE',
    'AF_ROUTE',
    'AF_DECnet',
    'AF_ALG',
  ],
  ['none', 'AF_FOO', 'INET', 'AF_MCTP', 'AF_UNSPEC', 'AF_MAX', '2', '~AF_UNIX', ''],
)

const kinds = words(
  ['cgroup', 'ipc', 'net', 'mnt', 'pid', 'user', 'uts'],
  ['time', 'foo', 'yes', 'USER', '', '~net'],
)

const filters = words(
  [
    ...[
      '@system-service',
      '@swap',
      '@obsolete',
      '@clock',
      '@cpu-emulation',
      '@debug',
      '@mount',
      '@module',
      '@raw-io',
      '@reboot',
      '@privileged',
      '@resources',
    ],
    ...['@default', '@known', '@sandbox', '@file-system', '@process', '@pkey', '@timer', '@setuid'],
    ...[
      'swapon',
      'swapoff',
      'mount',
      'umount',
      'reboot',
      'kexec_load',
      'ptrace',
      'setuid',
      'chown',
      'nice',
      'settimeofday',
      'iopl',
      'ioperm',
      'modify_ldt',
    ],
    ...[
      'init_module',
      'ustat',
      'sysfs',
      'uselib',
      'quotactl_fd',
      'open_tree',
      'open_tree_attr',
      'set_mempolicy_home_node',
    ],
  ],
  [
    ...[
      '@foo',
      'frobnicate',
      'vm86',
      'vm86old',
      'mount:EPERM',
      'swapon:',
      ':EPERM',
      'swapon:kill',
      'swapoff:4095',
      'swapoff:4096',
      'swapon:0',
      '@swap:EPERM',
      '@clock:1',
    ],
    ...[
      '@module:EWOULDBLOCK',
      'reboot:eperm',
      'mount:0x1',
      '@debug:-1',
      '',
      'read:EFOO',
      '@mount:EFOO',
      '@raw-io:kill',
      '@',
      '@reboot:',
      '60',
      'umount2:010',
      'ptrace:EPERM:1',
    ],
  ],
  5,
)

const networks = words(
  [
    'any',
    'localhost',
    '127.0.0.1',
    '::1',
    '10.0.0.0/8',
    '0.0.0.0/0',
    '::/0',
    'link-local',
    'multicast',
    '192.168.1.7/24',
    'fe80::/64',
    '127.3.0.0/16',
    '::1/64',
    '2001:db8::1',
  ],
  [
    ...[
      'ANY',
      'Localhost',
      'foo.localhost',
      'localhost.localdomain.',
      '1.2.3',
      '1.2.3.4/33',
      '::/129',
      '0/0',
      'example.org',
      '01.2.3.4',
      '1.2.3.4/',
      '::ffff:1.2.3.4',
      ':::',
    ],
    ...[
      '1::2::3',
      '0.0.0.0/00',
      '1.2.3.4/+8',
      '127.0.0.1/0',
      '::1/0',
      '::2/0',
      '255.255.255.255/0',
      '1:2:3:4:5:6:7:8',
      '1:2:3:4:5:6:7::',
      '::1%lo',
      '[::1]',
      '10.0.0.0/0x8',
      '.localhost',
      '',
    ],
  ],
)

const paths = [
  '/',
  '/srv/root',
  '/srv//root/',
  '/srv/./x',
  '/srv/../x',
  'relative',
  '/%i',
  '/%Q',
  '/a b',
  '//',
  '/.',
  '/%%',
  '"/srv"',
  `/${'n'.repeat(256)}`,
  `/${'m/'.repeat(2100)}`,
]

/** The directives that the exposure depends on. */
const judged: readonly (readonly [string, Values])[] = [
  ...[
    ...[
      'PrivateDevices',
      'PrivateNetwork',
      'ProtectKernelModules',
      'ProtectKernelTunables',
      'ProtectKernelLogs',
      'ProtectClock',
      'LockPersonality',
    ],
    ...[
      'MemoryDenyWriteExecute',
      'NoNewPrivileges',
      'RemoveIPC',
      'RestrictRealtime',
      'RestrictSUIDSGID',
      'PrivateMounts',
    ],
  ].map((key) => [key, booleans] as const),
  ['DynamicUser', ['yes', 'no', 'yes', 'no', 'true', 'off']],
  ['DynamicUser', ['yes', 'no', 'yes', 'maybe']],
  ['User', ['root', '0', 'nobody', 'web', '1000', 'web', 'daemon']],
  [
    'User',
    [
      'web',
      '00',
      '65535',
      '4294967295',
      '4294967294',
      'a:b',
      'a b',
      '%i',
      '%u',
      '%U',
      '%Q',
      '-1',
      '.',
      'web-',
      '%%',
      '1web',
      'x'.repeat(40),
      'ü',
      '"web"',
      'root ',
      '%p',
      '%j',
    ],
  ],
  ['SupplementaryGroups', ['a', 'a b', 'adm', '0', 'root', 'a b c', '%i', 'wheel  adm']],
  ['SupplementaryGroups', ['a', '"a b"', 'a:b', '%Q', 'a,b', "'a'", '-x', '-1', '65535']],
  ['PrivateTmp', [...booleans, 'connected', 'disconnected', 'Connected']],
  ['PrivateUsers', [...booleans, 'self', 'identity', 'full', 'managed', 'Self']],
  ['ProtectControlGroups', [...booleans, 'private', 'strict', 'PRIVATE']],
  [
    'ProtectHostname',
    [
      ...booleans,
      'private',
      'yes:host',
      'private:host.example',
      'no:host',
      'yes:',
      'private:-bad',
      '1:host',
      'yes:%i',
      'yes:%Q',
      'yes:a_b',
      'private:a..b',
      'yes:host.',
      `yes:${'a'.repeat(65)}`,
      'yes:a b',
    ],
  ],
  ['ProtectHome', [...booleans, 'read-only', 'tmpfs', 'read-only', 'tmpfs', 'Tmpfs', 'readonly']],
  ['ProtectSystem', [...booleans, 'full', 'strict', 'full', 'strict', 'FULL']],
  ['ProtectProc', ['default', 'noaccess', 'invisible', 'ptraceable', 'yes', 'Invisible']],
  ['ProcSubset', ['all', 'pid', 'yes', 'PID']],
  ['KeyringMode', ['inherit', 'private', 'shared', 'yes', 'Shared']],
  ['NotifyAccess', ['none', 'main', 'exec', 'all', 'all', 'yes']],
  ['RootDirectory', ['/', '/srv/root', '/srv//root/', '/srv', '']],
  ['RootDirectory', paths],
  ['RootImage', ['/', '/srv/image', '', '/srv/image']],
  ['RootImage', paths],
  [
    'UMask',
    [
      '0022',
      '077',
      '0',
      '7',
      '0002',
      '027',
      '26',
      '0007',
      '08',
      '7777',
      '10000',
      '+7',
      '0x7',
      '00000077',
      '37',
      '66',
      'u=rwx',
      '"077"',
      '017',
      '23',
    ],
  ],
  ['CapabilityBoundingSet', capabilities],
  ['CapabilityBoundingSet', capabilities],
  ['CapabilityBoundingSet', ['~', '', 'CAP_FOO', '~CAP_FOO', ' ']],
  ['AmbientCapabilities', capabilities],
  ['RestrictNamespaces', (random) => (random.chance(0.4) ? random.pick(booleans) : kinds(random))],
  [
    'RestrictAddressFamilies',
    (random) =>
      random.chance(0.15)
        ? random.pick(['none', '~', 'NONE', '~none', 'none AF_INET', ''])
        : families(random),
  ],
  ['RestrictAddressFamilies', families],
  [
    'SystemCallArchitectures',
    [
      'native',
      'x86-64',
      'native x86',
      'foo',
      'native foo',
      '"native"',
      'x32',
      'loongarch64',
      'Native',
      'native "x86',
      'native,x86',
      '\\native',
      'native\\x86',
      'foo "native',
      'riscv32',
    ],
  ],
  ['SystemCallFilter', filters],
  ['SystemCallFilter', filters],
  ['SystemCallFilter', ['@system-service', '~@privileged @resources', '~', '']],
  ['Delegate', [...booleans, 'cpu', 'cpu memory', 'foo', '"cpu', 'cpu "io', '~cpu', '\\cpu']],
  ['DevicePolicy', ['auto', 'closed', 'strict', 'yes']],
  [
    'DeviceAllow',
    [
      ...[
        '/dev/null',
        '/dev/null rw',
        'char-pts',
        'block-sda r',
        '/dev/../sda',
        '/dev//dri/',
        '/etc/passwd',
        '/dev',
        '/dev/',
        '"/dev/a b" rw',
        '/dev/null rwx',
        '/dev/null r w',
      ],
      ...[
        '/dev/null mwr',
        '/dev/null rr',
        '/run/systemd/inaccessible/chr',
        '/dev/%i',
        '/dev/%Q',
        'char-%i',
        '"/dev/x',
        '/dev/x"',
        'char-',
        'foo',
        '/dev/null  m',
        "'/dev/'x",
        '/dev/null ""',
      ],
    ],
  ],
  ['IPAddressDeny', (random) => (random.chance(0.5) ? 'any' : networks(random).replace('~', ''))],
  [
    'IPAddressAllow',
    (random) => (random.chance(0.3) ? 'localhost' : networks(random).replace('~', '')),
  ],
  ['IPAddressAllow', networks],
  ['IPIngressFilterPath', ['/sys/fs/bpf/in', 'relative', '/a/../b', '/%i', '/%Q']],
  ['IPEgressFilterPath', ['/sys/fs/bpf/out', '', 'relative']],
  [
    'MountImages',
    [
      '/srv/image:/mnt',
      '-/srv/image:/mnt',
      'relative:/mnt',
      '/srv/image',
      '/srv/image:relative',
      '"/srv/an image":/mnt',
      '/srv/a:/b:root:noatime',
      '/a:/b /c',
      '/a: :/b',
      '/a:/b "',
    ],
  ],
  ['RootMStack', ['/srv/stack', '/', 'relative']],
  ['LoadCredential', ['secret', 'secret:/etc/secret', 'other:/x', 'b']],
  [
    'LoadCredentialEncrypted',
    [
      'secret',
      'secret:/etc/secret',
      'b:relative',
      'se/cret',
      ':x',
      'b:rel/ative',
      '%i:/x',
      '%Q:/x',
      'b:/a/../b',
      'secret:',
    ],
  ],
  ['SetCredential', ['secret:text', 'a:b', 'secret']],
  [
    'SetCredentialEncrypted',
    [
      'secret:Zm9v',
      'a:Zm9vYg==',
      'a:***',
      'b:',
      'b',
      'a:Zm9',
      'a: Zm 9v',
      'a:Zm9vYg=',
      ':Zm9v',
      'a:Zm9vYg',
    ],
  ],
]

const commands = [
  ...[
    '/bin/true',
    '/bin/sh -c "exit 0"',
    '',
    '-/bin/false',
    'true',
    ';',
    '/bin/true ; /bin/false',
    '/bin/sh -c "exit',
    'bin/true',
    '/bin/',
    '@/bin/true',
    '@/bin/true name',
  ],
  ...[
    '-@/bin/true',
    '+/bin/true',
    '!!/bin/true',
    '|/bin/true',
    '|',
    '+!/bin/true',
    '"/bin/true"',
    '/bin/\\x74rue',
    '/bin/%Q',
    '-/bin/%Q',
    '/bin/true %Q',
    '-relative/path',
    '/bin/true \\;',
    '/bin/true \\q',
  ],
  ...[
    '/bin/tr*e',
    '/bin/a\\"b',
    '-',
    '- /bin/true',
    ':/bin/true',
    '--/bin/true',
    '/bin/true "',
    '-/bin/true "',
    '/bin/true;',
    '/bin/true ;',
    '; /bin/true',
    '!/bin/true',
    '!!!/bin/true',
    '/bin/../bin/true',
    '..',
    '/bin/..',
  ],
]

/** Directives that decide whether the unit loads. */
const loading: readonly (readonly [string, readonly string[]])[] = [
  [
    'Type',
    ['oneshot', 'simple', 'dbus', 'forking', 'notify', 'notify-reload', 'foo', 'idle', 'exec'],
  ],
  ['Restart', ['always', 'on-success', 'no', 'on-failure', 'Always']],
  ['RemainAfterExit', ['yes', 'no', 'foo']],
  ['ExitType', ['cgroup', 'main', 'foo']],
  [
    'BusName',
    [
      'org.example.%p',
      'bad',
      'org.1x',
      '',
      'org.ex-ample.%n',
      'org..x',
      '-a.%p',
      `%p.${'b'.repeat(255)}`,
      '%p',
      'a.%p.%i',
      'a b.%p',
    ],
  ],
  ['PAMName', ['login', '', '%Q', '%i']],
  ['KillMode', ['process', 'none', 'mixed', 'control-group', '', 'foo']],
  [
    'WorkingDirectory',
    [
      '~',
      '/tmp',
      '-/nowhere',
      '/proc',
      '/sys/x',
      '/dev',
      '/sys/',
      'relative',
      '-relative',
      '-~',
      '/a/../b',
      '',
    ],
  ],
  ['PrivatePIDs', ['yes', 'no', 'foo']],
  ['PIDFile', ['/run/x.pid', '/proc/x', 'x.pid', '/dev/shm/x', '/sys/../x', '/run/%Q', '']],
  ['UserNamespacePath', ['/proc/1/ns/user', '', 'relative']],
  ['Group', ['web', 'a:b', '%Q', '', '0']],
  ['ExecStop', commands],
  ['ExecStartPre', commands],
  ['ExecReloadPost', ['relative/x', '/bin/true']],
  ['SELinuxContext', ['x', '%Q', '-%Q', '']],
  ['AppArmorProfile', ['x', '%Q', '-%Q', '']],
  ['SmackProcessLabel', ['x', '%Q', '-%Q', '']],
  ['RootVerity', ['/x', 'relative', '']],
  ['RestartForceExitStatus', ['1', 'SIGKILL', 'foo', '256', 'TEMPFAIL', '', '1 foo']],
  ['MountFlags', ['slave', 'shared', 'private', '']],
  ['MountAPIVFS', ['yes', 'no', '']],
  ['BindPaths', ['/srv', '']],
  ['LogNamespace', ['x', '']],
  ['PrivateIPC', ['yes', 'no']],
  ['PrivateBPF', ['yes', 'no']],
]
