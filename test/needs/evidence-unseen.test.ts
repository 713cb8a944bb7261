import {describe, expect, it} from 'vitest'
import {weigh} from '../../src/needs/weigh.ts'
import {needs} from '../../src/needs/needs.ts'
import type {Weighed} from '../../src/needs/weigh.ts'
import {elf} from '../../src/dev/fuzz/elf-file.ts'
import {hostOf} from '../../src/unit/host.ts'
import {service} from '../unit/unit.ts'

/** Whether a service with these lines may be denied what hardly any service needs. */
function judged(lines: string): Weighed['applicability'] {
  return weigh(['kernel-modules'], needs(service(`[Service]\n${lines}\n`))).applicability
}

describe('services of which nothing can be known', () => {
  it.each([
    'Type=oneshot',
    'ExecStart=/bin/true',
    'ExecStart=/usr/bin/false\nExecStop=/bin/true',
    'ExecStart=/opt/x/run.sh --fast',
    'ExecStart=/opt/x/startup.sh',
    'ExecStart=/opt/x/standalone.sh',
    'ExecStart=/bin/bash -e /opt/x/run',
    'ExecStart=/bin/sh -c "exec /opt/x/run.sh"',
    'ExecStartPre=/opt/x/prepare.sh\nExecStart=/opt/x/y',
    'ExecStart=/etc/init.d/foo start',
    'ExecStart=/usr/lib/foo/bin/foo.init start',
    'Type=oneshot\nExecStart=/usr/local/sbin/frob up\nRemainAfterExit=yes',
    'Type=oneshot\nExecStart=/usr/libexec/frob-data\n[Install]\nWantedBy=multi-user.target',
    'Type=oneshot\nExecStart=/usr/local/bin/frob_data.py\nExecStop=/usr/local/bin/frob_data.py clean',
  ])('have no safe denial: %s', (lines) => {
    expect(judged(lines)).toBe('unsafe')
  })

  it.each([
    'ExecStart=/bin/bash',
    'ExecStart=-/bin/sh -l -i',
    'ExecStart=/etc/rc.local start',
    'ExecStart=/usr/sbin/cron -f',
    'ExecStart=/usr/local/bin/gocron',
    'ExecStart=/bin/sh -c "exec service x start"',
    'ExecStart=/usr/lib/systemd/systemd-user-runtime-dir start %i',
  ])('have none at all where others say what is done: %s', (lines) => {
    expect(judged(lines)).toBe('withheld')
  })

  const sourcing = ['. ', 'source ', 'exec true; . ', '[ -f x ] && . ', 'set -a; . ']

  it.each(
    ['/opt/x/lib', '/opt/x/functions.sh', './lib', 'lib.sh', '$A/lib', '${A}', '~/x'].flatMap(
      (file) => sourcing.map((start) => `ExecStart=/bin/sh -c '${start}${file}; exec /opt/x/y'`),
    ),
  )('have no safe denial where they take in a script that nobody sees: %s', (lines) => {
    expect(judged(lines)).toBe('unsafe')
  })

  it.each(
    [
      '/etc/default/x',
      '/etc/sysconfig/$A',
      '/etc/os-release',
      '/etc/profile',
      '/opt/x/.env',
      './prod.env',
      '/opt/x/venv/bin/activate',
      'activate base',
      '"$NVM_DIR/nvm.sh"',
      '/opt/ros/humble/setup.bash',
      '/lib/lsb/init-functions',
    ].flatMap((file) =>
      sourcing.map((start) => `ExecStart=/bin/sh -c '${start}${file}; exec /opt/x/y'`),
    ),
  )('are not those that take in variables: %s', (lines) => {
    expect(judged(lines)).toBe('safe')
  })

  it.each([
    ['/usr/bin/python3 /etc/x/y.py', 'safe'],
    ['/etc/x/y.js', 'safe'],
    ['/etc/x/y', 'unsafe'],
    ['/etc/x/y.sh', 'unsafe'],
    ['/etc/x.py/y', 'unsafe'],
  ])('lie below /etc, but for scripts of other languages: %s is %s', (command, expected) => {
    expect(judged(`ExecStart=${command}`)).toBe(expected)
  })

  it('are in sight with all that they take in, or not', () => {
    const of = (text: string): string => {
      const host = hostOf({'/opt/x/y.sh': `#!/bin/sh\n${text}\nls\n`, '/opt/x/lib': 'ls\n'})
      const unit = service('[Service]\nExecStart=/opt/x/y.sh\n', '257', 'a.service', host)
      return weigh(['kernel-modules'], needs(unit)).applicability
    }
    expect(of('')).toBe('safe')
    expect(of('. /opt/x/lib')).toBe('safe')
    expect(of('. "$(dirname "$0")/lib"')).toBe('safe')
    expect(of('. /opt/x/other')).toBe('unsafe')
    expect(of('. "$A"')).toBe('unsafe')
    expect(of('. /opt/x/.env')).toBe('safe')
  })

  it.each([
    'ExecStart=/opt/x/y',
    'ExecStart=/bin/sh -c "exec /opt/x/y"',
    'ExecStart=/opt/x/y\nExecStop=/bin/true',
    'ExecStart=/opt/kafka/bin/kafka-server-start.sh',
    'ExecStart=+/opt/x/run.sh',
    'ExecStart=/opt/x/y\nExecStartPre=+/opt/x/prepare.sh',
    'Type=oneshot\nUser=x\nExecStart=/usr/local/sbin/frob up\nRemainAfterExit=yes',
    'Type=oneshot\nExecStart=/usr/local/sbin/frob up',
    'Type=oneshot\nExecStart=/usr/sbin/logrotate /etc/logrotate.conf',
    'Type=oneshot\nUser=www-data\nExecStart=/usr/bin/php -f /var/www/nextcloud/cron.php',
    'ExecStart=/usr/bin/python3 /opt/x/service.py',
    'ExecStart=/usr/bin/node /opt/x/init.js',
  ])('are not those whose program is in sight: %s', (lines) => {
    expect(judged(lines)).toBe('safe')
  })

  it('bear what denies nothing', () => {
    expect(weigh([], needs(service('[Service]\nExecStart=/opt/x/run.sh\n'))).applicability).toBe(
      'safe',
    )
  })

  it('are known to a closed profile', () => {
    const unit = service('[Service]\nExecStart=/opt/x/run.sh\n')
    expect(weigh(['kernel-modules'], needs(unit, {needs: [], closed: true})).applicability).toBe(
      'safe',
    )
  })

  it('find their daemons by /proc and make folders for them where a script of init starts them, though it is named for a known program', () => {
    const found = needs(
      service(
        '[Service]\nType=forking\nExecStart=/etc/init.d/slapd start\nExecStop=/etc/init.d/slapd stop\n',
      ),
    )
    expect(weigh(['other-processes'], found).applicability).toBe('withheld')
    expect(weigh(['CAP_SYS_PTRACE'], found).applicability).toBe('withheld')
    // mumble-server's has `install -o USER -d /run/mumble-server`, which sets a mode last.
    expect(weigh(['CAP_FOWNER'], found).applicability).toBe('withheld')
    expect(weigh(['write-config'], found).applicability).toBe('withheld')
  })

  it.each<[string, boolean, Weighed['applicability']]>([
    ['ExecStart=/opt/x/y\nEnvironmentFile=/etc/default/y', false, 'unsafe'],
    ['ExecStart=/opt/x/y\nEnvironmentFile=-/etc/default/y', false, 'unsafe'],
    ['ExecStart=/opt/x/y', true, 'safe'],
    ['ExecStart=/usr/bin/y\nEnvironmentFile=/etc/default/y', false, 'safe'],
    ['ExecStart=/usr/sbin/cron\nExecStartPre=/opt/x/y\nEnvironmentFile=-/x', true, 'withheld'],
    ['ExecStart=/opt/x/y\nEnvironmentFile=/etc/default/z', true, 'unsafe'],
    ['ExecStart=/opt/x/y\nEnvironmentFile=-/etc/default/z', true, 'safe'],
    ['ExecStart=/opt/x/y\nEnvironmentFile=/etc/default/y', true, 'safe'],
  ])('may be told of folders in /tmp by variables: %j, on a machine: %j', (lines, isOn, safe) => {
    const host = isOn ? hostOf({'/etc/default/y': 'A=b\n', '/opt/x/y': elf({})}) : undefined
    const found = needs(service(`[Service]\n${lines}\n`, '257', 'a.service', host))
    expect(weigh(['shared-tmp'], found).applicability).toBe(safe)
  })

  it.each<[string, string | undefined]>([
    [
      'ExecStart=/opt/x/run.sh',
      '`ExecStart=` runs the script `/opt/x/run.sh`, which is not in sight',
    ],
    ['ExecStart=/bin/true', 'no command of it is in sight that does anything'],
    [
      'ExecStart=/usr/lib/systemd/systemd-a',
      '`ExecStart=` runs a part of systemd, which sets up what it needs',
    ],
    ['ExecStart=/usr/lib/systemd/systemd-socket-proxyd a', undefined],
    ['ExecStart=/opt/usr/lib/systemd/systemd-a', undefined],
    [
      'ExecStart=/etc/rc.local',
      '`ExecStart=` runs what the administrator wrote into `/etc/rc.local`',
    ],
    [
      'ExecStart=/etc/rc.d/rc.local',
      '`ExecStart=` runs what the administrator wrote into `/etc/rc.d/rc.local`',
    ],
    ['ExecStart=/bin/bash -l', '`ExecStart=` lets a user in, who runs what they like'],
    ['ExecStart=/bin/sh -c a', undefined],
    [
      'ExecStart=/usr/bin/socat TCP-LISTEN:8091,fork EXEC:/opt/x/tells',
      '`ExecStart=` has `socat` run `/opt/x/tells` for others, and nobody knows what that does',
    ],
    ['ExecStart=/bin/sh -c "socat TCP-LISTEN:8091 - | /opt/x/tells"', undefined],
    ['ExecStart=/bin/sh -c "echo EXEC:/bin/true | /opt/x/tells"', undefined],
    [
      'Type=oneshot\nRemainAfterExit=yes\nExecStart=/opt/x/y',
      '`ExecStart=` runs `/opt/x/y` as root when the machine starts, and nobody knows what that does',
    ],
    ['Type=oneshot\nRemainAfterExit=no\nExecStart=/opt/x/y', undefined],
    [
      'Type=oneshot\nExecStop=/bin/true\nExecStart=/opt/x/y',
      '`ExecStart=` runs `/opt/x/y` as root when the machine starts, and nobody knows what that does',
    ],
    ...['WantedBy', 'RequiredBy', 'UpheldBy'].map((key): [string, string] => [
      `Type=oneshot\nExecStart=/opt/x/y\n[Install]\n${key}=a.target`,
      '`ExecStart=` runs `/opt/x/y` as root when the machine starts, and nobody knows what that does',
    ]),
    ['Type=exec\nRemainAfterExit=yes\nExecStart=/opt/x/y', undefined],
  ])('say why: %s: %s', (lines, expected) => {
    const found = needs(service(`[Service]\n${lines}\n`, '262')).find(
      ({access}) => access === 'anything',
    )
    expect(found?.because).toBe(expected)
    expect(found?.certain ?? false).toBe(false)
  })
})

