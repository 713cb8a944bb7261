"""What rules say beside their fixes: of sockets and paths without their unit, words that are deprecated, messages of other processes, and what restricts a service."""
import glob
import os
import shutil
import socket
import time

from client import run, write
from faults import VERSION, journal, shown, systemctl, units, until

STAYS = '[Service]\nExecStart=/bin/sleep 60\n'
ENDS = "[Service]\nType=oneshot\nExecStart={}\n"


def test_with_Accept_a_connection_is_closed_where_there_is_no_template():
    units(accepts__socket='[Socket]\nListenStream=127.0.0.1:7201\nAccept=yes\n', accepts__service=STAYS)
    assert systemctl('start', 'accepts.socket').returncode == 0
    with socket.create_connection(('127.0.0.1', 7201), 2) as one:
        one.settimeout(3)
        assert one.recv(1) == b''
    assert until(lambda: shown('accepts.socket', 'Result') == 'resources')
    assert shown('accepts.service', 'ActiveState') == 'inactive'


def test_without_Accept_a_socket_does_not_start_where_there_is_only_a_template():
    units(plain__socket='[Socket]\nListenStream=127.0.0.1:7202\n', plain_AT___service=STAYS)
    assert systemctl('start', 'plain.socket').returncode != 0
    assert 'plain.service not loaded, refusing' in journal('plain.socket')


def test_what_has_no_unit_to_start_is_not_started_itself():
    for kind, text in [('timer', '[Timer]\nOnActiveSec=1h\n'), ('timer', '[Timer]\nOnCalendar=daily\n'), ('path', '[Path]\nPathExists=/none\n'), ('socket', '[Socket]\nListenStream=/run/alone\n')]:
        for other in [None, '']:
            units(**{f'alone__{kind}': text, **({} if other is None else {'alone__service': other})})
            assert systemctl('start', f'alone.{kind}').returncode != 0, (kind, other)
            assert 'not loaded' in journal(f'alone.{kind}'), (kind, other)
    units(**{'run-alone__automount': '[Automount]\nWhere=/run/alone\n'})
    assert systemctl('start', 'run-alone.automount').returncode != 0


def test_of_two_services_of_one_bus_name_the_second_is_refused():
    units(first__service=f'{STAYS}BusName=org.example.A\nType=simple\n', second__service=f'{STAYS}Type=dbus\nBusName=org.example.A\n')
    assert systemctl('start', 'first.service').returncode == 0
    assert systemctl('start', 'second.service').returncode != 0
    assert 'Two services allocated for the same bus name' in journal('second.service')


def test_each_start_of_what_is_deprecated_says_so_again():
    units(old__service=f'{ENDS.format("/bin/true")}StandardOutput=syslog\nSysVStartPriority=9\n')
    for _ in range(3):
        systemctl('start', 'old.service')
    said = journal('old.service')
    assert said.count('Standard output type syslog is obsolete') >= 3 and said.count('SysVStartPriority') >= 3


def test_the_mode_of_a_file_is_told_of_and_nothing_else():
    units(loose__service=STAYS)
    os.chmod('/run/systemd/system/loose.service', 0o777)
    systemctl('daemon-reload')
    assert systemctl('start', 'loose.service').returncode == 0
    said = run('journalctl', '-q', '-o', 'cat', '-b', '_PID=1').stdout
    assert 'loose.service is marked executable' in said and 'loose.service is marked world-writable' in said


def test_a_path_tells_what_remains_of_the_first_change_only():
    for remains, number in [('', 3), ('RemainAfterExit=yes\n', 1)]:
        name = f'told{number}'
        units(**{f'{name}__path': f'[Path]\nPathChanged=/run/{name}\n', f'{name}__service': ENDS.format(f"/bin/sh -c 'echo >> /run/{name}.runs'") + remains})
        systemctl('start', f'{name}.path')
        for turn in range(3):
            write(f'/run/{name}', str(turn))
            time.sleep(0.8)
        with open(f'/run/{name}.runs') as file:
            assert len(file.readlines()) == number


def test_a_delay_by_chance_is_longer_than_the_schedule():
    units(chance__timer='[Timer]\nOnActiveSec=0\nOnUnitActiveSec=2s\nRandomizedDelaySec=1h\nAccuracySec=1ms\n', chance__service=ENDS.format("/bin/sh -c 'echo >> /run/chance.runs'"))
    systemctl('start', 'chance.timer')
    time.sleep(12)
    assert not os.path.exists('/run/chance.runs') or len(open('/run/chance.runs').readlines()) <= 2


