import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import type {AccessId} from '../../src/facts/accesses.ts'
import {weigh} from '../../src/needs/weigh.ts'
import {needs} from '../../src/needs/needs.ts'
import type {Profile} from '../../src/needs/profile.ts'
import {service} from '../unit/unit.ts'
import {times} from '../times.ts'

/** The needs of a service, as `access: reason`, with `!` where they are certain. */
function found(text: string, profile?: Profile): string[] {
  return needs(service(text.includes('[Service]') ? text : `[Service]\n${text}\n`), profile).map(
    ({access, because, certain}) => `${access}${certain ? '!' : ''}: ${because}`,
  )
}

/** The accesses that a service needs. */
function accessesOf(text: string): Set<AccessId> {
  return new Set(
    needs(service(text.includes('[Service]') ? text : `[Service]\n${text}\n`)).map(
      ({access}) => access,
    ),
  )
}

const run = 'ExecStart=/opt/x/y'

describe('what an author leaves to a service in so many words', () => {
  const ofItself = 'ExecStart=/usr/sbin/mosquitto\nUser=mosquitto\n'
  const weighed = (text: string, ...denied: AccessId[]): string =>
    weigh(denied, needs(service(`[Service]\n${text}\n`))).applicability

  it.each<[string, AccessId]>([
    ['NoNewPrivileges=no', 'privileges-by-exec'],
    ['PrivateDevices=false', 'raw-devices'],
    ['PrivateTmp=0', 'shared-tmp'],
    ['ProtectClock=off', 'clock'],
    ['ProtectKernelModules=n', 'kernel-modules'],
    ['MemoryDenyWriteExecute=no', 'write-exec-memory'],
    ['ProtectProc=default', 'other-processes'],
  ])('is a question for a person: %s', (line, access) => {
    expect(weighed(ofItself, access)).toBe('safe')
    expect(weighed(`${ofItself}${line}`, access)).toBe('unsafe')
    const taken = line.replace(/=.*/, '=yes').replace('Proc=yes', 'Proc=invisible')
    expect(weighed(`${ofItself}${line}\n${taken}`, access)).toBe('safe')
  })

  it('is nothing where they take it away, or nothing is left', () => {
    for (const line of ['Delegate=no', 'NoNewPrivileges=yes', 'UMask=0022', 'NotifyAccess=none'])
      expect(found(`${run}\n${line}`)).toEqual([])
  })
})

describe('lines that do not count', () => {
  it('hold fixes back where systemd refuses them, as the author means them', () => {
    expect(accessesOf('ExecStart=-@SBINDIR@/sshd -D')).toEqual(
      accessesOf('ExecStart=-/@SBINDIR@/sshd -D'),
    )
    expect(accessesOf('ExecStart=@BINDIR@/sshd -D').has('anything')).toBe(true)
  })

  it('say nothing where a later line takes them back', () => {
    expect(
      accessesOf('ExecStart=/usr/sbin/sshd -D\nExecStart=\nExecStart=/opt/x/y').has('anything'),
    ).toBe(false)
    expect(accessesOf(`${run}\nExecStartPre=-@BINDIR@/sshd\nExecStartPre=`).has('anything')).toBe(
      false,
    )
    expect(accessesOf(`${run}\nType=notify\nType=simple`).has('notify')).toBe(false)
  })

  it('say nothing where they name none', () => {
    const told = (line: string): readonly string[] =>
      needs(service(`[Service]\nExecStart=/bin/true\n${line}\n`))
        .filter(({because}) => because.startsWith(`\`${line.split('=', 1)[0]}=\``))
        .map(({access}) => access)
    expect(told('RestrictAddressFamilies=none')).toEqual([])
    expect(told('RestrictAddressFamilies=AF_INET6')).toEqual(['inet', 'inet-local'])
    expect(told('RestrictAddressFamilies=AF_LOCAL')).toEqual(['unix-sockets'])
    expect(told('RestrictAddressFamilies=AF_ROUTE')).toEqual(['netlink'])
    expect(told('RestrictAddressFamilies=AF_PACKET AF_CAN')).toEqual([
      'packet-sockets',
      'exotic-sockets',
    ])
    expect(told('RestrictAddressFamilies=~AF_PACKET')).toEqual([])
    expect(told('SystemCallFilter=@mount @unheard-of read')).toEqual(['@mount'])
    expect(told('CapabilityBoundingSet=CAP_KILL')).toEqual(['CAP_KILL', 'host-users'])
    expect(told('AmbientCapabilities=CAP_SYSLOG')).toEqual(['CAP_SYSLOG', 'kernel-log'])
    expect(told('AmbientCapabilities="CAP_SYSLOG"')).toEqual(['CAP_SYSLOG', 'kernel-log'])
  })

  it('say nothing of words that systemd skips', () => {
    expect(
      accessesOf(`${run}\nCapabilityBoundingSet=CAP_SYSLOG CAP_SYSLOGG`).has('CAP_SYSLOG'),
    ).toBe(true)
    expect(accessesOf(`${run}\nType=notify\nType=Simple`).has('notify')).toBe(true)
  })
})