it('what a package has in /usr/share may start a runtime, and what has a user of its own may be one', () => {
  const judged = (command: string, user: string): string =>
    weigh(
      ['write-exec-memory'],
      needs(
        service(
          `[Unit]\nDocumentation=man:frobd(8)\n[Service]\nUser=${user}\nExecStart=${command}\n`,
          '257',
          'frobd.service',
        ),
      ),
    ).applicability
  expect(judged('/usr/lib/frobd/frobd', 'root')).toBe('safe')
  expect(judged('/usr/lib/frobd/frobd', 'a')).toBe('unsafe')
  expect(judged('/usr/share/frobd/bin/frobd', 'root')).toBe('unsafe')
})

it('nothing is known of what socat runs for others where nobody knows that', () => {
  const judged = (address: string): string => {
    const unit = service(`[Service]\nExecStart=/usr/bin/socat TCP-LISTEN:8091,fork ${address}\n`)
    return weigh(['shared-tmp'], needs(unit)).applicability
  }
  expect(judged('EXEC:/usr/local/bin/tells,su=u')).toBe('unsafe')
  expect(judged('SYSTEM:"cd /srv; ./tells"')).toBe('unsafe')
  expect(judged('SYSTEM:"id -un"')).toBe('safe')
  expect(judged('TCP:127.0.0.1:80')).toBe('safe')
})

