"""What becomes of directories that units share, find too late, or cannot see; and of the same units as they are fixed."""
import os
from faults import journal, shown, systemctl, units, until

LASTING = 'Type=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true\n'


def service(text):
    return f'[Unit]\nStartLimitIntervalSec=0\n[Service]\n{text}'


def result(name, text, said=''):
    """Runs a service to its end: its exit status, and whether it said something."""
    units(**{f'{name}__service': service(f'Type=oneshot\n{text}')})
    systemctl('start', f'{name}.service')
    assert until(lambda: shown(f'{name}.service', 'ActiveState') in ('inactive', 'failed', 'active'))
    return shown(f'{name}.service', 'Result'), said in journal(f'{name}.service')


def test_of_a_RuntimeDirectory_of_two_the_first_to_stop_takes_it_away():
    for at, (mine, theirs) in enumerate([('shared', 'shared'), ('outer', 'outer/inner')]):
        units(**{f'a{at}__service': service(f'{LASTING}RuntimeDirectory={mine}\n'), f'b{at}__service': service(f'{LASTING}RuntimeDirectory={theirs}\n')})
        systemctl('start', f'a{at}.service', f'b{at}.service')
        assert os.path.isdir(f'/run/{theirs}')
        systemctl('stop', f'a{at}.service')
        assert shown(f'b{at}.service', 'ActiveState') == 'active' and not os.path.exists(f'/run/{theirs}')


def test_the_inner_of_two_does_not_take_the_outer():
    units(a__service=service(f'{LASTING}RuntimeDirectory=outer\n'), b__service=service(f'{LASTING}RuntimeDirectory=outer/inner\n'))
    systemctl('start', 'a.service', 'b.service')
    systemctl('stop', 'b.service')
    assert os.path.isdir('/run/outer') and not os.path.exists('/run/outer/inner')


def test_all_instances_lose_one_RuntimeDirectory():
    units(t_AT___service=service(f'{LASTING}RuntimeDirectory=instances\n'))
    systemctl('start', 't@1.service', 't@2.service')
    systemctl('stop', 't@1.service')
    assert shown('t@2.service', 'ActiveState') == 'active' and not os.path.exists('/run/instances')
    systemctl('stop', 't@2.service')


def test_RuntimeDirectoryPreserve_of_both_keeps_it():
    kept = 'RuntimeDirectoryPreserve=yes\n'
    for at, (mine, theirs) in enumerate([('kept', 'kept'), ('keep', 'keep/inner')]):
        units(**{f'k{at}__service': service(f'{LASTING}RuntimeDirectory={mine}\n{kept}'), f'l{at}__service': service(f'{LASTING}RuntimeDirectory={theirs}\n{kept}')})
        systemctl('start', f'k{at}.service', f'l{at}.service')
        systemctl('stop', f'k{at}.service')
        assert os.path.isdir(f'/run/{theirs}')


def test_paths_that_ExecStartPre_makes_are_too_late():
    for at, (mark, line) in enumerate([
        ('', 'ReadWritePaths={}'), ('+', 'ReadWritePaths={}'), ('!', 'ReadWritePaths={}'), ('', 'BindPaths={}'), ('+', 'BindPaths={}'),
        ('+', 'BindReadOnlyPaths={}:/mnt'), ('', 'ReadOnlyPaths={}'), ('', 'InaccessiblePaths={}'), ('', 'ExecPaths={}'), ('', 'NoExecPaths={}'),
        ('', 'WorkingDirectory={}'), ('+', 'WorkingDirectory={}'), ('+', 'StandardOutput=append:{}/log'), ('+', 'StandardError=append:{}/log'),
    ]):
        path = f'/srv/late{at}'
        assert result(f'late{at}', f'ExecStartPre={mark}/bin/mkdir -p {path}\nExecStart=/bin/true\n{line.format(path)}\n')[0] == 'exit-code', line
        assert not os.path.exists(path), line


def test_a_file_of_variables_that_ExecStartPre_writes_is_too_late():
    assert result('env', "ExecStartPre=/bin/sh -c 'echo A=1 > /run/late.env'\nEnvironmentFile=/run/late.env\nExecStart=/bin/true\n")[0] == 'resources'


