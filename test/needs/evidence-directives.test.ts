import {expect, test} from 'vitest'
import {needs} from '../../src/needs/needs.ts'
import {service} from '../unit/unit.ts'

/**
 * What lines of a service show that it needs: the accesses, with `!` where they are certain, by the
 * reason.
 */
function shown(lines: string): readonly string[] {
  const text = lines.startsWith('[')
    ? `${lines}\n[Service]\nExecStart=/opt/x`
    : `[Service]\nExecStart=/opt/x\n${lines}`
  const byReason = new Map<string, string[]>()
  for (const {access, certain, because, isOfOthers} of needs(service(text)))
    // Of these evidence-others.test.ts tells.
    if (!isOfOthers)
      byReason.set(because, [...(byReason.get(because) ?? []), `${access}${certain ? '!' : ''}`])
  return [...byReason].map(([because, accesses]) => `${accesses.join(' ')}: ${because}`)
}

test.each<[string, readonly string[]]>([
  [
    'WorkingDirectory=~',
    [
      'home-read home-write host-users CAP_DAC_OVERRIDE CAP_DAC_READ_SEARCH: `WorkingDirectory=` names `/home`',
      'fixed-user!: `WorkingDirectory=~` asks for a user with a home',
    ],
  ],
  [
    'WorkingDirectory=-~',
    [
      'home-read home-write host-users CAP_DAC_OVERRIDE CAP_DAC_READ_SEARCH: `WorkingDirectory=` names `/home`',
    ],
  ],
  ['WorkingDirectory=/srv/~', ['write-anywhere: `WorkingDirectory=` names `/srv/~`']],
  [
    'WorkingDirectory=%h/x',
    ['home-read home-write root-files: `WorkingDirectory=` names `/root/x`'],
  ],
  [
    'WorkingDirectory=/proc',
    [
      'proc-files: `WorkingDirectory=` names `/proc`',
      'host-mounts!: `WorkingDirectory=/proc` bears no mount namespace',
      'other-processes host-pids proc-files netlink raw-devices kernel-log host-control-groups CAP_SYS_PTRACE CAP_SYS_RAWIO: its working directory suggests that it watches the system',
    ],
  ],
  [
    'WorkingDirectory=/sys/x',
    [
      'kernel-tunables: `WorkingDirectory=` names `/sys/x`',
      'host-mounts!: `WorkingDirectory=/sys/x` bears no mount namespace',
    ],
  ],
  [
    'Group=gpio',
    [
      'raw-devices: `Group=gpio` lets it open devices',
      'kernel-tunables: `Group=gpio` lets it switch pins, in `/sys` where they are found there',
      'group-shared-files: `Group=gpio` lets it share files with a group',
    ],
  ],
  ['WorkingDirectory=/devs', ['write-anywhere: `WorkingDirectory=` names `/devs`']],
  [
    'WorkingDirectory=+/home/u',
    [
      'home-read home-write host-users CAP_DAC_OVERRIDE CAP_DAC_READ_SEARCH: `WorkingDirectory=` names `/home/u`',
    ],
  ],
  ['PIDFile=x.pid', []],
  [
    'WorkingDirectory=/etc/a',
    ['write-config: `WorkingDirectory=/etc/a` may be where it keeps files'],
  ],
  ['WorkingDirectory=/etcetera', ['write-anywhere: `WorkingDirectory=` names `/etcetera`']],
  ['WorkingDirectory=/usr/local/a', ['write-system: `WorkingDirectory=` names `/usr/local/a`']],
  ['WorkingDirectory=/usr/local/bin', []],
  [
    'User=postgres',
    [
      'fixed-user: `User=postgres` gives it a user',
      'lasting-ipc: `User=postgres` is a user that daemons become by themselves, whose IPC objects would be removed',
    ],
  ],
  ['User=postgresql', ['fixed-user: `User=postgresql` gives it a user']],
  [
    'SupplementaryGroups=a docker',
    [
      'shared-tmp unix-sockets: `SupplementaryGroups=a docker` lets it start containers, which are given folders of the host',
      '@chown @privileged host-users: `SupplementaryGroups=a docker` are groups that it may give files to',
    ],
  ],
  [
    '[Unit]\nPartOf=docker.service',
    [
      'shared-tmp unix-sockets: `PartOf=docker.service` has it start containers, which are given folders of the host',
      'unix-sockets inet-local: `PartOf=docker.service` waits for a server on this host',
    ],
  ],
  [
    '[Unit]\nRequires=docker-x.service',
    ['unix-sockets inet-local: `Requires=docker-x.service` waits for a server on this host'],
  ],
  [
    'PIDFile=/home/u/x.pid',
    [
      'home-read home-write host-users CAP_DAC_OVERRIDE CAP_DAC_READ_SEARCH: `PIDFile=` writes `/home/u/x.pid`',
    ],
  ],
  [
    'BindPaths=/home/u',
    [
      'home-read host-users CAP_DAC_OVERRIDE CAP_DAC_READ_SEARCH: `BindPaths=` names `/home/u`',
      'bound-homes!: `BindPaths=` binds something to `/home/u`',
    ],
  ],
  [
    'ReadOnlyPaths=/home/u',
    ['home-read host-users CAP_DAC_OVERRIDE CAP_DAC_READ_SEARCH: `ReadOnlyPaths=` names `/home/u`'],
  ],
  ['ExecPaths=/tmp/x', ['shared-tmp: `ExecPaths=` names `/tmp/x`']],
  ['ReadWritePaths=/srv', []],
  ['NotifyAccess=all', []],
  ['UMask=0002', ['group-writable-files: `UMask=0002` lets others write']],
  ['UMask=0000', ['group-writable-files world-writable-files: `UMask=0000` lets others write']],
  ['UMask=07777', []],
  ['UMask=x', []],
  [
    'UMask=0027',
    [
      'suid-files: `UMask=0027` leaves files to a group alone, for which it may make folders that hand that group on',
    ],
  ],
  ['UMask=0077', []],
  [
    'StateDirectoryMode=0755',
    ['world-readable-files group-shared-files: `StateDirectoryMode=0755` lets others in'],
  ],
  ['StateDirectoryMode=0700', []],
  [
    'CacheDirectoryMode=0770',
    ['group-shared-files group-writable-files: `CacheDirectoryMode=0770` lets others in'],
  ],
  [
    'LogsDirectoryMode=07777',
    [
      'world-readable-files group-shared-files group-writable-files world-writable-files: `LogsDirectoryMode=07777` lets others in',
    ],
  ],
  ['RuntimeDirectoryMode=x', []],
  ['ConfigurationDirectoryMode=0777', []],
  ['WatchdogSec=', []],
  [
    'Type=notify\nType=x',
    ['unix-sockets! notify!: `Type=notify` has it report over a local socket'],
  ],
  ['StandardInput=tty-force', ['raw-devices: `StandardInput=tty-force` gives it a terminal']],
  ['MountFlags=shared', ['host-mounts: `MountFlags=shared` shares its mounts with the host']],
  [
    'ProtectHome=read-only',
    ['home-read: `ProtectHome=read-only` leaves home directories readable'],
  ],
  ['PrivateMounts=no', ['host-mounts: `PrivateMounts=no` shares its mounts with the host']],
  ['RootDirectory=/', []],
  [
    'RootDirectory=/a',
    [
      'shared-tmp raw-devices: `RootDirectory=/a` starts it in a directory that may lack `/tmp` and `/dev`',
    ],
  ],
  ['IPAddressAllow=localhost', []],
  [
    'IPAddressAllow=10.0.0.0/8',
    ['inet inet-local: `IPAddressAllow=10.0.0.0/8` lets it talk to other hosts'],
  ],
  ['User=a', ['fixed-user: `User=a` gives it a user']],
  ['User=0', []],
  [
    'Group=video',
    [
      'raw-devices: `Group=video` lets it open devices',
      'group-shared-files: `Group=video` lets it share files with a group',
    ],
  ],
  ['Group=root', []],
  [
    'Personality=x86',
    ['personality foreign-abi: `Personality=x86` starts it in another execution domain'],
  ],
  [
    '[Unit]\nAfter=dev-x.device sys-y.device',
    [
      'raw-devices host-network kernel-tunables: `After=dev-x.device sys-y.device` waits for a device',
    ],
  ],
  [
    '[Unit]\nRequires=dbus.service',
    ['unix-sockets: `Requires=dbus.service` waits for a server on this host'],
  ],
  [
    '[Unit]\nWants=docker.service',
    ['unix-sockets inet-local: `Wants=docker.service` waits for a server on this host'],
  ],
  [
    '[Unit]\nRequires=sound.target',
    ['raw-devices exotic-sockets unix-sockets: `Requires=sound.target` waits for a device'],
  ],
  [
    '[Unit]\nBefore=sysinit.target',
    ['early-boot: `Before=sysinit.target` starts it before `/tmp` is mounted'],
  ],
  [
    '[Unit]\nPartOf=network-online.target',
    ['inet inet-local: `PartOf=network-online.target` waits for the network'],
  ],
  [
    'RestrictAddressFamilies=AF_INET6 AF_LOCAL af_packet AF_ROUTE foo',
    [
      'inet inet-local: `RestrictAddressFamilies=` names `AF_INET6`',
      'unix-sockets: `RestrictAddressFamilies=` names `AF_LOCAL`',
      'packet-sockets: `RestrictAddressFamilies=` names `af_packet`',
      'netlink: `RestrictAddressFamilies=` names `AF_ROUTE`',
    ],
  ],
  [
    'User=a\nCapabilityBoundingSet=CAP_KILL CAP_CHOWN\nAmbientCapabilities=CAP_KILL',
    [
      'fixed-user: `User=a` gives it a user',
      'CAP_KILL host-users: `AmbientCapabilities=` names `CAP_KILL`',
      'CAP_KILL host-users: `CapabilityBoundingSet=` names `CAP_KILL`',
      'CAP_CHOWN @chown host-users: `CapabilityBoundingSet=` names `CAP_CHOWN`',
      'privileges-by-exec: `CapabilityBoundingSet=` leaves it `CAP_CHOWN`, which it only has by the rights of a file',
    ],
  ],
  [
    'User=a\nCapabilityBoundingSet=CAP_SETUID',
    [
      'fixed-user: `User=a` gives it a user',
      'CAP_SETUID @setuid: `CapabilityBoundingSet=` names `CAP_SETUID`',
      'privileges-by-exec shared-tmp user-namespaces mount-namespaces: `CapabilityBoundingSet=` leaves it `CAP_SETUID`, which it only has by the rights of a file',
    ],
  ],
  [
    'User=a\nCapabilityBoundingSet=CAP_KILL\nNoNewPrivileges=yes',
    [
      'fixed-user: `User=a` gives it a user',
      'CAP_KILL host-users: `CapabilityBoundingSet=` names `CAP_KILL`',
    ],
  ],
  ['User=a\nCapabilityBoundingSet=~CAP_KILL', ['fixed-user: `User=a` gives it a user']],
  [
    'CapabilityBoundingSet=CAP_SYS_PTRACE ~CAP_KILL',
    [
      'CAP_SYS_PTRACE other-processes host-pids @debug: `CapabilityBoundingSet=` names `CAP_SYS_PTRACE`',
    ],
  ],
  [
    'AmbientCapabilities=cap_chown 5',
    ['CAP_CHOWN @chown host-users: `AmbientCapabilities=` names `cap_chown`'],
  ],
  ['SystemCallFilter=@clock ~@mount @foo', ['@clock: `SystemCallFilter=` names `@clock`']],
  ['RestrictNamespaces=net', ['network-namespaces: `RestrictNamespaces=` names `net`']],
  ['RestrictNamespaces=yes', []],
  [
    'Environment=A=%h B=$HOME "C=/tmp/x y"',
    [
      'home-read home-write root-files: `Environment=A` names `/root`',
      'home-read home-write host-users CAP_DAC_OVERRIDE CAP_DAC_READ_SEARCH: `Environment=B` names `/home`',
      'shared-tmp: `Environment=C` names `/tmp/x`',
    ],
  ],
  ['Environment=X_PORT=80', ['inet inet-local bind-ports: `Environment=X_PORT` names a port']],
  ['Environment=X_HOST=localhost', ['inet-local: `Environment=X_HOST` names this host']],
  ['Environment=X_HOST=db', ['inet inet-local: `Environment=X_HOST` names a host']],
  [
    'Environment=http_proxy=http://p',
    [
      'inet inet-local: `Environment=http_proxy` names `http://p`',
      'inet inet-local: `Environment=http_proxy` names a proxy',
    ],
  ],
  [
    'Environment=HOME=/root',
    [
      'home-read home-write root-files: `Environment=HOME` names `/root`',
      'home-read home-write: `Environment=HOME` is a home directory',
    ],
  ],
  ['Environment==x A', []],
  ['StateDirectory=%n:x\nExecStartPre=/bin/touch /var/lib/a.service/y', []],
  ['CacheDirectory=a/b c\nExecStartPre=/bin/touch /var/cache/c', []],
  [
    'BindPaths=/a:/home/u\nExecStartPre=/bin/touch /home/u/x',
    [
      'home-read host-users CAP_DAC_OVERRIDE CAP_DAC_READ_SEARCH: `ExecStartPre=` writes `/home/u/x`',
      'bound-homes!: `BindPaths=` binds something to `/home/u`',
    ],
  ],
  [
    'DynamicUser=yes\nExecStartPre=/bin/touch /tmp/x',
    ['shared-tmp: `ExecStartPre=` writes `/tmp/x`'],
  ],
  [
    'PrivateTmp=disconnected\nExecStartPre=/bin/touch /var/tmp/x',
    ['shared-tmp: `ExecStartPre=` writes `/var/tmp/x`'],
  ],
  [
    'PrivateTmp=no\nExecStartPre=/bin/touch /tmp/x',
    ['shared-tmp write-anywhere!: `ExecStartPre=` writes `/tmp/x`'],
  ],
])('%j shows %j', (lines, expected) => {
  expect(shown(lines)).toEqual(expected)
})

test.each([
  ['thinkfan', 'kernel-tunables', 'ReadWritePaths=/sys', false],
  ['thinkfan', 'kernel-tunables', 'ReadWritePaths=/proc/acpi', false],
  ['thinkfan', 'kernel-tunables', 'ReadWritePaths=/srv/sys', true],
  ['thinkfan', 'kernel-tunables', 'ReadWritePaths=/process', true],
  ['thinkfan', 'kernel-tunables', 'BindPaths=/dev/x', true],
  ['usbguard-daemon', 'netlink', 'ReadWritePaths=/sys', true],
])('%s is there for %s: at odds with what denies it beside %s: %s', (program, id, line, isSo) => {
  const found = needs(service(`[Service]\nExecStart=/usr/sbin/${program}\n${line}\n`))
  expect(found.some(({access, certain}) => access === id && certain)).toBe(isSo)
})
