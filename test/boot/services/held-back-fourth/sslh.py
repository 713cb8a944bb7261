"""Network, tells protocols of one port apart, locked in already: a page of another server."""
from client import ORIGIN, page, write

packages = 'sslh'


def prepare():
    write('/etc/default/sslh', f'DAEMON=/usr/sbin/sslh\nDAEMON_OPTS="--listen 127.0.0.1:8443 --http 127.0.0.1:{ORIGIN}"\n')


def ask():
    page(8443, expected='origin')
