"""Lines of one unit that are at odds with each other, and restrictions that take what its commands need, as they are fixed."""
import itertools
import os

from client import write
from faults import shown, systemctl, until
from fixed import proves


def ends_well(name):
    systemctl('start', f'{name}.service')
    until(lambda: shown(f'{name}.service', 'ActiveState') in ('inactive', 'failed'))
    return shown(f'{name}.service', 'Result') == 'success' and shown(f'{name}.service', 'ExecMainStatus') == '0'


def job(command, lines):
    return f'[Service]\nType=oneshot\nExecStart={command}\n{lines}'


def has(bit):
    return f"/usr/bin/python3 -c 'import re; exit(0 if int(re.search(r\"CapEff:.(.*)\", open(\"/proc/self/status\").read())[1], 16) >> {bit} & 1 else 1)'"


BITS = {'CAP_NET_RAW': 13, 'CAP_NET_BIND_SERVICE': 10, 'CAP_SYS_NICE': 23, 'CAP_CHOWN': 0, 'CAP_KILL': 5, 'CAP_DAC_READ_SEARCH': 2}


@proves('no-lost-capability', [job(has(bit), f'User=daemon\nAmbientCapabilities={name}\nCapabilityBoundingSet={held}\n') for (name, bit), held in itertools.product(BITS.items(), ['CAP_FOWNER', 'CAP_SETUID CAP_SETGID'])])
def the_capability_is_there(name):
    return ends_well(name)


BIND = '/usr/bin/python3 -c "import socket; socket.socket().bind((\'127.0.0.1\', {0}))"'
RAW = '/usr/bin/python3 -c "import socket; socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)"'


@proves('no-lost-capability', [
    *[job(BIND.format(port), f'User=daemon\nAmbientCapabilities=CAP_NET_BIND_SERVICE\n{line}\n') for line, port in zip(['PrivateUsers=yes', 'RestrictAddressFamilies=AF_UNIX', 'RestrictAddressFamilies=AF_UNIX AF_NETLINK', 'CapabilityBoundingSet=~CAP_NET_BIND_SERVICE', 'CapabilityBoundingSet='], range(811, 816))],
    *[job(RAW, f'User=daemon\nAmbientCapabilities=CAP_NET_RAW\n{line}\n') for line in ['PrivateUsers=yes', 'RestrictAddressFamilies=AF_UNIX', 'RestrictAddressFamilies=AF_UNIX AF_NETLINK', 'CapabilityBoundingSet=~CAP_NET_RAW', 'CapabilityBoundingSet=CAP_CHOWN']],
])
def it_can_be_made_use_of(name):
    return ends_well(name)


@proves('no-lost-network', [f'[Service]\nExecStart={command}\nPrivateNetwork=yes\nIPAddressDeny=any\nIPAddressAllow={allowed}\n' for command, allowed in itertools.product(
    ['/bin/sleep infinity', '/usr/bin/tail -f /dev/null'], ['10.0.0.0/8', '192.168.1.1', '2001:db8::/32', '172.16.0.0/12', '192.0.2.0/24 localhost'])])
def it_has_the_network_of_the_machine(name):
    systemctl('start', f'{name}.service')
    return until(lambda: shown(f'{name}.service', 'ActiveState') == 'active') and os.readlink(f'/proc/{shown(f"{name}.service", "MainPID")}/ns/net') == os.readlink('/proc/1/ns/net')


PORTS = ['--port 80{0}', '--port=80{0}', '--listen 0.0.0.0:80{0}', '--listen=0.0.0.0:80{0}']


# Debian's 252 knows none of these filters; 257 has them with `--suite trixie --packages libbpf1`.
@proves('no-lost-network', [f'[Service]\nExecStart=/usr/bin/python3 /run/listen.py {port.format(f"{at}{number}")}\nSocketBindDeny=any\n' for number, port in enumerate(PORTS) for at in range(3)], needs='/usr/lib/*/libbpf.so.1')
def it_listens(name):
    write('/run/listen.py', 'import re, socket, sys, time\ns = socket.socket()\ns.bind(("0.0.0.0", int(re.search(r"(\\d+)$", sys.argv[-1])[1])))\ns.listen()\ntime.sleep(99)\n')
    systemctl('start', f'{name}.service')
    return not until(lambda: shown(f'{name}.service', 'ActiveState') == 'failed', 2)


@proves('device-allow', [job('/bin/test -e /dev/NAME', f'PrivateDevices=yes\nDeviceAllow=/dev/NAME {mode}\n{more}') for mode, more in itertools.product(['rw', 'r', 'rwm', 'w', ''], ['', 'DevicePolicy=closed\n'])])
def the_device_is_there(name):
    if not os.path.exists(f'/dev/{name}'):
        os.mknod(f'/dev/{name}', 0o20666, os.makedev(1, 5))
    return ends_well(name)


@proves('no-needed-denial', [(job(command, f'ProtectHome={value}\n')) for value, command in itertools.product(['yes', 'tmpfs'], ['/home/NAME/run.sh', '/home/NAME/run.sh a', '/root/NAME/run.sh', '/root/NAME/run.sh a', '/home/NAME/run.sh --b'])])
def its_program_is_found(name):
    for folder in ['/home', '/root']:
        write(f'{folder}/{name}/run.sh', '#!/bin/sh\nexit 0\n')
    return ends_well(name)


@proves('no-idle-option', [(f'[Service]\nExecStart=/bin/sleep infinity\nDelegate={value}\nProtectControlGroups=yes\n{user}') for value, user in itertools.product(['yes', 'cpu', 'memory', 'pids', 'cpu memory'], ['', 'User=daemon\n'])])
def it_can_make_groups(name):
    systemctl('start', f'{name}.service')
    pid = shown(f'{name}.service', 'MainPID')
    group = shown(f'{name}.service', 'ControlGroup')
    return os.system(f'nsenter -t {pid} -m test -w /sys/fs/cgroup{group}/cgroup.procs || nsenter -t {pid} -m -C test -w /sys/fs/cgroup/cgroup.procs') == 0


@proves('no-root-specifier', [f'[Service]\nType=oneshot\nUser={user}\nExecStart={command}\n{line}' for user in ['daemon', 'bin'] for command, line in [
    ('/usr/bin/pwd', 'WorkingDirectory=%h\n'), ('/usr/bin/test %h = ${HOME}', ''), ('/usr/bin/test %h/a = ${HOME}/a', ''), ('/usr/bin/test -d %h -a %h = ${HOME}', ''), ("/usr/bin/test -r %h -o %h = ${HOME}", '')]])
def it_is_of_its_user(name):
    return ends_well(name)
