"""Directories that units share, find too late, close or cannot see, as they are fixed."""
import grp
import itertools
import os
import socket
import subprocess

from client import write
from faults import shown, systemctl, until
from fixed import proves

LASTING = '[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true\n'


def ends_well(name):
    systemctl('start', f'{name}.service')
    until(lambda: shown(f'{name}.service', 'ActiveState') in ('inactive', 'failed', 'active'))
    return shown(f'{name}.service', 'Result') == 'success' and shown(f'{name}.service', 'ExecMainStatus') == '0'


SHARED = [('', '{}'), ('RuntimeDirectoryMode=0750\n', '{}'), ('User=daemon\n', '{}'), ('', '{}/inner'), ('RuntimeDirectoryPreserve=no\n', '{}')]


@proves('no-shared-runtime-directory', [
    *[({'NAME@.service': f'{LASTING}{more}RuntimeDirectory={folder.format("NAME")}\n'}, folder, ['@1', '@2']) for more, folder in SHARED],
    *[({'NAMEa.service': f'{LASTING}{more}RuntimeDirectory={folder.format("NAME")}\n', 'NAMEb.service': f'{LASTING}{more}RuntimeDirectory={folder.format("NAME")}\n'}, folder, ['a', 'b'])
      for more, folder in SHARED],
])
def the_directory_stays_for_the_other(name, folder, both):
    one, other = [f'{name}{mark}.service' for mark in both]
    systemctl('start', one, other)
    systemctl('stop', one)
    held = shown(other, 'ActiveState') == 'active' and os.path.isdir(f'/run/{folder.format(name)}')
    systemctl('stop', other)
    return held


SERVER = "/usr/bin/python3 -c 'import socket, time; s = socket.socket(socket.AF_UNIX); s.bind(\"/run/NAME/s\"); s.listen(); time.sleep(99)'"


@proves('no-closed-directory', [(f'[Service]\nRuntimeDirectory=NAME\nRuntimeDirectoryMode={mode}\nGroup=users\nUMask={mask}\nExecStart={SERVER}\n') for mask, mode in itertools.product(
    ['0077', '077', '0177'], ['0770', '0775', '2770', '0750'])])
def who_may_enter_may_connect(name):
    systemctl('start', f'{name}.service')
    until(lambda: os.path.exists(f'/run/{name}/s'), 5)
    connects = f'import socket; socket.socket(socket.AF_UNIX).connect("/run/{name}/s")'
    return subprocess.run(['setpriv', '--reuid=65534', f'--regid={grp.getgrnam("users").gr_gid}', '--clear-groups', 'python3', '-c', connects], capture_output=True).returncode == 0


PATHS = ['ReadWritePaths={}', 'BindPaths={}', 'WorkingDirectory={}', 'ReadOnlyPaths={}', 'ExecPaths={}']
MAKERS = ['/bin/mkdir -p {}', '/usr/bin/mkdir -p {}', '+/bin/mkdir -p {}', '/usr/bin/install -d {}']


@proves('no-late-path', [f'[Service]\nType=oneshot\nExecStartPre={maker.format(f"/var/{at}NAME")}\nExecStart=/bin/test -d {f"/var/{at}NAME"}\n{line.format(f"/var/{at}NAME")}\n'
                         for (maker, line) in itertools.product(MAKERS, PATHS) for at in ['lib/', 'cache/'] if not (maker.startswith('+') and line.startswith(('Read', 'Exec')) and 'Write' not in line)])
def the_path_is_there_in_time(name):
    return ends_well(name)


@proves('no-late-path', [f"[Service]\nType=oneshot\nExecStartPre={maker}\nEnvironmentFile=/run/NAME.env\nExecStart=/bin/sh -c '[ $A = 1 ]'\n".replace('$A', '"$${A}"') for maker in [
    "/bin/sh -c 'echo A=1 > /run/NAME.env'", "/bin/bash -c 'echo A=1 > /run/NAME.env'", "+/bin/sh -c 'echo A=1 > /run/NAME.env'", "/bin/sh -c 'echo B=2 > /run/NAME.env; echo A=1 >> /run/NAME.env'", "/bin/sh -c 'printf A=1 > /run/NAME.env'",
    "/bin/sh -c 'cat /etc/known.env > /run/NAME.env'", "/bin/sh -c 'cat /etc/known.env >/run/NAME.env'", "-/bin/sh -c 'echo A=1 > /run/NAME.env'", "/bin/sh -ec 'echo A=1 >/run/NAME.env'", "/bin/sh -c 'umask 022; echo A=1 > /run/NAME.env'"]])
