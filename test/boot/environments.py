#!/usr/bin/python3
"""What becomes of directives where systemd runs in a container: see environments.sh.

  environments.py drive LINES   inside, as a service of the booted systemd: a service with each line is started, and /result.json
                                tells what it saw
  environments.py probe FILE    the service itself: what it may do and see, as JSON
  environments.py judge FOLDER  outside: FOLDER has ENVIRONMENT-SUITE.json of each, `bare` among them; prints the table
"""
import ctypes, errno, json, mmap, os, re, resource, socket, stat, subprocess, sys

UNITS = '/run/systemd/system'
NAMESPACES = ('mnt', 'user', 'net', 'uts', 'ipc', 'pid', 'cgroup')
FOLDERS = ('/usr', '/etc', '/home/u', '/root', '/var', '/srv', '/opt', '/boot', '/run', '/tmp', '/var/tmp', '/dev/shm', '/proc/sys', '/sys', '/sys/fs/cgroup')


def can(action):
    try:
        action()
    except (OSError, ValueError):
        return False
    return True


def probe():
    """What a service may do and see, in words that are the same on all machines."""
    libc = ctypes.CDLL(None, use_errno=True)

    def call(number, *arguments, fine=()):
        """Whether a system call is let through: what it says of its senseless arguments is no denial."""
        ctypes.set_errno(0)
        words = [ctypes.c_long(one) if isinstance(one, int) else one for one in arguments]
        return libc.syscall(ctypes.c_long(number), *words) >= 0 or ctypes.get_errno() in fine

    def made(kind, family=socket.SOCK_DGRAM):
        return can(lambda: socket.socket(kind, family).close())

    def send():
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            sender.sendto(b'x', ('127.0.0.1', 9))

    def bind():
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
            listener.bind(('127.0.0.1', 0))

    def executable():
        mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC).close()

    def setuid_file():
        os.fchmod(os.memfd_create('x'), 0o4755)

    def device_node(folder, minor):
        os.mknod(folder + '/node', 0o600 | stat.S_IFCHR, os.makedev(1, minor))
        os.unlink(folder + '/node')

    def realtime():
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
        os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))

    def namespace(flag):
        child = os.fork()
        if child == 0:
            os._exit(0 if libc.unshare(flag) == 0 else 1)
        return os.waitpid(child, 0)[1] == 0

    status = dict(line.split(':', 1) for line in open('/proc/self/status') if ':' in line)
    seen = {'scheduling': os.sched_getscheduler(0)}
    for folder in FOLDERS:
        try:
            seen['writable ' + folder] = not os.statvfs(folder).f_flag & os.ST_RDONLY
            seen['entries ' + folder] = len(os.listdir(folder)) > 0
        except OSError:
            seen['writable ' + folder] = seen['entries ' + folder] = False
    for name in ('/tmp/mark', '/var/tmp/mark', '/home/u/mark', '/srv/mark', '/mnt/mark', '/opt/mark', '/dev/shm/mark', '/etc/mark', '/proc/meminfo', '/proc/1/status',
                 '/proc/kallsyms', '/proc/kcore', '/sys/kernel', '/sys/fs/cgroup/cgroup.procs', '/sys/fs/bpf', '/usr/lib/modules', '/dev/kmsg', '/dev/tty', '/dev/console', '/dev/fuse', '/dev/net/tun', '/dev/loop-control', '/etc/machine-id', '/probe-root'):
        seen['exists ' + name] = can(lambda: os.stat(name))
    seen['executes /opt/mark'] = os.access('/opt/mark', os.X_OK) and can(lambda: subprocess.run(['/opt/mark'], check=True))
    for name in ('null', 'zero', 'full', 'urandom', 'kmsg', 'tty', 'ptmx', 'fuse', 'net/tun'):
        seen['opens /dev/' + name] = can(lambda: os.close(os.open('/dev/' + name, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY)))
    seen['makes device node'] = any(can(lambda: device_node(folder, 7)) for folder in ('/run', '/tmp', '/dev/shm', '/var'))
    seen['makes other device node'] = any(can(lambda: device_node(folder, 1)) for folder in ('/run', '/tmp', '/dev/shm', '/var'))
    seen['processes'] = sum(name.isdigit() for name in os.listdir('/proc')) > 3
    for family in ('AF_UNIX', 'AF_INET', 'AF_INET6', 'AF_NETLINK', 'AF_PACKET'):
        seen['socket ' + family] = made(getattr(socket, family), socket.SOCK_RAW if family in ('AF_NETLINK', 'AF_PACKET') else socket.SOCK_DGRAM)
    seen['sends'], seen['binds'] = can(send), can(bind)
    seen['W+X memory'], seen['set-user-ID file'], seen['realtime'] = can(executable), can(setuid_file), can(realtime)
    for name, flag in (('mount', 0x20000), ('user', 0x10000000), ('net', 0x40000000), ('uts', 0x4000000), ('ipc', 0x8000000), ('pid', 0x20000000), ('cgroup', 0x2000000)):
        seen['unshares ' + name] = namespace(flag)
    lets = (errno.EINVAL, errno.ENOENT, errno.EFAULT, errno.ENODEV, errno.EBADF, errno.ESRCH, errno.ENOSYS)
    seen['call personality'] = call(135, 0x0008000) and call(135, 0)
    seen['call syslog'] = call(103, 3, 0, 0, fine=lets)
    seen['call mount'] = call(165, 0, 0, 0, 0, 0, fine=lets)
    seen['call umount'] = call(166, b'/nonesuch', 0, fine=lets)
    seen['call init_module'] = call(175, 0, 0, 0, fine=lets)
    seen['call settimeofday'] = call(164, ctypes.byref((ctypes.c_long * 2)(0, 2_000_000)), 0, fine=lets)
    seen['call bpf'] = call(321, 99, 0, 0, fine=lets)
    seen['call keyctl'] = call(250, 0, -3, 0, fine=(*lets, errno.ENOKEY, 126, 127, 128))
    seen['call sethostname'] = can(lambda: socket.sethostname(socket.gethostname()))
    seen['call ptrace'] = call(101, 16, 999999, 0, 0, fine=lets)
    seen['call reboot'] = call(169, 0, 0, 0, 0, fine=lets)
    seen['call swapon'] = call(167, b'/nonesuch', 0, fine=lets)
    seen['call set_mempolicy'] = call(238, 0, 0, 0, fine=lets)
    seen['call add_key'] = call(248, 0, 0, 0, 0, 0, fine=lets)
    bounds = int(status['CapBnd'], 16)
    names = 'CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE'
    for bit, name in enumerate(names.split()):
        seen['bound ' + name] = bool(bounds >> bit & 1)
        seen['ambient ' + name] = bool(int(status['CapAmb'], 16) >> bit & 1)
    seen['no new privileges'] = status['NoNewPrivs'].strip()
    seen['filters'] = int(status.get('Seccomp_filters', '0'))
    seen['user'], seen['group'], seen['groups'] = os.geteuid(), os.getegid(), sorted(os.getgroups())
    seen['umask'] = status['Umask'].strip()
    seen['nice'] = os.getpriority(os.PRIO_PROCESS, 0)
    seen['io priority'] = libc.syscall(252, 1, 0)
    seen['out of memory'] = open('/proc/self/oom_score_adj').read().strip()
    seen['core filter'] = can(lambda: open('/proc/self/coredump_filter')) and open('/proc/self/coredump_filter').read().strip()
    seen['slack'] = can(lambda: open('/proc/self/timerslack_ns')) and open('/proc/self/timerslack_ns').read().strip()
    for name in ('NOFILE', 'MEMLOCK', 'NICE', 'RTPRIO', 'CORE', 'NPROC'):
        seen['limit ' + name] = resource.getrlimit(getattr(resource, 'RLIMIT_' + name))[0]
    seen['processors'] = len(os.sched_getaffinity(0))
    seen['SIGPIPE'] = int(status['SigIgn'], 16) >> 12 & 1
    seen['secure bits'] = libc.prctl(27, 0, 0, 0, 0)
    seen['merge'] = libc.prctl(68, 0, 0, 0, 0)
    seen['credential'] = can(lambda: open(os.environ['CREDENTIALS_DIRECTORY'] + '/a').read()) if 'CREDENTIALS_DIRECTORY' in os.environ else False
    for kind in ('RUNTIME', 'STATE', 'CACHE', 'LOGS', 'CONFIGURATION'):
        seen['folder ' + kind] = f'{kind}_DIRECTORY' in os.environ
    group = '/sys/fs/cgroup' + open('/proc/self/cgroup').read().strip().split(':')[-1]
    for name in ('memory.max', 'pids.max', 'cpu.max', 'cpu.weight', 'io.weight', 'cpuset.cpus'):
        seen[name] = open(f'{group}/{name}').read().strip() if can(lambda: open(f'{group}/{name}')) else None
    seen['standard input'] = os.isatty(0)
    seen['namespaces'] = {kind: os.readlink(f'/proc/self/ns/{kind}') if can(lambda: os.readlink(f'/proc/self/ns/{kind}')) else '' for kind in NAMESPACES}
    print(json.dumps(seen))