def test_what_is_started_by_another_process_is_not_heard():
    write('/run/sends.py', 'import os, socket, time\nsocket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b"READY=1", os.environ["NOTIFY_SOCKET"])\ntime.sleep(99)\n')
    for command in ["/bin/sh -c 'python3 /run/sends.py; true'", "/bin/sh -c 'python3 /run/sends.py & wait'", '/usr/bin/timeout 60 python3 /run/sends.py']:
        for access, result in [('', 'timeout'), ('NotifyAccess=all\n', 'success')]:
            units(behind__service=f'[Service]\nType=notify\n{access}TimeoutStartSec=3s\nExecStart={command}\n')
            systemctl('start', 'behind.service')
            assert shown('behind.service', 'Result') == result, (command, access)
            systemctl('stop', 'behind.service')


def test_a_directory_of_runtime_that_went_comes_back_with_the_socket():
    units(back__socket='[Socket]\nListenStream=/run/back/s\n', back__service=f'{STAYS}RuntimeDirectory=back\n')
    systemctl('start', 'back.socket')
    systemctl('start', 'back.service')
    systemctl('stop', 'back.service')
    assert not os.path.exists('/run/back/s') and shown('back.socket', 'ActiveState') == 'active'
    systemctl('restart', 'back.socket')
    assert os.path.exists('/run/back/s')


def result(lines, code):
    units(held__service=ENDS.format(f"/usr/bin/python3 -c '{code}'") + lines)
    systemctl('start', 'held.service')
    return shown('held.service', 'Result')


def test_IPAddressDeny_any_denies_the_machine_itself_too():
    with socket.create_server(('127.0.0.1', 7204)):
        code = 'import socket; socket.create_connection(("127.0.0.1", 7204), 2)'
        assert [result(lines, code) for lines in ['', 'IPAddressDeny=any\n', 'IPAddressDeny=any\nIPAddressAllow=localhost\n']] == ['success', 'exit-code', 'success']


def test_without_its_family_no_socket_is_made():
    families = [('AF_PACKET', 'socket.AF_PACKET, socket.SOCK_RAW'), ('AF_NETLINK', 'socket.AF_NETLINK, socket.SOCK_RAW'), ('AF_ALG', 'socket.AF_ALG, socket.SOCK_SEQPACKET'), ('AF_INET6', 'socket.AF_INET6')]
    for family, made in families:
        code = f'import socket; socket.socket({made})'
        if result('', code) != 'success':
            continue  # The kernel has none of these.
        assert result('RestrictAddressFamilies=AF_UNIX AF_INET\n', code) == 'exit-code', family
        assert result(f'RestrictAddressFamilies=AF_UNIX AF_INET {family}\n', code) == 'success', family


def test_alone_in_its_network_a_service_reaches_no_abstract_socket():
    with socket.socket(socket.AF_UNIX) as server:
        server.bind('\0example')
        server.listen()
        code = 'import socket; socket.socket(socket.AF_UNIX).connect("\\\\0example")'
        assert [result(lines, code) for lines in ['', 'PrivateNetwork=yes\n']] == ['success', 'exit-code']


def test_devices_are_closed_by_DevicePolicy_and_not_by_ProtectClock():
    # Upstream's 252 closes them with ProtectClock= too; Debian's has the change of 253.
    if not os.path.exists('/dev/akmsg'):
        os.mknod('/dev/akmsg', 0o20666, os.makedev(1, 11))
    code = 'import os; os.open("/dev/akmsg", os.O_RDONLY | os.O_NONBLOCK)'
    assert [result(lines, code) for lines in ['', 'ProtectClock=yes\n', 'DevicePolicy=closed\n', 'DevicePolicy=closed\nDeviceAllow=/dev/akmsg r\n']] == ['success', 'success', 'exit-code', 'success']


def test_what_nobody_has_is_waited_for_without_a_word_and_required_in_vain():
    for kind, is_started in [('After', True), ('Wants', True), ('PartOf', True), ('Requires', False), ('BindsTo', False)]:
        units(lone__service=f'[Unit]\n{kind}=netwrok.target\n\n{STAYS}')
        done = systemctl('start', 'lone.service')
        assert (done.returncode == 0) == is_started, kind
        assert 'netwrok' not in journal('lone.service'), kind
        systemctl('stop', 'lone.service')


def test_sudo_asks_for_a_password_and_is_none_without_new_privileges():
    if not shutil.which('sudo'):
        return
    for lines, said in [('', 'password is required'), ('NoNewPrivileges=yes\n', 'no new privileges')]:
        units(asks__service=f'[Service]\nType=oneshot\nUser=daemon\n{lines}ExecStart=/usr/bin/sudo -n /bin/true\n')
        systemctl('start', 'asks.service')
        assert shown('asks.service', 'Result') == 'exit-code' and said in journal('asks.service'), lines
    units(asks__service='[Service]\nType=oneshot\nUser=daemon\nNoNewPrivileges=yes\nExecStart=+/bin/true\n')
    assert systemctl('start', 'asks.service').returncode == 0


