import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import type {TracedService} from '../../src/needs/evidence/traced.ts'
import {traceOf} from '../../src/trace/profile.ts'
import {TraceReader} from '../../src/trace/reader.ts'
import {rendered} from './rendered.ts'
import type {Form, Happening} from './rendered.ts'

function services(...logs: ReadonlyArray<readonly string[]>): readonly TracedService[] {
  return traceOf(
    logs.map((lines, index) => {
      const log = `${index}.log`
      const reader = new TraceReader(log)
      for (const line of lines) reader.take(line)
      return {log, groups: reader.end()}
    }),
  ).services
}

function only(...logs: ReadonlyArray<readonly string[]>): TracedService {
  const [one, ...others] = services(...logs)
  if (!one || others.length > 0) throw new Error(`Expected one service, not ${others.length + 1}`)
  return one
}

/** What a command did, one call a line, after it was run. */
function did(...calls: readonly string[]): TracedService {
  return only([
    '7 execve("/usr/sbin/exampled", ["exampled"], 0x7ffe /* 9 vars */) = 0',
    ...calls.map((line) => `7 ${line}`),
  ])
}

const life: readonly Happening[] = [
  {
    pid: 7,
    call: 'execve',
    text: '"/usr/sbin/exampled", ["exampled", "--password=hunter2"], 0x7ffe /* 9 vars */',
    result: '0',
  },
  {
    pid: 7,
    call: 'openat',
    text: 'AT_FDCWD, "/etc/exampled/exampled.conf", O_RDONLY|O_CLOEXEC',
    result: '3',
  },
  {pid: 7, call: 'socket', text: 'AF_INET, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_IP', result: '4'},
  {
    pid: 7,
    call: 'bind',
    text: '4, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("0.0.0.0")}, 16',
    result: '0',
  },
  {pid: 7, call: 'listen', text: '4, 511', result: '0'},
  {
    pid: 7,
    call: 'mkdir',
    text: '"/var/lib/exampled/data", 0700',
    result: '-1 EEXIST (File exists)',
  },
  {
    pid: 7,
    call: 'openat',
    text: 'AT_FDCWD, "/var/lib/exampled/data/db", O_RDWR|O_CREAT, 0600',
    result: '5',
  },
  {
    pid: 7,
    call: 'clone',
    text: 'child_stack=NULL, flags=CLONE_CHILD_CLEARTID|SIGCHLD, child_tidptr=0x7f',
    result: '8',
  },
  {pid: 8, call: 'setgroups', text: '1, [33]', result: '0'},
  {pid: 8, call: 'setuid', text: '33', result: '0'},
  {
    pid: 8,
    call: 'accept4',
    text: '4, {sa_family=AF_INET, sin_port=htons(40000), sin_addr=inet_addr("192.0.2.9")}, [16], SOCK_CLOEXEC',
    result: '6',
  },
  {pid: 8, call: 'read', text: '6, "a secret"..., 512', result: '10'},
  {
    pid: 8,
    call: 'chown',
    text: '"/var/lib/exampled/data/db", 33, 33',
    result: '-1 EPERM (Operation not permitted)',
  },
  {pid: 7, signal: 'SIGTERM'},
  {pid: 8, exit: 0},
  {pid: 7, exit: 0},
]

