import {describe, expect, it, test} from 'vitest'
import {isAccess} from '../../src/facts/accesses.ts'
import type {AccessId} from '../../src/facts/accesses.ts'
import {measured} from '../../src/needs/data/measured.ts'
import {known} from '../../src/needs/programs/known.ts'
import {isInMode} from '../../src/needs/programs/modes.ts'
import type {ModeName} from '../../src/needs/programs/modes.ts'
import {
  hasRuntime,
  isKnownProgram,
  namesOf,
  programNeeds,
  runtimeNeeds,
} from '../../src/needs/programs/programs.ts'

function needed(line: string): Set<AccessId> {
  const [path = '', ...args] = line.split(' ')
  return new Set(programNeeds(path, args).map(({access}) => access))
}

test('what is known for its purpose alone may need what its folder or its name suggest', () => {
  // What else logid needs is in no table, and all that Postfix needs is.
  expect(needed('/usr/lib/usb-gadget/logid')).toContain('kernel-modules')
  expect(needed('/usr/lib/example/logid')).not.toContain('kernel-modules')
  expect(needed('/usr/lib/usb-gadget/postfix')).not.toContain('kernel-modules')
})

describe('programs', () => {
  it('are many', () => {
    const names = new Set([
      ...known.flatMap(({programs}) => programs.split(' ')),
      ...measured.map(({program}) => program),
    ])
    expect(names.size).toBeGreaterThan(1500)
    expect(new Set(measured.map(({program}) => program)).size).toBeGreaterThan(80)
  })

  it('are written once a row, with a reason and a source', () => {
    for (const {programs, needs, because, source} of known) {
      const names = programs.split(' ')
      expect(
        names.filter((name, index) => !/^[*\w.+-]+$/.test(name) || names.indexOf(name) !== index),
      ).toEqual([])
      expect(needs.filter((id) => !isAccess(id))).toEqual([])
      expect(because).toMatch(/^[a-z]+s[ ,]|^may |^can |^is /)
      expect(source).not.toBe('')
    }
  })

  it.each([
    ['node', 'write-exec-memory'],
    ['/usr/bin/nodejs', 'write-exec-memory'],
    ['/usr/bin/node18', 'netlink'],
    ['/home/u/.nvm/versions/node/v20/bin/foo', 'write-exec-memory'],
    ['/srv/app/index.mjs', 'write-exec-memory'],
    ['/srv/node_modules/.bin/next', 'write-exec-memory'],
    ['npm start', 'write-exec-memory'],
    ['/usr/lib/jvm/java-17-openjdk-amd64/bin/java -jar x.jar', 'write-exec-memory'],
    ['/opt/app.jar', 'write-exec-memory'],
    ['catalina.sh run', 'write-exec-memory'],
    ['/usr/bin/jsvc -user a x.Main', '@setuid'],
    ['python3.11 /x.py', 'proc-files'],
    ['/opt/x/venv/bin/serve', 'proc-files'],
    ['gunicorn a:b', 'netlink'],
    ['php-fpm8.2', 'privileges-by-exec'],
    ['php8.2-fpm', 'privileges-by-exec'],
    ['php-cgi8.4', 'privileges-by-exec'],
    ['lsphp', 'privileges-by-exec'],
    ['lsphp84', 'privileges-by-exec'],
    ['frankenphp', 'privileges-by-exec'],
    ['rr', 'privileges-by-exec'],
    ['hhvm', 'privileges-by-exec'],
    ['artisan', 'privileges-by-exec'],
    ['worker.php', 'privileges-by-exec'],
    ['ruby3.3', 'netlink'],
    ['/usr/lib/postgresql/15/bin/postgres', 'shared-ipc'],
    ['chromium --headless', 'user-namespaces'],
    ['mount.nfs4', 'host-mounts'],
    ['qemu-system-x86_64', 'anything'],
    ['sshd', 'anything'],
    ['crond', 'anything'],
    ['gitlab-runner run', 'anything'],
    ['dockerd', 'anything'],
    ['mkfs.ext4 /dev/sdb', 'anything'],
    ['plinth', 'anything'],
    ['/usr/libexec/webmin/miniserv.pl /etc/webmin/miniserv.conf', 'anything'],
    ['sitesummary-client', 'anything'],
    ['rancid-run', 'privileges-by-exec'],
    ['xymonclient.sh', 'privileges-by-exec'],
    ['debci worker', 'anything'],
    ['/usr/bin/carbon-c-relay -f /etc/x', 'shared-tmp'],
    ['dns-flood-detector -d', 'packet-sockets'],
    ['eb_server_v4l -c /etc/x', 'raw-devices'],
    ['crowdsec-custom-bouncer', 'shared-tmp'],
    ['/usr/share/openqa/script/openqa-vde_switch', '@chown'],
    ['/usr/share/openqa/script/openqa-vde_switch', 'suid-files'],
    ['pihole -up', 'anything'],
    ['kvmd-certbot renew', 'anything'],
    ['backintime backup', 'host-mounts'],
    ['e2scrub_all -A -r', 'anything'],
    ['spamassassin-maint', 'anything'],
    ['pollen', 'CAP_NET_BIND_SERVICE'],
    ['oddjobd -n', 'anything'],
    ['mandos --foreground', 'privileges-by-exec'],
    ['uftpd -d', 'shared-tmp'],
    ['zabbix_proxy -f', 'shared-tmp'],
    ['fever run', 'shared-tmp'],
    ['pgbackrest server', 'shared-tmp'],
    ['zmpkg.pl start', 'privileges-by-exec'],
    ['lbcd -f', 'raw-devices'],
    ['osmo-mgw -c /etc/x', 'realtime'],
    ['nagios4 /etc/x', 'CAP_AUDIT_WRITE'],
    ['modprobe tun', 'kernel-modules'],
    ['chronyd', 'clock'],
    ['rsyslogd', 'kernel-log'],
    ['bluealsa', 'exotic-sockets'],
    ['pipewire', 'realtime'],
    ['openvpn', 'raw-devices'],
    ['postfix start', 'privileges-by-exec'],
    ['telegraf', 'other-processes'],
    ['mysqld_exporter', 'proc-files'],
    ['steamcmd', 'foreign-abi'],
    ['nginx', 'CAP_SETUID'],
    ['sysctl -w a=b', 'kernel-tunables'],
    ['pgbouncer /etc/pgbouncer/pgbouncer.ini', 'shared-tmp'],
    ['mongos', 'shared-tmp'],
    ['snapserver', 'shared-tmp'],
    ['Xvfb :99', '@setuid'],
  ] as const)('%s needs %s', (line, access) => {
    expect(needed(line)).toContain(access)
  })

  it.each([
    ['node --jitless x.js', 'write-exec-memory'],
    ['restic backup /srv', 'CAP_CHOWN'],
    ['restic -r /srv/repo backup /srv', 'inet'],
    ['restic --no-cache backup /srv', 'home-write'],
    ['restic backup /srv', 'home-read'],
    ['borg create /r::a /srv', 'suid-files'],
    ['tar cf /x .', 'CAP_CHOWN'],
    ['tar -czf /x .', 'suid-files'],
    ['rsync -rt /a /b', 'CAP_CHOWN'],
    ['cp /a /b', '@chown'],
    ['sysctl kernel.ostype', 'kernel-tunables'],
    ['hostname', 'hostname'],
    ['date +%s', 'clock'],
    ['ip addr', 'host-mounts'],
    ['kill -HUP $MAINPID', 'CAP_KILL'],
    ['curl http://localhost:80/health', 'inet'],
    ['chmod 640 /x', 'suid-files'],
    ['/opt/x.sh', 'anything'],
  ] as const)('%s does not need %s', (line, access) => {
    expect(needed(line)).not.toContain(access)
  })

  it.each([
    ['restic restore latest', 'CAP_CHOWN'],
    ['restic $ARGS', 'CAP_CHOWN'],
    ['restic', 'CAP_CHOWN'],
    ['restic mount /mnt', 'host-mounts'],
    ['borg extract /r::a', 'suid-files'],
    ['tar $OPTS', 'CAP_CHOWN'],
    ['tar --extract -f /x', 'CAP_CHOWN'],
    ['rsync -a /a /b', 'CAP_CHOWN'],
    ['restic backup', 'home-read'],
    ['hostname web1', 'hostname'],
    ['date -s now', 'clock'],
    ['ip link set eth0 up', 'CAP_NET_ADMIN'],
    ['kill 1234', 'CAP_KILL'],
    ['curl https://example.org', 'inet'],
    ['curl $URL', 'inet'],
    ['chmod u+s /x', 'suid-files'],
  ] as const)('%s needs %s, for what its arguments say', (line, access) => {
    expect(needed(line)).toContain(access)
  })

  it('say why', () => {
    const reasons = (line: string, access: AccessId): string[] => {
      const [path = '', ...args] = line.split(' ')
      return programNeeds(path, args).flatMap((need) =>
        need.access === access ? [need.because] : [],
      )
    }
    expect(reasons('/usr/bin/node', 'netlink')[0]).toBe(
      '`node` opens netlink sockets for `os.networkInterfaces()`',
    )
    expect(reasons('npm', 'netlink')[0]).toBe(
      '`npm` runs on `node`, which opens netlink sockets for `os.networkInterfaces()`',
    )
    expect(reasons('npm', 'write-exec-memory')[0]).toBe(
      '`npm` runs on `node`, which makes writable memory executable',
    )
    expect(reasons('sshd', 'anything')).toEqual(['`sshd` lets users in, who run what they like'])
    expect(runtimeNeeds('java', '`X`').find(({access}) => access === 'write-exec-memory')).toEqual({
      access: 'write-exec-memory',
      because: '`X` is for `java`, which makes writable memory executable',
      certain: false,
    })
  })

  it('are not known by names that are none', () => {
    for (const name of [
      '',
      '/',
      'toString',
      '__proto__',
      'constructor',
      '/opt/x',
      '8',
      '..',
      '*',
      'a'.repeat(100_000),
    ]) {
      expect(programNeeds(name, [])).toEqual([])
      expect(isKnownProgram(name)).toBe(false)
    }
    expect(isKnownProgram('/usr/sbin/nginx')).toBe(true)
  })
})

