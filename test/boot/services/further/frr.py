"""Network, a watcher of many daemons, that become a user: a route in the kernel, and kept in /etc."""
from client import has, read, run

packages = 'frr,iproute2'
control = 'CapabilityBoundingSet=~CAP_NET_ADMIN'
patience = 40
reload = False  # by another package


def ask():
    run('vtysh', '-c', 'configure terminal', '-c', 'ip route 203.0.113.0/24 lo', check=True)
    has('203.0.113.0/24', run('ip', 'route', check=True).stdout)
    run('vtysh', '-c', 'write', check=True)
    has('203.0.113.0/24', read('/etc/frr/frr.conf'))
    run('vtysh', '-c', 'configure terminal', '-c', 'no ip route 203.0.113.0/24 lo', '-c', 'exit', '-c', 'write', check=True)