def test_what_may_be_missing_is_made_in_time():
    for at, (mark, line) in enumerate([
        ('', 'ReadWritePaths=-{}'), ('+', 'ReadWritePaths=-{}\nProtectSystem=strict'), ('+', 'ReadWritePaths=-{}\nProtectHome=read-only'),
        ('', 'BindPaths=-{}'), ('+', 'BindPaths=-{}\nProtectSystem=strict'), ('', 'WorkingDirectory=-{}'), ('+', 'WorkingDirectory=-{}'),
        ('', 'ExecPaths=-{}'), ('', 'ReadWritePaths=-{}\nPrivateTmp=yes'), ('', 'ReadWritePaths=-{}\nProtectSystem=full'),
    ]):
        path = f'/srv/made{at}'
        given = f"ExecStartPre={mark}/bin/mkdir -p {path}\nExecStart=/bin/sh -c 'touch {path}/f && echo MADE'\n{line.format(path)}\n"
        assert result(f'made{at}', given, 'MADE') == ('success', True), line
    given = "ExecStartPre=/bin/sh -c 'echo A=MADE > /run/made.env'\nEnvironmentFile=-/run/made.env\nExecStart=/bin/echo ${A}\n"
    assert result('madeenv', given, 'MADE') == ('success', True)


def test_where_the_sandbox_keeps_mkdir_from_it_a_dash_is_not_enough():
    given = 'ExecStartPre=/bin/mkdir -p /srv/kept\nExecStart=/bin/true\nReadWritePaths=-/srv/kept\nProtectSystem=strict\n'
    assert result('kept', given)[0] == 'exit-code'


def test_directories_that_systemd_makes_are_there_in_time():
    for at, (key, root) in enumerate([('StateDirectory', '/var/lib'), ('CacheDirectory', '/var/cache'), ('LogsDirectory', '/var/log'), ('RuntimeDirectory', '/run')]):
        for line_at, line in enumerate(['ReadWritePaths={}', 'BindPaths={}', 'WorkingDirectory={}']):
            path = f'{root}/own{at}/{line_at}'
            given = f"{key}=own{at}/{line_at}\nExecStartPre=/bin/mkdir -p {path}\nExecStart=/bin/touch {path}/f\nProtectSystem=strict\n{line.format(path)}\n"
            assert result(f'own{at}', given)[0] == 'success', (key, line)


def test_a_log_is_opened_before_the_directory_is_made():
    for key, root in [('LogsDirectory', '/var/log'), ('RuntimeDirectory', '/run'), ('StateDirectory', '/var/lib')]:
        assert result(f'log{key}', f'{key}=log{key}\nStandardOutput=append:{root}/log{key}/out\nExecStart=/bin/true\n')[0] == 'exit-code', key
        assert shown(f'log{key}.service', 'ExecMainStatus') == '209', key


def hidden():
    for folder in ['/srv/hidden', '/tmp/hidden', '/var/tmp/hidden', '/home/hidden']:
        os.makedirs(folder, exist_ok=True)
        with open(f'{folder}/run.sh', 'w') as script:
            script.write('#!/bin/sh\necho FOUND\n')
        os.chmod(f'{folder}/run.sh', 0o755)


