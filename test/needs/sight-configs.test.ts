import {describe, expect, it} from 'vitest'
import type {AccessId} from '../../src/facts/accesses.ts'
import {weigh} from '../../src/needs/weigh.ts'
import {needs} from '../../src/needs/needs.ts'
import {ownSettings, settingsIn} from '../../src/needs/evidence/settings.ts'
import {configOf} from '../../src/needs/sight/configs.ts'
import {hostOf} from '../../src/unit/host.ts'
import {service} from '../unit/unit.ts'
import {elf} from '../../src/dev/fuzz/elf-file.ts'

type Files = Parameters<typeof hostOf>[0]

/**
 * What a config shows: `because: accesses`, paths as `path: use path`, and what it does without.
 */
function read(line: string, files: Files): readonly string[] | undefined {
  const [program = '', ...args] = line.split(' ')
  const found = configOf(program, args, hostOf(files))
  return (
    found && [
      ...found.signs.map(({needs: its, path, because}) =>
        path
          ? `${because}: ${[path.use, path.path, ...its].join(' ')}`
          : `${because}: ${its.join(' ')}`,
      ),
      ...[...found.lacks].map(([id, words]) => `without ${id}: ${words}`),
    ]
  )
}

/** Files in folders of a folder. */
function folders(count: number, each: number): Files {
  return Object.fromEntries(
    Array.from({length: count * each}, (_, at) => [
      `/c/${at % count}/${Math.floor(at / count)}/y`,
      'a b',
    ]),
  )
}

/** Files of which each includes the next. */
function chain(length: number): Files {
  return Object.fromEntries(
    Array.from({length}, (_, at) => [
      `/c/${at + 1}`,
      at + 1 === length ? 'port 6379' : `include /c/${at + 2}`,
    ]),
  )
}

const listening = 'bind-ports inet inet-local'
const becoming = 'CAP_SETUID CAP_SETGID @setuid @privileged'
const rooting = 'CAP_SYS_CHROOT @mount @privileged'