def run(*command):
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout


def drive(file):
    """Start a service with each line, and write down what it saw."""
    open('/etc/passwd', 'a').write('u:x:1000:1000::/home/u:/bin/sh\n')
    open('/etc/group', 'a').write('u:x:1000:\n')
    for name in ('/home/u', '/run/probe', *('/probe-root/' + one for one in ('proc', 'sys', 'dev', 'run', 'tmp', 'etc', 'var/tmp'))):
        os.makedirs(name, exist_ok=True)
    run('cp', '-al', '/usr', '/probe-root/usr')
    for name in ('bin', 'lib', 'lib64'):
        os.symlink('usr/' + name, '/probe-root/' + name)
    for name in ('/tmp', '/var/tmp', '/home/u', '/srv', '/mnt', '/dev/shm', '/etc'):
        open(name + '/mark', 'w').close()
    with open('/opt/mark', 'w') as script:
        script.write('#!/bin/sh\nexit 0\n')
    os.chmod('/opt/mark', 0o755)
    own = {kind: os.readlink(f'/proc/1/ns/{kind}') for kind in NAMESPACES}
    lines = [line.split('\t')[0].strip() for line in open(file) if line.strip() and not line.startswith('#')]
    for number, line in enumerate(['', *lines]):
        directives = '\n'.join(line.split('; '))
        # Its files lie where no line hides them.
        with open(f'{UNITS}/probe-{number}.service', 'w') as unit:
            unit.write(f'[Service]\nType=oneshot\nTimeoutStartSec=20\nStandardOutput=truncate:/run/probe/{number}.json\nExecStart=/usr/bin/python3 /usr/lib/probe/environments.py probe\n{directives}\n')
    run('systemctl', 'daemon-reload')
    run('systemctl', 'log-level', 'debug')
    found = []
    for number, line in enumerate(['', *lines]):
        name = f'probe-{number}.service'
        run('systemctl', 'start', name)
        shown = dict(one.split('=', 1) for one in run('systemctl', 'show', '-p', 'LoadState,Result,ExecMainStatus,ExecMainCode', name).splitlines() if '=' in one)
        seen = None
        if can(lambda: json.load(open(f'/run/probe/{number}.json'))):
            seen = json.load(open(f'/run/probe/{number}.json'))
            seen |= {f'own {kind} namespace': link != own[kind] for kind, link in seen.pop('namespaces').items()}
        found.append({'line': line, 'shown': shown, 'seen': seen})
    run('systemctl', 'log-level', 'info')
    run('journalctl', '--sync')
    for number, one in enumerate(found):
        log = run('journalctl', '-q', '--no-pager', '-o', 'cat', f'_SYSTEMD_UNIT=probe-{number}.service', '+', f'UNIT=probe-{number}.service')
        one['log'] = sorted({re.sub(r'probe-\d+', 'probe', entry) for entry in log.splitlines() if re.search('ignor|proceed|not support|skip|denied|not permitted|fail|missing', entry, re.I)})
    version = run('systemctl', '--version').split()[1]
    with open('/result.tmp', 'w') as report:
        json.dump({'version': version, 'virtualization': run('systemd-detect-virt').strip(), 'found': found}, report)
    os.rename('/result.tmp', '/result.json')


