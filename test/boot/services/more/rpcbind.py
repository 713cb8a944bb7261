"""Socket activation, keeps a table: a program of ours put into it, and found."""
from client import run

packages = 'rpcbind'
control = 'NoExecPaths=/usr/sbin/rpcbind'


def ask():
    assert 'portmapper' in run('rpcinfo', '-p', '127.0.0.1', check=True).stdout
