import {describe, expect, it} from 'vitest'
import {ofSight} from '../../src/needs/evidence/of-sight.ts'
import {weigh} from '../../src/needs/weigh.ts'
import {needs} from '../../src/needs/needs.ts'
import type {AccessId} from '../../src/facts/accesses.ts'
import {hostOf} from '../../src/unit/host.ts'
import {service} from '../unit/unit.ts'
import {elf} from '../../src/dev/fuzz/elf-file.ts'

type Files = Parameters<typeof hostOf>[0]

/** What shows of a service whose machine has these files, as `access: because`. */
function shown(lines: string, files: Files): readonly string[] {
  return needs(service(`[Service]\n${lines}\n`, '257', 'a.service', hostOf(files))).map(
    ({access, because}) => `${access}: ${because}`,
  )
}

function judged(lines: string, files: Files, ...denied: AccessId[]) {
  const {applicability, by} = weigh(
    denied,
    needs(service(`[Service]\n${lines}\n`, '257', 'a.service', hostOf(files))),
  )
  return [applicability, ...(by?.() ?? []).filter((words) => !words.includes('such service minds'))]
}

const sections = ['.dynsym']

describe('what a program imports', () => {
  it('shows what it needs, with the path of the program', () => {
    const x = elf({imports: ['chroot', 'shmget'], libraries: ['libpcap.so.0.8']})
    const found = shown('ExecStart=/opt/x/y', {'/opt/x/y': x})
    expect(found).toContain('CAP_SYS_CHROOT: `/opt/x/y` imports `chroot`')
    expect(found).toContain('lasting-ipc: `/opt/x/y` imports `shmget`')
    expect(found).toContain('shared-ipc: `/opt/x/y` imports `shmget`')
    expect(found).toContain('packet-sockets: `/opt/x/y` is linked with `libpcap`')
    expect(judged('ExecStart=/opt/x/y', {'/opt/x/y': x}, '@mount')).toEqual(['withheld'])
    expect(judged('ExecStart=/opt/x/y', {}, '@mount')).toEqual(['safe'])
  })

  it('is known of programs of Debian that are not in sight', () => {
    const recorded = 'raw-devices: `razerd` of Debian is linked with `libusb-1.0`'
    const without = needs(service('[Service]\nExecStart=/usr/bin/razerd\n'))
    expect(without.map(({access, because}) => `${access}: ${because}`)).toContain(recorded)
    expect(weigh(['raw-devices'], without).applicability).toBe('withheld')
    expect(shown('ExecStart=razerd', {})).toContain(recorded)
    // What is in sight says it better, and a script of that name says nothing of it.
    const its = shown('ExecStart=/usr/bin/razerd', {'/usr/bin/razerd': elf({imports: ['chroot']})})
    expect(its).not.toContain(recorded)
    expect(its).toContain('CAP_SYS_CHROOT: `/usr/bin/razerd` imports `chroot`')
    expect(shown("ExecStart=/bin/sh -c 'echo razerd'", {})).not.toContain(recorded)
    // What is known of a program by its name says more, but for what is sure.
    const known = needs(service('[Service]\nExecStart=/usr/sbin/chronyd\n'))
    expect(known.some(({because}) => because.endsWith('of Debian imports `adjtimex`'))).toBe(true)
    expect(known.some(({because}) => because.includes('of Debian is linked'))).toBe(false)
  })

  it('is as telling as the devices that it names, also where it is linked already', () => {
    for (const isStatic of [false, true]) {
      const code = elf({imports: [], isStatic})
      const named = new Uint8Array([...code, ...new TextEncoder().encode('\0/dev/net/tun\0')])
      const files = {'/opt/x/y': named}
      expect(shown('ExecStart=/opt/x/y', files)).toContain(
        'raw-devices: `/opt/x/y` names `/dev/net/tun`',
      )
      expect(judged('ExecStart=/opt/x/y', files, 'raw-devices')).toEqual(['withheld'])
      expect(judged('ExecStart=/opt/x/y', {'/opt/x/y': code}, 'raw-devices')).toEqual(['safe'])
      // Tables know better, and scripts are read otherwise.
      const known = {'/usr/sbin/chronyd': named}
      expect(shown('ExecStart=/usr/sbin/chronyd', known).join()).not.toContain('/dev/net/tun')
    }
  })

  it('is looked through once, however many services run it', () => {
    const host = hostOf({'/opt/x/y': elf({imports: ['chroot']})})
    const program = host.file('/opt/x/y')!
    let passes = 0
    const counted = {
      ...program,
      bytes(start: number, length: number) {
        if (length > 100_000) passes++
        return program.bytes(start, length)
      },
    }
    const its = {...host, file: (path: string) => (path === '/opt/x/y' ? counted : undefined)}
    for (const user of ['a', 'b', 'c'])
      needs(service(`[Service]\nExecStart=/opt/x/y\nUser=${user}\n`, '257', 'a.service', its))
    expect(passes).toBe(1)
  })

  it('says nothing of what cgo has all programs of Go take', () => {
    const ofCgo = 'setegid seteuid setgid setgroups setregid setresgid setresuid setreuid setuid'
    const shownBy = (imports: readonly string[]): string =>
      shown('ExecStart=/opt/x/y', {'/opt/x/y': elf({imports})}).join()
    expect(shownBy(ofCgo.split(' '))).not.toContain('imports')
    expect(shownBy([...ofCgo.split(' '), 'chroot'])).toContain('imports `chroot`')
    expect(shownBy(['setuid', 'setgid', 'setgroups'])).toContain('imports `setuid`')
  })

  it('yields to what others attest', () => {
    const files = {'/opt/x/y': elf({imports: ['chroot']})}
    const unit = service('[Service]\nExecStart=/opt/x/y\n', '257', 'a.service', hostOf(files))
    const shownTo = (grade: 'attested' | 'once'): readonly AccessId[] =>
      ofSight(unit, new Map([['CAP_SYS_CHROOT', {grade, words: () => 'x'}]])).needs.map(
        ({access}) => access,
      )
    expect(shownTo('once')).toContain('CAP_SYS_CHROOT')
    expect(shownTo('attested')).toContain('@mount')
    expect(shownTo('attested')).not.toContain('CAP_SYS_CHROOT')
  })

  it('shows nothing by names that nobody knows', () => {
    expect(
      shown('ExecStart=/opt/x/y', {'/opt/x/y': elf({imports: ['Sigma', 'malloc']})}).filter((one) =>
        one.includes('imports'),
      ),
    ).toEqual([])
  })

  it('shows what libraries are for whose names begin as others do', () => {
    const linked = (...libraries: string[]): readonly string[] =>
      shown('ExecStart=/opt/x/y', {'/opt/x/y': elf({libraries})}).filter((one) =>
        one.includes('linked with'),
      )
    expect(linked('libc.so.6', 'libnetfilter_queue.so.1')).toContain(
      'netlink: `/opt/x/y` is linked with `libnetfilter_queue`',
    )
    expect(linked('libc.so.6', 'libnet.so.1')).toEqual([])
  })

  it('shows of its own libraries what is sure', () => {
    const files = {
      '/opt/x/bin/y': elf({libraries: ['libx.so', 'libc.so.6'], runpath: '$ORIGIN/../lib'}),
      '/opt/x/lib/libx.so': elf({imports: ['chroot', 'shmget']}),
      '/usr/lib/libc.so.6': elf({imports: ['mount']}),
    }
    const found = shown('ExecStart=/opt/x/bin/y', files)
    expect(found).toContain(
      'CAP_SYS_CHROOT: `/opt/x/lib/libx.so`, a library of `/opt/x/bin/y`, imports `chroot`',
    )
    expect(found.filter((one) => /shmget|`mount`/.test(one))).toEqual([])
  })

  it('shows what a closed profile knows better where programs can do without', () => {
    const left = (name: string, access: AccessId): string => {
      const files = hostOf({'/opt/x/y': elf({imports: [name]})})
      const unit = service('[Service]\nExecStart=/opt/x/y\n', '257', 'a.service', files)
      return weigh([access], needs(unit, {needs: [], closed: true})).applicability
    }
    expect(left('kill', 'CAP_KILL')).toBe('safe')
    expect(left('quotactl', 'CAP_SYS_ADMIN')).toBe('withheld')
    expect(left('chroot', 'CAP_SYS_CHROOT')).toBe('withheld')
  })

  it('is found behind wrappers, scripts and search paths', () => {
    const x = elf({imports: ['chroot']})
    for (const [line, path] of [
      ['/usr/bin/nice -n 5 /opt/x/y', '/opt/x/y'],
      ['/bin/sh -c "exec /opt/x/y"', '/opt/x/y'],
      ['my-daemon', '/usr/sbin/my-daemon'],
    ] as const) {
      expect(shown(`ExecStart=${line}`, {[path]: x})).toContain(
        `CAP_SYS_CHROOT: \`${path}\` imports \`chroot\``,
      )
    }
  })

  it('is nothing of an interpreter, of a shell, or of a program with a job that is measured', () => {
    const x = elf({imports: ['chroot', 'shmget']})
    for (const [line, path] of [
      ['/usr/bin/python3 /opt/app.py', '/usr/bin/python3'],
      ['/usr/bin/guile /opt/app', '/usr/bin/guile'],
      ['/bin/sh -c "x"', '/bin/sh'],
      ['/usr/bin/curl http://localhost', '/usr/bin/curl'],
    ] as const) {
      expect(
        shown(`ExecStart=${line}`, {[path]: x}).filter((one) => one.includes('imports')),
      ).toEqual([])
    }
  })

  it('of a known program is what is sure', () => {
    const found = shown('ExecStart=/usr/sbin/haproxy', {
      '/usr/sbin/haproxy': elf({imports: ['chroot', 'setns', 'shmget']}),
    })
    expect(found.filter((one) => one.includes('imports'))).toContain(
      'CAP_SYS_CHROOT: `/usr/sbin/haproxy` imports `chroot`',
    )
    expect(found.filter((one) => /setns|shmget/.test(one))).toEqual([])
  })
})

