"""Network, raw packets, a helper that is locked in: its own name and ports told."""
from client import run

packages = 'lldpd,iproute2'
control = 'RestrictAddressFamilies=~AF_PACKET'


def prepare():
    run('ip', 'link', 'add', 'lldp0', 'type', 'veth', 'peer', 'name', 'lldp1')
    for name in ('lldp0', 'lldp1'):
        run('ip', 'link', 'set', name, 'up')


def ask():
    said = run('lldpcli', 'show', 'interfaces', 'summary', timeout=10).stdout + run('lldpcli', 'show', 'neighbors', timeout=10).stdout
    assert 'lldp0' in said and 'SysName' in said, said
