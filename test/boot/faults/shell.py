"""What systemd makes of lines that are written for a shell, and what they do as they are fixed."""
import os
import subprocess

from faults import VERSION, shown, systemctl, units, until


def said(line, *others, key='ExecStart'):
    """What a program says that a line of a oneshot service starts, and how it ended."""
    name = f's{said.count}'
    said.count += 1
    start = line if key == 'ExecStart' else '/bin/true'
    more = '' if key == 'ExecStart' else f'{key}={line}\n'
    text = f'[Service]\nType=oneshot\nSyslogIdentifier={name}\n{more}ExecStart={start}\n' + ''.join(f'{other}\n' for other in others)
    units(**{f'{name}__service': text})
    systemctl('start', f'{name}.service')
    subprocess.run(['journalctl', '--sync'])
    output = subprocess.run(['journalctl', '-q', '--no-pager', '-o', 'cat', f'SYSLOG_IDENTIFIER={name}'], capture_output=True, text=True).stdout
    return output.rstrip('\n'), shown(f'{name}.service', 'ExecMainStatus' if key == 'ExecStart' else 'Result')


said.count = 0


def equal(given, expected):
    assert given == expected, f'{given} is not {expected}'


def read(path):
    return open(path).read() if os.path.exists(path) else None


def test_operators_are_arguments():
    equal(said('/bin/echo a > /run/x 2>&1 || true &'), ('a > /run/x 2>&1 || true &', '0'))
    equal(said('/bin/echo a | /bin/cat && b'), ('a | /bin/cat && b', '0'))
    equal(said('/bin/echo a; /bin/echo b'), ('a; /bin/echo b', '0'))
    equal(said('/bin/echo `hostname` ~/x /run/*'), ('`hostname` ~/x /run/*', '0'))
    equal(said('/bin/echo a # b'), ('a # b', '0'))
    assert read('/run/x') is None


def test_words_of_shells_and_variables_before_a_program_are_no_programs():
    for line in ['cd /run && ls', 'A=b ls', 'source /etc/os-release', '"echo a"', '"/bin/echo a"', '/bin/$A x', '${A} x']:
        equal(said(line, 'Environment=A=echo'), ('', '203'))


def test_a_word_behind_c_is_all_of_the_script():
    equal(said('/bin/sh -c echo a b'), ('', '0'))
    equal(said("/bin/sh -c 'echo a b'"), ('a b', '0'))


def test_find_without_its_semicolon_fails():
    assert said('/usr/bin/find /run -maxdepth 0 -exec echo {} ;')[1] == '1'
    equal(said(r'/usr/bin/find /run -maxdepth 0 -exec echo {} \;'), ('/run', '0'))


def test_words_that_begin_with_a_dollar_are_dropped():
    equal(said('/bin/echo $HOME/x b'), ('b', '0'))
    equal(said('/bin/echo $(date -I) b'), ('-I) b', '0'))
    output, status = said("/bin/sh -c '$A/x y'")
    assert 'requires an argument' in output and status == '2', (output, status)


def test_what_is_no_name_becomes_nothing_and_defaults_stay():
    environment = 'Environment=A=a.b'
    equal(said('/bin/echo x${A%%.b} y${#A} z${1} ${B:-c} w$A', environment), ('x y z ${B:-c} w$A', '0'))
    equal(said("/bin/sh -c 'for i in 1 2; do echo x${i}; done'"), ('x\nx', '0'))
    equal(said("/bin/sh -c 'for i in 1 2; do echo x$${i}; done'"), ('x1\nx2', '0'))
    equal(said("/bin/sh -c 'echo $$ x'"), ('$ x', '0'))
    equal(said("/bin/sh -c '$A'", 'Environment="A=echo b"'), ('', '0'))
    equal(said("/bin/sh -c '${A}'", 'Environment="A=echo b"'), ('b', '0'))
    equal(said('/usr/bin/printf [%%s] ${A}', 'Environment="A=--b --c"'), ('[--b --c]', '0'))
    equal(said('/bin/echo x$B', 'Environment=A=/a', 'Environment=B=$A/b'), ('x$B', '0'))
    equal(said('/bin/echo ${B}', 'Environment=A=/a', 'Environment=B=$A/b'), ('$A/b', '0'))


def test_systemd_sets_no_variables_of_shells():
    equal(said('/bin/echo x${PWD}y${UID}z${PPID}'), ('xyz', '0'))


def test_quotes_are_kept():
    units(q__service='[Unit]\nConditionPathExists="/run"\nConditionHost="x"\n[Service]\nExecStart=/bin/true\nType=oneshot\nEnvironmentFile="/etc/os-release"\nPIDFile="/run/q.pid"\n')
    equal(shown('q.service', 'PIDFile'), '/run/"/run/q.pid"')
    equal(shown('q.service', 'EnvironmentFiles'), '')


def test_comments_behind_values_are_part_of_them():
    equal(said('/bin/pwd', 'WorkingDirectory=/run # here'), ('', '200'))
    units(d__service='[Unit]\nDescription=A # b\n[Service]\nExecStart=/bin/true\nType=oneshot\n')
    equal(shown('d.service', 'Description'), 'A # b')


