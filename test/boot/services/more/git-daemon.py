"""Files, a user of its own: a repository cloned."""
import shutil

from client import run

packages = 'git'
files = {
    '/etc/systemd/system/git-daemon.service': """[Unit]
Description=Git daemon

[Service]
User=nobody
ExecStart=/usr/bin/git daemon --reuseaddr --export-all --base-path=/srv/git /srv/git
Restart=always
""",
}


def prepare():
    run('git', 'init', '-q', '--bare', '/srv/git/x.git', check=True)
    run('git', 'clone', '-q', '/srv/git/x.git', '/tmp/made')
    run('git', '-C', '/tmp/made', '-c', 'user.name=u', '-c', 'user.email=u', 'commit', '-q', '--allow-empty', '-m', 'first', check=True)
    run('git', '-C', '/tmp/made', 'push', '-q', 'origin', 'HEAD:master', check=True)
    run('chown', '-R', 'nobody', '/srv/git')


def ask():
    shutil.rmtree('/tmp/cloned', ignore_errors=True)
    run('git', 'clone', '-q', 'git://127.0.0.1/x.git', '/tmp/cloned', check=True)
    assert 'first' in run('git', '-C', '/tmp/cloned', 'log', '--all', '--oneline', check=True).stdout