HIDDEN = [
    ('ExecStart={0}/run.sh', '/srv/hidden', 'InaccessiblePaths=/srv', 'TemporaryFileSystem=/srv:ro\nBindReadOnlyPaths={0}/run.sh'),
    ('ExecStart=/bin/sh {0}/run.sh', '/srv/hidden', 'InaccessiblePaths=/srv', 'TemporaryFileSystem=/srv:ro\nBindReadOnlyPaths={0}/run.sh'),
    ('WorkingDirectory={0}\nExecStart=/bin/sh run.sh', '/srv/hidden', 'InaccessiblePaths=/srv', 'TemporaryFileSystem=/srv:ro\nBindPaths={0}'),
    ('ExecStart={0}/run.sh', '/srv/hidden', 'TemporaryFileSystem=/srv', 'TemporaryFileSystem=/srv\nBindReadOnlyPaths={0}/run.sh'),
    ('ExecStart=/bin/sh {0}/run.sh', '/srv/hidden', 'TemporaryFileSystem=/srv', 'TemporaryFileSystem=/srv\nBindReadOnlyPaths={0}/run.sh'),
    ('WorkingDirectory={0}\nExecStart=/bin/sh run.sh', '/srv/hidden', 'TemporaryFileSystem=/srv', 'TemporaryFileSystem=/srv\nBindPaths={0}'),
    ('ExecStart={0}/run.sh', '/tmp/hidden', 'PrivateTmp=yes', 'PrivateTmp=yes\nBindReadOnlyPaths={0}/run.sh'),
    ('ExecStart=/bin/sh {0}/run.sh', '/tmp/hidden', 'PrivateTmp=yes', 'PrivateTmp=yes\nBindReadOnlyPaths={0}/run.sh'),
    ('WorkingDirectory={0}\nExecStart=/bin/sh run.sh', '/tmp/hidden', 'PrivateTmp=yes', 'PrivateTmp=yes\nBindPaths={0}'),
    ('ExecStart={0}/run.sh', '/var/tmp/hidden', 'PrivateTmp=yes', 'PrivateTmp=yes\nBindReadOnlyPaths={0}/run.sh'),
    ('WorkingDirectory={0}\nExecStart=/bin/sh run.sh', '/home/hidden', 'ProtectHome=yes', 'ProtectHome=read-only'),
]


def test_a_service_does_not_find_what_its_options_hide():
    hidden()
    for at, (command, folder, line, _fixed) in enumerate(HIDDEN):
        assert result(f'hidden{at}', f'{command.format(folder)}\n{line}\n', 'FOUND') == ('exit-code', False), (command, line)


def test_it_finds_it_as_it_is_fixed():
    hidden()
    for at, (command, folder, _line, fixed) in enumerate(HIDDEN):
        assert result(f'seen{at}', f'{command.format(folder)}\n{fixed.format(folder)}\n', 'FOUND') == ('success', True), (command, fixed)


SOCKET = 'import socket,stat,os; s=socket.socket(socket.AF_UNIX); s.bind("/run/{0}/s"); print("MODE %%o" %% stat.S_IMODE(os.stat("/run/{0}/s").st_mode))'


def test_a_mask_closes_what_is_made_in_a_directory_that_is_open():
    for at, (mask, mode, said) in enumerate([('0077', '0750', 'MODE 700'), ('0027', '0770', 'MODE 750'), ('0007', '0750', 'MODE 770'), ('0007', '0710', 'MODE 770')]):
        name = f'closed{at}'
        given = f"RuntimeDirectory={name}\nRuntimeDirectoryMode={mode}\nUMask={mask}\nExecStart=/usr/bin/python3 -c '{SOCKET.format(name)}'\n"
        assert result(name, given, said) == ('success', True), (mask, mode)


def test_kernel_settings_are_read_only_below_sys_and_proc():
    # What a container has read-only anyway shows nothing.
    look = "ExecStart=/bin/sh -c 'for d in /proc/sys /proc/irq /sys; do findmnt -n -o OPTIONS -T $$d | cut -d, -f1; done; echo SAID'\n"
    assert result('tunables', f'ProtectKernelTunables=yes\n{look}', 'SAID') == ('success', True)
    assert 'rw' not in [line.strip() for line in journal('tunables.service').splitlines()]


def test_there_are_no_devices_in_a_private_dev():
    assert result('devices', 'PrivateDevices=yes\nExecStart=/bin/sh -c "test ! -e /dev/kmsg && test ! -e /dev/net/tun && test -e /dev/null"\n')[0] == 'success'