describe('a log', () => {
  const forms: Form[] = (['output', 'bracket'] as const).flatMap((column) =>
    ([undefined, 't', 'tt', 'ttt', 'r'] as const).flatMap((time) =>
      [0, 2, 3].map((breaks): Form => ({
        column,
        time,
        breaks,
        takes: time === 'tt',
        isNumbered: time === 'ttt',
      })),
    ),
  )

  test.each(forms)('tells the same in all forms: %o', (form) => {
    expect(only(rendered(life, form))).toEqual(only(rendered(life, {column: 'output'})))
  })

  test('tells what was done, and by which powers', () => {
    const {
      program,
      runs,
      seen,
      did: its,
      places,
      calls,
      refused,
    } = only(rendered(life, {column: 'output'}))
    expect({program, runs, seen}).toEqual({
      program: '/usr/sbin/exampled',
      runs: 1,
      seen: ['start', 'accept', 'end', 'stop'],
    })
    expect(Object.keys(its).toSorted()).toEqual(
      [
        'CAP_KILL',
        'CAP_NET_BIND_SERVICE',
        'CAP_SETGID',
        'CAP_SETUID',
        'bind-ports',
        'inet',
        'inet-local',
      ].toSorted(),
    )
    expect(places).toEqual({run: ['/usr/sbin/exampled'], write: ['/var/lib/exampled']})
    expect(calls).toContain('setgroups')
    expect(refused).toEqual(['chown'])
  })

  test('keeps no arguments and no contents', () => {
    expect(JSON.stringify(services(rendered(life, {column: 'output'})))).not.toMatch(
      /hunter2|secret/,
    )
  })

  test('of several runs adds up', () => {
    const lines = rendered(life, {column: 'output'})
    expect(only(lines, lines)).toMatchObject({runs: 2, logs: ['0.log', '1.log']})
  })

  test('without a start has none', () => {
    expect(only(rendered(life.slice(1), {column: 'output'}))).toMatchObject({
      program: '',
      runs: 0,
      seen: ['accept', 'end', 'stop'],
    })
  })

  test('may be cut anywhere', () => {
    const text = rendered(life, {column: 'bracket', time: 'tt', breaks: 2}).join('\n')
    for (let end = 0; end < text.length; end += 7)
      expect(services(text.slice(0, end).split('\n')).length).toBeLessThan(2)
  })

  test('that is cut in a line says so', () => {
    const lines = rendered(life, {column: 'output'})
    expect(only([...lines.slice(0, 5), '7 openat(AT_FDC']).unclear).toEqual(['cut'])
    expect(only(lines.slice(0, 5)).unclear).toEqual([])
  })

  test('may hold anything', () => {
    const words = fc.constantFrom(
      '7 ',
      '[pid 8] ',
      'clone(',
      'execve(',
      '"/a"',
      '<unfinished ...>',
      '<... clone resumed>',
      ') = ',
      '8',
      '-1 EPERM (x)',
      '{',
      '[',
      '"',
      '\\',
      ', ',
      'strace: Process 9 attached',
      '+++ exited with 0 +++',
    )
    fc.assert(
      fc.property(
        fc.array(
          fc.array(words, {maxLength: 8}).map((parts) => parts.join('')),
          {maxLength: 40},
        ),
        (lines) => services(lines).length < 20,
      ),
    )
  })

  test('grows with what is new, not with its length', () => {
    const reader = new TraceReader('x')
    reader.take('7 execve("/usr/sbin/exampled", ["exampled"], 0x7ffe) = 0')
    for (let at = 0; at < 20_000; at++)
      reader.take(`7 openat(AT_FDCWD, "/var/lib/exampled/${at}", O_RDWR|O_CREAT, 0600) = 5`)
    const [group] = reader.end()
    expect(group?.facts.places.get('write')?.size).toBe(4000)
  })
})