describe('the config of a daemon', () => {
  it.each<[string, string, string, readonly string[]]>([
    [
      'nginx',
      '/etc/nginx/nginx.conf',
      'user www-data; # x; y\nhttp { server { listen [::]:8080 default_server; pcre_jit on; } }',
      [
        `\`/etc/nginx/nginx.conf\` says \`user\`: ${becoming}`,
        `\`/etc/nginx/nginx.conf\` says \`listen\`: ${listening}`,
        '`/etc/nginx/nginx.conf` says `pcre_jit`: write-exec-memory',
        'without CAP_NET_BIND_SERVICE: read: `/etc/nginx/nginx.conf` names no port below 1024',
      ],
    ],
    [
      'nginx -g x',
      '/etc/nginx/nginx.conf',
      'listen unix:/run/x.sock;\naccess_log off;\nerror_log /srv/e.log warn;',
      [
        '`/etc/nginx/nginx.conf` says `listen`: unix-sockets',
        '`/etc/nginx/nginx.conf`: write /run/x.sock',
        '`/etc/nginx/nginx.conf`: write /srv/e.log',
      ],
    ],
    [
      'apache2',
      '/etc/apache2/apache2.conf',
      'Listen 80\nUser ${APACHE_RUN_USER}\nLoadModule wsgi_module x.so\n',
      [
        `\`/etc/apache2/apache2.conf\` says \`listen\`: ${listening} CAP_NET_BIND_SERVICE`,
        `\`/etc/apache2/apache2.conf\` says \`user\`: ${becoming}`,
        '`/etc/apache2/apache2.conf` says `loadmodule`: privileges-by-exec write-exec-memory shared-tmp',
      ],
    ],
    [
      'sshd -D',
      '/etc/ssh/sshd_config',
      'Port 2222\nUsePAM yes',
      [
        '`/etc/ssh/sshd_config` says `port`: bind-ports inet inet-local',
        '`/etc/ssh/sshd_config` says `usepam`: anything',
        'without CAP_NET_BIND_SERVICE: read: `/etc/ssh/sshd_config` names no port below 1024',
      ],
    ],
    [
      'redis-server /x.conf --daemonize no',
      '/x.conf',
      'port 0\nunixsocket "/run/r/s"\ndir /srv/r',
      [
        '`/x.conf` says `unixsocket`: unix-sockets',
        '`/x.conf`: write /run/r/s',
        '`/x.conf`: write /srv/r',
        'without CAP_NET_BIND_SERVICE: read: `/x.conf` names no port below 1024',
      ],
    ],
    [
      'mariadbd --defaults-file=/m.cnf',
      '/m.cnf',
      '[client]\nport=80\n[mysqld]\nuser = mysql\nmemlock\nsocket=/tmp/m.sock',
      [
        `\`/m.cnf\` says \`user\`: ${becoming}`,
        '`/m.cnf` says `memlock`: locked-memory @memlock CAP_IPC_LOCK',
        '`/m.cnf` says `socket`: unix-sockets',
        '`/m.cnf`: write /tmp/m.sock',
        'without CAP_NET_BIND_SERVICE: read: `/m.cnf` names no port below 1024',
      ],
    ],
    [
      'postgres -D /srv/pg',
      '/srv/pg/postgresql.conf',
      "port = 5433 # x\nunix_socket_directories = '/tmp'\narchive_command = ''",
      [
        `\`/srv/pg/postgresql.conf\` says \`port\`: ${listening}`,
        '`/srv/pg/postgresql.conf` says `unix_socket_directories`: shared-tmp unix-sockets',
        '`/srv/pg/postgresql.conf` says `unix_socket_directories`: unix-sockets',
        '`/srv/pg/postgresql.conf`: write /tmp',
        'without CAP_NET_BIND_SERVICE: read: `/srv/pg/postgresql.conf` names no port below 1024',
      ],
    ],
    [
      'pg_ctlcluster 17-main start',
      '/etc/postgresql/17/main/postgresql.conf',
      'huge_pages = on',
      [
        '`/etc/postgresql/17/main/postgresql.conf` says `huge_pages`: CAP_IPC_LOCK locked-memory',
        'without CAP_NET_BIND_SERVICE: read: `/etc/postgresql/17/main/postgresql.conf` names no port below 1024',
      ],
    ],
    [
      'dnsmasq -C/d.conf',
      '/d.conf',
      'dhcp-range=10.0.0.1,10.0.0.9',
      [
        '`/d.conf` says `dhcp-range`: packet-sockets CAP_NET_RAW CAP_NET_ADMIN host-network netlink',
      ],
    ],
    [
      'haproxy -Ws -f /h.cfg',
      '/h.cfg',
      'global\n  chroot /var/lib/haproxy\n  user haproxy\nfrontend x\n  bind *:8443 ssl crt /c',
      [
        `\`/h.cfg\` says \`chroot\`: ${rooting}`,
        `\`/h.cfg\` says \`user\`: ${becoming}`,
        `\`/h.cfg\` says \`bind\`: ${listening}`,
        'without CAP_NET_BIND_SERVICE: read: `/h.cfg` names no port below 1024',
      ],
    ],
    [
      'unbound -d',
      '/etc/unbound/unbound.conf',
      'server:\n  chroot: ""\n  interface: 0.0.0.0@5353\n  port: 5353',
      [
        `\`/etc/unbound/unbound.conf\` says \`interface\`: ${listening}`,
        `\`/etc/unbound/unbound.conf\` says \`port\`: ${listening}`,
        'without CAP_NET_BIND_SERVICE: read: `/etc/unbound/unbound.conf` names no port below 1024',
      ],
    ],
    [
      'mosquitto',
      '/etc/mosquitto/mosquitto.conf',
      'listener 1884 0.0.0.0\nlog_dest file /srv/m.log',
      [
        `\`/etc/mosquitto/mosquitto.conf\` says \`listener\`: ${listening}`,
        '`/etc/mosquitto/mosquitto.conf`: write /srv/m.log',
        'without CAP_NET_BIND_SERVICE: read: `/etc/mosquitto/mosquitto.conf` names no port below 1024',
      ],
    ],
    [
      'php-fpm8.2',
      '/etc/php/8.2/fpm/php-fpm.conf',
      '[www]\nlisten = /run/p.sock\nuser = www\n;chroot = /x\nchroot = /srv',
      [
        '`/etc/php/8.2/fpm/php-fpm.conf` says `listen`: unix-sockets',
        '`/etc/php/8.2/fpm/php-fpm.conf`: write /run/p.sock',
        `\`/etc/php/8.2/fpm/php-fpm.conf\` says \`user\`: ${becoming}`,
        `\`/etc/php/8.2/fpm/php-fpm.conf\` says \`chroot\`: ${rooting}`,
      ],
    ],
    [
      'vsftpd',
      '/etc/vsftpd.conf',
      'local_enable=NO\nlisten_port=2121',
      [
        `\`/etc/vsftpd.conf\` says \`listen_port\`: ${listening}`,
        'without CAP_NET_BIND_SERVICE: read: `/etc/vsftpd.conf` names no port below 1024',
      ],
    ],
    [
      'rsyslogd -n',
      '/etc/rsyslog.conf',
      'module(load="imklog")\n*.*;auth.none\t-/srv/syslog',
      [
        '`/etc/rsyslog.conf` says `module(load`: kernel-log CAP_SYSLOG proc-files',
        '`/etc/rsyslog.conf`: write /srv/syslog',
      ],
    ],
    [
      'squid',
      '/etc/squid/squid.conf',
      'http_port 80 tproxy',
      [
        `\`/etc/squid/squid.conf\` says \`http_port\`: ${listening} CAP_NET_BIND_SERVICE`,
        '`/etc/squid/squid.conf` says `http_port`: CAP_NET_ADMIN CAP_NET_RAW',
      ],
    ],
  ])('tells what it needs: %s', (line, path, text, expected) => {
    expect(read(line, {[path]: text})).toEqual(expected)
  })

  it('is read with what it includes', () => {
    const files = {
      '/etc/nginx/nginx.conf': 'include conf.d/*.conf;\ninclude /etc/nginx/nginx.conf;',
      '/etc/nginx/conf.d/a.conf': 'listen 8080;',
      '/etc/nginx/conf.d/a.conf.bak': 'listen 80;',
      '/etc/nginx/conf.d/.b.conf': 'listen 80;',
    }
    expect(read('nginx', files)).toEqual([
      `\`/etc/nginx/conf.d/a.conf\` says \`listen\`: ${listening}`,
      'without CAP_NET_BIND_SERVICE: read: `/etc/nginx/nginx.conf` names no port below 1024',
    ])
  })

  it.each<[string, readonly string[]]>([
    ['a*', ['a', 'ab', 'axb', 'axxb']],
    ['*b', ['ab', 'b', 'axb', 'axxb']],
    ['a*b', ['ab', 'axb', 'axxb']],
    ['a*x*b', ['axb', 'axxb']],
    ['a*x*x*b', ['axxb']],
    ['*x*', ['axb', 'axxb']],
    ['ab', ['ab']],
    ['ab*b', []],
    ['*', ['a', 'ab', 'b', 'axb', 'axxb']],
  ])('is read with what `%s` includes: %j', (pattern, expected) => {
    const files = Object.fromEntries(
      ['a', 'ab', 'b', 'axb', 'axxb', '.ab'].map((name) => [
        `/etc/nginx/c/${name}`,
        `user ${name};`,
      ]),
    )
    const found = configOf(
      'nginx',
      [],
      hostOf({'/etc/nginx/nginx.conf': `include c/${pattern};`, ...files}),
    )
    expect(
      found?.signs
        .map(({because}) => because.split('`')[1]?.slice('/etc/nginx/c/'.length))
        .toSorted(),
    ).toEqual(expected.toSorted())
  })

  it.each<[string, readonly string[]]>([
    ['conf-dir=/c', ['/c/a.conf', '/c/b.bak']],
    ['conf-dir=/c/', ['/c/a.conf', '/c/b.bak']],
    ['conf-dir=/c,*.conf', ['/c/a.conf']],
    ['conf-dir=/c,.x,*.bak', ['/c/b.bak']],
    ['conf-dir=/c,.bak', ['/c/a.conf', '/c/b.bak']],
  ])('is read with a folder: %s', (line, expected) => {
    const found = configOf(
      'dnsmasq',
      [],
      hostOf({'/etc/dnsmasq.conf': `${line}\n`, '/c/a.conf': 'user=a\n', '/c/b.bak': 'user=b\n'}),
    )
    expect(found?.signs.map(({because}) => because.split('`')[1])).toEqual(expected)
  })

  it('may lack what a pattern from the root of the machine could include', () => {
    const lacks = (line: string) => [
      ...(configOf(
        'nginx',
        [],
        hostOf({'/etc/nginx/nginx.conf': `listen 8080;\n${line}`}),
      )?.lacks.keys() ?? []),
    ]
    expect(lacks('include /none/*.conf;')).toEqual(['CAP_NET_BIND_SERVICE'])
    expect(lacks('include /none;')).toEqual([])
    expect(lacks('include none/*;')).toEqual([])
  })

  it('may lack nothing where nobody can tell which folder it includes', () => {
    const lacks = (line: string) => [
      ...(configOf(
        'dnsmasq',
        [],
        hostOf({'/etc/dnsmasq.conf': `port=5353\n${line}\n`, '/c/a': 'a\n'}),
      )?.lacks.keys() ?? []),
    ]
    expect(lacks('conf-dir=/c')).toEqual(['CAP_NET_BIND_SERVICE'])
    for (const one of ['/c$x', '/c/%n', '/{c,d}', '/c?', ''])
      expect(lacks(`conf-dir=${one}`)).toEqual([])
  })

  it('has lines that go on in the next', () => {
    expect(read('redis-server', {'/etc/redis/redis.conf': 'port \\\n 80'})?.[0]).toBe(
      `\`/etc/redis/redis.conf\` says \`port\`: ${listening} CAP_NET_BIND_SERVICE`,
    )
    expect(read('redis-server', {'/etc/redis/redis.conf': 'port\\\n80'})?.[0]).toBe(
      read('redis-server', {'/etc/redis/redis.conf': 'port 80'})?.[0],
    )
    expect(read('redis-server', {'/etc/redis/redis.conf': 'port \\\r\n 80\r\n'})?.[0]).toContain(
      'CAP_NET_BIND_SERVICE',
    )
  })

  it('is read with all that one line includes', () => {
    const files = {
      '/etc/ssh/sshd_config': 'Port 2222\nInclude a.conf b.conf',
      '/etc/ssh/a.conf': 'Port 2223',
      '/etc/ssh/b.conf': 'Port 22',
    }
    expect(read('sshd', files)?.at(-1)).toBe(
      `\`/etc/ssh/b.conf\` says \`port\`: ${listening} CAP_NET_BIND_SERVICE`,
    )
  })

  it('is read as deep as people nest theirs', () => {
    const found = read('redis-server', {'/etc/redis/redis.conf': 'include /c/1', ...chain(8)})
    expect(found).toContain(`\`/c/8\` says \`port\`: ${listening}`)
    expect(found?.some((one) => one.startsWith('without'))).toBe(true)
  })

  it.each<[string, Files]>([
    ['what it includes is missing', {'/etc/redis/redis.conf': 'include /none.conf'}],
    ['nobody can tell what it includes', {'/etc/redis/redis.conf': 'include /etc/$X.conf'}],
    ['it names a port that nobody can tell', {'/etc/redis/redis.conf': 'port 6x'}],
    ['it is too long', {'/etc/redis/redis.conf': 'dir /srv\n'.repeat(40_000)}],
    ['it has too many lines', {'/etc/redis/redis.conf': 'a\n'.repeat(30_000)}],
    [
      'it includes too much',
      {
        '/etc/redis/redis.conf': 'include /c/*',
        ...Object.fromEntries(Array.from({length: 80}, (_, at) => [`/c/${at}`, 'a b'])),
      },
    ],
    [
      'it includes from so many folders',
      {'/etc/redis/redis.conf': 'include /c/*/*/x', ...folders(17, 16)},
    ],
    [
      'it includes from a folder that is cut',
      {'/etc/redis/redis.conf': 'include /c/x*.conf', ...folders(1100, 1)},
    ],
    [
      'it includes several, of which one is missing',
      {'/etc/redis/redis.conf': 'port 6379\ninclude /a /none.conf', '/a': 'dir /srv'},
    ],
    [
      'it includes nothing that is there from its own folder',
      {'/etc/redis/redis.conf': 'include conf.d/*.conf'},
    ],
    ['it is no text', {'/etc/redis/redis.conf': 'port 6379\n\0'}],
    ['it includes itself ever deeper', {'/etc/redis/redis.conf': 'include /c/1', ...chain(9)}],
  ])('shows nothing that is not needed where %s', (_, files) => {
    expect(read('redis-server', files)?.filter((one) => one.startsWith('without'))).toEqual([])
  })

  it('is none where no table tells, or it is not in sight', () => {
    expect(read('my-daemon -c /x.conf', {'/x.conf': 'port 80'})).toBeUndefined()
    expect(read('nginx', {})).toBeUndefined()
    expect(read('nginx -c /none.conf', {'/etc/nginx/nginx.conf': 'listen 80;'})).toBeUndefined()
  })

  it('looks into no more folders than it may, however much it includes', () => {
    let looks = 0
    const host = hostOf({
      '/etc/nginx/nginx.conf': 'include /*/*/*/*;'.repeat(1000),
      ...folders(20, 20),
    })
    const found = configOf('nginx', [], {
      ...host,
      names(folder) {
        looks++
        return host.names(folder)
      },
    })
    expect(found?.signs).toEqual([])
    expect(looks).toBe(128)
  })

  it('may be hostile', () => {
    const parts = [
      '{',
      ';',
      '\\\n',
      'include *;',
      'include /*/*/*/*;',
      '#',
      '[',
      '[x]\n',
      'include /etc/nginx/nginx.conf;',
      '=',
      ' ',
      '\t#',
      'a=',
      '*'.repeat(100),
    ]
    for (const [program, path] of [
      ['nginx', '/etc/nginx/nginx.conf'],
      ['mysqld', '/etc/my.cnf'],
      ['dnsmasq', '/etc/dnsmasq.conf'],
      ['php-fpm', '/etc/php-fpm.conf'],
    ] as const) {
      for (const part of parts) {
        for (const length of [200_000, 10_000_000]) {
          expect(() =>
            configOf(program, [], hostOf({[path]: part.repeat(length / part.length)})),
          ).not.toThrow()
        }
      }
    }
  })
})

