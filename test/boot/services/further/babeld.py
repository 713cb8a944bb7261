"""Network, a daemon of routes: what it tells of its interface and of the routes that it has."""
from client import run, talk

packages = 'babeld,iproute2'
files = {'/etc/babeld.conf': 'local-port 33123\ninterface dummy7\nredistribute local ip 10.77.0.0/16 allow\nredistribute local deny\n'}


def prepare():
    run('ip', 'link', 'add', 'dummy7', 'type', 'dummy')
    run('ip', 'addr', 'add', '10.77.0.1/16', 'dev', 'dummy7')
    run('ip', 'link', 'set', 'dummy7', 'up')


def ask():
    talk(33123, b'dump\n', b'add interface dummy7', host='::1')
