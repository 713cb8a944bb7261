"""Lines that are written for a shell, as they are fixed."""
import itertools
import os
import subprocess

from client import write
from faults import shown, systemctl
from fixed import proves


def job(line, more='', key='ExecStart'):
    start = '' if key == 'ExecStart' else 'ExecStart=/bin/true\n'
    return f'[Service]\nType=oneshot\nSyslogIdentifier=NAME\n{key}={line}\n{start}{more}'


def ran(name):
    """What a service said, where it ended well; else None."""
    journal = ['journalctl', '-q', '--no-pager', '-o', 'cat', f'SYSLOG_IDENTIFIER={name}']
    before = subprocess.run(journal, capture_output=True, text=True).stdout
    systemctl('start', f'{name}.service')
    subprocess.run(['journalctl', '--sync'])
    said = subprocess.run(journal, capture_output=True, text=True).stdout[len(before):]
    return said.rstrip('\n') if shown(f'{name}.service', 'Result') == 'success' else None


def read(path):
    if not os.path.exists(path):
        return None
    with open(path) as file:
        return file.read()


REDIRECTED = [('>> /run/NAME.out', 'b\na\n'), ('> /run/NAME.out', 'a\n'), ('>>/run/NAME.out', 'b\na\n'), ('>/run/NAME.out', 'a\n'), ('>> /run/NAME.out 2>&1', 'b\na\n'), ('> /run/NAME.out 2>&1', 'a\n'), ('&> /run/NAME.out', 'a\n'),
              ('1>> /run/NAME.out', 'b\na\n')]


@proves('no-shell-syntax', [(job(f'{command} {how}'), expected) for (how, expected), command in itertools.product(REDIRECTED, ['/bin/echo a', '/usr/bin/printf "a\\n"'])])
def it_writes_into_the_file(name, expected):
    write(f'/run/{name}.out', 'b\n')
    systemctl('start', f'{name}.service')
    return read(f'/run/{name}.out') == expected


SCRIPTED = [('/bin/echo a | /usr/bin/tr a b', 'b'), ('/bin/echo a && /bin/echo b', 'a\nb'), ('/bin/false || /bin/echo b', 'b'), ('/bin/echo a; /bin/echo b', 'a\nb'), ('/bin/echo $(/bin/echo c)', 'c'), ('/bin/echo `/bin/echo c`', 'c'), ('cd /run && /bin/pwd', '/run'),
            ('A=b /usr/bin/printenv A', 'b'), ('/bin/ls /etc/hostn*e', '/etc/hostname'), ('/bin/cat < /etc/hostname', 'test'), ('/bin/echo "a  b" | /bin/cat', 'a  b'), ('/bin/echo a | /bin/cat | /usr/bin/tr a c', 'c')]


@proves('no-shell-syntax', [(job(line), expected) for line, expected in SCRIPTED])
def it_does_as_a_shell_would(name, expected):
    return ran(name) == expected


@proves('no-shell-syntax', [job(f'{command} {how}', key='ExecStartPre') for command, how in itertools.product(['/bin/ls /none', '/bin/rmdir /none', '/usr/bin/test a = b', '/bin/grep x /none', '/bin/cat /none'], ['|| true', '2>/dev/null || true'])])
def it_may_fail(name):
    systemctl('start', f'{name}.service')
    return shown(f'{name}.service', 'Result') == 'success'


@proves('no-shell-syntax', [f'[Service]\nExecStart=/bin/sleep {number}00 &\n' if number % 2 else f'[Service]\nExecStart=/usr/bin/env sleep {number}00 &\n' for number in range(1, 11)])
def it_lives_on_in_front(name):
    systemctl('start', f'{name}.service')
    return not subprocess.run(['sleep', '0.3']).returncode and shown(f'{name}.service', 'SubState') == 'running'


QUOTED = [('"/bin/echo a"', 'a'), ('"/bin/echo a b"', 'a b'), ("'/bin/echo a'", 'a'), ('"echo a"', 'a'), ('"/usr/bin/printf a"', 'a'), ('"/bin/cat /etc/hostname"', 'test'), ("'/bin/cat /etc/hostname'", 'test'), ('"/usr/bin/env echo c"', 'c'),
          ("'echo c'", 'c'), ('"/usr/bin/printenv A"', 'b')]


@proves('no-quoted-command', [(job(line, 'Environment=A=b\n'), expected) for line, expected in QUOTED])
def the_command_is_found(name, expected):
    return ran(name) == expected


LOST = [("/bin/sh -c 'for i in 1 2; do echo x${i}; done'", 'x1\nx2'), ("/bin/sh -c 'for i in a; do echo ${i}; done'", 'a'), ("/bin/sh -c '$A c'", 'b c'), ("/bin/sh -c 'B=d; echo ${B}'", 'd'), ("/bin/sh -c 'echo a | while read l; do echo ${l}; done'", 'a'),
        ("/bin/bash -c 'for i in 1 2; do echo x${i}; done'", 'x1\nx2'), ("/bin/sh -c 'X=1; Y=2; echo ${X}${Y}'", '12'), ("/bin/sh -c 'n=$(echo 5); echo ${n}'", '5'), ("/bin/sh -c 'for f in /etc/hostname; do echo ${f}; done'", '/etc/hostname'), ('/bin/echo $HOME/x', '/root/x'),
        ('/bin/echo $A/y', 'echo b/y')]


@proves('no-lost-variable', [(job(line, 'User=root\nEnvironment="A=echo b"\n'), expected) for line, expected in LOST])
def the_variable_is_the_shells(name, expected):
    return ran(name) == expected


PERCENT = [("/bin/sh -c 'date +%Y'", 4), ("/bin/sh -c 'date +%H:%M:%S'", 8), ('/bin/date +%Y-%m-%d', 10), ('/usr/bin/date +%H%M', 4), ("/bin/date '+%d.%m.%Y'", 10), ('/bin/date +%Y%m%d', 8), ("/bin/bash -c 'date +%H'", 2), ('/usr/bin/stat -c %%a%A /etc/hostname', 13),
           ('/bin/date +%M', 2), ('/bin/date +%d', 2), ("/bin/sh -c 'date +%m'", 2)]


@proves('no-unescaped-percent', [(job(line), length) for line, length in PERCENT])
def the_sign_is_the_programs(name, length):
    said = ran(name)
    return said is not None and len(said) == length and not any(sign in said for sign in '%/') and (said[:1].isdigit() or '-' in said)


UNEXPANDED = [('/usr/bin/printenv PATH', 'Environment=PATH=/opt/a:$PATH\n', '/opt/a:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin'), ('/usr/bin/printenv PATH', 'Environment="PATH=/opt/b/bin:${PATH}"\n', '/opt/b/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin'),
              ('/bin/echo --port=$PORT', 'Environment=PORT=80\n', '--port=80'), ('/bin/echo a:$PORT', 'Environment=PORT=80\n', 'a:80'), ('/bin/echo ${PORT:-8080}', '', '8080'), ('/bin/echo --port ${PORT:-80}', '', '--port 80'), ('/bin/echo --dir=$DIR --x', 'Environment=DIR=/a\n', '--dir=/a --x'),
              ('/bin/echo /a/$B', 'Environment=B=c\n', '/a/c'), ('/bin/echo x=$B', 'Environment=B=c\n', 'x=c'), ('/bin/echo -p$PORT', 'Environment=PORT=80\n', '-p80')]


@proves('no-unexpanded-variable', [(job(line, more), expected) for line, more, expected in UNEXPANDED])
def the_variable_is_expanded(name, expected):
    return ran(name) == expected