describe('a service with a root of its own', () => {
  const files = {
    '/opt/x/y': elf({imports: ['chroot']}),
    '/srv/r/opt/x/y': elf({
      imports: ['sethostname'],
      libraries: ['libz.so'],
      runpath: '$ORIGIN/lib',
    }),
    '/srv/r/opt/x/lib/libz.so': elf({imports: ['swapon']}),
  }
  const of = (lines: string) =>
    shown(`ExecStart=/opt/x/y\n${lines}`, files).filter((one) => one.includes('imports'))

  it('has its programs there', () => {
    expect(of('')[0]).toBe('CAP_SYS_CHROOT: `/opt/x/y` imports `chroot`')
    expect(of('RootDirectory=/srv/r')[0]).toBe('hostname: `/opt/x/y` imports `sethostname`')
    expect(of('RootDirectory=/srv/r/')).toContain(
      '@swap: `/opt/x/lib/libz.so`, a library of `/opt/x/y`, imports `swapon`',
    )
    expect(of('RootDirectory=/srv')).toEqual([])
    expect(of('RootImage=/srv/r.raw')).toEqual([])
  })
})

describe('what a program does not import', () => {
  const libc = {'/usr/lib/x86_64-linux-gnu/libc.so.6': elf({})}
  const daemon = elf({imports: ['bind', 'read'], libraries: ['libc.so.6', 'libfoo.so.1'], sections})
  const foo = {
    '/usr/lib/x86_64-linux-gnu/libfoo.so.1': elf({
      imports: ['write'],
      libraries: ['libc.so.6'],
      sections,
    }),
  }
  const denied: AccessId[] = ['CAP_SETUID', 'CAP_SETGID', '@setuid']
  const asked = (files: Files, lines = 'ExecStart=/opt/x/y') =>
    judged(lines, {...libc, ...files}, ...denied)

  it('does without, where all of it is in sight', () => {
    expect(asked({'/opt/x/y': daemon, ...foo})).toEqual([
      'safe',
      ...['uses `CAP_SETUID`', 'uses `CAP_SETGID`', 'makes system calls of `@setuid`'].map(
        (one) => `read: nothing that \`/opt/x/y\` is linked with imports a function that ${one}`,
      ),
    ])
    expect(
      judged('ExecStart=/opt/x/y', {'/opt/x/y': daemon, ...foo}, 'CAP_NET_BIND_SERVICE'),
    ).toEqual(['unsafe'])
  })

  it('is told in words, of what it was read in', () => {
    const unit = service(
      '[Service]\nExecStart=/opt/x/y\n',
      '257',
      'a.service',
      hostOf({...libc, '/opt/x/y': daemon, ...foo}),
    )
    const {lacks} = ofSight(unit, new Map())
    expect(lacks.get('CAP_SETUID')).toMatchObject({grade: 'read'})
    expect(lacks.get('CAP_SETUID')?.words()).toBe(
      'read: nothing that `/opt/x/y` is linked with imports a function that uses `CAP_SETUID`',
    )
  })

  it('is that of all programs, and of none where a script runs too', () => {
    const other = elf({imports: ['setuid'], libraries: ['libc.so.6'], sections})
    const files = {...libc, ...foo, '/opt/x/y': daemon, '/opt/x/z': other}
    const lacking = (lines: string, more: Files = {}) =>
      ofSight(
        service(`[Service]\n${lines}\n`, '257', 'a.service', hostOf({...files, ...more})),
        new Map(),
      ).lacks
    expect(lacking('ExecStart=/opt/x/y\nExecStartPre=/opt/x/z').has('CAP_SETUID')).toBe(false)
    expect(lacking('ExecStart=/opt/x/z\nExecStartPre=/opt/x/y').has('CAP_SETUID')).toBe(false)
    expect(lacking('ExecStart=/opt/x/y\nExecStartPre=/opt/x/z').has('CAP_SYS_CHROOT')).toBe(true)
    expect(lacking('ExecStart=/opt/x/y\nExecStartPre=/bin/rm -f /run/y').has('CAP_SETUID')).toBe(
      true,
    )
    expect(
      lacking('ExecStart=/opt/x/y\nExecStartPre=/opt/x/s', {'/opt/x/s': '#!/bin/sh\ntrue\n'}).size,
    ).toBe(0)
    expect(
      lacking('ExecStart=/opt/x/y\nExecStartPre=/opt/x/s', {
        '/opt/x/s': '#!/usr/bin/python3\n1\n',
        '/usr/bin/python3': daemon,
      }).size,
    ).toBe(0)
    expect(
      lacking('ExecStart=/opt/x/y\nExecStartPre=/bin/sh -c true', {'/bin/sh': daemon}).size,
    ).toBe(0)
  })

  it('shows signs that a profile knows better of, and others', () => {
    const {needs: found} = ofSight(
      service(
        '[Service]\nExecStart=/opt/x/y\n',
        '257',
        'a.service',
        hostOf({'/opt/x/y': elf({imports: ['chroot', 'shmget'], libraries: ['libpcap.so.0.8']})}),
      ),
      new Map(),
    )
    expect(found.length).toBeGreaterThan(2)
    expect(
      found.every(({certain, assignment}) => !certain && assignment?.key === 'ExecStart'),
    ).toBe(true)
  })

  it('is evidence where the unit binds what is there', () => {
    expect(asked({'/opt/x/y': daemon, ...foo}, 'ExecStart=/opt/x/y\nBindPaths=/srv/x')[0]).toBe(
      'safe',
    )
  })

  it.each<[string, Files, string?]>([
    ['a library is not in sight', {'/opt/x/y': daemon}],
    [
      'a library is where no linker looks',
      {
        '/opt/x/y': daemon,
        '/usr/lib/foo/libfoo.so.1': foo['/usr/lib/x86_64-linux-gnu/libfoo.so.1'],
      },
    ],
    [
      'a library is for another machine',
      {'/opt/x/y': daemon, '/usr/lib/x86_64-linux-gnu/libfoo.so.1': elf({is64: false, sections})},
    ],
    [
      'a library loads code',
      {
        '/opt/x/y': daemon,
        '/usr/lib/x86_64-linux-gnu/libfoo.so.1': elf({imports: ['dlopen'], sections}),
      },
    ],
    [
      'a library sets users',
      {
        '/opt/x/y': daemon,
        '/usr/lib/x86_64-linux-gnu/libfoo.so.1': elf({imports: ['setresuid'], sections}),
      },
    ],
    ['it starts programs', {'/opt/x/y': elf({imports: ['execve'], sections})}],
    ['it calls the kernel by number', {'/opt/x/y': elf({imports: ['syscall'], sections})}],
    ['it is of Go', {'/opt/x/y': elf({imports: ['read'], sections: ['.dynsym', '.gopclntab']})}],
    ['it has no sections', {'/opt/x/y': elf({imports: ['read']})}],
    ['it starts itself', {'/opt/x/y': elf({startsItself: true, sections})}],
    ['it is linked already', {'/opt/x/y': elf({isStatic: true})}],
    ['something is loaded into all', {'/opt/x/y': daemon, ...foo, '/etc/ld.so.preload': '/x.so'}],
    [
      'another program is not in sight',
      {'/opt/x/y': daemon, ...foo},
      'ExecStart=/opt/x/y\nExecStartPre=/opt/x/z',
    ],
    [
      'another program sets users',
      {'/opt/x/y': daemon, ...foo, '/opt/x/z': elf({imports: ['setuid'], sections})},
      'ExecStart=/opt/x/y\nExecStopPost=/opt/x/z',
    ],
    [
      'what it loads is told it',
      {'/opt/x/y': daemon, ...foo},
      'ExecStart=/opt/x/y\nEnvironment=LD_PRELOAD=/x.so',
    ],
    [
      'what it loads is told it by `env`',
      {'/opt/x/y': daemon, ...foo},
      'ExecStart=/usr/bin/env LD_PRELOAD=/x.so /opt/x/y',
    ],
    [
      'another may be mounted there',
      {'/opt/x/y': daemon, ...foo},
      'ExecStart=/opt/x/y\nExtensionImages=/x.raw',
    ],
    [
      'another is bound there',
      {'/opt/x/y': daemon, ...foo},
      'ExecStart=/opt/x/y\nBindReadOnlyPaths=/opt/v2:/opt/x',
    ],
    [
      'what it loads may be told to systemd',
      {'/opt/x/y': daemon, ...foo},
      'ExecStart=/opt/x/y\nPassEnvironment=A LD_PRELOAD',
    ],
  ])('is no evidence where %s', (_, files, lines) => {
    expect(asked(files, lines)[0]).not.toBe('safe')
  })

  it('is no evidence for memory where it is made so when it is loaded', () => {
    const of = (given: Parameters<typeof elf>[0]) =>
      judged('ExecStart=/opt/x/y', {'/opt/x/y': elf({sections, ...given})}, 'write-exec-memory')[0]
    expect(of({})).toBe('safe')
    expect(of({isExecutableStack: true})).toBe('unsafe')
    expect(of({hasTextRelocations: true})).toBe('unsafe')
    expect(of({imports: ['mmap']})).toBe('unsafe')
    // Of other things it is.
    expect(
      asked({'/opt/x/y': elf({sections, libraries: ['libc.so.6'], isExecutableStack: true})})[0],
    ).toBe('safe')
  })

  it('is evidence whatever C library it is, without that in sight', () => {
    const lifts = (library: string): boolean =>
      asked({'/opt/x/y': elf({sections, libraries: [library]})})[0] === 'safe'
    const [libraries, others] = [
      [
        ...['libc.so.6', 'libm.so', 'libgcc_s.so.1', 'libpthread.so.0'],
        ...['ld-linux-x86-64.so.2', 'libc.musl-x86_64.so.1', 'ld-musl-aarch64.so.1', 'ld64.so.1'],
      ],
      ['libd.so.6', 'xlibc.so.6', 'libcx.so.6', 'libc.so.6x', 'libc.so-6', 'libc.so.x'],
    ]
    expect(libraries.filter((library) => !lifts(library))).toEqual([])
    expect(others.filter(lifts)).toEqual([])
  })
})