describe('words about a program that nobody knows', () => {
  const of = (text: string): string[] =>
    needs(service(text)).map(({access, because}) => `${access}: ${because}`)

  it.each([
    [
      '[Service]\nExecStart=/opt/x/y kexec',
      'CAP_SYS_BOOT: the word `kexec` in `ExecStart=` suggests that the service stops or restarts the machine',
    ],
    [
      '[Unit]\nDescription=Zigbee bridge\n[Service]\nExecStart=/opt/x/y',
      'raw-devices: its description suggests that it drives hardware',
    ],
    [
      '[Service]\nExecStart=/opt/x/y\nWorkingDirectory=/opt/zwave',
      'raw-devices: its working directory suggests that it drives hardware',
    ],
    [
      '[Service]\nExecStart=/opt/x/y --iface=eth0',
      'packet-sockets: `ExecStart=` names the network interface `eth0`',
    ],
    [
      "[Service]\nExecStart=/bin/sh -c 'for f in /sys/class/x/*; do echo 1 > $f; done'",
      'kernel-tunables: `ExecStart=` writes `/sys/class/x/*`',
    ],
    [
      '[Service]\nExecStart=/opt/x/y\nExecStartPre=/usr/bin/install -d -m 2750 /srv/x',
      'suid-files: `install` sets the set-group-ID bit of what it makes',
    ],
    [
      '[Service]\nExecStart=/opt/x/y\nDelegate=yes',
      'suid-files: `Delegate=` lets it run others in control groups of their own',
    ],
    [
      '[Service]\nExecStart=/opt/x/y\nDelegate=cpu memory',
      'user-namespaces: `Delegate=` lets it run others in control groups of their own',
    ],
    [
      '[Service]\nUser=a\nExecStart=/usr/bin/y\nAmbientCapabilities=CAP_NET_ADMIN',
      'raw-devices: `AmbientCapabilities=` names `CAP_NET_ADMIN`, perhaps for tunnels, which are opened in `/dev/net`',
    ],
    [
      '[Service]\nExecStart=/usr/bin/y\nCapabilityBoundingSet=CAP_KILL CAP_NET_ADMIN',
      'kernel-tunables: `CapabilityBoundingSet=` names `CAP_NET_ADMIN`, perhaps for tunnels, which are opened in `/dev/net`',
    ],
    [
      '[Service]\nUser=a\nExecStart=/usr/bin/y\nAmbientCapabilities=CAP_NET_RAW',
      'exotic-sockets: `AmbientCapabilities=` names `CAP_NET_RAW`, which Bluetooth and XDP ask for too',
    ],
    [
      '[Service]\nUser=a\nExecStart=/usr/bin/y\nAmbientCapabilities=CAP_BPF',
      'kernel-tunables: `AmbientCapabilities=` names `CAP_BPF`, perhaps for programs that it pins in `/sys`',
    ],
    [
      '[Service]\nExecStart=/usr/bin/y\nCapabilityBoundingSet=CAP_SYS_MODULE',
      'kernel-tunables: `CapabilityBoundingSet=` names `CAP_SYS_MODULE`, perhaps for drivers, which are told in `/sys` of what to drive',
    ],
    [
      '[Unit]\nDescription=Bridge for Codex\n[Service]\nExecStart=/usr/bin/node /opt/b/i.js',
      'anything: its description suggests that it does what others ask of it',
    ],
  ])('hold fixes back: %s', (text, need) => {
    expect(of(`${text}\n`)).toContain(need)
  })

  it.each([
    '[Unit]\nDescription=Bluetooth clock\n[Service]\nExecStart=/usr/bin/nginx',
    '[Service]\nExecStart=/opt/x/y --kexec',
    '[Service]\nExecStart=/bin/echo kexec mount\nExecStartPre=/opt/x/y',
    '[Service]\nExecStart=/opt/x/y ethics',
    '[Service]\nExecStart=/opt/x/y\nDelegate=no',
    '[Service]\nExecStart=/opt/x/y\nDelegate=',
    '[Service]\nExecStart=/opt/x/y\nCapabilityBoundingSet=~CAP_NET_ADMIN',
    '[Service]\nExecStart=/usr/bin/caddy run\nUser=a\nAmbientCapabilities=CAP_NET_ADMIN',
  ])('say nothing of one that is known, or of other words: %s', (text) => {
    expect(
      of(`${text}\n`).filter((need) => /suggests|interface|others in|perhaps/.test(need)),
    ).toEqual([])
  })

  it('of the name of a unit tell what is served by what serves applications of others', () => {
    const why = (name: string, command: string): readonly string[] =>
      needs(service(`[Service]\nUser=a\nExecStart=${command}\n`, '257', name)).flatMap(
        ({access, because}) => (access === 'shared-tmp' ? [because] : []),
      )
    expect(
      why('paperless-webserver.service', '/usr/bin/granian paperless.asgi:application'),
    ).toEqual([
      'the unit is named for `paperless-webserver`, which hands on files in `/tmp` to its other services',
    ])
    expect(why('other-webserver.service', '/usr/bin/granian other.asgi:application')).toEqual([])
  })

  it('tell of what npm starts', () => {
    const isOfBrowser = (command: string): boolean =>
      needs(service(`[Service]\nUser=a\nExecStart=${command}\n`, '257', 'crawler.service')).some(
        ({access}) => access === 'user-namespaces',
      )
    expect(isOfBrowser('/usr/bin/npm start')).toBe(true)
    expect(isOfBrowser('/usr/bin/nginx')).toBe(false)
  })

  it('of the name tell of what mounts, but not where it is done when a job is', () => {
    const mounts = (type: string): boolean =>
      needs(service(`[Service]\nType=${type}\nExecStart=/opt/x/y\n`, '257', 'restic.service')).some(
        ({because}) =>
          because === 'the unit is named for `restic`, which mounts what it has stored',
      )
    expect([mounts('exec'), mounts('oneshot')]).toEqual([true, false])
  })

  it('say nothing of a known one for what its package has for it, but for what others have', () => {
    const suggested = (helper: string): boolean => {
      const text = `[Unit]\nDescription=Bluetooth\n[Service]\nExecStartPre=${helper}\nExecStart=/usr/sbin/bird -f\n`
      return needs(service(text, '257', 'bird.service')).some(({because}) =>
        because.includes('suggests'),
      )
    }
    expect([suggested('/usr/lib/bird/prepare'), suggested('/usr/lib/other/prepare')]).toEqual([
      false,
      true,
    ])
  })
})