describe('the names of a program', () => {
  it.each([
    ['a', ['a']],
    ['a.real', ['a.real', 'a']],
    ['a.bin', ['a.bin', 'a']],
    ['a-bin', ['a-bin', 'a']],
    ['a.exe', ['a.exe', 'a']],
    ['a.x86_64', ['a.x86_64', 'a']],
    ['a-linux-amd64', ['a-linux-amd64', 'a']],
    ['a-amd64', ['a-amd64', 'a']],
    ['.a-wrapped', ['.a-wrapped', 'a']],
    ['.a.wrapped', ['.a.wrapped', 'a']],
    ['..', ['..']],
    ['a.real.b', ['a.real.b']],
    ['python3.11', ['python3.11', 'python', 'python3']],
    ['a-v2', ['a-v2', 'a', 'a3']],
    ['a@2.1', ['a@2.1', 'a', 'a3']],
    ['a_2', ['a_2', 'a', 'a3']],
    ['php8.2-fpm', ['php8.2-fpm', 'php-fpm', 'php-fpm3']],
    ['php-fpm8.2', ['php-fpm8.2', 'php-fpm', 'php-fpm3']],
    ['php8-cgi', ['php8-cgi', 'php-cgi', 'php-cgi3']],
    ['a8-fpmb', ['a8-fpmb']],
    ['a8-cgib', ['a8-cgib']],
    ['a2b', ['a2b']],
    ['prometheus-x-exporter', ['prometheus-x-exporter', 'x-exporter', 'x_exporter']],
    ['prometheus-x_exporter', ['prometheus-x_exporter', 'x_exporter']],
    ['prometheus-x-prober', ['prometheus-x-prober', 'x-prober', 'x_prober']],
    ['prometheus-exporter', ['prometheus-exporter']],
    ['12', ['12']],
    ['', []],
  ])('%s: %j', (name, expected) => expect(namesOf(name)).toEqual(expected))

  it('are told of by the folder of their package where they are not by their name', () => {
    const told = (path: string): readonly string[] => [
      ...new Set(programNeeds(path, []).map(({because}) => because)),
    ]
    const path = '/usr/libexec/phosphor-gpio-monitor/assert'
    expect(told(path)).toEqual([expect.stringMatching(`^by its folder, \`${path}\` `)])
    expect(told('/usr/libexec/phosphor-monitor/assert')).toEqual([])
    expect(programNeeds(path, []).some(({certain}) => certain)).toBe(false)
  })

  it('are cut', () => expect(namesOf('a'.repeat(200))).toEqual(['a'.repeat(128)]))

  it.each([
    ['/usr/bin/node', true],
    ['/usr/bin/python3.11', true],
    ['/usr/bin/gunicorn', true],
    ['/usr/bin/bun', true],
    ['/usr/bin/deno', true],
    ['/opt/a.js', true],
    ['/opt/a.pyz', true],
    ['/opt/a/.venv/bin/b', true],
    ['/opt/a.jar', true],
    ['/opt/a.rb', true],
    ['/opt/a.php', true],
    ['/opt/a.pl', true],
    ['/opt/a.dll', true],
    ['/home/a/.bun/b', true],
    ['/home/a/.deno/b', true],
    ['/home/a/.nvm/b', true],
    ['/home/a/.nvm/usr/bin/b', true],
    ['/opt/a.jsx', false],
    ['/opt/unheard-of', false],
    ['/usr/sbin/nginx', false],
  ])('tell of a runtime: %s: %s', (path, expected) => expect(hasRuntime(path)).toBe(expected))
})

