"""Firewall, by scripts and iptables, before the network, stays when it has ended: its rules are in the kernel, and gone when it stops."""
from client import has, run

packages = 'ufw'
control = 'CapabilityBoundingSet=~CAP_NET_ADMIN'
patience = 30


def prepare():
    run('sh', '-c', 'ufw default allow incoming; ufw deny 4243/tcp; sed -i s/ENABLED=no/ENABLED=yes/ /etc/ufw/ufw.conf')


def ask():
    has('4243', run('iptables', '-S', check=True).stdout)