ENVIRONMENTS = ('nspawn', 'nspawn-private-users', 'lxc', 'lxc-unprivileged', 'podman', 'rootless', 'docker', 'docker-privileged')
# What takes a right that root of the machine may lack where this is tried (CAP_SYS_RESOURCE), and what it comes to with it; these containers leave
# that right to who has it.
MEANT = {f'OOMScoreAdjust={score}': {'out of memory': score} for score in ('-100', '-500')}
WITH_ALL = ('nspawn', 'lxc', 'docker-privileged')
STATUSES = {201: 'NICE', 208: 'STDIN', 211: 'IOPRIO', 214: 'SETSCHEDULER', 217: 'USER', 225: 'NETWORK', 226: 'NAMESPACE', 242: 'NUMA_POLICY'}


def outcome(name, line, own, bare):
    """What becomes of a line: what it does on a machine that lets it is held against what it does here."""
    (plain, its), (reference, with_it) = ((one['']['seen'], one[line]) for one in (own, bare))
    if bare[line]['seen'] is None or line in MEANT and name in WITH_ALL:
        return 'untold'
    if its['seen'] is None:
        status = int(its['shown']['ExecMainStatus'])
        return f'fails {status}/{STATUSES[status]}' if status in STATUSES else 'fails'
    meant = {key: value for key, value in with_it['seen'].items() if value != reference[key]} | MEANT.get(line, {})
    # How it is done matters only where nothing else is seen of it.
    wanted = [key for key in meant if key != 'filters' and not key.startswith('own ')]
    wanted = wanted or [key for key in meant if key not in ('filters', 'own mnt namespace')] or list(meant)
    if wanted == ['filters']:
        return 'works' if its['seen']['filters'] > plain['filters'] else 'ignored'
    left = [key for key in wanted if plain[key] != meant[key]]
    missing = [key for key in left if its['seen'][key] != meant[key]]
    return 'untold' if not wanted else 'works' if not missing else 'ignored' if missing == left else 'in part: not ' + ', '.join(missing)


