"""DNS of systemd's, locked in already, a user of its own: a name asked of it by UDP and by its own words, that it asks of another server, and the file that it keeps for others."""
import os

from client import has, nameserver, read, resolve, run

packages = 'systemd-resolved,iproute2'
files = {'/etc/systemd/resolved.conf.d/test.conf': '[Resolve]\nDNS=127.0.0.1:5399\nDomains=~.\nDNSSEC=no\n'}


def prepare():
    # It asks nobody while there is no network but the loopback.
    run('ip', 'link', 'add', 'resolve0', 'type', 'veth', 'peer', 'name', 'resolve1', check=True)
    run('ip', 'addr', 'add', '10.78.0.1/16', 'dev', 'resolve0', check=True)
    for link in ('resolve0', 'resolve1'):
        run('ip', 'link', 'set', link, 'up', check=True)
    nameserver(5399, '10.1.2.3')


def ask():
    run('resolvectl', 'flush-caches', check=True)
    has('10.1.2.3', run('resolvectl', 'query', '-4', 'www.example.test', check=True).stdout)
    resolve(53, 'www.example.test', '10.1.2.3', server='127.0.0.53')
    has('nameserver 127.0.0.53', read('/run/systemd/resolve/stub-resolv.conf'))
    os.stat('/run/systemd/resolve/io.systemd.Resolve')