describe('settings and variables out of sight', () => {
  const tmp = (lines: string): Weighed['applicability'] =>
    weigh(['shared-tmp'], needs(service(`[Service]\n${lines}\n`))).applicability

  it.each([
    'ExecStart=/opt/frob/frobd --config /etc/frob.conf',
    'ExecStart=/usr/local/bin/frobd /etc/frob.conf',
    'ExecStart=/home/u/frobd -c frob.toml\nUser=u',
    'ExecStart=/usr/local/bin/frobd\nEnvironmentFile=-/etc/default/frob',
    'ExecStart=/usr/bin/java -jar ${FROB_JAR}\nEnvironmentFile=-/etc/sysconfig/frob\nUser=u',
  ])("may tell a program of somebody's own of a place in `/tmp`: %s", (lines) => {
    expect(tmp(lines)).toBe('unsafe')
  })

  it.each([
    'ExecStart=/usr/sbin/frobd --config /etc/frob.conf',
    'ExecStart=/usr/bin/frobd /etc/frob.toml\nUser=u',
    'ExecStart=/usr/bin/frobd $FROB_OPTS\nEnvironmentFile=-/etc/default/frob\nUser=u',
    'ExecStart=/usr/lib/frob/frobd\nEnvironmentFile=/etc/default/frob',
  ])('are counted in for those that packages bring: %s', (lines) => {
    expect(tmp(lines)).toBe('safe')
  })
})