def the_variables_are_there_in_time(name):
    write('/etc/known.env', 'A=1\n')
    if os.path.lexists(f'/run/{name}.env'):
        os.remove(f'/run/{name}.env')
    return ends_well(name)


HIDDEN = [('InaccessiblePaths=/srv', '/srv'), ('TemporaryFileSystem=/srv', '/srv'), ('PrivateTmp=yes', '/tmp'), ('PrivateTmp=yes', '/var/tmp')]
HOW = ['ExecStart={0}/run.sh\n', 'ExecStart=/bin/sh {0}/run.sh\n', 'WorkingDirectory={0}\nExecStart=/bin/sh run.sh\n']


@proves('no-hidden-path', [(f'[Service]\nType=oneshot\n{how.format(f"{root}/NAME")}{line}\n', root) for (line, root), how in itertools.product(HIDDEN, HOW)])
def what_is_hidden_is_found(name, root):
    write(f'{root}/{name}/run.sh', '#!/bin/sh\nexit 0\n')
    return ends_well(name)


@proves('no-literal-glob', [(f'[Service]\nType=oneshot\nExecStart=/bin/touch /srv/NAME/{file}\nProtectSystem=strict\n{key}=/srv/NAME/{pattern}\n', file) for key, (pattern, file) in itertools.product(
    ['ReadWritePaths', 'ReadWriteDirectories'], [('*', 'a'), ('*.log', 'a.log'), ('?', 'a'), ('a*', 'a.log'), ('*.log*', 'a.log.1')])])
def the_folder_can_be_written(name, file):
    write(f'/srv/{name}/{file}', '')
    return ends_well(name)


VANISHING = [('NAME', 'NAME/s', ''), ('NAME', 'NAME/a/s', ''), ('NAME', 'NAME/s', 'RuntimeDirectoryMode=0755\n'), ('NAME/a', 'NAME/a/s', ''), ('NAME', 'NAME/s', 'RuntimeDirectoryPreserve=no\n')]


@proves('no-vanishing-socket', [({'NAME.socket': f'[Socket]\nListenStream=/run/{path}\n{mode}', 'NAME.service': f'[Service]\nExecStart=/bin/sleep infinity\nRuntimeDirectory={own}\n{more}'}, path)
                                for (own, path, more), mode in itertools.product(VANISHING, ['', 'SocketMode=0660\n'])])
def the_socket_outlives_the_service(name, path):
    path = f'/run/{path.replace("NAME", name)}'
    systemctl('start', f'{name}.socket')
    systemctl('start', f'{name}.service')
    systemctl('stop', f'{name}.service')
    try:
        socket.socket(socket.AF_UNIX).connect(path)
        return True
    except OSError:
        return False
    finally:
        systemctl('stop', f'{name}.socket', f'{name}.service')


BOTH = [*[f'ProtectSystem=strict\n{key}=/srv/NAMEa{sign}/srv/NAMEb\nExecStart=/bin/touch /srv/NAMEa/f /srv/NAMEb/f\n' for key in ['ReadWritePaths', 'ReadWriteDirectories'] for sign in [', ', '; ', ',']],
        *[f'Environment=A=1{sign} B=2\nExecStart=/usr/bin/test ${{A}}${{B}} = 12\n' for sign in ',;'], *[f'{key}=NAMEa, NAMEb\nExecStart=/usr/bin/test -d {root}/NAMEa -a -d {root}/NAMEb\n' for key, root in [
            ('RuntimeDirectory', '/run'), ('StateDirectory', '/var/lib'), ('CacheDirectory', '/var/cache')]]]


@proves('no-literal-comma', [f'[Service]\nType=oneshot\n{lines}' for lines in BOTH])
def each_word_is_one_of_the_list(name):
    os.makedirs(f'/srv/{name}a', exist_ok=True)
    os.makedirs(f'/srv/{name}b', exist_ok=True)
    return ends_well(name)


RUNNING = ['User=daemon', 'DynamicUser=yes', 'User=bin\nGroup=daemon']
FOLDERS = ['mkdir /run/NAME', 'mkdir -p /run/NAME', '/bin/mkdir -p /var/run/NAME']
OWNERS = ['chown root /run/lock', 'chown -R nobody:bin /var/lib/NAME']


@proves('no-unprivileged-command', [f'[Service]\n{user}\nExecStartPre={command}\nExecStart=/bin/sleep infinity\n' for user in RUNNING for command in FOLDERS + OWNERS])
def it_starts_after_what_only_root_may_do(name):
    os.makedirs(f'/var/lib/{name}', exist_ok=True)
    try:
        return systemctl('start', f'{name}.service').returncode == 0 and shown(f'{name}.service', 'ActiveState') == 'active'
    finally:
        systemctl('stop', f'{name}.service')
