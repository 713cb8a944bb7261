#!/usr/bin/python3
"""Run inside a booted system: what becomes of directives in units of a user without rights.

Reads lines of directives, separated by "; ", from a file; starts a service with each under a user's manager. Prints for each line,
separated by tabs: the line, and what became of it:
  fails    the service does not start
  works    it starts, and sees another world than without the line
  unseen   it starts, and sees no difference
"""
import json, os, subprocess, sys

PROBE = '/test/user-manager.py'
UNITS = '/home/u/.config/systemd/user'
RUNTIME = '/run/user/1000'
MOUNTS = ('/', '/etc', '/home', '/mnt', '/srv', '/sys/fs/cgroup', '/usr')


def probe():
    """What a service sees."""
    import socket

    def can(action):
        try:
            action()
        except (OSError, ValueError):
            return False
        return True

    def send():
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            sender.sendto(b'x', ('127.0.0.1', 9))

    def bind():
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
            listener.bind(('127.0.0.1', 0))

    with open('/proc/self/mounts') as mounts:
        read_only = {fields[1] for fields in map(str.split, mounts) if fields[1] in MOUNTS and 'ro' in fields[3].split(',')}
    with open('/proc/self/status') as status:
        bounds = [line.split()[1] for line in status if line.startswith('CapBnd')]
    with open('/proc/self/oom_score_adj') as score:
        out_of_memory = score.read().strip()
    return {
        'home': can(lambda: os.listdir('/home/u')),
        'tmp': can(lambda: os.stat('/tmp/mark')),
        'first process': can(lambda: os.stat('/proc/1')),
        'device': can(lambda: open('/dev/full', 'rb').read(1)),
        'send': can(send),
        'bind': can(bind),
        'namespaces': [os.readlink(f'/proc/self/ns/{kind}') for kind in ('mnt', 'user', 'net', 'uts', 'ipc', 'pid')],
        'read-only': sorted(read_only),
        'capabilities': bounds,
        'nice': os.getpriority(os.PRIO_PROCESS, 0),
        'out of memory': out_of_memory,
    }


def run(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def systemctl(*words):
    return run('runuser', '-u', 'u', '--', 'env', f'XDG_RUNTIME_DIR={RUNTIME}', 'systemctl', '--user', *words)


def seen(name):
    """What the service printed; nothing where it did not start. Without its home it cannot tell, and has seen a difference."""
    systemctl('start', name)
    shown = dict(line.split('=', 1) for line in systemctl('show', '-p', 'LoadState,Result,ExecMainStatus', name).stdout.splitlines())
    if shown['LoadState'] != 'loaded' or int(shown['ExecMainStatus']) >= 200:
        return None
    try:
        with open(f'{RUNTIME}/{name}.json') as file:
            return json.load(file)
    except OSError:
        return {}


def main(file):
    run('useradd', '-m', '-u', '1000', 'u')
    run('systemctl', 'start', 'user@1000.service')
    os.makedirs(UNITS)
    open('/tmp/mark', 'w').close()
    with open(file) as lines:
        tried = [line.split('\t')[0].strip() for line in lines if line.strip() and not line.startswith('#')]
    for number, line in enumerate(['', *tried]):
        name = f'probe-{number}.service'
        with open(f'{UNITS}/{name}', 'w') as unit:
            directives = '\n'.join(line.split('; '))
            unit.write(f'[Service]\nType=oneshot\nExecStart=/usr/bin/python3 {PROBE} --probe {RUNTIME}/{name}.json\n{directives}\n')
    run('chown', '-R', 'u:u', '/home/u')
    systemctl('daemon-reload')
    plain = seen('probe-0.service')
    assert plain, 'a plain service does not start'
    for number, line in enumerate(tried, 1):
        found = seen(f'probe-{number}.service')
        print(line, 'fails' if found is None else 'unseen' if found == plain else 'works', sep='\t')


if sys.argv[1] == '--probe':
    found = probe()
    with open(sys.argv[2], 'w') as report:
        json.dump(found, report)
else:
    main(sys.argv[1])