describe('a shell script in sight', () => {
  it('is read for what it runs and writes', () => {
    const files = {
      '/opt/x/run.sh': '#!/bin/sh\nset -e\necho 1 > /sys/x/y\nexec /opt/x/z\n',
      '/opt/x/z': elf({imports: ['chroot']}),
    }
    const found = shown('ExecStart=/opt/x/run.sh', files)
    expect(found).toContain('kernel-tunables: `ExecStart=` writes `/sys/x/y`')
    expect(found).toContain('CAP_SYS_CHROOT: `/opt/x/z` imports `chroot`')
    expect(
      judged(
        'ExecStart=/opt/x/run.sh',
        {'/opt/x/run.sh': '#!/bin/sh\nexec /opt/x/z\n'},
        'kernel-modules',
      ),
    ).toEqual(['safe'])
  })

  it.each<[string, string]>([
    ['is that of a shell', 'ExecStart=/bin/bash -e /opt/x/run'],
    ['is the program', 'ExecStart=/opt/x/run'],
    ['is behind a variable', 'Environment=R=/opt/x/run\nExecStart=/bin/sh ${R}'],
  ])('%s', (_, lines) => {
    expect(
      shown(lines, {'/opt/x/run': '#!/bin/sh\nmodprobe x\n'}).some((one) =>
        one.startsWith('kernel-modules: `modprobe`'),
      ),
    ).toBe(true)
  })

  it.each<[string, string, 'safe' | 'unsafe']>([
    ['functions are its own', 'f() { /opt/x/z; }\nf\n', 'safe'],
    ['a variable has one value', 'D=/opt/x/z\nexec "$D" -f\n', 'safe'],
    ['a variable has a default', 'D=${E:-/opt/x/z}\n$D -f\n', 'safe'],
    ['a variable has another in it', 'B=/opt\nD=${E:-$B/x}\n"$D/z"\n', 'safe'],
    ['a variable has itself in it', 'D=$D$D\n$D\n', 'unsafe'],
    ['a variable is what a command says', 'D=$(x)\n$D\n', 'unsafe'],
    ['it asks whether there is a program', 'for c in a b; do command -v "$c"; done\n', 'safe'],
    ['what it reads is behind a variable', 'L=/opt/x\n. "$L/lib"\ng\n', 'safe'],
    ['what it reads is for variables', 'N=$1\n. /etc/default/${N}${I:+.$I}\n', 'safe'],
    ['what it reads is not known', '. "$1/lib"\n', 'unsafe'],
    ['a variable is set once more by `for`', 'D=/opt/x/z\nfor D in a b; do $D; done\n', 'unsafe'],
    ['a variable is set once more by `read`', 'D=/opt/x/z\nread D\n$D\n', 'unsafe'],
    ['a variable is set by `local`', 'f() { local D=/opt/x/z; $D; }\nf\n', 'safe'],
    ['a variable is added to', 'D=/opt\nD+=/x\n$D\n', 'unsafe'],
    ['a variable has two values', 'D=/opt/x/z\nD=/opt/x/w\n$D\n', 'unsafe'],
    ['a variable comes from elsewhere', '"$1" x\n', 'unsafe'],
    ['text is run', 'eval "$X"\n', 'unsafe'],
    ['what it reads is read to its end', '. /opt/x/lib\ng\n', 'safe'],
    ['what it reads is not in sight', '. /opt/x/none\n', 'unsafe'],
    ['it is long', ':\n'.repeat(20_000), 'unsafe'],
    ['it runs much', 'a\n'.repeat(400), 'unsafe'],
  ])('is known where %s', (_, text, expected) => {
    const files = {'/opt/x/run.sh': `#!/bin/sh\n${text}`, '/opt/x/lib': 'g() { :; }\n'}
    expect(judged('ExecStart=/opt/x/run.sh', files, 'kernel-modules')).toEqual([expected])
  })

  it('says why nothing is known where it is not read to its end', () => {
    const {because} = weigh(
      ['kernel-modules'],
      needs(
        service(
          '[Service]\nExecStart=/opt/x/run.sh\n',
          '257',
          'a.service',
          hostOf({'/opt/x/run.sh': '#!/bin/sh\n$1\n'}),
        ),
      ),
    )
    expect(because.map((need) => need.because)).toEqual([
      '`ExecStart=` runs the script `/opt/x/run.sh`, which is not read to its end',
    ])
  })

  it('may be 10 MB of nothing', () => {
    for (const text of [
      '#!/bin/sh\n' + '('.repeat(10_000_000),
      'a'.repeat(10_000_000),
      `#!${'/'.repeat(10_000_000)}`,
      '#!/bin/sh\n' + '\0'.repeat(10_000_000),
    ]) {
      expect(judged('ExecStart=/opt/x/run.sh', {'/opt/x/run.sh': text}, 'kernel-modules')).toEqual([
        'unsafe',
      ])
    }
  })
})

describe('a file of variables in sight', () => {
  const files = {
    '/etc/default/x':
      "# comment\n; A=no\n  PORT = 80 \nOPTS=\"-u  'a b' \\\n --dir=/srv/x\"\nQ='$x' \n=\nB=a\\ b\n",
  }

  it('gives words and values, and takes precedence', () => {
    const found = shown(
      'Environment=OPTS=/home/no\nEnvironmentFile=-/etc/default/x\nExecStart=/opt/x/y $OPTS',
      files,
    )
    expect(found).toContain('write-anywhere: `ExecStart=` names `/srv/x`')
    expect(found.filter((one) => one.includes('/home/no'))).toEqual([])
    expect(found).toContain('bind-ports: `PORT` of `/etc/default/x` names a port')
  })

  it('is nothing where it is not in sight', () => {
    expect(shown('EnvironmentFile=-/etc/default/none\nExecStart=/opt/x/y $OPTS', files)).toEqual(
      shown('ExecStart=/opt/x/y $OPTS', {}),
    )
  })
})