def test_a_ConfigurationDirectory_is_open_under_ProtectSystem_to_whom_it_belongs():
    for at, (who, protection, owner, is_written) in enumerate([
        ('', 'full', None, True), ('', 'strict', None, True), ('', 'full', 0, True), ('', 'strict', 0, True),
        ('User=daemon', 'full', None, True), ('User=daemon', 'strict', None, True), ('User=daemon', 'full', 1, True), ('User=daemon', 'strict', 1, True),
        ('User=daemon', 'no', 0, False), ('User=daemon', 'full', 0, False), ('User=daemon', 'strict', 0, False), ('DynamicUser=yes', 'full', 0, False),
    ]):
        name = f'conf{at}'
        if owner is not None:
            os.makedirs(f'/etc/{name}')
            os.chown(f'/etc/{name}', owner, owner)
        given = f'{who}\nConfigurationDirectory={name}\nProtectSystem={protection}\nExecStart=/bin/touch /etc/{name}/settings.json\n'
        assert (result(name, given)[0] == 'success') == is_written, (who, protection, owner)
        assert owner is None or os.stat(f'/etc/{name}').st_uid == owner, (who, protection)


def test_settings_in_etc_cannot_be_changed_under_ProtectSystem():
    os.makedirs('/etc/settings', exist_ok=True)
    os.makedirs('/var/lib/settings', exist_ok=True)
    for at, (line, is_written) in enumerate([
        ('ProtectSystem=full', False), ('ProtectSystem=strict', False), ('ProtectSystem=yes', True),
        ('ProtectSystem=full\nReadWritePaths=/etc/settings', True), ('ProtectSystem=strict\nReadWritePaths=/etc/settings', True),
        ('ProtectSystem=full\nConfigurationDirectory=settings', True),
        ('ProtectSystem=full\nWorkingDirectory=/etc/settings', False),
    ]):
        given = f'{line}\nExecStart=/bin/sh -c "echo {{}} > /etc/settings/new.json && mv /etc/settings/new.json /etc/settings/settings.json"\n'
        assert (result(f'settings{at}', given)[0] == 'success') == is_written, line


def test_a_StateDirectory_belongs_to_its_user_under_ProtectSystem():
    for at, (who, protection) in enumerate([(who, protection) for who in ['', 'User=daemon', 'DynamicUser=yes'] for protection in ['no', 'full', 'strict']]):
        name = f'state{at}'
        given = f'{who}\nStateDirectory={name}\nProtectSystem={protection}\nExecStart=/bin/touch /var/lib/{name}/settings.json\n'
        assert result(name, given)[0] == 'success', (who, protection)


def test_a_file_that_may_be_written_cannot_be_replaced():
    os.makedirs('/etc/replaced', exist_ok=True)
    for at, (lines, command, is_done) in enumerate([
        ('ReadWritePaths=/etc/replaced/f.conf', 'echo b > /etc/replaced/f.conf', True),
        ('ReadWritePaths=/etc/replaced/f.conf', 'echo b > /etc/replaced/f.new && mv /etc/replaced/f.new /etc/replaced/f.conf', False),
        ('ReadWritePaths=/etc/replaced/f.conf /etc/replaced/f.new', 'cp /etc/replaced/f.conf /etc/replaced/f.new && python3 -c "import os; os.rename(\'/etc/replaced/f.new\', \'/etc/replaced/f.conf\')"', False),
        ('ReadWritePaths=/etc/replaced/f.conf', 'rm /etc/replaced/f.conf', False),
        ('ReadWritePaths=/etc/replaced', 'echo b > /etc/replaced/f.new && mv /etc/replaced/f.new /etc/replaced/f.conf', True),
    ]):
        for protection in ['full', 'strict']:
            for file in ['f.conf', 'f.new']:
                with open(f'/etc/replaced/{file}', 'w') as held:
                    held.write('a')
            quoted = command.replace('"', '\\"')
            given = f'ProtectSystem={protection}\n{lines}\nExecStart=/bin/sh -c "{quoted}"\n'
            assert (result(f'replaced{at}', given)[0] == 'success') == is_done, (lines, command)


def connected(path):
    import socket
    client = socket.socket(socket.AF_UNIX)
    try:
        client.connect(path)
        return True
    except OSError:
        return False
    finally:
        client.close()


