"""Mounts as somebody looks, for all: a folder that is there when asked for."""
from client import has, read, run, write

packages = 'autofs'
control = 'PrivateMounts=yes'
patience = 40


def prepare():
    run('sh', '-c', 'mknod -m 600 /dev/autofs c 10 235')
    write('/etc/auto.master', '/auto /etc/auto.x --timeout=60\n')
    write('/etc/auto.x', 'x -fstype=bind :/srv/auto-source\n')
    write('/srv/auto-source/word', 'a word\n')


def ask():
    has('a word', read('/auto/x/word'))