describe('the manager', () => {
  const start = [
    '1 openat(AT_FDCWD, "/usr/lib/systemd/system/exampled.service", O_RDONLY|O_CLOEXEC) = 27',
    '1 clone3({flags=CLONE_VM|CLONE_VFORK|CLONE_CLEAR_SIGHAND, exit_signal=SIGCHLD}, 88) = 70',
    '70 execve("/proc/self/fd/9", ["/usr/lib/systemd/systemd-executo"..., "--deserialize", "33"], 0x55 /* 12 vars */) = 0',
    '70 openat(AT_FDCWD, "/sys/fs/cgroup/system.slice/exampled.service/cgroup.procs", O_WRONLY) = 5',
    '70 mount("/tmp/systemd-private", "/run/systemd/unit-root/tmp", NULL, MS_BIND, NULL) = 0',
    '70 unshare(CLONE_NEWNS) = 0',
    '70 setuid(33) = 0',
    '70 execve("/usr/sbin/exampled", ["exampled"], 0x55) = 0',
    '70 clone(child_stack=NULL, flags=SIGCHLD) = 71',
    '71 nice(-5) = -1 EPERM (Operation not permitted)',
    '70 pause() = ? ERESTARTNOHAND (To be restarted if no handler)',
  ]

  test('does for a service what is not its need', () => {
    expect(only(start)).toMatchObject({
      program: '/usr/sbin/exampled',
      unit: 'exampled.service',
      runs: 1,
      did: {},
      seen: ['start'],
    })
  })

  test('forked services itself before 254', () => {
    const older = [
      '1 clone(child_stack=NULL, flags=SIGCHLD) = 70',
      '70 prctl(PR_SET_NAME, "(exampled)") = 0',
      '70 mount("a", "b", NULL, MS_BIND, NULL) = 0',
      '70 execve("/usr/sbin/exampled", ["exampled"], 0x55) = 0',
      '70 sethostname("x", 1) = 0',
      '70 pause() = ? ERESTARTNOHAND (To be restarted if no handler)',
    ]
    expect(only(older)).toMatchObject({
      program: '/usr/sbin/exampled',
      did: {hostname: ['calls `sethostname`']},
    })
  })

  test('is told by what it runs, where its number is another', () => {
    const outside = start.map((line) =>
      line
        .replace(/^1 /, '4001 ')
        .replace(/^(7\d) /, '40$1 ')
        .replace(/= (7\d)$/, '= 40$1'),
    )
    expect(only(outside)).toMatchObject({unit: 'exampled.service', did: {}})
  })

  test('starts others too', () => {
    const other = start.map((line) =>
      line
        .replaceAll('exampled', 'otherd')
        .replace(/^7(\d) /, '8$1 ')
        .replace(/= 7(\d)$/, '= 8$1'),
    )
    expect(services([...start, ...other]).map(({unit}) => unit)).toEqual([
      'exampled.service',
      'otherd.service',
    ])
  })
})

describe('files of -ff', () => {
  test('are one log, in whatever order', () => {
    const byPid = new Map<number, string[]>()
    for (const one of life) {
      const [line = ''] = rendered([one], {column: 'output'})
      byPid.set(one.pid, [...(byPid.get(one.pid) ?? []), line.replace(/^\d+ +/, '')])
    }
    const read = (pids: readonly number[]): object | undefined => {
      const reader = new TraceReader('0.log')
      for (const pid of pids) {
        reader.begin(pid)
        for (const line of byPid.get(pid) ?? []) reader.take(line)
      }
      return traceOf([{log: '0.log', groups: reader.end()}]).services[0]
    }
    expect(read([7, 8])).toEqual(only(rendered(life, {column: 'output'})))
    expect(read([8, 7])).toMatchObject({program: '/usr/sbin/exampled', runs: 1})
  })
})