def test_a_socket_below_the_RuntimeDirectory_of_its_service_goes_with_it():
    for at, (kept, verb, is_there) in enumerate([
        ('', 'stop', False), ('', 'restart', False), ('RuntimeDirectoryPreserve=restart\n', 'restart', True),
        ('RuntimeDirectoryPreserve=restart\n', 'stop', False), ('RuntimeDirectoryPreserve=yes\n', 'stop', True), ('RuntimeDirectoryPreserve=yes\n', 'restart', True),
    ]):
        for mine, path in [(f'own{at}', f'own{at}/s'), (f'deep{at}', f'deep{at}/a/s')]:
            units(**{
                f'{mine}__socket': f'[Socket]\nListenStream=/run/{path}\n',
                f'{mine}__service': service(f'{kept}RuntimeDirectory={mine}\nExecStart=/bin/sleep infinity\n'),
            })
            systemctl('start', f'{mine}.socket', f'{mine}.service')
            assert connected(f'/run/{path}')
            systemctl(verb, f'{mine}.service')
            assert shown(f'{mine}.socket', 'ActiveState') == 'active' and connected(f'/run/{path}') == is_there, (kept, verb)
            systemctl('stop', f'{mine}.service', f'{mine}.socket')


def test_a_socket_that_stops_with_its_service_is_made_anew_with_it():
    for line in ['PartOf', 'BindsTo', 'Requires']:
        units(
            tied__socket=f'[Unit]\n{line}=tied.service\n[Socket]\nListenStream=/run/tied/s\n',
            tied__service=service('RuntimeDirectory=tied\nExecStart=/bin/sleep infinity\n'),
        )
        systemctl('start', 'tied.socket', 'tied.service')
        systemctl('restart', 'tied.service')
        assert shown('tied.socket', 'ActiveState') == 'active' and connected('/run/tied/s'), line
        systemctl('stop', 'tied.service', 'tied.socket')


def test_of_a_socket_for_instances_the_first_to_end_takes_it():
    for kept, is_there in [('RuntimeDirectoryPreserve=yes\n', True), ('', False)]:
        units(
            each__socket='[Socket]\nListenStream=/run/each/s\nAccept=yes\nTriggerLimitIntervalSec=0\n',
            each_AT___service=service(f'{kept}RuntimeDirectory=each\nExecStart=/bin/true\nStandardInput=socket\n'),
        )
        systemctl('start', 'each.socket')
        assert connected('/run/each/s')
        assert until(lambda: shown('each.socket', 'NAccepted') == '1' and shown('each.socket', 'NConnections') == '0')
        assert connected('/run/each/s') == is_there, kept
        systemctl('stop', 'each.socket')


VISIBLE = [
    # Lines, and which of noaccess, invisible and ptraceable leave the processes of others to be seen.
    ('', (True, True, True)),
    ('CapabilityBoundingSet=~CAP_SYS_PTRACE', (True, True, False)),
    ('CapabilityBoundingSet=', (True, True, False)),
    ('CapabilityBoundingSet=~CAP_SYS_PTRACE\nGroup=daemon', (False, False, False)),
    ('Group=daemon', (True, True, True)),
    ('Group=daemon\nPrivateUsers=yes', (False, False, False)),
    ('PrivateUsers=yes', (True, True, False)),
    ('User=daemon', (False, False, False)),
    ('DynamicUser=yes', (False, False, False)),
    ('User=daemon\nGroup=root', (True, True, False)),
    ('User=daemon\nSupplementaryGroups=root', (True, True, False)),
    ('User=daemon\nAmbientCapabilities=CAP_SYS_PTRACE', (True, True, True)),
    ('User=daemon\nPrivateUsers=yes\nAmbientCapabilities=CAP_SYS_PTRACE', (False, False, False)),
]


def test_who_may_trace_or_is_of_the_group_of_root_sees_the_processes_of_others():
    for at, (lines, expected) in enumerate(VISIBLE):
        seen = []
        for protection in ['noaccess', 'invisible', 'ptraceable']:
            given = f'{lines}\nProtectProc={protection}\nExecStart=/bin/sh -c "cat /proc/1/cmdline >/dev/null 2>&1 && echo READ; true"\n'
            seen.append(result(f'proc{at}{protection}', given, 'READ')[1])
        assert tuple(seen) == expected, (lines, seen)