def judge(folder):
    told = {}
    for name in ('bare', *ENVIRONMENTS):
        for suite in ('bookworm', 'trixie'):
            found = json.load(open(f'{folder}/{name}-{suite}.json'))
            told[name, suite] = {one['line']: one for one in found['found']}
    print('# What becomes of lines where systemd runs in containers, tried by environments.sh: systemd 252, and after a bar 257 where it differs.')
    print('line', *ENVIRONMENTS, sep='\t')
    for line in list(told['bare', 'trixie'])[1:]:
        cells = []
        for name in ENVIRONMENTS:
            both = [outcome(name, line, told[name, suite], told['bare', suite]) for suite in ('bookworm', 'trixie')]
            cells.append(' | '.join(dict.fromkeys(both)))
        print(line, *cells, sep='\t')
    for name in ENVIRONMENTS:
        its = told[name, 'trixie']['']['seen']
        missing = {key[6:] for key in its if key.startswith('bound ') and not its[key]} - ({'SYS_RESOURCE'} if name in WITH_ALL or its['bound SYS_ADMIN'] else set())
        print('# without', name, *sorted('CAP_' + one for one in missing))


if __name__ == '__main__':
    {'probe': probe, 'drive': drive, 'judge': judge}[sys.argv[1]](*sys.argv[2:])