describe('units that read as those of a user', () => {
  const command = 'ExecStart=/opt/example/run'
  const judgedAt = (text: string, path = 'a.service'): Weighed['applicability'] =>
    weigh(['kernel-modules'], needs(service(text, '257', path))).applicability

  it.each([
    `[Service]\n${command}\n[Install]\nWantedBy=default.target\n`,
    `[Service]\n${command}\n[Install]\nWantedBy=graphical-session.target\n`,
    `[Unit]\nPartOf=graphical-session.target\n[Service]\n${command}\n`,
    `[Unit]\nAfter=network.target sway-session.target\n[Service]\n${command}\n`,
    `[Unit]\nAfter=xdg-desktop-autostart.target\n[Service]\n${command}\n`,
  ])('have no safe denial: %j', (text) => {
    expect(judgedAt(text)).toBe('unsafe')
    expect(judgedAt(text, '/etc/systemd/system/a.service')).toBe('safe')
  })

  it.each([
    `[Service]\n${command}\n[Install]\nWantedBy=multi-user.target\n`,
    `[Service]\n${command}\n[Install]\nWantedBy=multi-user.target default.target\n`,
    ...['User=a', 'DynamicUser=yes', 'TTYPath=/dev/tty2', 'PIDFile=/run/a.pid'].map(
      (line) => `[Service]\n${command}\n${line}\n[Install]\nWantedBy=default.target\n`,
    ),
    '[Service]\nExecStart=/usr/sbin/hived\n[Install]\nWantedBy=default.target\n',
    `[Unit]\nAfter=user-sessions.target\n[Service]\n${command}\n`,
  ])('are not those of the system: %j', (text) => {
    expect(judgedAt(text)).toBe('safe')
  })
})