def test_quotes_around_a_user_are_part_of_the_name():
    equal(said('/bin/true', 'User="daemon"')[1] != '0', True)
    equal(said('/bin/true', 'User=daemon')[1], '0')


def test_redirections_as_they_are_fixed():
    for number, (mode, before, expected) in enumerate([
        ('append', None, 'a\n'), ('append', 'b\n', 'b\na\n'), ('truncate', None, 'a\n'), ('truncate', 'longer\n', 'a\n'),
    ]):
        if mode == 'truncate' and VERSION < 248:
            continue
        for stream in ('Output', 'Error'):
            path = f'/run/redirected-{number}-{stream}'
            if before is not None:
                with open(path, 'w') as file:
                    file.write(before)
            redirected = '' if stream == 'Output' else ' 1>&2'
            said(f"/bin/sh -c 'echo a{redirected}'", f'Standard{stream}={mode}:{path}')
            equal(read(path), expected)
    said("/bin/sh -c 'echo a; echo b >&2'", 'StandardOutput=append:/run/both')
    equal(read('/run/both'), 'a\nb\n')
    equal(said("/bin/sh -c 'echo a; echo b >&2'", 'StandardOutput=append:/run/one', 'StandardError=journal'), ('b', '0'))
    equal(said("/bin/sh -c 'echo a; echo b >&2'", 'StandardOutput=null', 'StandardError=journal'), ('b', '0'))
    equal(said("/bin/sh -c 'echo a; echo b >&2'", 'StandardOutput=null'), ('', '0'))
    equal(said('/bin/cat', 'StandardInput=file:/etc/hostname', 'StandardOutput=journal')[0], read('/etc/hostname').strip())


def test_the_prefix_lets_a_command_fail():
    for line in ['/bin/false', '/bin/sh -c "exit 3"', '/bin/ls /none', '/bin/cat /none', '/usr/bin/test a = b', '/bin/grep x /etc/hostname-none',
                 '/bin/rmdir /none', '/bin/kill 999999', '/bin/umount /none', '/bin/systemctl stop none.service']:
        equal(said(line, key='ExecStartPre')[1], 'exit-code')
        equal(said(f'-{line}', key='ExecStartPre')[1], 'success')


def test_lines_wait_for_each_other():
    for number in range(10):
        first = '/bin/true' if number % 2 == 0 else '/bin/false'
        path = f'/run/waited-{number}'
        units(**{f'w{number}__service': f'[Service]\nType=oneshot\nExecStartPre={first}\nExecStartPre=/bin/touch {path}\nExecStart=/bin/true\n'})
        systemctl('start', f'w{number}.service')
        equal(os.path.exists(path), number % 2 == 0)


def test_folders_and_variables_as_they_are_fixed():
    os.makedirs('/run/folder', exist_ok=True)
    for folder in ['/run', '/etc', '/usr', '/var', '/tmp', '/run/folder', '/usr/bin', '/var/lib', '/dev', '/proc']:
        equal(said('/bin/pwd', f'WorkingDirectory={folder}')[0], os.path.realpath(folder))
    for value in ['a', '1', '/x/y', 'a:b', 'a,b', 'a@b', 'x=y', '-v', 'a.b', '_']:
        equal(said('/usr/bin/printenv X', f'Environment=X={value}'), (value, '0'))
        equal(said(f'/usr/bin/env X={value} printenv X'), (value, '0'))


def test_what_a_shell_gets_is_what_was_written():
    for script, expected in [
        ("'echo a | tr a b'", 'b'), ("'echo a && echo b'", 'a\nb'), ("'false || echo b'", 'b'), ("'echo a; echo b'", 'a\nb'),
        ("'exec echo $$(echo c)'", 'c'), ("'exec echo `echo c`'", 'c'), ("'x=1; echo $$x'", '1'), ("\"echo 'a b'\"", 'a b'),
        (r"'echo \'a  b\' \"c  d\"'", 'a  b c  d'), ("'exec echo /etc/hostn*e'", '/etc/hostname'), ("'while true; do echo a; break; done'", 'a'),
        ("'exec echo $${HOME:-none} $$0'", 'none /bin/sh'),
    ]:
        equal(said(f'/bin/sh -c {script}', 'UnsetEnvironment=HOME'), (expected, '0'))
    equal(said("/bin/bash -c 'exec echo /run/{a,b}'"), ('/run/a /run/b', '0'))


def test_homes_as_they_are_fixed():
    equal(said('/bin/echo %h/x'), ('/root/x', '0'))
    equal(said('/bin/echo ${HOME}/x', 'User=daemon'), ('/usr/sbin/x', '0'))
    equal(said('/usr/bin/env /bin/${A} x', 'Environment=A=echo'), ('x', '0'))


def test_in_front_a_service_lives_on():
    for number in range(10):
        name = f'f{number}'
        units(**{f'{name}__service': f'[Service]\nExecStart=/bin/sleep 10{number}\n'})
        systemctl('start', f'{name}.service')
        assert until(lambda: shown(f'{name}.service', 'SubState') == 'running')
        assert f'10{number}' in subprocess.run(['ps', '-o', 'args=', shown(f'{name}.service', 'MainPID')], capture_output=True, text=True).stdout