describe('what a call takes', () => {
  test.each([
    [
      'mmap(NULL, 4096, PROT_READ|PROT_WRITE|PROT_EXEC, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = 0x7f',
      ['write-exec-memory'],
    ],
    ['mprotect(0x7f, 4096, PROT_READ|PROT_EXEC) = 0', ['write-exec-memory']],
    ['mprotect(0x7f, 4096, PROT_READ|PROT_EXEC) = -1 EACCES (Permission denied)', []],
    ['mprotect(0x7f, 4096, PROT_READ) = 0', []],
    ['unshare(CLONE_NEWUSER|CLONE_NEWNET) = 0', ['network-namespaces', 'user-namespaces']],
    [
      'clone3({flags=CLONE_VM|CLONE_NEWNS, exit_signal=SIGCHLD}, 88) = 9',
      ['CAP_SYS_ADMIN', 'mount-namespaces'],
    ],
    ['sched_setscheduler(0, SCHED_FIFO, [1]) = 0', ['CAP_SYS_NICE', 'realtime']],
    ['sched_setscheduler(0, SCHED_OTHER, [0]) = 0', []],
    ['setpriority(PRIO_PROCESS, 0, -10) = 0', ['CAP_SYS_NICE']],
    ['setpriority(PRIO_PROCESS, 0, 10) = 0', []],
    ['personality(ADDR_NO_RANDOMIZE) = 0', ['personality']],
    ['personality(0xffffffff) = 0', []],
    ['sethostname("a", 1) = 0', ['CAP_SYS_ADMIN', 'hostname']],
    ['clock_settime(CLOCK_REALTIME, {tv_sec=1, tv_nsec=0}) = 0', ['CAP_SYS_TIME', 'clock']],
    ['adjtimex({modes=0, offset=1}) = 0 (TIME_OK)', []],
    ['adjtimex({modes=ADJ_OFFSET, offset=1}) = 0 (TIME_OK)', ['CAP_SYS_TIME', 'clock']],
    ['mount("a", "/b", "tmpfs", 0, NULL) = 0', ['CAP_SYS_ADMIN', 'host-mounts']],
    ['keyctl(KEYCTL_GET_KEYRING_ID, KEY_SPEC_SESSION_KEYRING, 0) = 1', ['other-keyrings']],
    ['syslog(SYSLOG_ACTION_READ_ALL, "x", 1) = 1', ['CAP_SYSLOG', 'kernel-log']],
    ['socket(AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC, NETLINK_ROUTE) = 3', ['host-network', 'netlink']],
    ['socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL)) = 3', ['CAP_NET_RAW', 'packet-sockets']],
    ['socket(AF_ALG, SOCK_SEQPACKET, 0) = 3', ['exotic-sockets']],
    ['socket(AF_INET, SOCK_RAW, IPPROTO_ICMP) = 3', ['CAP_NET_RAW', 'inet-local']],
    [
      'connect(3, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("192.0.2.1")}, 16) = 0',
      ['inet', 'inet-local'],
    ],
    [
      'connect(3, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.53")}, 16) = 0',
      ['inet-local'],
    ],
    ['connect(3, {sa_family=AF_UNIX, sun_path=@"x"}, 4) = 0', ['abstract-sockets']],
    [
      'bind(3, {sa_family=AF_INET6, sin6_port=htons(443), inet_pton(AF_INET6, "::1", &sin6_addr)}, 28) = 0',
      ['CAP_NET_BIND_SERVICE', 'bind-ports', 'inet-local'],
    ],
    [
      'sendto(3, "READY=1", 7, MSG_NOSIGNAL, {sa_family=AF_UNIX, sun_path="/run/systemd/notify"}, 22) = 7',
      ['notify'],
    ],
    ['setsockopt(3, SOL_SOCKET, SO_MARK, [1], 4) = 0', ['CAP_NET_ADMIN']],
    ['setsockopt(3, SOL_SOCKET, SO_RCVBUFFORCE, [1], 4) = -1 EPERM (Operation not permitted)', []],
    ['getsockopt(3, SOL_SOCKET, SO_PEERCRED, {pid=1, uid=0, gid=0}, [12]) = 0', ['host-users']],
    ['ioctl(3, SIOCGIFCONF, {ifc_len=80}) = 0', ['host-network']],
    ['ioctl(3, TUNSETIFF, 0x7f) = 0', ['CAP_NET_ADMIN', 'host-network']],
    ['chown("/srv/a", 33, 33) = 0', ['CAP_CHOWN']],
    ['fchmodat(AT_FDCWD, "/srv/a", 04755) = 0', ['CAP_FOWNER', 'CAP_FSETID', 'suid-files']],
    ['mkdir("/srv/a", 02775) = 0', ['CAP_FSETID', 'suid-files']],
    ['setresuid(-1, 33, -1) = 0', ['CAP_SETUID']],
    [
      'capset({version=_LINUX_CAPABILITY_VERSION_3, pid=0}, {effective=1<<CAP_NET_BIND_SERVICE, permitted=1<<CAP_NET_BIND_SERVICE, inheritable=0}) = 0',
      ['CAP_NET_BIND_SERVICE'],
    ],
    ['prctl(PR_CAPBSET_DROP, CAP_CHOWN) = 0', ['CAP_SETPCAP']],
    ['prlimit64(0, RLIMIT_STACK, NULL, {rlim_cur=8192*1024, rlim_max=RLIM64_INFINITY}) = 0', []],
    [
      'prlimit64(0, RLIMIT_NOFILE, {rlim_cur=9, rlim_max=9}, {rlim_cur=5, rlim_max=5}) = 0',
      ['CAP_SYS_RESOURCE'],
    ],
    [
      'prlimit64(0, RLIMIT_NOFILE, {rlim_cur=9, rlim_max=9}, {rlim_cur=9, rlim_max=9*1024}) = 0',
      [],
    ],
    ['mlockall(MCL_CURRENT|MCL_FUTURE) = 0', ['CAP_IPC_LOCK', 'locked-memory']],
    ['chroot("/var/lib/x") = 0', ['CAP_SYS_CHROOT']],
    ['kill(99, SIGHUP) = 0', ['CAP_KILL', 'host-pids']],
    ['shmget(0x1234, 56, IPC_CREAT|0600) = 0', ['CAP_IPC_OWNER', 'lasting-ipc', 'shared-ipc']],
    ['shmget(IPC_PRIVATE, 56, IPC_CREAT|0600) = 0', ['lasting-ipc']],
    ['seccomp(SECCOMP_SET_MODE_FILTER, 0, {len=9}) = 0', ['CAP_SYS_ADMIN']],
    ['bpf(BPF_MAP_CREATE, {}, 72) = 3', ['CAP_BPF', 'CAP_SYS_ADMIN', 'host-bpf']],
    ['ptrace(PTRACE_ATTACH, 9) = 0', ['CAP_SYS_PTRACE', 'other-processes']],
  ])('%s', (line, expected) =>
    expect(Object.keys(did('geteuid() = 0', line).did).toSorted()).toEqual(expected),
  )

  test('of who is no longer root is not a power of root', () => {
    expect(
      Object.keys(
        did('setuid(33) = 0', 'fchmodat(AT_FDCWD, "/srv/a", 0644) = 0', 'kill(7, SIGHUP) = 0').did,
      ),
    ).toEqual(['CAP_SETUID'])
  })

  test('is gained by a program', () => {
    expect(did('setuid(33) = 0', 'execve("/usr/bin/sudo", ["sudo"], 0x55) = 0').did).toHaveProperty(
      'privileges-by-exec',
    )
    expect(
      did('setuid(33) = 0', 'execve("/opt/x", ["x"], 0x55) = 0', 'geteuid() = 0').did,
    ).toHaveProperty('privileges-by-exec')
  })

  test('is tried in vain', () => {
    expect(did('sethostname("a", 1) = -1 EPERM (x)')).toMatchObject({
      did: {},
      tried: {hostname: ['calls `sethostname`']},
      refused: ['sethostname'],
    })
  })
})