it('modes bear any arguments', () => {
  const all = [
    'extracts',
    'copiesIn',
    'restores',
    'mounts',
    'keepsOwners',
    'setsIdBits',
    'looksUpHosts',
    'changesNetwork',
    'showsProcesses',
    'setsKernelSettings',
  ] as const satisfies readonly ModeName[]
  for (const mode of all) {
    expect(isInMode(mode, ['$ARGS'])).toBe(true)
    for (const args of [[''], ['-'], ['--'], ['='], ['-'.repeat(10_000)], ['a:'.repeat(10_000)]])
      expect(typeof isInMode(mode, args)).toBe('boolean')
  }
})

describe('unknown programs', () => {
  const reason = (name: string): string | undefined => programNeeds(name, [])[0]?.because

  it('are taken by the words of their names', () => {
    expect(reason('/opt/x/set-fan-speed.sh')).toBe(
      'by its name, `set-fan-speed.sh` drives hardware',
    )
    expect(reason('/opt/iptables_init.sh')).toBe(
      'by its name, `iptables_init.sh` sets up packet filters',
    )
    expect(reason('/opt/armbian-resize-filesystem')).toBe(
      'by its name, `armbian-resize-filesystem` works on disks',
    )
    expect(reason('/opt/extend-filesystems')).toBe(
      'by its name, `extend-filesystems` works on disks',
    )
    expect(reason('/opt/startMonitoring.sh')).toBe(
      'by its name, `startMonitoring.sh` watches the system',
    )
    expect(programNeeds('/opt/bt-hciattach.sh', []).map(({access}) => access)).toContain(
      'exotic-sockets',
    )
    expect(programNeeds('/usr/lib/cni/dhcp', []).map(({access}) => access)).toContain(
      'network-namespaces',
    )
    expect(reason('/usr/bin/x-pkcs11-proxy')).toBe(
      'by its name, `x-pkcs11-proxy` may keep its keys in hardware',
    )
    // Its daemon keeps a list of capabilities, or none: ntpd of NTPsec did not start without one.
    expect(
      programNeeds('/usr/libexec/ntpsec/ntp-systemd-wrapper', []).map(({access}) => access),
    ).toEqual(expect.arrayContaining(['CAP_SYS_TIME', 'CAP_SYS_NICE', 'CAP_IPC_LOCK']))
    // Its `sudo` tells the audit what it does.
    expect(programNeeds('/opt/job-scheduler', []).map(({access}) => access)).toContain(
      'CAP_AUDIT_WRITE',
    )
    expect(programNeeds('/opt/x', [])).toEqual([])
    expect(programNeeds('/opt/fanatic', [])).toEqual([])
  })

  it.each([
    ['/opt/alarmpi', true],
    ['/opt/camper-pi', true],
    ['/opt/rpi_dashboard.py', true],
    ['/opt/door_button.py', true],
    ['/opt/webapi', false],
    ['/opt/grpc-api', false],
    ['/opt/api', false],
    ['/opt/okapi', false],
    ['/opt/pipeline', false],
  ])('may work with what is wired to a board: %s: %s', (path, expected) =>
    expect(
      programNeeds(path, []).some(
        ({access, because}) => access === 'raw-devices' && because.includes('wired to'),
      ),
    ).toBe(expected),
  )

  it.each([
    ['/opt/relay.py', 'raw-devices'],
    ['/opt/radio-random/player.py', 'raw-devices'],
    ['/opt/x/playlist', 'shared-tmp'],
    ['/opt/listen-ip', 'privileges-by-exec'],
    ['/opt/uptime.sh', 'CAP_NET_RAW'],
  ])('are taken by the words of their names: %s needs %s', (path, access) =>
    expect(programNeeds(path, []).map((need) => need.access)).toContain(access),
  )

  it('are taken so where they are known as one of many alone', () => {
    expect(reason('/usr/bin/mysqld_exporter')).toBe('`mysqld_exporter` serves metrics')
    const raw = (path: string): readonly string[] =>
      programNeeds(path, []).flatMap(({access, because}) =>
        access === 'raw-devices' ? [because] : [],
      )
    expect(raw('/usr/bin/mysqld_exporter')).toEqual([])
    expect(raw('/opt/prometheus-ipmi-exporter')).toEqual([
      'by its name, `prometheus-ipmi-exporter` drives hardware',
    ])
    expect(raw('/opt/raid_exporter')).toEqual(['by its name, `raid_exporter` works on disks'])
  })

  it('are not known for a part of what they need', () => {
    expect(isKnownProgram('/usr/bin/step-ca')).toBe(false)
    expect(needed('/usr/bin/step-ca')).toContain('write-config')
    expect(isKnownProgram('/usr/bin/clickhouse-server')).toBe(true)
    expect(needed('/usr/bin/clickhouse-server')).toContain('write-exec-memory')
  })

  it('are not taken so where they are known', () => {
    expect(
      programNeeds('/usr/bin/ssh-keygen', []).some(({because}) =>
        because.startsWith('by its name'),
      ),
    ).toBe(false)
    // Under the name of what a wrapper starts.
    expect(programNeeds('/usr/bin/mkdir.real', [])).toEqual(programNeeds('/usr/bin/mkdir', []))
    expect(
      programNeeds('/usr/bin/tar', ['cf', '/x']).some(({because}) =>
        because.startsWith('by its name'),
      ),
    ).toBe(false)
  })
})
