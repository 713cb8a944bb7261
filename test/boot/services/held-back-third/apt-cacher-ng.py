"""Proxy for packages, a user of its own, tells when it is ready: its page, and a file of another server that it keeps."""
from client import ORIGIN, append, page, run

packages = 'apt-cacher-ng'
patience = 40
control = 'RestrictAddressFamilies=AF_UNIX'


def prepare():
    append('/etc/apt-cacher-ng/acng.conf', '\nVfilePatternEx: .*\nAllowUserPorts: 0\n')


def ask():
    page(3142, '/acng-report.html', 'Apt-Cacher NG')
    page(ORIGIN, '/x.deb', 'origin', proxy='http://127.0.0.1:3142')
    assert run('find', '/var/cache/apt-cacher-ng', '-name', 'x.deb*').stdout
