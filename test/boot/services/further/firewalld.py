"""Firewall, in Python, by D-Bus: a port opened in the kernel, and for good."""
from client import has, run

packages = 'firewalld,nftables,dbus'
control = 'CapabilityBoundingSet=~CAP_NET_ADMIN'
patience = 60


def ask():
    run('firewall-cmd', '--add-port=8123/tcp', check=True)
    has('8123', run('nft', 'list', 'ruleset', check=True).stdout)
    run('firewall-cmd', '--permanent', '--add-port=8124/tcp', check=True)
    has('8124', open('/etc/firewalld/zones/public.xml').read())
    run('firewall-cmd', '--remove-port=8123/tcp', check=True)
    run('firewall-cmd', '--permanent', '--remove-port=8124/tcp', check=True)