describe('paths', () => {
  it.each([
    ['ExecStart=/home/u/bin/x', 'home-read!: `ExecStart=` runs `/home/u/bin/x`'],
    [
      'ExecStart=/usr/bin/python3 /home/u/app/server.py',
      'home-read!: `ExecStart=` runs `/home/u/app/server.py`',
    ],
    [
      'ExecStart=/usr/bin/java -jar /home/u/app/server.jar -x',
      'home-read!: `ExecStart=` runs `/home/u/app/server.jar`',
    ],
    ['ExecStart=/usr/bin/node /tmp/x.js', 'shared-tmp!: `ExecStart=` runs `/tmp/x.js`'],
    ['ExecStart=/usr/bin/nice node /tmp/x.mjs', 'shared-tmp!: `ExecStart=` runs `/tmp/x.mjs`'],
    ['ExecStart=/usr/bin/node /tmp/x', 'shared-tmp!: `ExecStart=` runs `/tmp/x`'],
    ['ExecStart=/tmp/x', 'shared-tmp!: `ExecStart=` runs `/tmp/x`'],
    ['ExecStart=/opt/x --config /home/u/x.toml', 'home-read!: `ExecStart=` names `/home/u/x.toml`'],
    ['ExecStart=/opt/x --config=/root/x.toml', 'home-read!: `ExecStart=` names `/root/x.toml`'],
    ['ExecStart=/opt/x ~/x', 'home-read!: `ExecStart=` names `/home`'],
    ['ExecStart=/opt/x %h/x', 'home-read!: `ExecStart=` names `/root/x`'],
    ['ExecStart=/opt/x /run/user/1000/bus', 'home-read!: `ExecStart=` names `/run/user/1000/bus`'],
    ['ExecStart=/opt/x -s/tmp/x.sock', 'shared-tmp: `ExecStart=` names `/tmp/x.sock`'],
    ['ExecStart=/opt/x -v /srv/a:/var/tmp/b', 'shared-tmp: `ExecStart=` names `/var/tmp/b`'],
    ['ExecStart=/opt/x /dev/ttyUSB0', 'raw-devices!: `ExecStart=` names `/dev/ttyUSB0`'],
    ['ExecStart=/bin/cat /dev/kmsg', 'kernel-log!: `ExecStart=` reads `/dev/kmsg`'],
    ['ExecStart=/bin/cat /proc/meminfo', 'proc-files!: `ExecStart=` reads `/proc/meminfo`'],
    [
      'ExecStart=/bin/sh -c "echo 1 > /proc/sys/vm/x"',
      'kernel-tunables!: `ExecStart=` writes `/proc/sys/vm/x`',
    ],
    [
      'ExecStart=/bin/sh -c "echo 1 | tee /sys/class/x"',
      'kernel-tunables!: `ExecStart=` writes `/sys/class/x`',
    ],
    ['ExecStart=/opt/x /sys/class/x', 'kernel-tunables: `ExecStart=` names `/sys/class/x`'],
    [
      'ExecStart=/bin/mkdir /sys/fs/cgroup/x',
      'control-groups!: `ExecStart=` writes `/sys/fs/cgroup/x`',
    ],
    ['ExecStart=/bin/cp /a /etc/b', 'write-config!: `ExecStart=` writes `/etc/b`'],
    ['ExecStart=/bin/rm -rf /usr/x', 'write-system!: `ExecStart=` writes `/usr/x`'],
    ['ExecStart=/bin/touch /var/lib/x', 'write-anywhere!: `ExecStart=` writes `/var/lib/x`'],
    ['ExecStart=/bin/cat /etc/shadow', 'root-files!: `ExecStart=` reads `/etc/shadow`'],
    ['ExecStart=/bin/ls /lib/modules', 'kernel-modules!: `ExecStart=` reads `/lib/modules`'],
    [`${run}\nWorkingDirectory=/home/u`, 'home-read!: `WorkingDirectory=` names `/home/u`'],
    [`${run}\nWorkingDirectory=-/home/u`, 'home-read: `WorkingDirectory=` names `/home/u`'],
    [`${run}\nWorkingDirectory=~`, 'home-read: `WorkingDirectory=` names `/home`'],
    [`${run}\nPIDFile=/run/x.pid`, 'write-anywhere: `PIDFile=` writes `/run/x.pid`'],
    [`${run}\nEnvironment=A=/home/u`, 'home-read: `Environment=A` names `/home/u`'],
    [`${run}\nReadWritePaths=-/home/u`, 'home-read: `ReadWritePaths=` names `/home/u`'],
    [`${run}\nBindReadOnlyPaths=/dev/dri`, 'raw-devices: `BindReadOnlyPaths=` names `/dev/dri`'],
  ])('in %s', (text, expected) => {
    expect(found(text)).toContain(expected)
  })

  it.each([
    ['ExecStart=/usr/bin/x --data /usr/share/x -o /opt/y', []],
    ['ExecStart=/bin/cat /proc/self/status /sys/class/x', []],
    ['ExecStart=/opt/x/y\nEnvironmentFile=/home/u/x', []],
    ['ExecStart=/opt/x/y\nStandardOutput=file:/home/u/x', []],
    ['ExecStart=+/bin/rm /usr/x\nExecStartPre=+/usr/bin/mount /a /b', []],
    ['ExecStart=/bin/echo /home/u /dev/sda', []],
    ['ExecStart=/bin/touch /var/lib/x/y\nStateDirectory=x', []],
    ['ExecStart=/bin/touch /srv/x/y\nReadWritePaths=/srv', []],
    ['ExecStart=/bin/touch /run/x/y\nRuntimeDirectory=x/', []],
    ['ExecStart=/bin/touch /var/run/x/y\nRuntimeDirectory=x', []],
    [`${run}\nCPUSchedulingPolicy=fifo\nNice=5\nProtectSystem=full`, []],
    ['ExecStart=/bin/kill -HUP $MAINPID', []],
  ])('not in %s', (text, expected) => {
    expect(found(text)).toEqual(expected)
  })

  it('are in doubt where the unit provides for them', () => {
    expect(
      found('ExecStart=/opt/x /home/u/x\nProtectHome=tmpfs\nBindReadOnlyPaths=/home/u'),
    ).not.toContainEqual(expect.stringMatching(/!: `ExecStart=/))
    expect(found('ExecStart=/bin/touch /srv/xy\nReadWritePaths=/srv/x')).toContain(
      'write-anywhere!: `ExecStart=` writes `/srv/xy`',
    )
  })
})

describe('addresses', () => {
  it.each([
    ['https://example.org/x', ['inet', 'inet-local']],
    ['--url=redis://user:secret@db:6379/0', ['inet', 'inet-local']],
    ['http://localhost:80/', ['inet-local']],
    ['http://127.0.0.1/', ['inet-local']],
    ['--bind=127.0.0.1:8080', ['inet-local', 'bind-ports']],
    ['0.0.0.0:8080', ['inet', 'inet-local', 'bind-ports']],
    [':8080', ['inet', 'inet-local', 'bind-ports']],
    ['[::]:443', ['inet', 'inet-local', 'bind-ports', 'CAP_NET_BIND_SERVICE']],
    ['--port 80', ['inet', 'inet-local', 'bind-ports', 'CAP_NET_BIND_SERVICE']],
    ['--http-port=8080', ['inet', 'inet-local', 'bind-ports']],
    ['backup@example.org:/srv', ['inet', 'inet-local']],
    ['192.0.2.1', ['inet', 'inet-local']],
    ['unix:///run/x.sock', ['unix-sockets', 'write-anywhere']],
    ['--size 8080', []],
    ['a:b 1.2 x.y', []],
    ['2024-01-01T10:20:30', []],
  ])('in %s', (args, expected) => {
    expect([...accessesOf(`ExecStart=/opt/x ${args}`)].toSorted()).toEqual(expected.toSorted())
  })
})

describe('directives', () => {
  it.each<[string, string]>([
    ['Type=notify', 'notify!: `Type=notify` has it report over a local socket'],
    ['Type=notify-reload', 'unix-sockets!: `Type=notify-reload` has it report over a local socket'],
    ['Type=dbus', 'unix-sockets!: `Type=dbus` has it take a name on the bus'],
    ['BusName=a.b', 'unix-sockets!: `BusName=a.b` has it take a name on the bus'],
    ['Type=forking', 'host-pids!: `Type=forking` hands over from one process to another'],
    ['WatchdogSec=30', 'notify!: `WatchdogSec=30` has it report over a local socket'],
    [
      'NotifyAccess=exec',
      'child-notify: `NotifyAccess=exec` lets other processes than the main one report',
    ],
    [
      'NotifyAccess=all\nExecStartPre=/opt/x.sh',
      'child-notify: `NotifyAccess=all` lets what its script starts report',
    ],
    ['PAMName=login', 'anything: `PAMName=login` opens a session for a user'],
    ['Delegate=yes', 'control-groups: `Delegate=yes` hands it control groups'],
    ['Delegate=cpu', 'delegated-control-groups: `Delegate=cpu` hands it control groups'],
    ['DeviceAllow=/dev/dri rw', 'raw-devices: `DeviceAllow=/dev/dri rw` gives it devices'],
    ['DeviceAllow=char-usb_device', 'raw-devices: `DeviceAllow=char-usb_device` gives it devices'],
    [
      'SupplementaryGroups=a video',
      'raw-devices: `SupplementaryGroups=a video` lets it open devices',
    ],
    [
      'Nice=-11',
      '@resources: `Nice=-11` says that it comes before others, of which its program may take care too',
    ],
    ['LimitRTPRIO=95', 'realtime: `LimitRTPRIO=95` lets it ask for real-time scheduling'],
    ['LimitMEMLOCK=infinity', 'locked-memory: `LimitMEMLOCK=infinity` lets it lock memory'],
    ['KillMode=process', 'host-pids: `KillMode=process` lets processes outlive it'],
    [
      'AmbientCapabilities=CAP_NET_BIND_SERVICE',
      'CAP_NET_BIND_SERVICE: `AmbientCapabilities=` names `CAP_NET_BIND_SERVICE`',
    ],
    ['CapabilityBoundingSet=cap_sys_time', 'clock: `CapabilityBoundingSet=` names `cap_sys_time`'],
    [
      'CapabilityBoundingSet=CAP_NET_RAW',
      'packet-sockets: `CapabilityBoundingSet=` names `CAP_NET_RAW`',
    ],
    [
      'RestrictAddressFamilies=AF_UNIX AF_BLUETOOTH',
      'exotic-sockets: `RestrictAddressFamilies=` names `AF_BLUETOOTH`',
    ],
    ['RestrictNamespaces=user mnt', 'mount-namespaces: `RestrictNamespaces=` names `mnt`'],
    ['SystemCallFilter=@system-service @mount', '@mount: `SystemCallFilter=` names `@mount`'],
    ['UMask=0002', 'group-writable-files: `UMask=0002` lets others write'],
    ['StateDirectoryMode=0750', 'group-shared-files: `StateDirectoryMode=0750` lets others in'],
    [
      'Environment=QT_QPA_PLATFORM=linuxfb',
      'CAP_SYS_TTY_CONFIG: `Environment=QT_QPA_PLATFORM` has it draw in the place of the console',
    ],
    ['Environment=DISPLAY=:0', 'shared-tmp: `Environment=DISPLAY` names an X server'],
    [
      'Environment=KRB5CCNAME=KEYRING:persistent:1',
      'other-keyrings: `Environment=KRB5CCNAME` keeps tickets in a keyring',
    ],
    ['Environment=PORT=8080', 'inet: `Environment=PORT` names a port'],
    [
      'Environment="A=b" NODE_ENV=production',
      'write-exec-memory: `Environment=NODE_ENV` is for `node`, which makes writable memory executable',
    ],
    [
      '[Unit]\nAfter=network-online.target',
      'inet: `After=network-online.target` waits for the network',
    ],
    [
      '[Unit]\nBindsTo=dev-ttyUSB0.device',
      'raw-devices: `BindsTo=dev-ttyUSB0.device` waits for a device',
    ],
    [
      '[Unit]\nDefaultDependencies=no',
      'early-boot: `DefaultDependencies=no` may start it before `/tmp` is mounted',
    ],
    ['[Unit]\nBefore=time-sync.target', 'clock: `Before=time-sync.target` has it set the clock'],
    [
      '[Unit]\nJoinsNamespaceOf=a.service',
      'shared-tmp: `JoinsNamespaceOf=a.service` makes it share namespaces with another unit',
    ],
    [
      '[Unit]\nConditionVirtualization=container',
      'host-mounts: `ConditionVirtualization=container` expects a container, where mount namespaces may be out of reach',
    ],
  ])('in %s', (line, expected) => {
    expect(
      found(line.startsWith('[Unit]') ? `${line}\n[Service]\n${run}\n` : `${run}\n${line}`),
    ).toContain(expected)
  })

  it.each([
    'Type=simple',
    'WatchdogSec=0',
    'NotifyAccess=main',
    'Delegate=no',
    'DeviceAllow=/dev/null rw',
    'CapabilityBoundingSet=~CAP_SYS_TIME',
    'CapabilityBoundingSet=CAP_SYS_TIME\nCapabilityBoundingSet=',
    'RestrictAddressFamilies=~AF_PACKET',
    'SystemCallFilter=@system-service',
    'UMask=0022',
    'User=root',
    'IPAddressAllow=localhost',
    'Environment=LANG=C',
  ])('not in %s', (line) => {
    expect(found(`${run}\n${line}`)).toEqual([])
  })
})

describe('judgements', () => {
  it('withhold what is needed, the certain first', () => {
    const its = needs(
      service('[Service]\nExecStart=/usr/bin/node /srv/x.js\nWorkingDirectory=/home/u\n'),
    )
    expect(weigh(['write-exec-memory'], its)).toMatchObject({
      applicability: 'withheld',
      because: [{access: 'write-exec-memory', certain: true}, {certain: true}],
    })
    expect(weigh(['home-write', 'home-read'], its).because.map(({certain}) => certain)).toEqual([
      true,
      false,
    ])
    expect(weigh(['clock'], its)).toMatchObject({applicability: 'safe', because: []})
    expect(weigh(['home-read', 'clock'], needs(service('[Service]\nExecStart=/opt/x\n')))).toEqual({
      applicability: 'unsafe',
      because: [],
    })
  })

  it('withhold all from what may need anything', () => {
    const its = needs(service('[Service]\nExecStart=/usr/sbin/sshd -D\n'))
    expect(weigh(['clock'], its).applicability).toBe('withheld')
    expect(weigh([], its).applicability).toBe('safe')
  })

  it('trust a closed profile, but evidence more', () => {
    const closed: Profile = {needs: ['home-read'], closed: true}
    const plain = needs(service('[Service]\nExecStart=/opt/x\n'), closed)
    expect(weigh(['inet', 'write-exec-memory'], plain).applicability).toBe('safe')
    expect(weigh(['home-read'], plain)).toMatchObject({
      applicability: 'withheld',
      because: [{because: 'the profile says that it reads home directories'}],
    })
    expect(weigh(['unknown-effect'], plain).applicability).toBe('unsafe')
    expect(
      weigh(['write-exec-memory'], needs(service('[Service]\nExecStart=/usr/bin/java\n'), closed))
        .applicability,
    ).toBe('withheld')
    expect(
      weigh(
        ['inet'],
        needs(service('[Service]\nExecStart=/opt/x\n'), {needs: ['home-read'], closed: false}),
      ).applicability,
    ).toBe('unsafe')
  })

  it('trust a closed profile more than a name', () => {
    const text = '[Service]\nExecStart=/usr/local/bin/fan-control\n'
    expect(weigh(['raw-devices'], needs(service(text)))).toMatchObject({
      applicability: 'withheld',
      because: [{because: 'by its name, `fan-control` drives hardware'}],
    })
    expect(
      weigh(['raw-devices'], needs(service(text), {needs: [], closed: true})).applicability,
    ).toBe('safe')
    expect(
      weigh(['raw-devices'], needs(service(text), {needs: [], closed: false})).applicability,
    ).toBe('withheld')
  })

  it('take declared places for all places that a profile writes to', () => {
    const profile: Profile = {needs: ['write-anywhere'], closed: true}
    expect(
      weigh(['write-anywhere'], needs(service('[Service]\nExecStart=/opt/x\n'), profile))
        .applicability,
    ).toBe('withheld')
    expect(
      weigh(
        ['write-anywhere'],
        needs(service('[Service]\nExecStart=/opt/x\nPrivateTmp=yes\n'), profile),
      ).applicability,
    ).toBe('withheld')
    for (const line of ['StateDirectory=x', 'ReadWritePaths=-/srv/x', 'CacheDirectory=a b']) {
      expect(
        weigh(['write-anywhere'], needs(service(`[Service]\nExecStart=/opt/x\n${line}\n`), profile))
          .applicability,
      ).toBe('safe')
    }
  })
})

describe('any unit', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'sh',
      '-c',
      '"',
      "'",
      '\\',
      '$(',
      '`',
      '>',
      '<<',
      ';',
      '|',
      '&&',
      '{',
      '}',
      '((',
      '[[',
      '/',
      '~',
      '%',
      '$',
      '/dev/',
      '/proc/',
      'env',
      'sudo',
      'su',
      ':',
      '@',
      '=',
      ',',
      '::1',
      'http://',
      '-',
      '--',
      'for',
      'do',
      'case',
      'in',
      'esac',
      'find',
      '-exec',
      'python3',
      '-m',
    ),
    fc.string({maxLength: 12}),
  )
  const line = fc
    .array(piece, {maxLength: 60})
    .chain((pieces) => fc.constantFrom(' ', '').map((separator) => pieces.join(separator)))

  it('is borne', () => {
    fc.assert(
      fc.property(
        line,
        line,
        fc.constantFrom(
          'ExecStart',
          'ExecStartPre',
          'Environment',
          'ReadWritePaths',
          'WorkingDirectory',
          'DeviceAllow',
          'CapabilityBoundingSet',
          'UMask',
        ),
        (command, value, key) => {
          const text = `[Service]\nExecStart=${command}\nExecStart=/bin/sh -c '${command}'\n${key}=${value}\n`
          for (const {because, access} of needs(service(text.replaceAll('\r', ' '))))
            expect(because.length + access.length).toBeLessThan(1000)
        },
      ),
      {numRuns: times(400)},
    )
  })
})