describe('the places', () => {
  test.each([
    ['openat(AT_FDCWD, "/home/alice/.ssh/id", O_RDONLY) = 3', {read: ['/home/*']}],
    ['openat(AT_FDCWD, "/root/.config/x", O_RDONLY) = -1 ENOENT (x)', {read: ['/root']}],
    ['openat(AT_FDCWD, "/etc/missing", O_RDONLY) = -1 ENOENT (x)', {}],
    ['openat(AT_FDCWD, "/dev/sda", O_RDONLY) = 3', {read: ['/dev/sda']}],
    ['openat(AT_FDCWD, "/proc/99/status", O_RDONLY) = 3', {read: ['/proc/*']}],
    ['openat(AT_FDCWD, "/proc/7/status", O_RDONLY) = 3', {read: ['/proc/self/status']}],
    [
      'openat(AT_FDCWD, "/proc/sys/net/core/somaxconn", O_RDONLY) = 3',
      {read: ['/proc/sys/net/core/somaxconn']},
    ],
    ['openat(4</srv/a>, "b/c", O_WRONLY|O_CREAT, 0644) = 3</srv/a/b/c>', {write: ['/srv/a/b']}],
    ['rename("/var/lib/x/a", "/var/lib/x/b") = 0', {write: ['/var/lib/x']}],
    ['unlink("/run/x.pid") = -1 ENOENT (x)', {}],
    ['unlink("/run/x.pid") = 0', {write: ['/run']}],
    ['openat(AT_FDCWD, "/tmp/of-others", O_RDONLY) = 3', {read: ['/tmp/*']}],
    ['openat(AT_FDCWD, "/usr/lib/x.so", O_RDONLY) = 3', {}],
  ])('%s', (line, expected) => {
    const {run, ...others} = did(line).places
    expect(run).toEqual(['/usr/sbin/exampled'])
    expect(others).toEqual(expected)
  })

  test('that are relative are found from the folder, where that is known', () => {
    expect(
      did('chdir("/srv/a") = 0', 'openat(AT_FDCWD, "b", O_WRONLY|O_CREAT, 0644) = 3'),
    ).toMatchObject({places: {write: ['/srv/a']}, unclear: []})
    expect(did('openat(AT_FDCWD, "b", O_WRONLY|O_CREAT, 0644) = 3')).toMatchObject({
      unclear: ['writes'],
    })
  })

  test('behind another root are in it', () => {
    expect(
      did('chroot("/var/lib/x") = 0', 'openat(AT_FDCWD, "/a/b", O_WRONLY|O_CREAT, 0644) = 3')
        .places,
    ).toMatchObject({write: ['/var/lib/x']})
  })

  test('that stay in a temporary folder may be for others', () => {
    const makes = 'openat(AT_FDCWD, "/tmp/a", O_WRONLY|O_CREAT, 0644) = 3'
    expect(did(makes).did).toHaveProperty('shared-tmp')
    expect(did(makes, 'unlink("/tmp/a") = 0').did).not.toHaveProperty('shared-tmp')
    expect(did(makes.replace('O_CREAT', 'O_CREAT|O_EXCL')).did).not.toHaveProperty('shared-tmp')
  })

  test('in a temporary folder that it made are its own', () => {
    expect(
      did(
        'openat(AT_FDCWD, "/tmp/a", O_RDWR|O_CREAT, 0600) = 3',
        'openat(AT_FDCWD, "/tmp/a", O_RDONLY) = 4',
      ).places,
    ).toMatchObject({write: ['/tmp']})
    expect(
      did(
        'openat(AT_FDCWD, "/tmp/a", O_RDWR|O_CREAT, 0600) = 3',
        'openat(AT_FDCWD, "/tmp/a", O_RDONLY) = 4',
      ).places,
    ).not.toHaveProperty('read')
  })
})

describe('what a service connects to itself', () => {
  const listens = [
    'socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 3',
    'bind(3, {sa_family=AF_INET, sin_port=htons(5432), sin_addr=inet_addr("127.0.0.1")}, 16) = 0',
    'listen(3, 9) = 0',
  ]
  const accepts =
    'accept(3, {sa_family=AF_INET, sin_port=htons(40000), sin_addr=inet_addr("127.0.0.1")}, [16]) = 4'

  test('is no client', () => {
    const connects =
      'connect(5, {sa_family=AF_INET, sin_port=htons(5432), sin_addr=inet_addr("127.0.0.1")}, 16) = 0'
    expect(did(...listens, connects, accepts).seen).not.toContain('accept')
    expect(did(...listens, connects, accepts, accepts).seen).toContain('accept')
  })
})