describe('a service whose daemon has a config in sight', () => {
  const judged = (files: Files, ...denied: AccessId[]) => {
    const unit = service(
      '[Service]\nExecStart=/opt/x/redis-server /etc/redis.conf\n',
      '257',
      'a.service',
      hostOf(files),
    )
    const {applicability, because, by} = weigh(denied, needs(unit))
    return [applicability, ...because.map((need) => need.because), ...(by?.() ?? [])]
  }

  it('needs what it says, whatever others attest', () => {
    expect(judged({'/etc/redis.conf': 'port 80'}, 'CAP_NET_BIND_SERVICE')).toEqual([
      'withheld',
      '`/etc/redis.conf` says `port`',
    ])
  })

  it('does without low ports where it names none', () => {
    const files = {
      '/opt/x/redis-server': elf({imports: ['execve', 'bind']}),
      '/etc/redis.conf': 'port 7000',
    }
    expect(judged(files, 'CAP_NET_BIND_SERVICE')).toEqual([
      'safe',
      'read: `/etc/redis.conf` names no port below 1024',
    ])
  })
})

describe('the settings of a program', () => {
  it.each<[string, readonly string[]]>([
    ['--config /etc/xrc', ['/etc/xrc']],
    ['--config=/etc/xrc', ['/etc/xrc']],
    ['-c=/etc/xrc', ['/etc/xrc']],
    ['--level=/etc/xrc', []],
    ['--level=/etc/x.toml', ['/etc/x.toml']],
    ['--config=3 -c -v', []],
    ['--config=https://x/y.toml', []],
  ])('that is given %s are %j', (args, expected) => {
    expect(settingsIn(args.split(' '))).toEqual(expected)
  })

  it('are looked for by its name where it is given none', () => {
    const shown = (files: Files, args = ''): readonly string[] => {
      const host = hostOf({'/usr/sbin/xd': elf({imports: ['bind']}), ...files})
      return needs(service(`[Service]\nExecStart=/usr/sbin/xd${args}\n`, '257', 'a.service', host))
        .filter(({because}) => because.includes('names'))
        .map(({access, because}) => `${access}: ${because}`)
    }
    const named = (file: string): readonly string[] => [`shared-tmp: \`${file}\` names \`/tmp/x\``]
    for (const file of ['/etc/xd.conf', '/etc/x.conf', '/etc/xd/log.jcfg', '/etc/x/xrc'])
      expect(shown({[file]: 'address = "/tmp/x"\n'})).toEqual(named(file))
    expect(shown({'/etc/y/y.conf': 'a = /tmp/x\n', '/etc/xd/d/y': 'a = /tmp/x\n'})).toEqual([])
    expect(shown({'/etc/xd/x': '#!/bin/sh\necho >/tmp/x\n', '/etc/xd/y': '# /tmp/x\n'})).toEqual([])
    const both = {'/etc/xd.conf': 'a = /tmp/x\n', '/etc/z.conf': 'a = /srv/y\n'}
    expect(shown(both, ' -c /etc/z.conf')).toEqual([])
    // A name that would be all of `/etc`, or of the root.
    const etc = hostOf({'/etc/passwd': '', '/x': ''})
    expect(['d', '..', ''].map((name) => ownSettings(name, etc))).toEqual([['/etc/d.conf'], [], []])
    const many = Array.from({length: 40}, (_, at) => [`/etc/xd/${at + 10}`, `a = /tmp/x\n`])
    expect(shown(Object.fromEntries(many))).toHaveLength(32)
  })
})
