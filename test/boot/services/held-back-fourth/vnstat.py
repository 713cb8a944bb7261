"""Monitoring of traffic, a user of its own, locked in already: an interface in its database."""
from client import has, run

packages = 'vnstat,iproute2'
patience = 40
control = 'InaccessiblePaths=/var/lib/vnstat'


def prepare():
    run('ip', 'link', 'add', 'vn0', 'type', 'veth', 'peer', 'name', 'vn1')
    for name in ('vn0', 'vn1'):
        run('ip', 'link', 'set', name, 'up')


def ask():
    has('vn0', run('vnstat', '--dbiflist', '1', check=True).stdout)
