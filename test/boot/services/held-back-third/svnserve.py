"""Files, a daemon that forks, as a user, with its file of a process: a tree changed and read, by hooks."""
import os

from client import USER, has, run, write

packages = 'subversion'
control = 'ReadOnlyPaths=/srv'
files = {
    '/etc/systemd/system/svnserve.service': f"""[Unit]
Description=Subversion
After=network.target

[Service]
Type=forking
PIDFile=/run/svnserve/svnserve.pid
RuntimeDirectory=svnserve
User={USER}
Group={USER}
ExecStart=/usr/bin/svnserve --daemon --pid-file=/run/svnserve/svnserve.pid --root=/srv/svn --listen-host=127.0.0.1
KillMode=control-group
Restart=on-failure

[Install]
WantedBy=multi-user.target
""",
}


def prepare():
    run('mkdir', '-p', '/srv/svn')
    run('svnadmin', 'create', '/srv/svn/x', check=True)
    write('/srv/svn/x/conf/svnserve.conf', '[general]\nanon-access = write\n')
    write('/srv/svn/x/hooks/post-commit', '#!/bin/sh\necho "$2" > /srv/svn/last\n')
    run('chown', '-R', f'{USER}:{USER}', '/srv/svn')


def ask():
    run('svn', 'mkdir', '-m', 'x', f'svn://127.0.0.1/x/{os.urandom(4).hex()}', check=True)
    has('r', run('svn', 'info', '--show-item', 'kind', 'svn://127.0.0.1/x', check=True).stdout)
    assert os.path.exists('/srv/svn/last')
    os.unlink('/srv/svn/last')