def test_SocketBindDeny_any_denies_all_ports_but_those_that_are_allowed():
    # Debian's 252 knows none of these filters; 257 has them with the package libbpf1.
    if not glob.glob('/usr/lib/*/libbpf.so.1'):
        return
    code = 'import socket; socket.socket().bind(("0.0.0.0", 7203))'
    assert [result(lines, code) for lines in ['', 'SocketBindDeny=any\n', 'SocketBindDeny=any\nSocketBindAllow=7203\n']] == ['success', 'exit-code', 'success']


def test_without_a_processor_nothing_starts_before_255():
    for lines, is_started in [
        ('CPUAffinity=3-0\n', VERSION >= 255),
        ('CPUAffinity=numa\nCPUAffinity=3-0\n', VERSION >= 255),
        ('CPUAffinity=0\nCPUAffinity=3-0\n', True),
        ('CPUAffinity=3-0\nCPUAffinity=0\n', True),
        ('CPUAffinity=3-0\nCPUAffinity=\n', True),
        ('AllowedCPUs=3-0\n', True),
    ]:
        units(without__service=ENDS.format('/bin/true') + lines)
        assert (systemctl('start', 'without.service').returncode == 0) == is_started, lines
        assert is_started or shown('without.service', 'ExecMainStatus') == '215', lines


def test_numbers_and_the_processors_of_nodes_take_each_other_back():
    for lines, of_nodes in [
        ('CPUAffinity=0\nCPUAffinity=numa\n', 'yes'),
        ('CPUAffinity=numa\nCPUAffinity=0\n', 'no'),
        ('CPUAffinity=numa\nCPUAffinity=,\n', 'no'),
        ('CPUAffinity=numa\nCPUAffinity=a\n', 'yes'),
    ]:
        units(numa__service=STAYS + lines)
        assert shown('numa.service', 'CPUAffinityFromNUMA') == of_nodes, lines
        assert shown('numa.service', 'CPUAffinity') == ('' if of_nodes == 'yes' or ',' in lines else '0'), lines


def test_memory_policies_take_the_nodes_that_they_are_about():
    # A kernel that knows no nodes refuses no policy.
    if not os.path.isdir('/sys/devices/system/node/node0'):
        return
    for lines, status in [
        *[(f'NUMAPolicy={policy}\n{mask}', '242') for policy in ['bind', 'interleave'] for mask in ['', 'NUMAMask=\n', 'NUMAMask=3-0\n', 'NUMAMask=8192\n', 'NUMAMask=,\n', 'NUMAMask=0\nNUMAMask=\n']],
        *[(f'NUMAPolicy={policy}\n{mask}', '0') for policy in ['bind', 'interleave'] for mask in ['NUMAMask=0\n', 'NUMAMask=0,1\n', 'NUMAMask=all\n', 'NUMAMask=0\nNUMAMask=3-0\n']],
        *[(f'NUMAPolicy=preferred\n{mask}', '0') for mask in ['', 'NUMAMask=0\n', 'NUMAMask=0 0\n', 'NUMAMask=0\nNUMAMask=0\n']],
        *[(f'{policy}{mask}', '242') for policy in ['', 'NUMAPolicy=preferred\n', 'NUMAPolicy=bind\nNUMAPolicy=\n'] for mask in ['NUMAMask=0,1\n', 'NUMAMask=0\nNUMAMask=1\n']],
        *[(f'{policy}NUMAMask=3-0\n', '0' if VERSION >= 255 else '242') for policy in ['', 'NUMAPolicy=preferred\n']],
        *[(f'NUMAPolicy={policy}\nNUMAMask=0,1\n', '0') for policy in ['default', 'local']],
        *[(f'CPUAffinity=numa\n{mask}', '215') for mask in ['', 'NUMAMask=3-0\n', 'NUMAMask=3-0\nNUMAPolicy=local\n']],
        *[(f'CPUAffinity=numa\n{rest}', '0') for rest in ['NUMAMask=0\n', 'NUMAMask=all\n', 'CPUAffinity=0\n']],
    ]:
        units(nodes__service='[Unit]\nStartLimitIntervalSec=0\n' + ENDS.format('/bin/true') + lines)
        systemctl('start', 'nodes.service')
        assert shown('nodes.service', 'ExecMainStatus') == status, lines
    for prefix in ['+', '!', '']:
        units(nodes__service='[Unit]\nStartLimitIntervalSec=0\n' + ENDS.format(f'{prefix}/bin/true') + 'NUMAPolicy=bind\n')
        systemctl('start', 'nodes.service')
        assert shown('nodes.service', 'ExecMainStatus') == '242', prefix
